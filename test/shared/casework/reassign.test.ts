import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reassignOpenApprovals } from "#shared/casework/reassign.ts";
import type { Application } from "#shared/domain/application.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { monday, staff } from "#test/support/cases.ts";
import {
  caseOf,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await beginAnew(world);
  await world.uses.directory.putStaff(staff("east-1", "east"));
  await world.uses.directory.putStaff(staff("east-2", "east"));
});

const deadlineAt = instant("2026-07-29T16:00:00Z");
const east1 = "east-1" as StaffId;
const store = (number: number, changes: Partial<Application> = {}) =>
  storeAskedCase(world.uses, number, { deadlineAt, ...changes }, { expiresAt: deadlineAt });
const approvalOf = async ({ id }: Application) => {
  const approval = await world.uses.cases.approval(id, 1, "district", 1);
  if (!approval) throw new Error("nobody was asked");
  return approval;
};
const change = async (changes: Partial<Staff>): Promise<number> => {
  await world.uses.directory.putStaff(staff("east-1", "east", changes));
  return reassignOpenApprovals(world.uses, east1);
};
const away = {
  from: localDate("2026-07-20"),
  to: localDate("2026-07-31"),
  standInMaxFen: null,
};

test.each<[string, Partial<Staff>]>([
  ["has left", { active: false }],
  ["moved to another office", { unitId: "city" as UnitId }],
  ["is no approver any more", { roles: ["auditor"] }],
  ["turns out to be of the family", { kin: ["household1" as BlindIndex] }],
  ["turns out to be the applicant", { identity: "household1" as BlindIndex }],
  ["is away", { absence: { ...away, standInId: null } }],
])(
  "the open cases of somebody who %s are somebody else's at once, within the same limit",
  async (_, changes) => {
    const { application, approval } = await store(1);

    expect(await change(changes)).toBe(1);

    const now = await approvalOf(application);
    expect(now).toMatchObject({
      approverId: "east-2",
      ask: 2,
      taskToken: approval.taskToken,
      expiresAt: deadlineAt,
      mailedAt: monday,
    });
    expect(now.linkHash).not.toBe(approval.linkHash);
    expect(world.mails.map(({ to }) => to)).toEqual(["east-2@example.org"]);
    // Done again, nobody is asked twice.
    expect(await reassignOpenApprovals(world.uses, east1)).toBe(0);
    expect(world.mails).toHaveLength(1);
  },
);

test("the link itself is dead from the moment of the change, before anybody else was asked", async () => {
  const { application, approval } = await store(2);
  for (const changes of [{ active: false }, { unitId: "city" as UnitId }, { roles: [] }]) {
    const changed = staff("east-1", "east", changes);
    const refused = decisionRefusal(
      { application, approval, staff: changed, insteadOf: null },
      monday,
    );
    expect(refused).toBe("not_yours");
  }
});

test("who is away is stood in for by the person they named", async () => {
  await world.uses.directory.putStaff(staff("deputy", "city"));
  const { application } = await store(3);

  await change({ absence: { ...away, standInId: "deputy" as StaffId } });

  const now = await approvalOf(application);
  expect(now).toMatchObject({ approverId: "deputy", insteadOf: "east-1" });
  const [deputy, absentee] = await Promise.all(
    ["deputy", "east-1"].map((id) => world.uses.directory.staff(id as StaffId)),
  );
  const link = { application, approval: now, staff: deputy ?? null, insteadOf: absentee ?? null };
  expect(decisionRefusal(link, monday)).toBeNull();
});

test("a change that leaves somebody fit leaves their links alone, and those of others", async () => {
  const { application } = await store(4);
  expect(await change({ roles: ["approver", "auditor"], email: "new@example.org" })).toBe(0);
  await world.uses.directory.putStaff(staff("east-2", "east", { active: false }));
  expect(await reassignOpenApprovals(world.uses, "east-2" as StaffId)).toBe(0);
  expect(await approvalOf(application)).toMatchObject({ approverId: "east-1", ask: 1 });
  expect(world.mails).toEqual([]);
});

test("with nobody left at the tier, the case goes up at once; who is only away keeps the link", async () => {
  await world.uses.directory.putStaff(staff("east-2", "east", { active: false }));
  const first = await store(5);
  expect(await change({ absence: { ...away, standInId: null } })).toBe(0);
  expect(await approvalOf(first.application)).toMatchObject({ approverId: "east-1", ask: 1 });

  expect(await change({ active: false })).toBe(1);

  expect(await caseOf(world.uses, first.application)).toMatchObject({ tier: "city" });
  expect(world.mails.map(({ to }) => to)).toContain("city-1@example.org");
});

test("an objection's reviewer who leaves is replaced by another who has not touched the case", async () => {
  const { application } = await store(6, { status: "objection", atUnitId: null });
  expect(await change({ active: false })).toBe(1);
  expect(await approvalOf(application)).toMatchObject({ approverId: "east-2" });
  expect(world.mails[0]?.id).toContain("review:");
});
