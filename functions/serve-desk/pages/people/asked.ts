/** Whom an administrator asks for: part of a name or an address, an office, a role, a state. */
import { isAbsent } from "#shared/domain/approver.ts";
import type { Organisation, Role, Staff } from "#shared/domain/organisation.ts";
import { allRoles, branchOf } from "#shared/domain/staffing.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";
import { treeOf } from "./tree.ts";

/** What an administrator may look for beside a name: also what the desk's first page counts. */
export const staffStates = {
  active: { zh: "在岗", en: "In office" },
  inactive: { zh: "已停用", en: "Not in office" },
  away: { zh: "缺勤且没有代理", en: "Away without a stand-in" },
  "no-pin": { zh: "审批人还没有设PIN", en: "Approvers without a PIN" },
  unmanned: { zh: "缺审批人的机构", en: "Offices without an approver" },
} as const satisfies Record<string, Text>;
export type StaffState = keyof typeof staffStates;

export const listPath = paths.desk("people");
export interface Asked {
  readonly text: string;
  readonly unitId: string;
  readonly role: Role | null;
  readonly state: StaffState | null;
  readonly page: number;
}

export const readAsked = ({ request: { query } }: Desk): Asked => {
  const typed = (name: string): string => (query[name] ?? "").normalize("NFKC").trim();
  const page = Number(typed("page"));
  const state = typed("show");
  return {
    text: typed("q").toLowerCase(),
    unitId: typed("unit"),
    role: allRoles.find((role) => role === typed("role")) ?? null,
    state: Object.hasOwn(staffStates, state) ? (state as StaffState) : null,
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
};

export const isAlone = (desk: Desk, person: Staff): boolean =>
  isAbsent(person, localDateOf(desk.uses.clock.now())) &&
  (person.absence?.standInId ?? null) === null;

export const isApprover = ({ active, roles }: Staff): boolean =>
  active && roles.includes("approver");

const isInState = (desk: Desk, person: Staff, state: StaffState | null): boolean => {
  switch (state) {
    case null:
    case "unmanned":
      return true;
    case "active":
      return person.active;
    case "inactive":
      return !person.active;
    case "away":
      return person.active && isAlone(desk, person);
    case "no-pin":
      return isApprover(person) && person.pinHash === null;
  }
};

/** The people who fit, in the order of the offices. */
export const peopleAsked = (
  desk: Desk,
  organisation: Organisation,
  { text, unitId, role, state }: Asked,
): readonly Staff[] => {
  const branch =
    unitId === ""
      ? null
      : new Set<string>(branchOf(organisation, unitId as UnitId).map(({ id }) => id));
  const order = new Map<string, number>(
    treeOf(organisation).map(({ unit }, place) => [unit.id, place]),
  );
  const placeOf = ({ unitId: id }: Staff): number => order.get(id) ?? order.size;
  return organisation.staff
    .filter(
      (person) =>
        (text === "" ||
          person.name.toLowerCase().includes(text) ||
          person.email.toLowerCase().includes(text)) &&
        (branch === null || branch.has(person.unitId)) &&
        (role === null || person.roles.includes(role)) &&
        isInState(desk, person, state),
    )
    .toSorted(
      (one, other) =>
        placeOf(one) - placeOf(other) ||
        Number(other.active) - Number(one.active) ||
        (one.id < other.id ? -1 : 1),
    );
};

/** The address of another page of the same people. */
export const pageHref = ({ request: { query } }: Desk, page: number): string => {
  const search = new URLSearchParams();
  for (const name of ["q", "unit", "role", "show"]) if (query[name]) search.set(name, query[name]);
  search.set("page", String(page));
  return `${listPath}?${search.toString()}`;
};
