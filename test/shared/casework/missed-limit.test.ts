import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler as createResumeStalled } from "#functions/resume-stalled/handler.ts";
import { closeOverdue } from "#shared/casework/close-overdue.ts";
import { readLocator } from "#shared/casework/decision-link.ts";
import { answerSilence, passUp } from "#shared/casework/missed-limit.ts";
import { askedQueues, casesIn } from "#shared/casework/queued-cases.ts";
import type { Application } from "#shared/domain/application.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import { addMinutes, instant, type Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { commonPolicy, staff } from "#test/support/cases.ts";
import {
  caseOf,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { anyLink, beginAnew, endStateOf } from "#test/support/end-state.ts";
import { playExecutions } from "#test/support/executions.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await world.uses.directory.putStaff(
    staff("admin", "city", { roles: ["administrator"], pinHash: null }),
  );
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

// Seven working days from Monday 20 July end with Wednesday 29 July in China.
const deadlineAt = instant("2026-07-29T16:00:00Z");
const missedAt = addMinutes(deadlineAt, 30);
/** A stand-in asked on Thursday 30 July has until the end of Monday 3 August. */
const standInEnd = instant("2026-08-03T16:00:00Z");

const silent = (
  number: number,
  changes: Partial<Application> = {},
  approverId: string = "east-1",
) =>
  storeAskedCase(
    world.uses,
    number,
    { deadlineAt, ...changes },
    { expiresAt: deadlineAt, approverId: approverId as StaffId },
  );

const closeAt = (at: Instant): Promise<number> => {
  world.moveClockTo(at);
  return closeOverdue(world.uses);
};
const approvalAt = async ({ id, round }: Application, tier: Tier) => {
  const approval = await world.uses.cases.approval(id, round, tier, 1);
  if (!approval) throw new Error(`nobody was asked at ${tier}`);
  return approval;
};
const eventTypes = async (application: Application): Promise<readonly string[]> =>
  (await world.uses.cases.events(application)).map(({ type }) => type);
const mailsTo = (address: string) => world.mails.filter(({ to }) => to === address);
const linkIn = (text: string): string =>
  /\/decide\/(?<locator>\S+)/u.exec(text)?.groups?.["locator"] ?? "";

test("silence leads to a stand-in of the tier, then to the tier above, and administrators hear of that", async () => {
  const { application, approval } = await silent(1);

  expect(await closeAt(addMinutes(deadlineAt, -1))).toBe(0);
  expect(await closeAt(missedAt)).toBe(1);

  const standIn = await approvalAt(application, "district");
  expect(standIn).toMatchObject({
    ask: 2,
    approverId: "east-2",
    insteadOf: "east-1",
    expiresAt: standInEnd,
    taskToken: approval.taskToken,
    mailedAt: missedAt,
  });
  const [mail] = mailsTo("east-2@example.org");
  expect(mail?.text).toContain("代为办理");
  expect(world.uses.vault.digest(readLocator(linkIn(mail?.text ?? ""))?.secret ?? "")).toBe(
    standIn.linkHash,
  );
  const waiting = await caseOf(world.uses, application);
  expect(waiting).toMatchObject({ tier: "district", deadlineAt: standInEnd });
  // The silent one's link is another link's place now; whoever held it may not use the stand-in's.
  const east1 = await world.uses.directory.staff(approval.approverId);
  expect(
    decisionRefusal({ application: waiting, approval, staff: east1, insteadOf: null }, missedAt),
  ).toBe("case_changed");
  expect(mailsTo("admin@example.org")).toEqual([]);
  expect(await closeAt(addMinutes(standInEnd, -1))).toBe(0);

  const late = addMinutes(standInEnd, 30);
  expect(await closeAt(late)).toBe(1);

  const escalated = await caseOf(world.uses, application);
  expect(escalated).toMatchObject({
    status: "in_approval",
    tier: "city",
    atUnitId: "city",
    decidedBy: { station: "spring-1" },
  });
  expect(await approvalAt(application, "city")).toMatchObject({
    approverId: "city-1",
    insteadOf: null,
    expiresAt: escalated.deadlineAt,
    taskToken: approval.taskToken,
  });
  expect(mailsTo("admin@example.org").map(({ id }) => id)).toEqual([
    `overdue:${application.id}:5:admin`,
  ]);
  expect(await eventTypes(escalated)).toEqual(["stand_in_asked", "escalated"]);
});

test("at the city, which has nothing above it, others are asked in turn and administrators told each time", async () => {
  const { application } = await silent(2, { tier: "city", amountFen: yuan(8_000) }, "city-1");
  const asked: string[] = [];
  let at = missedAt;
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await closeAt(at)).toBe(1);
    const { approverId, expiresAt } = await approvalAt(application, "city");
    asked.push(approverId);
    at = addMinutes(expiresAt, 30);
  }
  expect(asked).toEqual(["city-2", "city-1", "city-2"]);
  expect(mailsTo("admin@example.org")).toHaveLength(2);
  expect((await caseOf(world.uses, application)).status).toBe("in_approval");
});

test("with nobody at all who may decide, an administrator is told once a day until somebody is appointed", async () => {
  const { application } = await silent(3, { tier: "city" });
  const people = ["city-1", "city-2"];
  for (const id of people) {
    await world.uses.directory.putStaff(staff(id, "city", { active: false }));
  }
  try {
    for (const hours of [0, 1, 25]) await closeAt(addMinutes(missedAt, hours * 60));
    expect(mailsTo("admin@example.org")).toHaveLength(2);
    expect(mailsTo("admin@example.org")[0]?.text).toContain("请指定审批人");
    expect(await caseOf(world.uses, application)).toEqual(application);
  } finally {
    for (const id of people) await world.uses.directory.putStaff(staff(id, "city"));
  }
  expect(await closeAt(addMinutes(missedAt, 26 * 60))).toBe(1);
  expect(await approvalAt(application, "city")).toMatchObject({ approverId: "city-1" });
});

test("an objection and an appeal that nobody answers go to another reviewer, within their own limits", async () => {
  for (const [number, status] of [
    [4, "objection"],
    [5, "under_appeal"],
  ] as const) {
    const { application } = await silent(number, {
      status,
      atUnitId: null,
      excluded: ["east-1", "spring-2"] as never,
    });
    expect(await closeAt(missedAt)).toBe(1);
    const review = await approvalAt(application, "district");
    expect(review.approverId).toBe(status === "objection" ? "east-2" : "city-1");
    expect(review.expiresAt).toBe(standInEnd);
    const mail = world.mails.find(({ id }) => id.startsWith(`review:${application.id}`));
    expect(mail?.to).toBe(`${review.approverId}@example.org`);
    expect(mail?.text).toContain(status === "objection" ? "异议" : "复议");
  }
});

test("a case that nobody could be asked about, so that nobody was silent, is asked about by its execution", async () => {
  const { application } = await silent(6);
  await world.uses.cases.putApproval(
    { ...(await approvalAt(application, "district")), round: 9 },
    null,
  );
  const unasked = await caseOf(world.uses, { id: application.id });
  world.moveClockTo(missedAt);
  const without = {
    ...world.uses,
    cases: { ...world.uses.cases, approval: () => Promise.resolve(null) },
  };
  expect(await answerSilence(without, unasked)).toBe(true);
  // The execution that waits for the case is answered, or another is started: then it asks.
  expect(world.answered.length + world.started.length).toBe(1);
  expect(await passUp(world.uses, unasked, null)).toBe(false);
});

test("two runs at once ask one stand-in: the other run finds the case moved", async () => {
  const { application } = await silent(7);
  world.moveClockTo(missedAt);
  const runs = await Promise.allSettled(Array.from({ length: 6 }, () => closeOverdue(world.uses)));
  expect(runs.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  await createResumeStalled(world.uses)();
  const events = await eventTypes(await caseOf(world.uses, application));
  expect(events).toEqual(["stand_in_asked"]);
  expect(new Set(mailsTo("east-2@example.org").map(({ text }) => linkIn(text))).size).toBe(1);
});

test.each([
  ["to a stand-in", {}, missedAt],
  ["to the tier above", { atUnitId: "spring" as never, tier: "station" as const }, missedAt],
] as const)(
  "silence that leads %s: cut off at any call, the end is the same",
  async (_to, changes, at) => {
    const alone = "tier" in changes;
    if (alone) {
      await world.uses.directory.putStaff(staff("spring-2", "spring", { active: false }));
    }
    try {
      const { end, faults } = await surviveEveryCrash({
        begin: async () => {
          const uses = await beginAnew(world);
          if (alone) await silent(8, { ...changes, decidedBy: {} }, "spring-1");
          else await silent(8);
          world.moveClockTo(at);
          return uses;
        },
        run: (uses) => closeOverdue(uses),
        end: async () => {
          world.moveClockTo(addMinutes(at, 5));
          await createResumeStalled(world.uses)();
          await playExecutions(world);
          const { rows, brokenChains, mails } = await endStateOf(world);
          return anyLink({ rows, brokenChains, mails });
        },
      });
      expect(faults).toEqual(
        expect.arrayContaining([
          "after cases.commit",
          "after cases.putApproval",
          "after mailer.send",
        ]),
      );
      expect(Object.keys(end.mails)).toHaveLength(alone ? 2 : 1);
    } finally {
      await world.uses.directory.putStaff(staff("spring-2", "spring"));
    }
  },
);

test("every office's queue is walked, and those of objections and appeals", async () => {
  const { application } = await silent(9);
  const found: string[] = [];
  for (const queue of askedQueues) {
    for await (const { id } of casesIn(world.uses, queue, () => true)) found.push(id);
  }
  expect(found).toEqual([application.id]);
  expect(commonPolicy.flowClock.standIn).toBe(2);
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(5);
  expect(logged().telling).toEqual([]);
});
