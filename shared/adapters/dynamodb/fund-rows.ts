/**
 * A fund's two rows: its balances, which every reservation writes and so must stay small, and its terms, which stand
 * on its line in the list of funds. A fund from before there were terms has those of its kind.
 */
import { plainTerms, termsOf, type Fund, type FundTerms } from "#shared/domain/fund.ts";
import { absent, type Row, type TransactionItem } from "./client.ts";
import { fundKey, fundListKey } from "./keys.ts";

/** Of the terms, what the store's own conditions ask for stands with the balances. */
const termsRow = ({
  reserveLineFen: _reserveLineFen,
  ...terms
}: FundTerms): Omit<FundTerms, "reserveLineFen"> => terms;

const withoutKeys = (row: Row): Row => {
  const { PK: _partition, SK: _sortKey, ...stored } = row;
  return stored;
};

/** Reads a fund; `listed` is its line in the list of funds. */
export const fundOf = (balances: Row, listed: Row): Fund => {
  const stored = { ...withoutKeys(balances), ...withoutKeys(listed) } as Pick<Fund, "code">;
  return {
    ...plainTerms(stored.code),
    termsVersion: 0,
    payingAccount: null,
    frozen: null,
    ...stored,
  } as unknown as Fund;
};

/** Both rows of a new fund. */
export const fundPuts = (fund: Fund): readonly [TransactionItem, TransactionItem] => {
  const { id, openedAt, termsVersion, open, frozen, payingAccount } = fund;
  const { grantedFen, availableFen, reservedFen, paidFen, reserveLineFen, code } = fund;
  const balances = { grantedFen, availableFen, reservedFen, paidFen, reserveLineFen };
  const head = { id, code, openedAt, termsVersion, open, frozen, payingAccount };
  return [
    { put: { ...fundListKey(id), ...termsRow(termsOf(fund)) }, condition: absent },
    { put: { ...fundKey(id), ...head, ...balances }, condition: absent },
  ];
};

/** New terms over those that were read. */
export const termsUpdates = (before: Fund, terms: FundTerms): readonly TransactionItem[] => [
  {
    update: fundKey(before.id),
    change: {
      update: "SET termsVersion = :next, reserveLineFen = :line",
      expression:
        before.termsVersion === 0
          ? "attribute_exists(PK) AND (attribute_not_exists(termsVersion) OR termsVersion = :read)"
          : "termsVersion = :read",
      values: {
        ":read": before.termsVersion,
        ":next": before.termsVersion + 1,
        ":line": terms.reserveLineFen,
      },
    },
  },
  { put: { ...fundListKey(before.id), ...termsRow(termsOf(terms)) } },
];
