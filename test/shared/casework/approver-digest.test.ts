import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sendApproverDigests, sendDigest, sharesOf } from "#shared/casework/approver-digest.ts";
import { waitingFor } from "#shared/casework/approver-queue.ts";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { remindApprovers } from "#shared/casework/remind-approvers.ts";
import type { Application } from "#shared/domain/application.ts";
import { instant, localDate, type Instant } from "#shared/kernel/calendar.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { aCase, staff } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const deadlineAt = instant("2026-07-29T16:00:00Z");
const morningOf = (day: number): Instant => instant(`2026-07-${day}T00:30:00Z`);
const ask = async (number: number, changes: Partial<Application> = {}): Promise<void> => {
  const application = await storeCase(world.uses, aCase(number, { deadlineAt, ...changes }));
  await askApprover(world.uses, application, `task-${number}`);
};
const askThree = async (): Promise<void> => {
  for (const number of [1, 2, 3]) await ask(number);
};
const digests = (): readonly Mail[] =>
  world.mails.filter(({ id }) => id.startsWith("approval-digest:"));

test("three that wait are one mail a morning, with counts and sums and the list's link, and nobody's name", async () => {
  await askThree();
  world.moveClockTo(morningOf(21));

  expect(await sendApproverDigests(world.uses)).toBe(1);

  const [mail, ...more] = digests();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: "east-1@example.org",
    id: "approval-digest:east-1:2026-07-21",
    subject: "今日待审批 3 件",
  });
  expect(mail?.text).toContain("等您审批的共 3 件，建议救助合计 15,000.00 元");
  expect(mail?.text).toContain("金秋助学：3 件，15,000.00 元");
  expect(mail?.text).toMatch(/https:\/\/relief\.example\.org\/decide\/queue\/[\w-]{43}\n/u);
  expect(mail?.text).not.toMatch(/SN0000|\d{17}[\dX]/u);
  expect(await sendApproverDigests(world.uses)).toBe(1);
  expect(digests()[1]).toEqual(mail);
});

test("fewer than three keep their own mails; on days off nobody is told", async () => {
  await ask(1);
  await ask(2);
  world.moveClockTo(morningOf(21));
  expect(await sendApproverDigests(world.uses)).toBe(0);
  await ask(3);
  // Saturday.
  world.moveClockTo(morningOf(25));
  expect(await sendApproverDigests(world.uses)).toBe(0);
});

test("a reminder of the same morning is in the digest and not sent by itself; later ones are not lost", async () => {
  await askThree();
  world.moveClockTo(morningOf(28));

  expect(await sendApproverDigests(world.uses)).toBe(1);
  expect(await remindApprovers(world.uses)).toBe(0);

  expect(digests()[0]?.text).toContain("其中 3 件即将到期，最近的期限是2026年7月29日");
  expect(world.mails.filter(({ id }) => id.startsWith("reminder:"))).toEqual([]);
});

test("cut off at any call, the person has one digest, and no reminder beside it", async () => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await askThree();
      world.moveClockTo(morningOf(28));
      return uses;
    },
    run: (uses) => sendApproverDigests(uses),
    end: async () => {
      const { rows, mails } = await endStateOf(world);
      return { rows, kinds: Object.keys(mails).map((id) => id.split(":")[0]) };
    },
  });
  expect(end.kinds.filter((kind) => kind === "approval-digest")).toHaveLength(1);
  expect(end.kinds).not.toContain("reminder");
});

test("one mail that can't be sent keeps no other one back, and the job says so", async () => {
  await askThree();
  for (const number of [4, 5, 6]) {
    await ask(number, { tier: "station", atUnitId: aCase(number).unitId, decidedBy: {} });
  }
  world.moveClockTo(morningOf(21));
  let failed = false;
  const uses = {
    ...world.uses,
    mailer: {
      send: async (mail: Mail) => {
        if (failed) return world.uses.mailer.send(mail);
        failed = true;
        throw new Error("the mail server is gone");
      },
    },
  };
  await expect(sendApproverDigests(uses)).rejects.toThrow("mail server");
  expect(digests()).toHaveLength(1);
});

test("asked for again on the same day it is the same mail, whatever waits by then", async () => {
  await askThree();
  const east = staff("east-1", "east");
  const today = localDate("2026-07-21");
  world.moveClockTo(morningOf(21));
  const { asked } = await waitingFor(world.uses, east);
  expect(sharesOf(asked)).toMatchObject([{ count: 3, amountFen: 1_500_000 }]);

  await sendDigest(world.uses, east, asked, today);
  await sendDigest(world.uses, east, asked.slice(1), today);

  expect(new Set(digests().map(({ id }) => id)).size).toBe(1);
});
