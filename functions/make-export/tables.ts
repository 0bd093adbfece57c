/** From a request to its table: what to read, which rows and columns, and what the rows add up to. */
import type { FinanceExport } from "#shared/domain/finance-export.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { ledgerMonthsOf, type ReportPeriod } from "#shared/domain/month-ends.ts";
import { csv, type Column } from "#shared/exports/csv.ts";
import { ledgerColumns, ledgerLines } from "#shared/exports/fund-ledger-table.ts";
import { journalColumns, journalLines, type BookedTransfer } from "#shared/exports/journal.ts";
import { paymentColumns, personColumns, summariseByPerson } from "#shared/exports/payment-lists.ts";
import { paymentRequestLines, requestColumns } from "#shared/exports/payment-request.ts";
import {
  reconcile,
  reconciliationColumns,
  type ReconciliationRow,
} from "#shared/exports/reconciliation.ts";
import { xlsx } from "#shared/exports/xlsx.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { addDays, localDateOf, startOfDay } from "#shared/kernel/calendar.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { paymentRows } from "./payments.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "directory" | "funds">;
type Request = FinanceExport["request"];

export interface Table {
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** Once all bytes are read. */
  readonly totals: () => { readonly rows: number; readonly sumFen: Fen };
}

const batchesMax = 1_000;

/** Writes rows in the format that was asked for, and counts them on their way. */
const tableOf = <Row>(
  { format }: Request,
  columns: readonly Column<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
  amountOf: (row: Row) => Fen,
): Table => {
  let count = 0;
  let sumFen = zeroFen;
  async function* counted(): AsyncGenerator<Row> {
    for await (const row of rows) {
      count += 1;
      sumFen = addFen(sumFen, amountOf(row));
      yield row;
    }
  }
  const bytes = format === "csv" ? csv(columns, counted()) : xlsx(columns, counted());
  return { bytes, totals: () => ({ rows: count, sumFen }) };
};

const fundsOf = async (
  { funds }: Pick<Uses, "funds">,
  { fundId }: Request,
): Promise<readonly Fund[]> => {
  const all = await funds.all();
  return all
    .filter(({ id }) => fundId === null || id === fundId)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
};

/** A fund's transfers of a period before the cut-off, oldest first. Instants sort as text. */
async function* transfersIn(
  { funds }: Pick<Uses, "funds">,
  fund: Fund,
  period: ReportPeriod,
  { cutOff }: Request,
): AsyncGenerator<Transfer> {
  const begin = startOfDay(period.from);
  const end = startOfDay(addDays(period.to, 1));
  const months = ledgerMonthsOf(period);
  for await (const transfer of funds.transfers(fund.id, months.from, months.to)) {
    const { at } = transfer;
    if (at >= begin && at < end && at < cutOff) yield transfer;
  }
}

/** Fund by fund, each with its name, for the books. */
async function* booked(
  uses: Uses,
  request: Request,
  takes: (transfer: Transfer) => boolean,
): AsyncGenerator<BookedTransfer> {
  const { period } = request;
  invariant(period, "the desk asks for a period");
  for (const fund of await fundsOf(uses, request)) {
    const named = { code: fund.code, name: fund.name.zh };
    for await (const transfer of transfersIn(uses, fund, period, request)) {
      if (takes(transfer)) yield { transfer, fund: named };
    }
  }
}

const payments = (uses: Uses, request: Request) =>
  paymentRows(
    uses,
    booked(uses, request, ({ kind }) => kind === "post"),
    request,
  );

const fundLedger = async (uses: Uses, request: Request): Promise<Table> => {
  const [fund] = await fundsOf(uses, request);
  const { period } = request;
  invariant(fund && period, "the desk asks for a fund that is there, and a period");
  const sinceOpening = { from: localDateOf(fund.openedAt), to: period.to };
  const transfers = transfersIn(uses, fund, sinceOpening, request);
  return tableOf(
    request,
    ledgerColumns,
    ledgerLines(transfers, period.from),
    ({ amountFen }) => amountFen,
  );
};

/** The batch that was named, or those that were made in the period. */
const batchesOf = async ({ batches }: Pick<Uses, "batches">, request: Request) => {
  const { batchId, period, fundId, cutOff } = request;
  if (batchId !== null) {
    const batch = await batches.get(batchId);
    return batch ? [batch] : [];
  }
  const [open, done] = await Promise.all([
    batches.list("open", batchesMax),
    batches.list("done", batchesMax),
  ]);
  return [...open, ...done]
    .filter(({ createdAt }) => createdAt < cutOff)
    .filter(({ createdAt }) => {
      const day = localDateOf(createdAt);
      return period !== null && day >= period.from && day <= period.to;
    })
    .filter((batch) => fundId === null || batch.fundId === fundId)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
};

async function* reconciled(uses: Uses, request: Request): AsyncGenerator<ReconciliationRow> {
  for (const batch of await batchesOf(uses, request)) {
    const items = await uses.batches.items(batch.id);
    const [exceptions, postedFen] = await Promise.all([
      uses.batches.exceptions(batch.id),
      uses.batches.postedFen(items),
    ]);
    yield* reconcile({ batch, items, exceptions, postedFen });
  }
}

const paymentRequest = async (uses: Uses, request: Request): Promise<Table> => {
  const batch = request.batchId && (await uses.batches.get(request.batchId));
  const fund = batch && (await uses.funds.get(batch.fundId));
  invariant(batch && fund, "the desk asks for a batch that is there");
  const [maker, checker] = await Promise.all([
    uses.directory.staff(batch.makerId),
    batch.checkerId === null ? null : uses.directory.staff(batch.checkerId),
  ]);
  const lines = paymentRequestLines({
    batch,
    fund,
    makerName: maker?.name ?? batch.makerId,
    checkerName: checker?.name ?? batch.checkerId,
  });
  const table = tableOf(request, requestColumns, lines, () => zeroFen);
  return { ...table, totals: () => ({ rows: batch.count, sumFen: batch.sumFen }) };
};

/** The table of a request; nothing but the request, and what stood in the books at its cut-off, makes a difference. */
export const makeTable = async (uses: Uses, request: Request): Promise<Table> => {
  switch (request.kind) {
    case "payment_details":
      return tableOf(
        request,
        paymentColumns(request.isFull),
        payments(uses, request),
        ({ amountFen }) => amountFen,
      );
    case "real_name_summary":
      return tableOf(
        request,
        personColumns(request.isFull),
        await summariseByPerson(payments(uses, request)),
        ({ amountFen }) => amountFen,
      );
    case "journal":
      return tableOf(
        request,
        journalColumns,
        journalLines(booked(uses, request, () => true)),
        ({ side, amountFen }) => (side === "debit" ? amountFen : zeroFen),
      );
    case "fund_ledger":
      return fundLedger(uses, request);
    case "reconciliation":
      return tableOf(request, reconciliationColumns, reconciled(uses, request), (row) =>
        row.state === "合计核对" || row.oursFen === "" ? zeroFen : row.oursFen,
      );
    case "payment_request":
      return paymentRequest(uses, request);
  }
};
