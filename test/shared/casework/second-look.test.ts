import { afterAll, beforeAll, expect, test } from "vitest";
import { recordDecision } from "#shared/casework/record-decision.ts";
import {
  commitDecision,
  drawSecondLook,
  mayLook,
  recordFinding,
} from "#shared/casework/second-look.ts";
import type { Application } from "#shared/domain/application.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import { takeStep, type Step } from "#shared/domain/lifecycle.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { drawOf, type SecondLook } from "#shared/domain/second-look.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { approve, commonPolicy, deciding, monday, staff } from "#test/support/cases.ts";
import {
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { emptyTable, surviveEveryCrash } from "#test/support/crash.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await world.uses.directory.putStaff(administrator);
});
afterAll(() => world.stop());

const administrator = staff("admin-1", "city", { roles: ["administrator"] });
const reviewer = staff("reviewer-1", "city", { roles: ["reviewer"] });

const share = (percent: number): CommonPolicy => ({
  ...commonPolicy,
  secondLook: { approvedPercent: percent, refusedPercent: percent },
});

const rejecting = (application: Application): Step => {
  const taken = takeStep(application, "rejected", {
    type: "rejected",
    at: monday,
    actor: { kind: "staff", staffId: "east-1" as StaffId },
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  return taken.step;
};

/** A rejected case that was drawn. */
const drawn = async (
  number: number,
): Promise<{ readonly application: Application; readonly look: SecondLook }> => {
  const { application } = await storeAskedCase(world.uses, number);
  const step = rejecting(application);
  expect(await commitDecision(world.uses, { step }, share(100))).toBe("committed");
  const [look] = await world.uses.oversight.secondLooksOf(application.id);
  if (!look) throw new Error("not drawn");
  return { application: await caseOf(world.uses, application), look };
};

test("the draw hangs on month, case and version, and can be made again from what the row says", async () => {
  const { look } = await drawn(1);
  const { seed, seedName, applicationId, caseVersion } = look;

  expect(seedName).toBe("second-look|2026-07");
  expect(look.drawn).toBe(drawOf(world.uses.vault.digest, seed, applicationId, caseVersion));
  expect(seed).toBe(await world.uses.vault.sign("second-look", seedName));
  const { look: other } = await drawn(2);
  expect(other.seed).toBe(seed);
  expect(other.drawn).not.toBe(look.drawn);
});

test("what isn't drawn, or decides nothing, is committed without a row", async () => {
  const { application } = await storeAskedCase(world.uses, 3);
  expect(await commitDecision(world.uses, { step: rejecting(application) }, share(0))).toBe(
    "committed",
  );
  expect(await world.uses.oversight.secondLooksOf(application.id)).toEqual([]);
  const returned = takeStep(application, "needs_information", {
    type: "returned",
    at: monday,
    actor: { kind: "applicant" },
  });
  if (returned.kind === "refused") throw new Error(returned.code);
  expect(await drawSecondLook(world.uses, returned.step, share(100))).toBeNull();
});

test("approvers' decisions are drawn as they are recorded, money and all, and the case goes on at once", async () => {
  await grantTo(world.uses, "central", "CENTRAL", 50_000);
  const decisions = ["approve", "reject"] as const;
  for (const [index, kind] of decisions.entries()) {
    const { application, approval } = await storeAskedCase(world.uses, 10 + index);
    const decision = { ...approve, kind, reason: kind === "reject" ? "材料不符" : "" };
    const context = deciding(application, { policy: share(100), decision });
    await recordDecision(world.uses, context, approval);
    expect((await caseOf(world.uses, application)).status).toBe(
      kind === "approve" ? "public_notice" : "rejected",
    );
    expect(await world.uses.oversight.secondLooksOf(application.id)).toMatchObject([
      { decision: kind === "approve" ? "approved" : "refused", caseVersion: 4 },
    ]);
  }
});

test("whoever decided can't look, nor handled it; the finding of somebody else is taken once", async () => {
  const { application, look } = await drawn(20);
  const decider: Staff = staff("east-1", "east", { roles: ["approver", "reviewer"] });
  const given = { finding: "confirmed", reason: "核对无误" } as const;

  expect(await mayLook(world.uses, application, decider)).toBe(false);
  expect(await recordFinding(world.uses, look, application, { ...given, by: decider })).toEqual({
    kind: "not_independent",
  });
  expect(await mayLook(world.uses, application, reviewer)).toBe(true);
  const first = await recordFinding(world.uses, look, application, { ...given, by: reviewer });
  const other = staff("reviewer-2", "city", { roles: ["reviewer"] });
  const second = await recordFinding(world.uses, look, application, { ...given, by: other });
  expect([first.kind, second.kind]).toEqual(["recorded", "looked_before"]);
  expect(world.mails.filter(({ id }) => id.startsWith("concern:"))).toEqual([]);
});

test("a concern is mailed to the administrators without a word of it, and the case isn't touched", async () => {
  const { application, look } = await drawn(21);
  const given = { finding: "concern", reason: "收入证明是伪造的", by: reviewer } as const;
  await recordFinding(world.uses, look, application, given);
  await recordFinding(world.uses, look, application, given);

  const mails = world.mails.filter(({ id }) => id.startsWith(`concern:${application.id}`));
  expect(new Set(mails.map(({ id }) => id)).size).toBe(1);
  expect(mails[0]).toMatchObject({ to: administrator.email });
  expect(mails[0]?.text).not.toMatch(/收入|伪造/u);
  expect(mails[0]?.text).toContain("/desk/oversight");
  expect(await caseOf(world.uses, application)).toEqual(application);
});

test("cut off anywhere, a decision and its second look are both there or neither, and once", async () => {
  const begin = async () => {
    await emptyTable(world.uses.table);
    await storeAskedCase(world.uses, 30);
    return world.uses;
  };
  const { end } = await surviveEveryCrash({
    begin,
    run: async (uses) => {
      const application = await caseOf(world.uses, { id: (await aRejectedCase()).id });
      if (application.status !== "in_approval") return;
      await commitDecision(uses, { step: rejecting(application) }, share(100));
    },
    end: async () => {
      const application = await aRejectedCase();
      const looks = await world.uses.oversight.secondLooksOf(application.id);
      return { status: application.status, looks: looks.length };
    },
  });
  expect(end).toEqual({ status: "rejected", looks: 1 });
});

const aRejectedCase = (): Promise<Application> =>
  caseOf(world.uses, { id: "SN0000000030" as Application["id"] });
