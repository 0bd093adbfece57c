/** Public notice (公示) before payment: it gates the money, holds for an objection, and vanishes at its end. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { createVisitor, formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, startCity, until } from "#test/support/city.ts";
import {
  answersOf,
  applyAgain,
  applyAs,
  balancesOf,
  endNotice,
  eventTypesOf,
  expectBooksFit,
  mailsOf,
  payOut,
  statusOf,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const noticesOf = ({ applicationId }: Applied) =>
  city.dependencies.notices.noticesOf(applicationId);

const untilPublished = (applied: Applied, count: number): Promise<void> =>
  until("the notice is published", async () => (await noticesOf(applied)).length === count);

const pageOf = (applied: Applied) =>
  createVisitor(city.url).get(paths.notice(applied.applicationId));

/** Whoever passes by objects on the notice's own page. */
const object = async (applied: Applied, words: string, contact = ""): Promise<void> => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(paths.objection(applied.applicationId));
  const answer = await visitor.send(page, formTo(page, "/objection"), { words, contact });
  expect(answer.status, wordsOf(answer.html).slice(0, 200)).toBe(200);
  await untilStatus(city, applied, "objection");
};

const answerObjection = (
  applied: Applied,
  tier: Tier,
  kind: "uphold" | "dismiss",
  reason: string,
) => decideAt(city, applied, tier, { kind, reason });

/** So many minutes from when the case's present notice was to end. */
const passNotice = async (applied: Applied, minutes = 1): Promise<void> => {
  const endsAt = (await noticesOf(applied)).at(-1)?.endsAt;
  if (!endsAt) throw new Error("there is no notice");
  await city.clock.advanceTo(addMinutes(endsAt, minutes));
};

const transitionsOf = ({ applicationId }: Applied): number =>
  city
    .executions()
    .filter(({ name }) => name.startsWith(applicationId))
    .reduce((sum, { transitions }) => sum + transitions, 0);

test("upheld: refused with the answer as its reason, the money back in its fund, and the claim free again", async () => {
  const before = await balancesOf(city, "central");
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await untilPublished(applied, 2);
  expect(await balancesOf(city, "central")).not.toEqual(before);

  await object(applied, "学生已经退学");
  await answerObjection(applied, "district", "uphold", "经核实学籍，学生已退学。");
  await untilStatus(city, applied, "rejected");
  await until("the applicant is told", () =>
    mailsOf(city, applied).some((kind) => kind.startsWith("outcome:")),
  );

  expect(mailsOf(city, applied)).not.toContain("outcome:approved");
  expect(await balancesOf(city, "central")).toEqual(before);
  expect((await pageOf(applied)).status).toBe(410);
  await expectBooksFit(city, [applied]);
  const again = await applyAgain(city, applied);
  await until(
    "it is looked at anew",
    async () => (await statusOf(city, again)) === "in_acceptance",
  );
});

test("two notices gate the money: each stands five working days, shows a masked name, and is gone at its end", async () => {
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await untilPublished(applied, 1);

  expect(await caseOf(city, applied)).toMatchObject({ status: "public_notice", fundId: null });
  const shown = await pageOf(applied);
  const { applicantName = "", studentName = "" } = await answersOf(city, applied);
  expect(wordsOf(shown.html)).toContain(`${applicantName.slice(0, 2)}*`);
  expect(shown.html).not.toContain(applicantName);
  expect(shown.html).not.toContain(studentName);
  expect(mailsOf(city, applied)).toEqual(["received", "approval"]);

  await passNotice(applied);
  await untilStatus(city, applied, "in_approval");
  expect((await pageOf(applied)).status).toBe(410);
  await decideAt(city, applied, "district");
  await untilPublished(applied, 2);
  expect((await pageOf(applied)).status).toBe(200);
  await endNotice(city, applied);
  expect((await pageOf(applied)).status).toBe(410);
  await payOut(city, "central");

  expect(await statusOf(city, applied)).toBe("paid");
  expect((await eventTypesOf(city, applied)).slice(-6)).toEqual([
    "tier_approved",
    "notice_ended",
    "approved",
    "notice_ended",
    "batched",
    "paid",
  ]);
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "approval", "outcome:approved"]);
  // Two approvals and two notices: 2·2 + 2, and 2 for each notice (design 10).
  expect(transitionsOf(applied)).toBeLessThanOrEqual(10);
  expect((await noticesOf(applied)).map(({ kind }) => kind)).toEqual(["grass_roots", "final"]);
  await expectBooksFit(city, [applied]);
});

test("objected to and dismissed before the first notice ends, and again beyond the end of the last: nothing is told or payable meanwhile", async () => {
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await untilPublished(applied, 1);
  const [before] = await noticesOf(applied);
  await object(applied, "听说他家有两套房", "neighbour@example.org");
  await answerObjection(applied, "station", "dismiss", "经入户核实，只有一套住房。");

  expect(await caseOf(city, applied)).toMatchObject({ status: "public_notice", round: 2 });
  const answers = city.mailbox.mails({ to: "neighbour@example.org" });
  expect(answers.map(({ text }) => text.includes("只有一套住房"))).toEqual([true]);
  expect((await pageOf(applied)).status).toBe(200);
  await passNotice(applied);
  await untilStatus(city, applied, "in_approval");
  // Interrupted, it was the same notice all the time.
  expect(await noticesOf(applied)).toEqual([before]);

  await decideAt(city, applied, "district");
  await untilPublished(applied, 2);
  await passNotice(applied, -60);
  await object(applied, "他去年已经领过");
  const reserved = await balancesOf(city, "central");
  await passNotice(applied);
  expect(await statusOf(city, applied)).toBe("objection");
  expect(mailsOf(city, applied)).not.toContain("outcome:approved");
  expect(await balancesOf(city, "central")).toEqual(reserved);

  await answerObjection(applied, "district", "dismiss", "去年没有领取记录。");
  await untilStatus(city, applied, "reserved");
  await untilMailed(city, applied, "outcome:approved");
  expect((await eventTypesOf(city, applied)).slice(-7)).toEqual([
    "objection_raised",
    "objection_dismissed",
    "notice_ended",
    "approved",
    "objection_raised",
    "objection_dismissed",
    "notice_ended",
  ]);
  await expectBooksFit(city, [applied]);
});

test("nothing that a notice or an objection said stands in any execution or log of mails to others", async () => {
  const others = city.mailbox.mails().filter(({ to }) => to !== "neighbour@example.org");
  expect(others.length).toBeGreaterThan(10);
  expect(JSON.stringify(others)).not.toMatch(/两套房|领过|退学|neighbour/u);
});
