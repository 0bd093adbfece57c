/**
 * Payments with whom they went to, from the ledger on: what the ledger doesn't have is in no table, and what it has is
 * in it once. Name and card are those of the batch's own item, which nothing changes afterwards; a card that is mended
 * later doesn't change what a rebuilt table says of this payment.
 */
import type { Application } from "#shared/domain/application.ts";
import { categoryTitles } from "#shared/domain/assessment.ts";
import { inScope } from "#shared/domain/batch-scope.ts";
import type { BatchItem } from "#shared/domain/disbursement.ts";
import type { FinanceExport } from "#shared/domain/finance-export.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import type { PaymentRow } from "#shared/exports/payment-lists.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Payee } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { programmeById } from "#workflows/registry.ts";
import type { BookedTransfer } from "#shared/exports/journal.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "directory">;

/** As many cases as one call of the store reads. */
const casesAtOnce = 100;
const readsAtOnce = 16;
const batchesKept = 8;

/** The items of batches, by case and cycle; payments of one batch follow each other in the ledger. */
const createItems = ({ batches }: Pick<Uses, "batches">) => {
  const kept = new Map<BatchId, Promise<ReadonlyMap<string, BatchItem>>>();
  const read = async (id: BatchId): Promise<ReadonlyMap<string, BatchItem>> =>
    new Map(
      (await batches.items(id))
        .filter(({ status }) => status === "paid" || status === "returned")
        .map((item) => [`${item.applicationId}:${item.cycle}`, item]),
    );
  return async (id: BatchId, subject: string): Promise<BatchItem | undefined> => {
    let items = kept.get(id);
    if (!items) {
      const oldest = kept.size < batchesKept ? undefined : kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
      items = read(id);
      kept.set(id, items);
    }
    return (await items).get(subject);
  };
};

interface Sources {
  readonly uses: Uses;
  readonly organisation: Organisation;
  readonly itemOf: ReturnType<typeof createItems>;
}

const payeeOf = async (
  { uses, itemOf }: Sources,
  transfer: Transfer,
  application: Application,
): Promise<Payee | null> => {
  const batchId = transfer.batchId ?? application.batchId;
  const item = batchId && (await itemOf(batchId, transfer.subject));
  return item ? uses.batches.payee(item, application.salt) : null;
};

const rowOf = async (
  sources: Sources,
  { transfer, fund }: BookedTransfer,
  application: Application,
): Promise<PaymentRow> => {
  const [payee, answers] = await Promise.all([
    payeeOf(sources, transfer, application),
    sources.uses.cases.answers(application),
  ]);
  const unit = application.unitId && unitOf(sources.organisation, application.unitId);
  return {
    paidOn: localDateOf(transfer.at),
    name: payee?.name ?? answers?.["applicantName"] ?? "",
    idNumber: answers?.["applicantIdNumber"] ?? "",
    cardNumber: payee?.cardNumber ?? answers?.["bankCardNumber"] ?? "",
    unit: unit ? unit.name.zh : "",
    category: application.category ? categoryTitles[application.category].zh : "",
    programme: programmeById(application.programmeId)?.title.zh ?? application.programmeId,
    fund: fund.name,
    amountFen: transfer.amountFen,
    approval: application.id,
  };
};

async function* inChunks<Value>(
  values: AsyncIterable<Value>,
  size: number,
): AsyncGenerator<readonly Value[]> {
  let chunk: Value[] = [];
  for await (const value of values) {
    chunk.push(value);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The rows of payments, in the ledger's order, of the cases that the request takes in. */
export async function* paymentRows(
  uses: Uses,
  payments: AsyncIterable<BookedTransfer>,
  { programmeId, unitId }: FinanceExport["request"],
): AsyncGenerator<PaymentRow> {
  const organisation = await uses.directory.organisation();
  const takesIn = inScope({ programmeId, unitId }, organisation);
  const sources: Sources = { uses, organisation, itemOf: createItems(uses) };
  for await (const chunk of inChunks(payments, casesAtOnce)) {
    const ids = new Set(chunk.flatMap(({ transfer: { applicationId } }) => applicationId ?? []));
    const cases = new Map<ApplicationId, Application>();
    for (const found of await uses.cases.getAll([...ids])) cases.set(found.id, found);
    const theirs = chunk.flatMap((payment) => {
      const found = cases.get(payment.transfer.applicationId as ApplicationId);
      return found && takesIn(found) ? [{ payment, found }] : [];
    });
    yield* await inParallel(theirs, readsAtOnce, ({ payment, found }) =>
      rowOf(sources, payment, found),
    );
  }
}
