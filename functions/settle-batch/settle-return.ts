/** One return file against one batch: read it, move what it may move, list the rest. */
import {
  classifyReturn,
  readReturnRows,
  type ReturnException,
  type ReturnLine,
  type Verdict,
} from "#shared/domain/bank-return.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { settleFailed, settlePaid, type Settlement } from "#shared/domain/settlement.ts";
import { readReturnTable, returnBytesMax } from "#shared/exports/return-table.ts";
import { ApplicationNotFound, StoreContended } from "#shared/kernel/errors.ts";
import { oneAhead } from "#shared/kernel/one-ahead.ts";
import { fastTrackOf, policyOf, programmeOf } from "#shared/casework/load.ts";
import { payeesOf } from "#shared/casework/payees.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "policy"> & {
  readonly files: StoredFiles;
};
type Settling = Extract<Verdict, { readonly kind: "paid" | "failed" }>;

/** Twenty transactions' worth of payments. */
const settledTogether = 480;
const passesMax = 6;

/** The file as a whole is no table of ours: nothing moves, and one entry says so. */
const unreadableFile: ReturnException = { line: 0, code: "unreadable", reference: "" };

const readLines = async (
  { files }: Pick<Uses, "files">,
  returnKey: string,
): Promise<readonly ReturnLine[] | null> => {
  const bytes = await files.read(returnKey, returnBytesMax);
  const rows = bytes && readReturnTable(bytes);
  return rows && readReturnRows(rows);
};

/** The card numbers the bank must have paid to, of the items the file speaks of. */
const cardNumbersOf = async (
  uses: Uses,
  items: readonly BatchItem[],
  lines: readonly ReturnLine[],
): Promise<ReadonlyMap<string, string>> => {
  const named = new Set(lines.map(({ reference }) => reference));
  const spokenOf = items.filter(({ reference }) => named.has(reference));
  const payees = await payeesOf(uses, spokenOf);
  return new Map([...payees].map(([reference, { cardNumber }]) => [reference, cardNumber]));
};

interface Returned {
  readonly batch: Batch;
  readonly returnKey: string;
}

const settlementOf = (
  uses: Uses,
  { batch, returnKey }: Returned,
  verdict: Settling,
  application: Application,
): Settlement | null => {
  const word = { batch, returnKey, line: verdict.line, at: uses.clock.now() };
  const { flowClock, calendar } = policyOf(uses, application);
  if (verdict.kind === "paid") {
    return settlePaid(application, verdict.item, word, {
      finalNotice: programmeOf(application).finalNotice,
      noticeWorkingDays: flowClock.finalNotice,
      fastTrack: fastTrackOf(uses, application),
      calendar,
    });
  }
  return settleFailed(application, verdict.item, verdict.failureCode, word, {
    repairWorkingDays: flowClock.failedPaymentRepair,
    calendar,
  });
};

const listed = (verdict: Verdict, moved: ReadonlySet<number>): readonly ReturnException[] => {
  if (verdict.kind === "exception") return [verdict.exception];
  const isSettling = verdict.kind === "paid" || verdict.kind === "failed";
  if (!isSettling || !moved.has(verdict.line)) return [];
  return [{ line: verdict.line, code: "case_moved", reference: verdict.item.reference }];
};

/** The cases are read strongly, a hundred a call; whichever moved on since its item was read gives no settlement. */
const settlementsOf = async (
  uses: Uses,
  returned: Returned,
  settling: readonly Settling[],
): Promise<readonly Settlement[]> => {
  const ids = settling.map(({ item }) => item.applicationId);
  const stored = new Map((await uses.cases.getAll(ids)).map((one) => [one.id, one]));
  return settling.flatMap((verdict) => {
    const application = stored.get(verdict.item.applicationId);
    if (!application) throw new ApplicationNotFound();
    return settlementOf(uses, returned, verdict, application) ?? [];
  });
};

/** So many at a time. */
async function* settlementsIn(
  uses: Uses,
  returned: Returned,
  settling: readonly Settling[],
): AsyncGenerator<readonly Settlement[]> {
  for (let from = 0; from < settling.length; from += settledTogether) {
    yield settlementsOf(uses, returned, settling.slice(from, from + settledTogether));
  }
}

/** @returns the items as they stand now, of those that were settled, by reference. */
const settleAll = async (
  uses: Uses,
  returned: Returned,
  settling: readonly Settling[],
): Promise<ReadonlyMap<string, BatchItem>> => {
  const settled = new Map<string, BatchItem>();
  for await (const ready of oneAhead(settlementsIn(uses, returned, settling))) {
    const outcomes = await uses.batches.settle(ready, returned.batch.fundId);
    for (const [index, { item }] of ready.entries()) {
      if (outcomes[index] === "committed") settled.set(item.reference, item);
    }
  }
  return settled;
};

/**
 * Which of these items nobody has settled by now: another run may have, between the item's read and
 * its case's.
 */
const stillOpen = async (
  { batches }: Uses,
  batch: Batch,
  settling: readonly Settling[],
): Promise<readonly Settling[]> => {
  if (settling.length === 0) return [];
  const items = await batches.items(batch.id);
  const open = new Set(
    items.flatMap(({ reference, status }) => (status === "ready" ? reference : [])),
  );
  return settling.filter(({ item }) => open.has(item.reference));
};

/** What a return could not settle, and the batch's items afterwards. */
interface Settled {
  readonly exceptions: readonly ReturnException[];
  readonly items: readonly BatchItem[];
}

/**
 * Settles what the return allows and says which lines moved nothing. Passes are repeated until one
 * finds nothing left to settle, so that whatever a crash or another writer left open is taken up;
 * what this file settled before is known by its line and stays as it is.
 */
export const settleReturn = async (
  uses: Uses,
  batch: Batch,
  returnKey: string,
): Promise<Settled> => {
  const lines = await readLines(uses, returnKey);
  let items = await uses.batches.items(batch.id);
  if (lines === null) return { exceptions: [unreadableFile], items };
  const cardNumbers = await cardNumbersOf(uses, items, lines);
  for (let pass = 0; pass < passesMax; pass += 1) {
    const verdicts = classifyReturn({ batchId: batch.id, returnKey, lines }, items, cardNumbers);
    const settling = verdicts.filter(
      ({ kind }) => kind === "paid" || kind === "failed",
    ) as Settling[];
    const settled = await settleAll(uses, { batch, returnKey }, settling);
    const moved = settled.size > 0 ? [] : await stillOpen(uses, batch, settling);
    if (settled.size === 0 && moved.length === settling.length) {
      const movedLines = new Set(moved.map(({ line }) => line));
      return { exceptions: verdicts.flatMap((verdict) => listed(verdict, movedLines)), items };
    }
    // What was written is known; only where something else moved is it read again.
    items =
      settled.size === settling.length
        ? items.map((item) => settled.get(item.reference) ?? item)
        : await uses.batches.items(batch.id);
  }
  throw new StoreContended("items of a batch kept moving while it was settled", null);
};
