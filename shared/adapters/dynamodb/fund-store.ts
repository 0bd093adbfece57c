/** Funds and their ledger. Balances move only together with a transfer row (quality B). */
import type { Fund } from "#shared/domain/fund.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { FundStore } from "#shared/ports/fund-store.ts";
import { absent, getRow, queryRows, rowsUnder, transact, type Row, type Table } from "./client.ts";
import { balanceUpdate, transferOf, transferPut } from "./case-rows.ts";
import { fundKey, fundListKey, paidBackKey, transferPartition } from "./keys.ts";

const fundOf = (row: Row): Fund => {
  const { PK: _partition, SK: _sortKey, ...fund } = row;
  return fund as unknown as Fund;
};

const monthsAYear = 12;

/** Months counted from the year 0, so that they can be gone through beyond the year 9999. */
const numberOfMonth = (text: string): number => {
  const [year = 0, month = 0] = text.split("-").map(Number);
  return year * monthsAYear + month - 1;
};

const textOfMonth = (number: number): string => {
  const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");
  return `${padded(Math.floor(number / monthsAYear), 4)}-${padded((number % monthsAYear) + 1, 2)}`;
};

/** "2026-07" to "2026-09" as its months, both ends included. */
export const monthsBetween = (from: string, to: string): readonly string[] => {
  const [first, last] = [numberOfMonth(from), numberOfMonth(to)];
  const length = Math.max(0, last - first + 1);
  return Array.from({ length }, (_, index) => textOfMonth(first + index));
};

export const createFundStore = (table: Table): FundStore => {
  const get = async (id: FundId): Promise<Fund | null> => {
    const row = await getRow(table, fundKey(id));
    return row && fundOf(row);
  };
  const all = async (): Promise<readonly Fund[]> => {
    const listed = await rowsUnder(table, "FUNDS", "");
    const funds = await Promise.all(listed.map((row) => get(row["SK"] as FundId)));
    return funds.filter((fund) => fund !== null);
  };
  return {
    get,
    all,
    ofCode: async (code) => (await all()).filter((fund) => fund.code === code),
    open: async (fund) => {
      const outcome = await transact(table, [
        { put: { ...fundListKey(fund.id), code: fund.code }, condition: absent },
        { put: { ...fundKey(fund.id), ...fund }, condition: absent },
      ]);
      return outcome.kind === "committed";
    },
    grant: async (transfer) => {
      const outcome = await transact(table, [transferPut(transfer), balanceUpdate([transfer])]);
      if (outcome.kind === "committed") return "committed";
      invariant(outcome.failed[0], "money can come into any fund that exists");
      return "already_done";
    },
    transfersOf: async (id, cycles) => {
      const rows = await Promise.all(
        Array.from({ length: cycles }, (_cycle, index) =>
          rowsUnder(table, transferPartition(`${id}:${index + 1}`), ""),
        ),
      );
      return rows
        .flat()
        .filter(({ SK }) => SK !== paidBackKey("").SK)
        .map(transferOf);
    },
    transfers: async function* (fundId, fromMonth, toMonth) {
      for (const month of monthsBetween(fromMonth, toMonth)) {
        for await (const row of queryRows(table, {
          IndexName: "fundLedger",
          KeyConditionExpression: "ledgerKey = :month",
          values: { ":month": `${fundId}#${month}` },
        })) {
          yield transferOf(row);
        }
      }
    },
  };
};
