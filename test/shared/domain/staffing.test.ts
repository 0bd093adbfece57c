import fc from "fast-check";
import { expect, test } from "vitest";
import type { Role, Staff, Unit } from "#shared/domain/organisation.ts";
import {
  allRoles,
  branchOf,
  changedStaffFields,
  clashingRoles,
  staffProblem,
  unitProblem,
} from "#shared/domain/staffing.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { commonPolicy, organisation, staff, units } from "#test/support/cases.ts";

const administrator = staff("admin-1", "city", { roles: ["administrator"] });
const city = { units, staff: [...organisation.staff, administrator] };
const by = administrator.id;

const problem = (after: Staff, before: Staff | null = null, other: StaffId = by) =>
  staffProblem(city, before, after, other);

test("whoever decides doesn't pay, whoever makes a batch doesn't authorise it, whoever audits does nothing else", () => {
  const clashes: readonly [Role, Role][] = [
    ["approver", "finance_officer"],
    ["finance_officer", "finance_authoriser"],
    ["handler", "finance_authoriser"],
    ["administrator", "approver"],
    ["auditor", "reviewer"],
  ];
  for (const roles of clashes) {
    expect(clashingRoles(roles), roles.join()).not.toBeNull();
    expect(problem(staff("new", "east", { roles }))).toBe("roles_clash");
  }
  expect(clashingRoles(["approver", "handler"])).toBeNull();
  expect(clashingRoles(["handler", "reviewer"])).toBeNull();
});

test("no set of roles that is let through holds both ends of a batch, or an auditor's with another", () => {
  fc.assert(
    fc.property(fc.subarray([...allRoles]), (roles) => {
      if (clashingRoles(roles)) return;
      expect(roles.includes("finance_officer") && roles.includes("finance_authoriser")).toBe(false);
      expect(roles.includes("auditor") && roles.length > 1).toBe(false);
    }),
  );
});

test.each([
  ["name_required", { name: "" }],
  ["name_too_long", { name: "张".repeat(41) }],
  ["not_an_email", { email: "nowhere" }],
  ["email_taken", { email: "EAST-1@example.org" }],
  ["no_such_unit", { unitId: "moon" as UnitId }],
  ["roles_required", { roles: [] }],
] as const)("%s", (expected, changes) => {
  expect(problem(staff("new", "east", changes))).toBe(expected);
});

test("a name of forty characters and an address of one's own are taken", () => {
  expect(problem(staff("new", "east", { name: "张".repeat(40) }))).toBeNull();
});

test("the last administrator stays one, and nobody changes their own roles", () => {
  const gone = { ...administrator, active: false };
  expect(problem(gone, administrator, "somebody" as StaffId)).toBe("last_administrator");
  const second = staff("admin-2", "city", { roles: ["administrator"] });
  const two = { ...city, staff: [...city.staff, second] };
  expect(staffProblem(two, administrator, gone, second.id)).toBeNull();
  const more: Staff = { ...administrator, roles: ["administrator", "reviewer"] };
  expect(staffProblem(two, administrator, more, by)).toBe("own_roles");
  expect(staffProblem(two, administrator, more, second.id)).toBeNull();
});

test("a stand-in is another approver in office, and an absence ends after it begins", () => {
  const [from, to] = [localDate("2026-07-01"), localDate("2026-07-10")];
  const away = (standInId: string | null, absence = {}) =>
    problem(
      staff("new", "east", {
        absence: {
          from,
          to,
          standInId: standInId as StaffId | null,
          standInMaxFen: null,
          ...absence,
        },
      }),
    );
  expect(away("east-1")).toBeNull();
  expect(away(null)).toBeNull();
  expect(away("new")).toBe("stand_in_not_fit");
  expect(away("nobody")).toBe("stand_in_not_fit");
  expect(away("admin-1")).toBe("stand_in_not_fit");
  expect(away("east-1", { to: localDate("2026-06-30") })).toBe("absence_ends_first");
});

test("a change is told by the names of what changed", () => {
  const before = staff("a", "east");
  expect(changedStaffFields(null, before)).toEqual(["appointed"]);
  expect(changedStaffFields(before, before)).toEqual([]);
  expect(
    changedStaffFields(before, { ...before, roles: ["handler"], kin: ["k" as BlindIndex] }),
  ).toEqual(["roles", "kin"]);
});

const office = (changes: Partial<Unit> = {}): Unit => ({
  id: "summer" as UnitId,
  name: { zh: "夏", en: "Summer" },
  tier: "station",
  line: "territorial",
  parentId: "east" as UnitId,
  ...changes,
});
const opening = (changes: Partial<Unit>, before: Unit | null = null) =>
  unitProblem(city, before, office(changes), commonPolicy.route);

test("an office stands on its line, one tier below the office above it", () => {
  expect(opening({})).toBeNull();
  expect(opening({ parentId: "city" as UnitId })).toBe("parent_not_above");
  expect(opening({ parentId: "metal" as UnitId })).toBe("parent_not_above");
  expect(opening({ parentId: null })).toBe("parent_not_above");
  expect(opening({ tier: "district", parentId: "city" as UnitId })).toBeNull();
  expect(
    opening({ tier: "grass_roots", line: "industrial", parentId: "steel" as UnitId }),
  ).toBeNull();
  expect(opening({ tier: "grass_roots", line: "territorial" })).toBe("parent_not_above");
});

test("a code is used once, and an office keeps its tier and line", () => {
  expect(opening({ id: "spring" as UnitId })).toBe("id_taken");
  expect(opening({ id: "Spring/../x" as UnitId })).toBe("id_not_valid");
  expect(opening({ name: { zh: "", en: "x" } })).toBe("name_required");
  const before = units.find(({ id }) => id === "spring")!;
  expect(unitProblem(city, before, { ...before, tier: "district" }, commonPolicy.route)).toBe(
    "would_move_cases",
  );
  expect(
    unitProblem(
      city,
      before,
      { ...before, name: { zh: "新春", en: "Spring" } },
      commonPolicy.route,
    ),
  ).toBeNull();
});

test("a branch is an office and all below it, and a ring of superiors ends", () => {
  expect(branchOf(city, "metal" as UnitId).map(({ id }) => id)).toEqual([
    "metal",
    "steel",
    "furnace",
  ]);
  expect(branchOf(city, "spring" as UnitId).map(({ id }) => id)).toEqual(["spring"]);
  const ring = [
    office({ id: "a" as UnitId, parentId: "b" as UnitId }),
    office({ id: "b" as UnitId, parentId: "a" as UnitId }),
  ];
  expect(branchOf({ units: ring }, "a" as UnitId)).toHaveLength(2);
});
