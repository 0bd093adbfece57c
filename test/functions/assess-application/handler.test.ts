import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/assess-application/handler.ts";
import { fileFor } from "#infra/local/demo/archive.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey } from "#shared/adapters/dynamodb/keys.ts";
import { acceptApplication } from "#shared/casework/accept-application.ts";
import { saveVisit } from "#shared/casework/record-visit.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { giveInformation } from "#shared/domain/correction.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { ApplicationNotFound, PolicyNotConfirmed, StoreContended } from "#shared/kernel/errors.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import {
  aCase,
  anApproval,
  applicationIdOf,
  approve,
  commonPolicy,
  deciding,
  monday,
} from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { aVisit, handlerId } from "#test/support/handled-cases.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

/** A case as it is sent: nothing is said of it yet. */
const sentCase = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, {
    version: 1,
    status: "submitted",
    tier: null,
    atUnitId: "spring" as UnitId,
    decidedBy: {},
    category: null,
    recommendation: null,
    policyVersion: null,
    amountFen: zeroFen,
    fundOrder: [],
    cause: "schooling",
    ...changes,
  });

/** The household has a file: these are tests of what follows; lane 2 has its own below. */
const storeSent = async (
  number: number,
  changes: Partial<Application> = {},
  answers?: Answers,
): Promise<Application> => {
  const sent = sentCase(number, changes);
  const typed = answers ?? answersOfCase(sent, number);
  await fileFor(world.uses, programmeOf(sent), typed);
  return storeCase(world.uses, sent, typed);
};

const assess = ({ id }: Pick<Application, "id">) =>
  createHandler(world.uses)({ applicationId: id });

const receiptsOf = ({ id }: Application) =>
  world.mails.filter((mail) => mail.id === `received:${id}`);

test("a case that was sent is assessed, put before its handlers, and acknowledged", async () => {
  const application = await storeSent(1);

  expect(await assess(application)).toEqual({ outcome: "ask" });

  const assessed = await caseOf(world.uses, application);
  expect(assessed).toMatchObject({
    version: 2,
    status: "in_acceptance",
    tier: "station",
    category: "DEEP",
    recommendation: "approve",
    amountFen: yuan(5_000),
  });
  const [event] = await world.uses.cases.events(assessed);
  expect(event).toMatchObject({ type: "assessed", version: 2, at: monday });
  expect(event?.confidential?.assessment?.steps.length).toBeGreaterThan(3);
  expect(receiptsOf(application).map(({ to }) => to)).toEqual([demoApplicant(1).email]);
});

test("run again it changes nothing, mails nobody, and says what the case means by then", async () => {
  const application = await storeSent(2);
  await assess(application);
  const assessed = await caseOf(world.uses, application);

  expect(await assess(application)).toEqual({ outcome: "ask" });
  expect(await Promise.all([assess(application), assess(application)])).toEqual([
    { outcome: "ask" },
    { outcome: "ask" },
  ]);

  expect(await caseOf(world.uses, application)).toEqual(assessed);
  expect(await world.uses.cases.events(assessed)).toHaveLength(1);
  expect(receiptsOf(application)).toHaveLength(1);
});

let byNow = 10;

test.each([
  ["needs_information", "information"],
  ["waiting_for_funds", "funds"],
  ["public_notice", "grass_roots_notice"],
  ["withdrawn", "ended"],
  ["paid", "ended"],
] as const)("a case that is %s by now is left as it is: %s", async (status, outcome) => {
  byNow += 1;
  const application = await storeCase(world.uses, aCase(byNow, { status }));
  expect(await assess(application)).toEqual({ outcome });
  expect(await caseOf(world.uses, application)).toEqual(application);
  expect(receiptsOf(application)).toEqual([]);
});

test("two at once assess it once; the one that was late fails, and finds it done", async () => {
  const application = await storeSent(3);

  const results = await Promise.allSettled([assess(application), assess(application)]);

  const failures = results.filter(({ status }) => status === "rejected");
  for (const failure of failures) {
    expect((failure as PromiseRejectedResult).reason).toBeInstanceOf(StoreContended);
  }
  expect(failures.length).toBeLessThan(2);
  expect(await assess(application)).toEqual({ outcome: "ask" });
  const assessed = await caseOf(world.uses, application);
  expect(assessed.version).toBe(2);
  expect(await world.uses.cases.events(assessed)).toHaveLength(1);
});

test("the household's other awards of the year for the same cause are taken from this one", async () => {
  const household = await world.uses.vault.blindIndex("id-number", demoApplicant(4).idNumber);
  const application = await storeSent(4, { household });
  // What an emergency award for the same cause booked to the household's year.
  await putRow(world.uses.table, {
    ...awardAccountKey(household, 2026),
    total: yuan(2_000),
    [`cause.${application.cause}`]: yuan(2_000),
  });

  await assess(application);

  expect((await caseOf(world.uses, application)).amountFen).toBe(yuan(3_000));
});

test("without an address nobody is mailed, and the case goes on all the same", async () => {
  const answers = { ...answersOfCase(sentCase(5), 5), email: "" };
  const application = await storeSent(5, {}, answers);
  expect(await assess(application)).toEqual({ outcome: "ask" });
  expect(receiptsOf(application)).toEqual([]);
});

test("a case that nobody knows, and an input that is none, are errors of their own", async () => {
  await expect(assess({ id: applicationIdOf(999) })).rejects.toBeInstanceOf(ApplicationNotFound);
  await expect(createHandler(world.uses)({})).rejects.toMatchObject({ name: "TaskInputInvalid" });
});

test("a year without a confirmed living standard assesses nothing, and acknowledges nothing", async () => {
  const at = instant("2028-07-20T01:00:00Z");
  const application = await storeSent(6, { submittedAt: at, createdAt: at });
  await expect(assess(application)).rejects.toBeInstanceOf(PolicyNotConfirmed);
  expect(await caseOf(world.uses, application)).toEqual(application);
  expect(receiptsOf(application)).toEqual([]);
});

/** Assessed, approved by the station, returned by the district, and sent again with these answers. */
const sendAgain = async (number: number, changes: Answers): Promise<Application> => {
  const { uses } = world;
  const sent = await storeSent(number);
  await assess(sent);
  await acceptApplication(uses, await caseOf(uses, sent), handlerId);
  await saveVisit(uses, await caseOf(uses, sent), handlerId, aVisit);
  for (const tier of ["station", "district"] as const) {
    const application = await caseOf(uses, sent);
    const approverId = `${tier === "station" ? "spring" : "east"}-1` as never;
    const approval = anApproval(application, { tier, approverId });
    await uses.cases.putApproval(approval, null);
    const decision =
      tier === "station"
        ? { ...approve, amountFen: yuan(4_000), reason: "另有资助" }
        : { ...approve, kind: "return" as const, reason: "补材料" };
    const context = deciding(application, { staffId: approverId, decision });
    const { kind } = await recordDecision(uses, context, approval);
    if (kind !== "recorded") throw new Error(kind);
  }
  const returned = await caseOf(uses, sent);
  const now = addMinutes(monday, 60);
  const before = await uses.cases.answers(returned);
  const given = giveInformation(
    { ...returned, answersVersion: 1 },
    {
      correction: null,
      newPapers: 1,
      moment: { now, flowClock: commonPolicy.flowClock, calendar: commonPolicy.calendar },
    },
  );
  if (given.kind === "refused") throw new Error(given.code);
  const after = { ...given.step.after, answersVersion: 2 };
  const outcome = await uses.cases.commit({
    step: { ...given.step, after },
    answers: { ...before, ...changes },
  });
  if (outcome !== "committed") throw new Error(outcome);
  return caseOf(uses, sent);
};

test("what comes back unchanged goes on where it left, with the lower amount it had been given", async () => {
  const application = await sendAgain(7, { school: "另一所学校" });
  await assess(application);
  expect(await caseOf(world.uses, application)).toMatchObject({
    tier: "district",
    round: 1,
    amountFen: yuan(4_000),
    decidedBy: { station: "spring-1" },
  });
  expect(receiptsOf(application)).toHaveLength(1);
});

test("what comes back worth another amount begins again with that amount, neither more nor less", async () => {
  const application = await sendAgain(8, { schoolLevel: "senior_secondary" });
  await assess(application);
  expect(await caseOf(world.uses, application)).toMatchObject({
    tier: "station",
    round: 2,
    amountFen: yuan(3_000),
    decidedBy: {},
  });
});

test("cut off at any call and run again, it has assessed once and mailed one receipt", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeSent(9);
      return uses;
    },
    run: (uses) => createHandler(uses)({ applicationId: applicationIdOf(9) }),
    end: () => endStateOf(world),
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      "before cases.get",
      "after mailer.send",
      "before cases.commit",
      "after cases.commit",
    ]),
  );
  expect(Object.keys(end.mails)).toEqual([`received:${applicationIdOf(9)}`]);
  expect(Object.values(end.mails)[0]).toHaveLength(1);
  expect(end.brokenChains).toEqual([]);
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
