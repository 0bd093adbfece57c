/** Funds and their ledger. Balances move only together with a transfer row (quality B). */
import type { Fund } from "#shared/domain/fund.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { FundStore } from "#shared/ports/fund-store.ts";
import { getRow, queryRows, rowsUnder, transact, type Table } from "./client.ts";
import { balanceUpdate, transferOf, transferPut } from "./case-rows.ts";
import { fundOf, fundPuts } from "./fund-rows.ts";
import { fundKey, fundListKey, paidBackKey, transferPartition } from "./keys.ts";

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
  // Both rows are asked for in one moment, and so read with one call.
  const get = async (id: FundId): Promise<Fund | null> => {
    const [balances, listed] = await Promise.all([
      getRow(table, fundKey(id)),
      getRow(table, fundListKey(id)),
    ]);
    return balances && fundOf(balances, listed ?? {});
  };
  const all = async (): Promise<readonly Fund[]> => {
    const listed = await rowsUnder(table, "FUNDS", "");
    const balances = await Promise.all(
      listed.map(({ SK }) => getRow(table, fundKey(SK as FundId))),
    );
    return balances.flatMap((row, index) => (row ? [fundOf(row, listed[index] ?? {})] : []));
  };
  return {
    get,
    all,
    ofCode: async (code) => (await all()).filter((fund) => fund.code === code),
    open: async (fund) => {
      const outcome = await transact(table, fundPuts(fund));
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
