/** One return file against one batch: read it, move what it may move, list the rest. */
import {
  classifyReturn,
  readReturnRows,
  type ReturnException,
  type ReturnLine,
  type Verdict,
} from "#shared/domain/bank-return.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { settleFailed, settlePaid, type Settlement } from "#shared/domain/settlement.ts";
import { readReturnTable, returnBytesMax } from "#shared/exports/return-table.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { fastTrackOf, loadCase, policyOf, programmeOf } from "#shared/casework/load.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "policy"> & {
  readonly files: StoredFiles;
};
type Settling = Extract<Verdict, { readonly kind: "paid" | "failed" }>;

const readsAtOnce = 16;
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
  const payees = await inParallel(spokenOf, readsAtOnce, async (item) => {
    const { salt } = await loadCase(uses, item.applicationId);
    return uses.batches.payee(item, salt);
  });
  return new Map(
    spokenOf.map(({ reference }, index) => [reference, payees[index]?.cardNumber ?? ""]),
  );
};

const settlementOf = async (
  uses: Uses,
  batch: Batch,
  returnKey: string,
  verdict: Settling,
): Promise<Settlement | null> => {
  const application = await loadCase(uses, verdict.item.applicationId);
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

/**
 * Settles what the return allows and says which lines moved nothing. Passes are repeated until one
 * finds nothing left to settle, so that whatever a crash or another writer left open is taken up;
 * what this file settled before is known by its line and stays as it is.
 */
export const settleReturn = async (
  uses: Uses,
  batch: Batch,
  returnKey: string,
): Promise<readonly ReturnException[]> => {
  const lines = await readLines(uses, returnKey);
  if (lines === null) return [unreadableFile];
  const cardNumbers = await cardNumbersOf(uses, await uses.batches.items(batch.id), lines);
  for (let pass = 0; pass < passesMax; pass += 1) {
    const items = await uses.batches.items(batch.id);
    const returned = { batchId: batch.id, returnKey, lines };
    const verdicts = classifyReturn(returned, items, cardNumbers);
    const settling = verdicts.filter(
      ({ kind }) => kind === "paid" || kind === "failed",
    ) as Settling[];
    const settlements = await inParallel(settling, readsAtOnce, (verdict) =>
      settlementOf(uses, batch, returnKey, verdict),
    );
    const ready = settlements.filter((settlement) => settlement !== null);
    if (ready.length > 0) {
      await uses.batches.settle(ready, batch.fundId);
      continue;
    }
    const moved = await stillOpen(uses, batch, settling);
    if (moved.length === settling.length) {
      const movedLines = new Set(moved.map(({ line }) => line));
      return verdicts.flatMap((verdict) => listed(verdict, movedLines));
    }
  }
  throw new StoreContended("items of a batch kept moving while it was settled", null);
};
