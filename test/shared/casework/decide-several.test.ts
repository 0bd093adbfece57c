import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decideSeveral, isDone, type Ticked } from "#shared/casework/decide-several.ts";
import { decisionContext } from "#shared/casework/decision-context.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { approve, commonPolicy, staff } from "#test/support/cases.ts";
import { balancesOf, caseOf, grantTo, startCaseworkWorld } from "#test/support/casework-world.ts";
import type { CaseworkWorld } from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";
import { storeStraight } from "#test/support/straight-cases.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const east = staff("east-1", "east");
type Asked = { readonly application: Application; readonly approval: Approval };

const tickOf = ({ application, approval }: Asked): Ticked => {
  const { applicationId, round, tier, seat } = approval;
  return { applicationId, round, tier, seat, version: application.version };
};
const outcomesOf = async (asked: readonly Asked[], person = east): Promise<readonly string[]> =>
  (await decideSeveral(world.uses, person, asked.map(tickOf))).map(({ outcome }) => outcome);

test("each ticked case is decided, in its own transaction, and the one the money doesn't reach waits", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 10_000);
  const asked = [];
  for (const number of [1, 2, 3]) asked.push(await storeStraight(world, number));

  expect(await outcomesOf(asked)).toEqual(["recorded", "recorded", "recorded"]);

  const stand = await Promise.all(asked.map(({ application }) => caseOf(world.uses, application)));
  expect(stand.map(({ status }) => status)).toEqual([
    "public_notice",
    "public_notice",
    "waiting_for_funds",
  ]);
  expect(stand.map(({ decidedBy }) => decidedBy.district)).toEqual(["east-1", "east-1", "east-1"]);
  expect(await balancesOf(world.uses, "central")).toMatchObject({ available: 0, reserved: 10_000 });
  expect(await auditLedger(world.uses)).toEqual([]);
  for (const application of stand) {
    const events = await world.uses.cases.events(application);
    expect(events.at(-1)?.version).toBe(application.version);
  }
});

test("sent twice, one after the other or at once, each is decided once and told as decided", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 100_000);
  const asked = [await storeStraight(world, 4), await storeStraight(world, 5)];

  const both = await Promise.all([outcomesOf(asked), outcomesOf(asked)]);
  expect(both).toEqual([
    ["recorded", "recorded"],
    ["recorded", "recorded"],
  ]);
  expect(await outcomesOf(asked)).toEqual(["recorded", "recorded"]);

  expect(await balancesOf(world.uses, "central")).toMatchObject({ reserved: 10_000 });
  for (const { application } of asked) {
    const events = await world.uses.cases.events(await caseOf(world.uses, application));
    expect(events.filter(({ type }) => type === "approved")).toHaveLength(1);
  }
});

test("what changed after the page was made is not decided, the others are", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 100_000);
  const [gone, stays] = [await storeStraight(world, 6), await storeStraight(world, 7)];
  const left = withdraw(gone.application, [], world.uses.clock.now());
  if (left.kind === "refused") throw new Error("it may be withdrawn");
  await world.uses.cases.commit({ step: left.step });
  const returned = await storeStraight(world, 8);
  await world.uses.cases.putApproval(
    { ...returned.approval, decidedAt: world.uses.clock.now(), decision: "return" },
    returned.approval,
  );

  expect(await outcomesOf([gone, stays, returned])).toEqual(["changed", "recorded", "changed"]);
  expect((await caseOf(world.uses, gone.application)).status).toBe("withdrawn");
});

test("a made-up list decides nothing of others and says nothing of them", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 100_000);
  const other = await storeStraight(world, 9, {
    asked: { approverId: staff("east-2", "east").id },
  });
  const own = await storeStraight(world, 10);
  const missing = { ...tickOf(own), applicationId: "SN0000000099" as Application["id"] };

  const decided = await decideSeveral(world.uses, east, [tickOf(other), missing, tickOf(own)]);

  expect(decided.map(({ applicationId }) => applicationId)).toEqual([own.application.id]);
  expect((await caseOf(world.uses, other.application)).status).toBe("in_approval");
});

test("what has to be read is not decided however it is sent: flags, refusals, minutes", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 1_000_000);
  const asked = [
    await storeStraight(world, 11, { assessment: { flags: [{ zh: "请看", en: "look" }] } }),
    await storeStraight(world, 12, { changes: { recommendation: "refuse" } }),
    await storeStraight(world, 13, { changes: { round: 2 } }),
    await storeStraight(world, 14, { asked: { pinTries: 5 } }),
  ];
  expect(await outcomesOf(asked)).toEqual(asked.map(() => "open_by_itself"));
  for (const { application } of asked) {
    expect((await caseOf(world.uses, application)).version).toBe(application.version);
  }
});

test("whoever may not decide it any more, or is too late, is told so", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 100_000);
  const late = await storeStraight(world, 15, { asked: { expiresAt: world.uses.clock.now() } });
  const own = await storeStraight(world, 16);
  expect(await outcomesOf([late])).toEqual(["not_eligible"]);
  const relative = { ...east, kin: own.application.persons };
  await world.uses.directory.putStaff(relative);
  try {
    expect(await outcomesOf([own], relative)).toEqual(["not_eligible"]);
  } finally {
    await world.uses.directory.putStaff(east);
  }
});

test("a household whose year is used up meanwhile keeps its case open", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 1_000_000);
  const changes = { household: "one-household" as Application["household"] };
  const asked = [];
  for (let number = 31; number <= 37; number += 1) {
    asked.push(await storeStraight(world, number, { changes }));
  }

  // Six times 5,000 yuan are the household's year.
  const outcomes = await outcomesOf(asked);

  expect(outcomes).toEqual([...Array.from({ length: 6 }, () => "recorded"), "cap_exceeded"]);
  expect((await caseOf(world.uses, asked[6]!.application)).status).toBe("in_approval");
});

test("a record is done with only by this person's approval of this version", async () => {
  const { approval } = await storeStraight(world, 21);
  const done = { ...approval, decidedAt: approval.requestedAt, decision: "approve" } as const;
  expect(isDone(done, approval.caseVersion, east)).toBe(true);
  expect(isDone(done, approval.caseVersion + 1, east)).toBe(false);
  expect(isDone(done, approval.caseVersion, staff("east-2", "east"))).toBe(false);
  expect(isDone({ ...done, decision: "reject" }, approval.caseVersion, east)).toBe(false);
  expect(isDone(null, approval.caseVersion, east)).toBe(false);
});

test("a decision looks at the policy and programme of the case's own day", async () => {
  const { application } = await storeStraight(world, 22);
  const context = await decisionContext(world.uses, application, east, approve);
  expect(context).toMatchObject({
    application,
    staffId: "east-1",
    policy: commonPolicy,
    finalNotice: "before_payment",
    advanceClock: null,
  });
});
