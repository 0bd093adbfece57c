/** Changing offices and people, each change with its record in one transaction. */
import { randomUUID } from "node:crypto";
import type { Staff, Unit } from "#shared/domain/organisation.ts";
import type { Directory, OrganisationChange } from "#shared/ports/directory.ts";
import {
  absent,
  queryPage,
  transact,
  type Condition,
  type Table,
  type TransactionItem,
} from "./client.ts";
import {
  organisationChangeKey,
  organisationChangesPartition,
  organisationMarkKey,
  staffKey,
  unitKey,
} from "./keys.ts";

const changeItem = (change: OrganisationChange): TransactionItem => ({
  put: { ...organisationChangeKey(change.at, change.subject), ...change },
});

/**
 * Written with every change of an office or a person, so that nobody goes on with what they knew before. A mark of its
 * own for each state: a count would come again after the row was lost.
 */
export const organisationMoved = (): TransactionItem => ({
  put: { ...organisationMarkKey, mark: randomUUID() },
});

/** What an administrator sets; PIN, TOTP and their counts belong to the person. */
const staffNames = [
  "name",
  "email",
  "unitId",
  "roles",
  "locale",
  "active",
  "identity",
  "kin",
  "absence",
] as const satisfies readonly (keyof Staff)[];

const unchanged = (before: Staff): Condition => {
  const named = staffNames.map((name) => [name, before[name]] as const);
  // Lists that were never written read as empty.
  const expression = named.map(([name, value]) => {
    const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
    return isEmpty
      ? `(attribute_not_exists(#${name}) OR #${name} = :before_${name})`
      : `#${name} = :before_${name}`;
  });
  return {
    expression: expression.join(" AND "),
    names: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(named.map(([name, value]) => [`:before_${name}`, value])),
  };
};

const staffUpdate = (before: Staff, after: Staff): TransactionItem => {
  const condition = unchanged(before);
  const set = staffNames.filter((name) => after[name] !== null);
  const removed = staffNames.filter((name) => after[name] === null);
  const remove =
    removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(", ")}` : "";
  return {
    update: staffKey(after.id),
    change: {
      ...condition,
      update: `SET ${set.map((name) => `#${name} = :after_${name}`).join(", ")}${remove}`,
      values: {
        ...condition.values,
        ...Object.fromEntries(set.map((name) => [`:after_${name}`, after[name]])),
      },
    },
  };
};

const unitPut = (before: Unit | null, after: Unit): TransactionItem => ({
  put: { ...unitKey(after.id), ...after },
  condition: before
    ? {
        expression: "#name = :name",
        names: { "#name": "name" },
        values: { ":name": before.name },
      }
    : absent,
});

export const organisationChangesIn = (
  table: Table,
): Pick<Directory, "saveStaff" | "saveUnit" | "organisationChanges"> => ({
  saveStaff: async (before, after, change) => {
    const item = before
      ? staffUpdate(before, after)
      : { put: { ...staffKey(after.id), ...after }, condition: absent };
    return (
      (await transact(table, [item, changeItem(change), organisationMoved()])).kind === "committed"
    );
  },
  saveUnit: async (before, after, change) =>
    (await transact(table, [unitPut(before, after), changeItem(change), organisationMoved()]))
      .kind === "committed",
  organisationChanges: async (limit) => {
    const { rows } = await queryPage(table, {
      KeyConditionExpression: "PK = :pk",
      values: { ":pk": organisationChangesPartition },
      ScanIndexForward: false,
      Limit: limit,
    });
    return rows.map(
      ({ PK: _partition, SK: _sortKey, ...change }) => change as unknown as OrganisationChange,
    );
  },
});
