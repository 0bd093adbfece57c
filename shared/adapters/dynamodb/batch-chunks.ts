/**
 * Writing many cases' steps a chunk at a time: each case's writes stand or fall together, and a
 * chunk shares one further write, to the batch or the fund.
 */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import { oneAhead } from "#shared/kernel/one-ahead.ts";
import type { ItemOutcome } from "#shared/ports/batch-store.ts";
import { balanceUpdate } from "./case-rows.ts";
import { transact, type Table, type TransactionItem } from "./client.ts";
import { batchKey } from "./keys.ts";

/** A transaction takes 100 items; one of them is the batch's or the fund's. */
const ownItemsMax = 99;
/** An entry has three items or four; more than fit are not made. */
const entriesMax = 33;
export const chunksOf = <Value>(
  values: readonly Value[],
  size: number,
): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_chunk, index) =>
    values.slice(index * size, (index + 1) * size),
  );

/**
 * What stands or falls together for one case; `transfer` moves the fund's balances with all others
 * of its chunk.
 */
export interface Writes {
  readonly items: readonly TransactionItem[];
  readonly amountFen: Fen;
  readonly transfer: Transfer | null;
}

/** The write that a chunk's entries share, and what it means when only that one is refused. */
export interface Shared {
  readonly item: (writes: readonly Writes[]) => TransactionItem | null;
  readonly refused: () => ItemOutcome;
}

/**
 * Writes a chunk in one transaction. If the conditions of some entries fail, those are stale and
 * the others are tried again without them; so the tries are bounded by the entries.
 */
const commitChunk = async (
  table: Table,
  chunk: readonly Writes[],
  shared: Shared,
): Promise<readonly ItemOutcome[]> => {
  const outcomes: ItemOutcome[] = chunk.map(() => "committed");
  let left = chunk.map((writes, index) => ({ writes, index }));
  while (left.length > 0) {
    const own = left.flatMap(({ writes }) => writes.items);
    const common = shared.item(left.map(({ writes }) => writes));
    const outcome = await transact(table, common ? [...own, common] : own);
    if (outcome.kind === "committed") return outcomes;
    let place = 0;
    const refused = left.filter(({ writes }) => {
      const failed = outcome.failed.slice(place, place + writes.items.length);
      place += writes.items.length;
      return failed.includes(true);
    });
    if (refused.length === 0) {
      const instead = shared.refused();
      return outcomes.map((before, index) =>
        left.some((entry) => entry.index === index) ? instead : before,
      );
    }
    for (const { index } of refused) outcomes[index] = "stale";
    left = left.filter((entry) => !refused.includes(entry));
  }
  return outcomes;
};

/**
 * Counts the chunk into its batch, while that is being assembled; so no case enters a batch whose
 * sum a second person is already looking at, and count and sum are those of the items at all times
 * (quality I18).
 */
export const countedIn = (id: BatchId): Shared => ({
  item: (writes) => ({
    update: batchKey(id),
    change: {
      update: "SET #count = #count + :count, sumFen = sumFen + :sum, #version = #version + :one",
      expression: "batchStatus = :assembling",
      names: { "#count": "count", "#version": "version" },
      values: {
        ":count": writes.length,
        ":sum": addFen(...writes.map(({ amountFen }) => amountFen)),
        ":one": 1,
        ":assembling": "assembling" satisfies Batch["status"],
      },
    },
  }),
  refused: () => "stale",
});

export const paidFromFund: Shared = {
  item: (writes) => {
    const [first, ...others] = writes.flatMap(({ transfer }) => transfer ?? []);
    return first ? balanceUpdate([first, ...others]) : null;
  },
  refused: () => {
    throw new InvariantBroken("a fund has less reserved than its batch is to pay");
  },
};

export const nothingShared: Shared = { item: () => null, refused: () => "stale" };

/** The writes of all entries, as many together as one transaction takes. */
async function* packed<Entry>(
  entries: readonly Entry[],
  writesOf: (entry: Entry) => Promise<Writes>,
): AsyncGenerator<readonly Writes[]> {
  let waiting: readonly Writes[] = [];
  for (let made = 0; made < entries.length || waiting.length > 0;) {
    const more = entries.slice(made, made + entriesMax - waiting.length);
    made += more.length;
    waiting = [...waiting, ...(await Promise.all(more.map(writesOf)))];
    let items = 0;
    const over = waiting.findIndex((writes) => (items += writes.items.length) > ownItemsMax);
    const chunk = over < 0 ? waiting : waiting.slice(0, over);
    waiting = waiting.slice(chunk.length);
    yield chunk;
  }
}

/**
 * Writes every entry, as many in a transaction as it takes; while one is written the next is made. Not two at once:
 * they share a row, and would only keep each other out. @returns what happened to each, in order.
 */
export const commitAll = async <Entry>(
  table: Table,
  entries: readonly Entry[],
  shared: Shared,
  writesOf: (entry: Entry) => Promise<Writes>,
): Promise<readonly ItemOutcome[]> => {
  const outcomes: ItemOutcome[] = [];
  for await (const chunk of oneAhead(packed(entries, writesOf))) {
    outcomes.push(...(await commitChunk(table, chunk, shared)));
  }
  return outcomes;
};
