/** How long advances took, a row each, written with the step that set the money aside. */
import type { Step } from "#shared/domain/lifecycle.ts";
import { localDateOf, yearOf, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { AdvanceTime, CommitOutcome } from "#shared/ports/case-store.ts";
import { absent, rowsUnder, type Row, type Table, type TransactionItem } from "./client.ts";
import { advanceTimeKey, advanceTimesPartition } from "./keys.ts";

interface Part {
  readonly item: TransactionItem;
  readonly refused: CommitOutcome;
}

/** The row of a step that measures an advance; no other step has one. */
export const advanceTimeParts = ({ event }: Step): readonly Part[] => {
  const { minutes } = event.detail;
  if (event.to !== "reserved" || typeof minutes !== "number") return [];
  const { applicationId, at } = event;
  const key = advanceTimeKey(yearOf(localDateOf(at)), at, applicationId);
  return [{ item: { put: { ...key, minutes }, condition: absent }, refused: "stale" }];
};

const timeOf = (row: Row): AdvanceTime => {
  const [at = "", applicationId = ""] = (row["SK"] as string).split("#");
  return {
    applicationId: applicationId as ApplicationId,
    at: at as Instant,
    minutes: row["minutes"] as number,
  };
};

export const advanceTimesIn = async (table: Table, year: number): Promise<readonly AdvanceTime[]> =>
  (await rowsUnder(table, advanceTimesPartition(year), "")).map(timeOf);
