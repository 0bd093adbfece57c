import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler as createResumeStalled } from "#functions/resume-stalled/handler.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { askApprover, presentApproval } from "#shared/casework/ask-approver.ts";
import { claimsHeldBy, claimsWantedBy } from "#shared/casework/held-claims.ts";
import { policyOf } from "#shared/casework/load.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { appeal } from "#shared/domain/appeal.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import type { DecisionKind } from "#shared/domain/approval.ts";
import { raiseObjection } from "#shared/domain/notice.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import { approve, deciding } from "#test/support/cases.ts";
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

/** The station approved; the district decides so. */
const decided = async (
  number: number,
  kind: DecisionKind,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const { application, approval } = await storeAskedCase(world.uses, number, changes);
  const decision = { ...approve, kind, reason: "理由", amountFen: application.amountFen };
  await recordDecision(world.uses, deciding(application, { decision, now: tuesday }), approval);
  return caseOf(world.uses, application);
};

/** Approved, noticed, and somebody objected; the reviewer was mailed while no execution waits. */
const objectedTo = async (number: number): Promise<Application> => {
  await grantTo(world.uses, "central", "CENTRAL", 5_000);
  const noticed = await decided(number, "approve");
  const taken = raiseObjection(noticed, tuesday, policyOf(world.uses, noticed));
  if (taken.kind === "refused") throw new Error(taken.code);
  await world.uses.cases.commit({ step: taken.step });
  const held = await caseOf(world.uses, noticed);
  await askApprover(world.uses, held, "");
  return held;
};

/** Refused, told, and the applicant appealed; an execution waits for the reviewer's answer. */
const appealedOf = async (
  number: number,
  kind: DecisionKind,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const refused = await decided(number, kind, changes);
  await world.uses.cases.markOutcomeMailed(refused, tuesday);
  const told = await caseOf(world.uses, refused);
  const step = appeal({
    application: told,
    events: await world.uses.cases.events(told),
    words: "请再核实我的材料",
    now: tuesday,
    policy: policyOf(world.uses, told),
  });
  if (!step) throw new Error("the appeal was not taken");
  await world.uses.cases.commit({ step });
  const held = await caseOf(world.uses, told);
  world.waiting.add(`review-${held.id}`);
  await askApprover(world.uses, held, `review-${held.id}`);
  return held;
};

const answer = async (
  { id }: Pick<Application, "id">,
  kind: DecisionKind,
  uses: Uses = world.uses,
) => {
  const application = await caseOf(world.uses, { id });
  const approval = await presentApproval(world.uses, application);
  if (!approval) throw new Error("nobody was asked");
  const decision = { ...approve, kind, reason: "经核实" };
  const context = { staffId: approval.approverId, decision, now: tuesday };
  return recordDecision(uses, deciding(application, context), approval);
};
const reviewerOf = async (application: Application): Promise<StaffId | undefined> =>
  (await presentApproval(world.uses, application))?.approverId;

/** Whether the case holds its claims. */
const holds = async (application: Application): Promise<boolean> =>
  (await claimsHeldBy(world.uses, application)).length > 0;

test("an objection upheld refuses the award: money back, claim free, an execution told to tell the applicant", async () => {
  const held = await objectedTo(1);
  // The district's own people come first; who decided there is none of them.
  expect(await reviewerOf(held)).toBe("east-2");
  expect(await balancesOf(world.uses, "central")).toMatchObject({ reserved: 5_000 });

  expect(await answer(held, "uphold")).toMatchObject({ kind: "recorded", signalled: true });

  const rejected = await caseOf(world.uses, held);
  expect(rejected).toMatchObject({ status: "rejected", fundId: null, cycle: 2, round: 2 });
  expect(await balancesOf(world.uses, "central")).toEqual({
    available: 5_000,
    reserved: 0,
    fault: null,
  });
  expect(await holds(rejected)).toBe(false);
  expect(world.started).toHaveLength(1);
  await playExecutions(world);
  expect((await caseOf(world.uses, held)).outcomeMailedAt).toBe(tuesday);
  expect(await auditLedger(world.uses)).toEqual([]);
});

test("an objection dismissed lets the notice go on to its old end, and wakes nobody before", async () => {
  const held = await objectedTo(2);

  await answer(held, "dismiss");

  expect(await caseOf(world.uses, held)).toMatchObject({
    status: "public_notice",
    noticeEndsAt: held.noticeEndsAt,
    deadlineAt: held.noticeEndsAt,
    excluded: ["east-2"],
  });
  expect(world.started).toEqual([]);
  expect(await balancesOf(world.uses, "central")).toMatchObject({ reserved: 5_000 });
});

test("answered when the notice's time is over, another execution takes the case up at once", async () => {
  const held = await objectedTo(3);
  const over = addMinutes(held.noticeEndsAt!, 1);
  world.moveClockTo(over);
  const approval = (await presentApproval(world.uses, held))!;
  const late = { ...approval, expiresAt: addMinutes(over, 60) };
  await world.uses.cases.putApproval(late, approval);
  const decision = { ...approve, kind: "dismiss", reason: "经核实" } as const;
  const context = deciding(held, { staffId: approval.approverId, decision, now: over });

  await recordDecision(world.uses, context, late);

  expect(world.started).toHaveLength(1);
});

test("an appeal upheld: the claim is taken again, and other people of the tier that refused decide", async () => {
  const held = await appealedOf(4, "reject");
  expect(await reviewerOf(held)).toBe("city-1");
  expect(await holds(held)).toBe(false);

  expect(await answer(held, "uphold")).toMatchObject({ kind: "recorded", signalled: true });

  const reopened = await caseOf(world.uses, held);
  expect(reopened).toMatchObject({
    status: "in_approval",
    tier: "district",
    round: 2,
    decidedBy: { station: "spring-1" },
  });
  expect(await holds(reopened)).toBe(true);
  expect(world.answered.at(-1)).toMatchObject({ outcome: "ask" });
  await playExecutions(world);
  expect(await reviewerOf(await caseOf(world.uses, held))).toBe("east-2");
});

test("an appeal upheld against what the rules refuse asks the applicant for what the reviewer names", async () => {
  const refusal = { recommendation: "refuse", refusalCode: "X", amountFen: zeroFen } as const;
  const held = await appealedOf(5, "confirm_refusal", refusal);
  await answer(held, "uphold");
  const open = await caseOf(world.uses, held);
  expect(open.status).toBe("needs_information");
  expect(await holds(open)).toBe(true);
  expect(world.answered.at(-1)).toMatchObject({ outcome: "information" });
});

test("an appeal dismissed leaves the refusal, and the applicant is told of it", async () => {
  const held = await appealedOf(6, "reject");
  await answer(held, "dismiss");
  const refused = await caseOf(world.uses, held);
  expect(refused).toMatchObject({ status: "rejected", outcomeMailedAt: null });
  await playExecutions(world);
  const mails = world.mails.filter(({ id }) => id.startsWith(`outcome:${held.id}:2`));
  expect(mails).toHaveLength(1);
});

test("what another application has claimed meanwhile can't be claimed again: it is said so, and nothing changes", async () => {
  const held = await appealedOf(7, "reject");
  const [claim] = await claimsWantedBy(world.uses, held);
  await takeFor(held, { ...claim!, applicationId: "SN0000000099" as Application["id"] });

  expect(await answer(held, "uphold")).toEqual({ kind: "claim_exists" });

  expect(await caseOf(world.uses, held)).toEqual(held);
  expect((await presentApproval(world.uses, held))?.decidedAt).toBeNull();
  expect(await answer(held, "dismiss")).toMatchObject({ kind: "recorded" });
});

/** Another case of the same person takes the claim. */
const takeFor = async (held: Application, claim: Claim): Promise<void> => {
  const { application } = await storeAskedCase(world.uses, 98);
  const next = { ...application, version: application.version + 1 };
  const event = {
    applicationId: application.id,
    version: next.version,
    type: "submitted" as const,
    from: "draft" as const,
    to: "submitted" as const,
    at: tuesday,
    actor: { kind: "applicant" } as const,
    detail: { of: held.id },
    confidential: null,
  };
  const step = { before: application, after: next, event };
  expect(await world.uses.cases.commit({ step, claims: [claim] })).toBe("committed");
};

test("twenty answers at once are one, whichever they say", async () => {
  const held = await appealedOf(8, "reject");
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => answer(held, index % 2 === 0 ? "uphold" : "dismiss")),
  );
  expect(answers.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
  expect(new Set(answers.map(({ kind }) => kind)).has("claim_exists")).toBe(false);
  const events = await world.uses.cases.events(await caseOf(world.uses, held));
  expect(events.filter(({ type }) => type.startsWith("appeal_"))).toHaveLength(1);
});

test("a reviewer who stands aside is followed by another who has not touched the case", async () => {
  const held = await appealedOf(9, "reject");
  await answer(held, "recuse");
  const after = await caseOf(world.uses, held);
  expect(after.status).toBe("under_appeal");
  expect(await reviewerOf(after)).toBe("city-2");
});

test.each([
  ["an objection upheld", () => objectedTo(10), "uphold"],
  ["an appeal upheld", () => appealedOf(10, "reject"), "uphold"],
  ["an appeal dismissed", () => appealedOf(10, "reject"), "dismiss"],
] as const)("%s: cut off at any call, the end is the same", async (_what, begin, kind) => {
  const { faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      world.moveClockTo(tuesday);
      await begin();
      return uses;
    },
    run: async (uses, attempt) => {
      const application = await caseOf(world.uses, { id: "SN0000000010" as Application["id"] });
      const reviewed = ["objection", "under_appeal"].includes(application.status);
      // A browser that got no answer sends the form again, and is led to what stands now.
      if (attempt === 1 || reviewed) await answer(application, kind, uses);
    },
    end: async () => {
      world.moveClockTo(addMinutes(tuesday, 5));
      await createResumeStalled(world.uses)();
      await playExecutions(world);
      expect(await auditLedger(world.uses)).toEqual([]);
      const { rows, brokenChains, mails } = await endStateOf(world);
      // Whose part in it is a set: the store gives a map back in any order.
      const sorted = rows.map(({ excluded, ...row }) => ({
        ...row,
        excluded: Array.isArray(excluded) ? excluded.toSorted() : null,
      }));
      return anyLink({ rows: sorted, brokenChains, mails });
    },
  });
  expect(faults).toEqual(expect.arrayContaining(["before cases.commit", "after cases.commit"]));
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(5);
  expect(logged().telling).toEqual([]);
});
