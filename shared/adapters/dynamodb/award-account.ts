/** Household accounts in the table: one row a household and policy year, moved by its cases' own transactions. */
import { noAccountLimits, type AccountLimits } from "#shared/domain/account-limits.ts";
import {
  emptyAccount,
  type AccountChange,
  type AwardAccount,
} from "#shared/domain/award-account.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { fen, zeroFen } from "#shared/kernel/money.ts";
import type { CaseStore } from "#shared/ports/case-store.ts";
import type { Row, Table, TransactionItem } from "./client.ts";
import { awardAccountKey } from "./keys.ts";
import { getManyRows } from "./rows-by-key.ts";

/** The row's attributes: "total", "fund.SWN", "programme.<id>", "count.<programme>", "cause.<cause>". */
const total = "total";
const kinds = {
  fund: "byFundFen",
  programme: "byProgrammeFen",
  count: "byProgrammeCount",
  cause: "byCauseFen",
} as const satisfies Record<string, keyof AwardAccount>;
type Kind = keyof typeof kinds;
const kindsInOrder = Object.keys(kinds) as readonly Kind[];

interface Movement {
  readonly attribute: string;
  readonly by: number;
  /** At most so much afterwards; null without a limit. */
  readonly maximum: number | null;
}

const maximumOf = (limits: AccountLimits, kind: Kind, name: string): number | null => {
  switch (kind) {
    case "fund":
      return limits.byFundMaxFen[name as FundCode] ?? null;
    case "programme":
      return limits.programmeYearMaxFen;
    case "count":
      return limits.programmeYearCountMax;
    case "cause":
      return limits.causeMaxFen;
  }
};

const movementsOf = (change: AccountChange, limits: AccountLimits): readonly Movement[] => [
  ...(change.totalFen === 0
    ? []
    : [{ attribute: total, by: change.totalFen, maximum: limits.householdYearMaxFen }]),
  ...kindsInOrder.flatMap((kind) =>
    Object.entries(change[kinds[kind]]).map(([name, by]) => ({
      attribute: `${kind}.${name}`,
      by,
      maximum: maximumOf(limits, kind, name),
    })),
  ),
];

const rises = (change: AccountChange): boolean => change.totalFen > 0;

/**
 * Moves an account on the condition that nothing that rises passes its limit. What falls is given back whatever the
 * limits say. @throws InvariantBroken for a rise without limits: whoever awards must say what holds the award.
 */
export const accountUpdate = (
  change: AccountChange,
  limits: AccountLimits | undefined,
): TransactionItem => {
  invariant(limits || !rises(change), "an award is booked under the limits of its year");
  const movements = movementsOf(change, limits ?? noAccountLimits);
  const names: Record<string, string> = {};
  const values: Record<string, number> = {};
  const conditions = movements.flatMap(({ attribute, by, maximum }, index) => {
    names[`#a${index}`] = attribute;
    values[`:by${index}`] = by;
    if (maximum === null || by <= 0) return [];
    values[`:left${index}`] = maximum - by;
    const within = `#a${index} <= :left${index}`;
    // A first award that is above the limit by itself finds no row to be compared with.
    return by > maximum ? [within] : [`(attribute_not_exists(#a${index}) OR ${within})`];
  });
  return {
    update: awardAccountKey(change.household, change.year),
    change: {
      update: `ADD ${movements.map((_movement, index) => `#a${index} :by${index}`).join(", ")}`,
      expression: conditions.join(" AND "),
      names,
      values,
    },
  };
};

const accountOf = (row: Row): AwardAccount => {
  const sums: Record<Kind, Record<string, number>> = {
    fund: {},
    programme: {},
    count: {},
    cause: {},
  };
  for (const [attribute, value] of Object.entries(row)) {
    const [kind = "", ...name] = attribute.split(".");
    if (Object.hasOwn(kinds, kind)) sums[kind as Kind][name.join(".")] = value as number;
  }
  return {
    totalFen: fen((row[total] as number | undefined) ?? zeroFen),
    byFundFen: sums.fund,
    byProgrammeFen: sums.programme as AwardAccount["byProgrammeFen"],
    byProgrammeCount: sums.count,
    byCauseFen: sums.cause as AwardAccount["byCauseFen"],
  };
};

export const awardAccountsIn = (table: Table): Pick<CaseStore, "awardAccounts"> => ({
  awardAccounts: async (households, year) => {
    const distinct = [...new Set(households)];
    const keys = distinct.map((household) => awardAccountKey(household, year));
    const rows = new Map((await getManyRows(table, keys)).map((row) => [row["PK"], row]));
    return new Map(
      distinct.map((household) => {
        const row = rows.get(awardAccountKey(household, year).PK);
        return [household, row ? accountOf(row) : emptyAccount];
      }),
    );
  },
});
