import { expect, onTestFinished, test } from "vitest";
import { createMailbox } from "#infra/local/mailbox.ts";
import { openStateFile } from "#infra/local/state-file.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { temporaryDirectory } from "./fixtures.ts";

const clock = { now: () => instant("2026-07-01T00:00:00Z") };
const mail = (id: string, to = "a@example.org"): Mail => ({
  id,
  to,
  subject: `subject of ${id}`,
  text: "text",
  html: "<p>text</p>",
});

test("mails are shown newest first, and the same id is one mail", async () => {
  const state = openStateFile(null);
  onTestFinished(state.close);
  const mailbox = createMailbox(state, clock);

  for (const id of ["ask:1", "ask:2", "ask:1", "outcome:1"]) await mailbox.send(mail(id));
  await mailbox.send(mail("other", "b@example.org"));

  expect(mailbox.mails().map(({ id }) => id)).toEqual(["other", "outcome:1", "ask:2", "ask:1"]);
  expect(mailbox.mails({ to: "b@example.org" }).map(({ id }) => id)).toEqual(["other"]);
  expect(mailbox.mails({ limit: 1 })).toEqual([
    { ...mail("other", "b@example.org"), at: clock.now() },
  ]);
  expect(mailbox.countByKind()).toEqual({ ask: 2, other: 1, outcome: 1 });
});

test("mails outlive a restart, and one that was kept before isn't kept again", async () => {
  const dataDir = temporaryDirectory();
  const before = openStateFile(dataDir);
  await createMailbox(before, clock).send(mail("ask:1"));
  before.close();

  const after = openStateFile(dataDir);
  onTestFinished(after.close);
  const mailbox = createMailbox(after, clock);
  await mailbox.send(mail("ask:1"));

  expect(mailbox.mails()).toHaveLength(1);
});

test("a carrier gets each mail once, and again only what it refused", async () => {
  const state = openStateFile(null);
  onTestFinished(state.close);
  const carried: string[] = [];
  let isDown = true;
  const mailbox = createMailbox(state, clock, {
    send: async ({ id }) => {
      if (isDown) throw new Error("down");
      carried.push(id);
    },
  });

  await expect(mailbox.send(mail("ask:1"))).rejects.toThrow("down");
  isDown = false;
  await mailbox.send(mail("ask:1"));
  await mailbox.send(mail("ask:1"));

  expect(carried).toEqual(["ask:1"]);
  expect(mailbox.mails()).toHaveLength(1);
});
