import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler as createResumeStalled } from "#functions/resume-stalled/handler.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval, Decision } from "#shared/domain/approval.ts";
import type { DecisionContext } from "#shared/domain/decision.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { approve, commonPolicy, deciding, staff } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { anyLink, beginAnew, endStateOf } from "#test/support/end-state.ts";
import { playExecutions } from "#test/support/executions.ts";

/** Two of the district must agree; the pack of the world says the same, for whoever is asked by the job. */
const policy: typeof commonPolicy = {
  ...commonPolicy,
  route: { ...commonPolicy.route, approversNeeded: { district: 2 } },
};

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
const tuesday = instant("2026-07-21T01:00:00Z");
beforeEach(async () => {
  await beginAnew(world);
  world.moveClockTo(tuesday);
});

type Uses = CaseworkWorld["uses"];
const deadlineAt = instant("2026-07-29T16:00:00Z");
const store = (number: number, changes: Partial<Application> = {}) =>
  storeAskedCase(world.uses, number, { deadlineAt, ...changes }, { expiresAt: deadlineAt });

const decideBy = async (
  { id }: Pick<Application, "id">,
  seat: number,
  decision: Partial<Decision> = {},
  uses: Uses = world.uses,
) => {
  const application = await caseOf(uses, { id });
  const approval = await approvalOf(application, seat);
  const context: Partial<DecisionContext> = {
    staffId: approval.approverId,
    policy,
    now: uses.clock.now(),
    decision: { ...approve, ...decision },
  };
  return recordDecision(uses, deciding(application, context), approval);
};
const approvalOf = async ({ id, round, tier }: Application, seat: number): Promise<Approval> => {
  const approval = await world.uses.cases.approval(id, round, tier ?? "district", seat);
  if (!approval) throw new Error(`nobody sits on seat ${seat}`);
  return approval;
};
const asked = (): readonly string[] => world.mails.map(({ to }) => to);
const eventsOf = async (application: Application) =>
  (await world.uses.cases.events(application)).map(({ type, detail }) => [type, detail["tier"]]);

test("of two who must agree the first asks the second with the waiting token; only then is money set aside", async () => {
  const fundId = await grantTo(world.uses, "central", "CENTRAL", 5_000);
  const { application, approval } = await store(1);
  world.waiting.add(approval.taskToken);

  expect(await decideBy(application, 1)).toMatchObject({ kind: "recorded", signalled: true });

  expect(await caseOf(world.uses, application)).toMatchObject({
    status: "in_approval",
    tier: "district",
    coApprovedBy: ["east-1"],
    deadlineAt,
    fundId: null,
  });
  // No step of the machine: it waits on, and the second seat holds its token.
  expect(world.answered).toEqual([]);
  expect(asked()).toEqual(["east-2@example.org"]);
  expect(world.mails[0]?.text).toContain("已有1人同意");
  const second = await approvalOf(application, 2);
  expect(second).toMatchObject({
    approverId: "east-2",
    taskToken: approval.taskToken,
    expiresAt: deadlineAt,
  });
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ reserved: 0 });

  expect(await decideBy(application, 2)).toMatchObject({ kind: "recorded", signalled: true });

  const approved = await caseOf(world.uses, application);
  expect(approved).toMatchObject({
    status: "public_notice",
    fundId,
    coApprovedBy: [],
    decidedBy: { station: "spring-1", district: "east-2" },
    excluded: ["east-1"],
  });
  expect(await eventsOf(approved)).toEqual([
    ["co_approved", "district"],
    ["approved", "district"],
  ]);
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ reserved: 5_000, fault: null });
});

test("a lowered amount is asked of the first again, who saw another one; both then stand behind it", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 5_000);
  const { application } = await store(2);
  await decideBy(application, 1);
  const lowered = { amountFen: yuan(4_000), reason: "核减" };

  await decideBy(application, 2, lowered);

  expect(await caseOf(world.uses, application)).toMatchObject({
    coApprovedBy: ["east-2"],
    amountFen: 400_000,
  });
  expect(asked()).toEqual(["east-2@example.org", "east-1@example.org"]);
  await decideBy(application, 2, { amountFen: yuan(4_000) });
  expect(await caseOf(world.uses, application)).toMatchObject({
    status: "public_notice",
    amountFen: 400_000,
    excluded: ["east-2"],
    decidedBy: { district: "east-1" },
  });
});

test("both seats and the same seat thirty times at once: each counts once, and the award is set aside once", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 50_000);
  const { application, approval } = await store(3);
  const before = await caseOf(world.uses, application);
  const first = { staffId: approval.approverId, policy, now: tuesday };
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => recordDecision(world.uses, deciding(before, first), approval)),
  );
  expect(answers.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
  const agreed = await caseOf(world.uses, application);
  const second = await approvalOf(agreed, 2);
  const seat2 = { staffId: second.approverId, policy, now: tuesday };
  const again = await Promise.all([
    ...Array.from({ length: 15 }, () =>
      recordDecision(world.uses, deciding(agreed, seat2), second),
    ),
    ...Array.from({ length: 15 }, () =>
      recordDecision(world.uses, deciding(before, first), approval),
    ),
  ]);
  expect(again.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
  expect(await eventsOf(await caseOf(world.uses, application))).toEqual([
    ["co_approved", "district"],
    ["approved", "district"],
  ]);
  expect(await balancesOf(world.uses, "central")).toMatchObject({ reserved: 5_000, fault: null });
});

test("with fewer people than must agree, what was agreed stands, and the case waits for one to be appointed", async () => {
  await world.uses.directory.putStaff(staff("east-2", "east", { active: false }));
  try {
    const { application } = await store(4);
    expect(await decideBy(application, 1)).toMatchObject({ kind: "recorded", signalled: false });
    expect(await caseOf(world.uses, application)).toMatchObject({ coApprovedBy: ["east-1"] });
    expect(asked()).toEqual([]);
  } finally {
    await world.uses.directory.putStaff(staff("east-2", "east"));
  }
  world.moveClockTo(addMinutes(tuesday, 5));
  await createResumeStalled(world.uses)();
  await playExecutions(world);
  expect(asked()).toEqual(["east-2@example.org"]);
});

const aside = { kind: "recuse", reason: "申请人是我表弟" } as const;

test("who stands aside takes no further part, and the next of the tier is asked at once", async () => {
  const { application, approval } = await store(5);
  world.waiting.add(approval.taskToken);

  expect(await decideBy(application, 1, aside)).toMatchObject({ signalled: true });

  const after = await caseOf(world.uses, application);
  expect(after).toMatchObject({ status: "in_approval", excluded: ["east-1"], deadlineAt });
  expect(asked()).toEqual(["east-2@example.org"]);
  expect(await approvalOf(after, 1)).toMatchObject({
    approverId: "east-2",
    ask: 2,
    decidedAt: null,
    taskToken: approval.taskToken,
  });
  const events = await world.uses.cases.events(after);
  expect(events[0]).toMatchObject({
    type: "recused",
    actor: { kind: "staff", staffId: "east-1" },
    confidential: { reason: aside.reason },
  });
  expect(world.answered).toEqual([]);
});

test("when everybody of the tier stood aside, the tier above has the case at once, and is asked", async () => {
  const { application } = await store(6);
  await decideBy(application, 1, aside);
  expect(await decideBy(application, 1, aside)).toMatchObject({ signalled: true });

  expect(await caseOf(world.uses, application)).toMatchObject({
    tier: "city",
    excluded: ["east-1", "east-2"],
  });
  expect(asked()).toEqual(["east-2@example.org", "city-1@example.org"]);
  expect(await eventsOf(await caseOf(world.uses, application))).toEqual([
    ["recused", "district"],
    ["recused", "district"],
    ["escalated", "district"],
  ]);
});

test.each([
  ["the first of two agrees", {}],
  ["the person asked stands aside", aside],
] as const)("%s: cut off at any call, the end is the same", async (_what, decision) => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      world.moveClockTo(tuesday);
      const { approval } = await store(7);
      world.waiting.add(approval.taskToken);
      return uses;
    },
    run: async (uses, attempt) => {
      const { application } = { application: await caseOf(world.uses, { id: idOf(7) }) };
      // A browser that got no answer sends the form again: then it finds the case moved.
      if (attempt > 1 && application.version > 3) return;
      await decideBy(application, 1, decision, uses);
    },
    end: async () => {
      world.moveClockTo(addMinutes(tuesday, 5));
      await createResumeStalled(world.uses)();
      await playExecutions(world);
      expect(await auditLedger(world.uses)).toEqual([]);
      const { rows, brokenChains, mails } = await endStateOf(world);
      return anyLink({ rows, brokenChains, mails });
    },
  });
  expect(faults).toEqual(
    expect.arrayContaining(["after cases.commit", "after cases.putApproval", "after mailer.send"]),
  );
  expect(
    Object.values(end.mails)
      .flat()
      .map(({ to }) => to),
  ).toEqual(["east-2@example.org"]);
});

const idOf = (number: number): Application["id"] =>
  `SN${String(number).padStart(10, "0")}` as Application["id"];

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(5);
  expect(logged().telling).toEqual([]);
});
