import { afterAll, beforeAll, expect, test } from "vitest";
import { updateRow } from "#shared/adapters/dynamodb/client.ts";
import { fundKey } from "#shared/adapters/dynamodb/keys.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Recorded } from "#shared/casework/recorded.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Approval, Decision } from "#shared/domain/approval.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { approve, deciding } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  // One fund of each code: a case's order names codes.
  await grantTo(world.uses, "central", "CENTRAL", 7_000);
  await grantTo(world.uses, "match", "FISCAL_MATCH", 6_000);
  await grantTo(world.uses, "union", "UNION", 9_000);
});
afterAll(() => world.stop());

const decideOn = (
  { application, approval }: { application: Application; approval: Approval },
  decision: Partial<Decision> = {},
  uses = world.uses,
): Promise<Recorded> =>
  recordDecision(uses, deciding(application, { decision: { ...approve, ...decision } }), approval);

const kindsOf = (results: readonly Recorded[]): readonly string[] =>
  results.map(({ kind }) => kind).toSorted();

const reservedIn = async (fundIds: readonly string[]): Promise<number> => {
  const funds = await Promise.all(fundIds.map((id) => balancesOf(world.uses, id)));
  return funds.reduce((sum, { reserved }) => sum + reserved, 0);
};

/** A commit that can only fail: its first reason shows whether the claim is taken. */
const tryClaim = (application: Application, claim: Claim): Promise<string> =>
  world.uses.cases.commit({
    step: {
      before: { ...application, version: -1 },
      after: application,
      event: {
        applicationId: application.id,
        version: 900,
        type: "submitted",
        from: "draft",
        to: "submitted",
        at: world.uses.clock.now(),
        actor: { kind: "applicant" },
        detail: {},
        confidential: null,
      },
    },
    claims: [claim],
  });

const ofDonations: Readonly<Partial<Application>> = { fundOrder: ["DONATION"] };

test("a lower tier's approval puts the case before the next one, with no money moved, and its execution is told", async () => {
  const asked = await storeAskedCase(
    world.uses,
    1,
    { tier: "station", atUnitId: "spring" as never, decidedBy: {} },
    { approverId: "spring-1" as StaffId, tier: "station" },
  );
  world.waiting.add(asked.approval.taskToken);
  const before = await balancesOf(world.uses, "central");

  const recorded = await recordDecision(
    world.uses,
    deciding(asked.application, { staffId: "spring-1" as StaffId }),
    asked.approval,
  );

  expect(recorded).toMatchObject({ kind: "recorded", signalled: true });
  expect(await caseOf(world.uses, asked.application)).toMatchObject({
    status: "in_approval",
    tier: "district",
    decidedBy: { station: "spring-1" },
    fundId: null,
  });
  expect(await balancesOf(world.uses, "central")).toEqual(before);
  expect(world.answered.at(-1)).toEqual({
    taskToken: asked.approval.taskToken,
    outcome: "ask",
  });
});

test("the last approval reserves in the first fund of the order; short of money there, in the second; then the third", async () => {
  const results = [];
  for (const number of [2, 3, 4]) {
    const asked = await storeAskedCase(world.uses, number);
    await decideOn(asked);
    results.push(await caseOf(world.uses, asked.application));
  }

  expect(results.map(({ fundId, fundOrder, status }) => ({ fundId, fundOrder, status }))).toEqual([
    { fundId: "central", fundOrder: ["CENTRAL"], status: "public_notice" },
    { fundId: "match", fundOrder: ["FISCAL_MATCH"], status: "public_notice" },
    { fundId: "union", fundOrder: ["UNION"], status: "public_notice" },
  ]);
  expect(await balancesOf(world.uses, "central")).toEqual({
    available: 2_000,
    reserved: 5_000,
    fault: null,
  });
  expect(await balancesOf(world.uses, "match")).toMatchObject({ available: 1_000 });
  expect(await balancesOf(world.uses, "union")).toMatchObject({ available: 4_000 });
});

test("a lowered award takes only what was decided, and the first fund that has that much", async () => {
  const asked = await storeAskedCase(world.uses, 5);

  await decideOn(asked, { amountFen: yuan(1_500), reason: "按票据核减" });

  const application = await caseOf(world.uses, asked.application);
  expect(application).toMatchObject({ fundId: "central", amountFen: yuan(1_500) });
  expect(await balancesOf(world.uses, "central")).toMatchObject({
    available: 500,
    reserved: 6_500,
  });
  const events = await world.uses.cases.events(application);
  expect(events.at(-1)).toMatchObject({
    type: "approved",
    detail: { amountFen: yuan(1_500), fundId: "central" },
    confidential: { reason: "按票据核减" },
  });
});

test("when every fund of the order is short, the decision stands, nothing is reserved, and the case waits", async () => {
  const asked = await storeAskedCase(world.uses, 6);
  world.waiting.add(asked.approval.taskToken);
  const books = ["central", "match", "union"];
  const before = await Promise.all(books.map((id) => balancesOf(world.uses, id)));

  const recorded = await decideOn(asked);

  expect(recorded).toMatchObject({ kind: "recorded", signalled: true });
  const application = await caseOf(world.uses, asked.application);
  expect(application).toMatchObject({
    status: "waiting_for_funds",
    fundId: null,
    deadlineAt: null,
    decidedBy: { district: "east-1" },
    fundOrder: ["CENTRAL", "FISCAL_MATCH", "UNION"],
  });
  expect(await Promise.all(books.map((id) => balancesOf(world.uses, id)))).toEqual(before);
  expect(world.answered.at(-1)).toMatchObject({ outcome: "funds" });
  const stored = await world.uses.cases.approval(application.id, 1, "district", 1);
  expect(stored).toMatchObject({ decision: "approve" });
});

test("a fund that is closed is passed over, however much it holds", async () => {
  const frozen = await grantTo(world.uses, "frozen", "SWN", 50_000);
  await updateRow(world.uses.table, fundKey(frozen), {
    update: "SET #open = :no",
    expression: "attribute_exists(PK)",
    names: { "#open": "open" },
    values: { ":no": false },
  });
  const open = await grantTo(world.uses, "open", "SWN", 5_000);
  const fundOrder: readonly FundCode[] = ["SWN"];
  const asked = await storeAskedCase(world.uses, 7, { fundOrder });

  await decideOn(asked);

  expect(await caseOf(world.uses, asked.application)).toMatchObject({ fundId: open });
  expect(await balancesOf(world.uses, "frozen")).toMatchObject({ reserved: 0 });
});

test("fifty of one decision at once: it is recorded once, the money is taken once", async () => {
  const fundId = await grantTo(world.uses, "fifty", "DONATION", 100_000);
  const asked = await storeAskedCase(world.uses, 8, ofDonations);

  const results = await Promise.all(Array.from({ length: 50 }, () => decideOn(asked)));

  expect(kindsOf(results).filter((kind) => kind === "recorded")).toHaveLength(1);
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ reserved: 5_000, fault: null });
  expect(await world.uses.cases.events(await caseOf(world.uses, asked.application))).toHaveLength(
    1,
  );
});

test("a link that has run out, or on which a PIN was guessed meanwhile, decides nothing", async () => {
  const late = await storeAskedCase(world.uses, 9, ofDonations, {
    expiresAt: instant("2026-07-21T00:59:59Z"),
  });
  const guessed = await storeAskedCase(world.uses, 10, ofDonations);
  await world.uses.cases.useUpPinTry(guessed.approval);

  expect(await decideOn(late)).toEqual({ kind: "link_spent" });
  expect(await decideOn(guessed)).toEqual({ kind: "link_spent" });
  expect(await caseOf(world.uses, late.application)).toEqual(late.application);
  expect(await caseOf(world.uses, guessed.application)).toEqual(guessed.application);
});

test("a case that moved since it was read is not decided, and the link is not used up by it", async () => {
  const asked = await storeAskedCase(world.uses, 11, ofDonations);
  const older = { ...asked.application, version: asked.application.version - 1 };

  expect(await decideOn({ ...asked, application: older })).toEqual({ kind: "case_changed" });

  const stored = await world.uses.cases.approval(older.id, 1, "district", 1);
  expect(stored?.decidedAt).toBeNull();
});

test("withdrawn and approved at the same moment: exactly one of the two happens, and the ledger fits either way", async () => {
  const donations = ["fifty", await grantTo(world.uses, "race", "DONATION", 1_000_000)];
  const before = await reservedIn(donations);
  const rounds = 24;
  let approved = 0;
  for (let round = 0; round < rounds; round += 1) {
    const asked = await storeAskedCase(world.uses, 100 + round, ofDonations);
    const { application } = asked;
    const claims = await claimsHeldBy(world.uses, application);
    const taken = withdraw(application, claims, world.uses.clock.now());
    if (taken.kind === "refused") throw new Error(taken.code);
    // Who comes first in the queue of requests changes from round to round.
    const races =
      round % 2 === 0
        ? [decideOn(asked), world.uses.cases.commit(taken)]
        : [world.uses.cases.commit(taken), decideOn(asked)];

    const [one, other] = await Promise.all(races);

    const won = [one, other].filter(
      (result) =>
        result === "committed" || (typeof result === "object" && result.kind === "recorded"),
    );
    expect(won).toHaveLength(1);
    const after = await caseOf(world.uses, application);
    expect(after.version).toBe(application.version + 1);
    expect(["withdrawn", "public_notice"]).toContain(after.status);
    if (after.status === "public_notice") approved += 1;
    expect(await world.uses.cases.events(after)).toHaveLength(1);
  }
  expect((await reservedIn(donations)) - before).toBe(approved * 5_000);
  expect(await auditLedger(world.uses)).toEqual([]);
});

test("a rejection and a confirmed refusal free the claims, in the same transaction; an approval keeps them", async () => {
  const rejected = await storeAskedCase(world.uses, 21);
  const refused = await storeAskedCase(world.uses, 22, {
    recommendation: "refuse",
    refusalCode: "EXCLUDED_PROPERTY",
    amountFen: zeroFen,
  });
  const held = async ({ application }: { application: Application }): Promise<number> => {
    const claims = await claimsHeldBy(world.uses, application);
    const tried = await Promise.all(claims.map((claim) => tryClaim(application, claim)));
    return tried.filter((outcome) => outcome === "claim_exists").length;
  };
  expect(await held(rejected)).toBeGreaterThan(0);

  await decideOn(rejected, { kind: "reject", reason: "材料不属实" });
  await decideOn(refused, { kind: "confirm_refusal" });

  expect((await caseOf(world.uses, rejected.application)).status).toBe("rejected");
  expect((await caseOf(world.uses, refused.application)).status).toBe("ineligible");
  expect(await held(rejected)).toBe(0);
  expect(await held(refused)).toBe(0);
});

test("a return asks the applicant, keeps tier, claims and amount, and sets the applicant's time", async () => {
  const asked = await storeAskedCase(world.uses, 23);

  await decideOn(asked, { kind: "return", reason: "请补充互助保障结算单" });

  const application = await caseOf(world.uses, asked.application);
  expect(application).toMatchObject({
    status: "needs_information",
    tier: "district",
    amountFen: asked.application.amountFen,
    decidedBy: { station: "spring-1" },
  });
  expect(application.deadlineAt! > addMinutes(instant("2026-07-21T01:00:00Z"), 10 * 24 * 60)).toBe(
    true,
  );
});

test("that the execution could not be told undoes nothing: the decision stands and says so", async () => {
  const asked = await storeAskedCase(world.uses, 24, {
    fundOrder: ["UNION"],
    amountFen: yuan(100),
  });
  const workflow = {
    ...world.uses.workflow,
    succeed: () => Promise.reject(new Error("Step Functions is away")),
  };

  const recorded = await decideOn(asked, { amountFen: yuan(100) }, { ...world.uses, workflow });

  expect(recorded).toMatchObject({ kind: "recorded", signalled: false });
  expect(await caseOf(world.uses, asked.application)).toMatchObject({
    status: "public_notice",
    fundId: "union" as FundId,
  });
});

test("what the lifecycle doesn't allow is refused before anything is written", async () => {
  const asked = await storeAskedCase(world.uses, 25, { status: "public_notice" });

  expect(await decideOn(asked, { kind: "reject", reason: "x" })).toEqual({ kind: "case_changed" });
  expect(await decideOn(asked)).toEqual({ kind: "case_changed" });
});
