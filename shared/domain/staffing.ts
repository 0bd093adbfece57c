/** Appointing people and opening offices: which roles exclude one another, which office stands under which. */
import isEmail from "validator/lib/isEmail.js";
import type { StaffId, UnitId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import { unitOf, type Organisation, type Role, type Staff, type Unit } from "./organisation.ts";
import type { RouteLimits } from "./route.ts";

export const roleTitles: Readonly<Record<Role, Text>> = {
  approver: { zh: "审批人", en: "Approver" },
  handler: { zh: "经办人", en: "Handler" },
  reviewer: { zh: "复核员", en: "Reviewer" },
  finance_officer: { zh: "财务经办", en: "Finance officer" },
  finance_authoriser: { zh: "财务授权", en: "Finance authoriser" },
  administrator: { zh: "管理员", en: "Administrator" },
  auditor: { zh: "经审", en: "Auditor" },
};

export const allRoles = Object.keys(roleTitles) as readonly Role[];

/**
 * Roles that one person may not have together (policy 4.4; quality I30): whoever decides or handles doesn't
 * pay, whoever makes a batch doesn't authorise it, whoever appoints people does neither, and the audit
 * committee does nothing but look.
 */
const exclusive: readonly (readonly [Role, Role])[] = [
  ["finance_officer", "finance_authoriser"],
  ["approver", "finance_officer"],
  ["approver", "finance_authoriser"],
  ["handler", "finance_officer"],
  ["handler", "finance_authoriser"],
  ["administrator", "finance_officer"],
  ["administrator", "finance_authoriser"],
  ["administrator", "approver"],
  ["administrator", "handler"],
  ...allRoles
    .filter((role) => role !== "auditor")
    .map((role): readonly [Role, Role] => ["auditor", role]),
];

/** The first two of these roles that exclude one another, or null. */
export const clashingRoles = (roles: readonly Role[]): readonly [Role, Role] | null =>
  exclusive.find(([one, other]) => roles.includes(one) && roles.includes(other)) ?? null;

export type StaffProblem =
  | "name_required"
  | "name_too_long"
  | "not_an_email"
  | "email_taken"
  | "no_such_unit"
  | "roles_required"
  | "roles_clash"
  | "own_roles"
  | "last_administrator"
  | "absence_not_days"
  | "absence_ends_first"
  | "stand_in_not_fit"
  | "limit_not_an_amount";

const nameMaxLength = 40;

const isLastAdministrator = ({ staff }: Organisation, id: StaffId): boolean =>
  !staff.some((other) => other.id !== id && other.active && other.roles.includes("administrator"));

const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  [...one].toSorted().join() === [...other].toSorted().join();

const absenceProblem = ({ staff }: Organisation, after: Staff): StaffProblem | null => {
  const { absence } = after;
  if (absence === null) return null;
  if (absence.to < absence.from) return "absence_ends_first";
  if (absence.standInId === null) return null;
  const standIn = staff.find(({ id }) => id === absence.standInId);
  return standIn?.active && standIn.id !== after.id && standIn.roles.includes("approver")
    ? null
    : "stand_in_not_fit";
};

/** Why a person can't be appointed or changed like this, or null. `before` is null for somebody new. */
export const staffProblem = (
  organisation: Organisation,
  before: Staff | null,
  after: Staff,
  by: StaffId,
): StaffProblem | null => {
  if (after.name === "") return "name_required";
  if (after.name.length > nameMaxLength) return "name_too_long";
  if (!isEmail.default(after.email)) return "not_an_email";
  const email = after.email.toLowerCase();
  const taken = organisation.staff.some(
    (other) => other.id !== after.id && other.email.toLowerCase() === email,
  );
  if (taken) return "email_taken";
  if (!unitOf(organisation, after.unitId)) return "no_such_unit";
  if (after.active && after.roles.length === 0) return "roles_required";
  if (clashingRoles(after.roles)) return "roles_clash";
  const wasAdministrator = before?.active && before.roles.includes("administrator");
  const isAdministrator = after.active && after.roles.includes("administrator");
  if (wasAdministrator && !isAdministrator && isLastAdministrator(organisation, after.id)) {
    return "last_administrator";
  }
  // Nobody gives themselves rights: another administrator must.
  if (before && by === after.id && !sameRoles(before.roles, after.roles)) return "own_roles";
  return absenceProblem(organisation, after);
};

/** Names of what a change touches, for the record of changes: no value, since some are personal. */
export const changedStaffFields = (before: Staff | null, after: Staff): readonly string[] => {
  const names = [
    "name",
    "email",
    "unitId",
    "roles",
    "locale",
    "active",
    "identity",
    "kin",
    "absence",
  ] as const;
  return before === null
    ? ["appointed"]
    : names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
};

export type UnitProblem =
  | "name_required"
  | "name_too_long"
  | "id_not_valid"
  | "id_taken"
  | "parent_not_above"
  | "would_move_cases";

const unitIdPattern = /^[a-z][a-z0-9-]{1,31}$/u;

/** The tiers that may stand directly above a tier on a line: the next one of the policy's ladder. */
const tierAboveOn = (unit: Unit, { ladders }: RouteLimits): Unit["tier"] | null => {
  if (unit.line === null) return null;
  const ladder = ladders[unit.line];
  const place = ladder.indexOf(unit.tier);
  return place < 0 ? null : (ladder[place + 1] ?? null);
};

/** Why an office can't be opened or changed like this, or null. `before` is null for a new one. */
export const unitProblem = (
  organisation: Organisation,
  before: Unit | null,
  after: Unit,
  limits: RouteLimits,
): UnitProblem | null => {
  if (after.name.zh === "" || after.name.en === "") return "name_required";
  if (after.name.zh.length > nameMaxLength || after.name.en.length > 2 * nameMaxLength) {
    return "name_too_long";
  }
  if (!unitIdPattern.test(after.id)) return "id_not_valid";
  if (before === null && unitOf(organisation, after.id)) return "id_taken";
  // Cases find their tiers through it: an office keeps its tier and line for good.
  if (before && (before.tier !== after.tier || before.line !== after.line)) {
    return "would_move_cases";
  }
  if (after.tier === "city") return after.parentId === null ? null : "parent_not_above";
  const parent = after.parentId && unitOf(organisation, after.parentId);
  const above = tierAboveOn(after, limits);
  const fits =
    parent && parent.tier === above && (parent.line === after.line || parent.tier === "city");
  return fits ? null : "parent_not_above";
};

/** An office and all below it: the branch that a handler of the office works for. */
export const branchOf = (
  { units }: Pick<Organisation, "units">,
  unitId: UnitId,
): readonly Unit[] => {
  const branch = units.filter(({ id }) => id === unitId);
  for (const above of branch) {
    branch.push(
      ...units.filter(
        ({ parentId, id }) => parentId === above.id && !branch.some((unit) => unit.id === id),
      ),
    );
  }
  return branch;
};
