import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { acceptApplication, returnForPapers } from "#shared/casework/accept-application.ts";
import { extendSupplement } from "#shared/casework/extend-supplement.ts";
import { saveVisit } from "#shared/casework/record-visit.ts";
import { resumeStalled } from "#shared/casework/resume-stalled.ts";
import type { Application } from "#shared/domain/application.ts";
import { correctAnswers, type Correction } from "#shared/domain/correction.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { applicationIdOf, commonPolicy, monday, units } from "#test/support/cases.ts";
import { caseOf, startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew } from "#test/support/end-state.ts";
import { playExecutions } from "#test/support/executions.ts";
import {
  appointHandlers,
  aVisit,
  handlerId,
  storeHandled,
  tokenOf,
} from "#test/support/handled-cases.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await appointHandlers(world);
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const now = (application: Application) => caseOf(world.uses, application);
const typesOf = async (application: Application) =>
  (await world.uses.cases.events(await now(application))).map(({ type }) => type);
const approvalOf = ({ id, round }: Application) =>
  world.uses.cases.approval(id, round, "station", 1);
const list = { papers: ["id_cards"], reason: "照片看不清" };

test("accepted, a case waits for its visit; nobody is asked or told yet, and the machine takes no step", async () => {
  const application = await storeHandled(world, 1);
  const handled = await acceptApplication(world.uses, application, handlerId);
  expect(handled).toMatchObject({ kind: "done", told: "told" });
  expect(await now(application)).toMatchObject({
    status: "in_verification",
    excluded: [handlerId],
  });
  expect([world.mails, world.answered, world.started]).toEqual([[], [], []]);
});

test("pressed again, or by two handlers at once, it is accepted once", async () => {
  const application = await storeHandled(world, 2);
  const handled = await Promise.all([
    acceptApplication(world.uses, application, handlerId),
    acceptApplication(world.uses, application, "east-h" as StaffId),
  ]);
  expect(handled.map(({ kind }) => kind).toSorted()).toEqual(["done", "moved"]);
  const again = await acceptApplication(world.uses, await now(application), handlerId);
  expect(again.kind).toBe("moved");
  expect(await typesOf(application)).toEqual(["accepted"]);
});

test("visited, the base office is asked with the token that was kept: the machine takes no step for it", async () => {
  const application = await storeHandled(world, 3, { status: "in_verification", version: 3 });
  const handled = await saveVisit(world.uses, application, handlerId, aVisit);
  expect(handled).toMatchObject({ kind: "done", told: "told" });
  const after = await now(application);
  expect(after.status).toBe("in_approval");
  expect(await approvalOf(after)).toMatchObject({
    approverId: "spring-1",
    caseVersion: after.version,
    taskToken: tokenOf(application),
  });
  expect(world.mails.map(({ to }) => to)).toEqual(["spring-1@example.org"]);
  expect(world.answered).toEqual([]);
  const [event] = await world.uses.cases.events(after);
  expect(event?.confidential?.visit).toEqual(aVisit);
});

test("an approver who went along is not asked: another one is", async () => {
  const application = await storeHandled(world, 4, { status: "in_verification", version: 3 });
  const visit = { ...aVisit, staffIds: [handlerId, "spring-1" as StaffId] };
  await saveVisit(world.uses, application, handlerId, visit);
  expect(world.mails.map(({ to }) => to)).toEqual(["spring-2@example.org"]);
});

test("a refusal by the rules goes to the base office without a visit", async () => {
  const application = await storeHandled(world, 5, { recommendation: "refuse", refusalCode: "X" });
  await acceptApplication(world.uses, application, handlerId);
  expect(await now(application)).toMatchObject({ status: "in_approval", tier: "station" });
  expect(world.mails).toHaveLength(1);
});

test("returned, the execution is told, and the applicant has until the season admits supplements", async () => {
  const application = await storeHandled(world, 6);
  await returnForPapers(world.uses, application, handlerId, list);
  expect(await now(application)).toMatchObject({
    status: "needs_information",
    // Golden autumn takes supplements to 15 September.
    deadlineAt: "2026-09-15T16:00:00.000Z",
  });
  expect(world.answered).toEqual([{ taskToken: tokenOf(application), outcome: "information" }]);
});

test("all year round the applicant has ten working days", async () => {
  const application = await storeHandled(world, 7, { programmeId: "critical-illness" });
  await returnForPapers(world.uses, application, handlerId, list);
  expect((await now(application)).deadlineAt).toBe("2026-08-03T16:00:00.000Z");
});

test("prolonged once the wait goes on: no second mail, and a second time is refused", async () => {
  const deadlineAt = instant("2026-08-03T16:00:00Z");
  const application = await storeHandled(world, 8, { status: "needs_information", deadlineAt });
  const pressed = await Promise.all([
    extendSupplement(world.uses, application),
    extendSupplement(world.uses, application),
  ]);
  expect(pressed.filter((one) => one === "extended")).toHaveLength(1);
  const after = await now(application);
  expect(after.deadlineAt).toBe("2026-08-17T16:00:00.000Z");
  expect(await world.uses.cases.wait(application.id, "information")).toEqual({
    taskToken: tokenOf(application),
    caseVersion: after.version,
  });
  expect(await extendSupplement(world.uses, after)).toBe("refused");
  world.moveClockTo(addMinutes(monday, 10));
  expect(await resumeStalled(world.uses)).toBe(0);
  expect(world.mails).toEqual([]);
});

test("a visit of the fast track while papers are awaited neither ends the wait nor mails anybody", async () => {
  const deadlineAt = instant("2026-08-03T16:00:00Z");
  const application = await storeHandled(world, 9, {
    status: "needs_information",
    fastTrack: "follow_up",
    deadlineAt,
  });
  await saveVisit(world.uses, application, handlerId, aVisit);
  expect(await now(application)).toMatchObject({ status: "needs_information", deadlineAt });
  world.moveClockTo(addMinutes(monday, 10));
  expect(await resumeStalled(world.uses)).toBe(0);
  expect([world.mails, world.answered, world.started]).toEqual([[], [], []]);
});

test("an execution that waits for handlers is left alone; one that never began to wait is started", async () => {
  await storeHandled(world, 10);
  const accepted = await storeHandled(world, 11);
  await acceptApplication(world.uses, accepted, handlerId);
  world.moveClockTo(addMinutes(monday, 10));
  expect(await resumeStalled(world.uses)).toBe(0);
  const lost = await storeHandled(world, 12);
  world.waiting.delete(tokenOf(lost));
  await world.uses.cases.putWait(lost.id, "handling", { taskToken: "old", caseVersion: 1 });
  expect(await resumeStalled(world.uses)).toBe(1);
  expect(world.started).toHaveLength(1);
});

/** What must be the same in the end: who was asked, told, and what happened. */
const summary = async (number: number) => {
  const application = await caseOf(world.uses, { id: applicationIdOf(number) });
  const approval = await approvalOf(application);
  return {
    status: application.status,
    excluded: application.excluded,
    types: await typesOf(application),
    asked: approval && [approval.approverId, approval.caseVersion === application.version],
    mailed: [...new Set(world.mails.map(({ to }) => to))],
  };
};

/** After a fault: pressed again, and then the sweep of the next minutes. */
const andSweep = async (attempt: number): Promise<void> => {
  if (attempt === 1) return;
  world.moveClockTo(addMinutes(monday, 10));
  await resumeStalled(world.uses);
  await playExecutions(world);
};

const steps = {
  accept: (uses: CaseworkWorld["uses"], application: Application) =>
    acceptApplication(uses, application, handlerId),
  visit: (uses: CaseworkWorld["uses"], application: Application) =>
    saveVisit(uses, application, handlerId, aVisit),
  return: (uses: CaseworkWorld["uses"], application: Application) =>
    returnForPapers(uses, application, handlerId, list),
};

test.each([
  ["accept", {}, "in_verification", []],
  ["accept", { recommendation: "refuse" }, "in_approval", ["spring-1@example.org"]],
  ["visit", { status: "in_verification", version: 3 }, "in_approval", ["spring-1@example.org"]],
  ["return", {}, "needs_information", ["applicant-20@example.org"]],
] as const)(
  "cut off at any call, %s of a case %j ends the same: %s",
  async (name, changes, status, mailed) => {
    const { end, faults } = await surviveEveryCrash({
      begin: async () => {
        const uses = await beginAnew(world);
        await storeHandled(world, 20, changes);
        return uses;
      },
      run: async (uses, attempt) => {
        await steps[name](uses, await caseOf(world.uses, { id: applicationIdOf(20) }));
        await andSweep(attempt);
        if (name === "return") await playExecutions(world);
      },
      end: () => summary(20),
    });
    expect(faults).toEqual(expect.arrayContaining(["before cases.commit", "after cases.commit"]));
    expect(end).toMatchObject({ status, mailed });
    expect(end.types).toHaveLength(1);
  },
);

const correcting: Correction = {
  form: { fields: {} },
  changed: ["annualIncome"],
  unit: units.find(({ id }) => id === "spring")!,
  before: { household: "household30", persons: [], cause: "schooling", claims: [] } as never,
  after: { household: "household30", persons: [], cause: "schooling", claims: [] } as never,
};

test("accepted and corrected at the same moment: one of them is first, and the other sees it", async () => {
  for (let number = 30; number < 36; number += 1) {
    const application = await storeHandled(world, number);
    const moment = {
      now: monday,
      flowClock: commonPolicy.flowClock,
      calendar: commonPolicy.calendar,
    };
    const corrected = correctAnswers(application, correcting, moment);
    if (corrected.kind === "refused") throw new Error("it may be corrected");
    const [handled, outcome] = await Promise.all([
      acceptApplication(world.uses, application, handlerId),
      world.uses.cases.commit({ ...corrected, answers: {} }),
    ]);
    expect((handled.kind === "done") !== (outcome === "committed")).toBe(true);
    expect(await typesOf(application)).toHaveLength(1);
  }
});
