/**
 * What a fund has paid out in a period, payment by payment, from the ledger itself (quality I26).
 */
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import {
  addDays,
  localDateOf,
  startOfDay,
  type Instant,
  type LocalDate,
} from "#shared/kernel/calendar.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { csv, type Column } from "./csv.ts";

export interface ExportTotals {
  readonly count: number;
  readonly sumFen: Fen;
}

/** Instants sort as text, so a row is in the period without its date being worked out. */
const isPaidIn = ({ from, to }: ReportPeriod): ((transfer: Transfer) => boolean) => {
  const begin = startOfDay(from);
  const end = startOfDay(addDays(to, 1));
  return ({ kind, at }) => kind === "post" && at >= begin && at < end;
};

/** The day of an instant, worked out once an hour: within an hour of UTC no day begins in China. */
const dayOfRows = (): ((at: Instant) => LocalDate) => {
  let hour = "";
  let day: LocalDate | undefined;
  return (at) => {
    if (!day || !at.startsWith(hour)) day = localDateOf(at);
    hour = at.slice(0, 13);
    return day;
  };
};

const columnsFor = (
  fund: Pick<Fund, "id" | "name">,
  dayOf: (at: Instant) => LocalDate,
): readonly Column<Transfer>[] => [
  { title: "序号", kind: "count", value: (_row, index) => index + 1 },
  { title: "付款日期", kind: "text", value: ({ at }) => dayOf(at) },
  { title: "资金编号", kind: "code", value: () => fund.id },
  { title: "资金名称", kind: "text", value: () => fund.name.zh },
  { title: "受理编号", kind: "code", value: ({ applicationId }) => applicationId ?? "" },
  { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
  { title: "授权人", kind: "code", value: ({ by }) => by ?? "" },
  { title: "账务凭证号", kind: "code", value: ({ subject, kind }) => `${subject}:${kind}` },
];

/**
 * The payments of a fund in a period as CSV. `totals` tells, once all bytes are read, what the rows
 * add up to; the file itself has no total row, so that a program can add it up.
 */
export const disbursementExport = (
  fund: Pick<Fund, "id" | "name">,
  period: ReportPeriod,
  transfers: AsyncIterable<Transfer> | Iterable<Transfer>,
): { readonly bytes: AsyncGenerator<Uint8Array>; readonly totals: () => ExportTotals } => {
  let totals: ExportTotals = { count: 0, sumFen: zeroFen };
  const isPaid = isPaidIn(period);
  async function* paid(): AsyncGenerator<Transfer> {
    for await (const transfer of transfers) {
      if (!isPaid(transfer)) continue;
      totals = { count: totals.count + 1, sumFen: addFen(totals.sumFen, transfer.amountFen) };
      yield transfer;
    }
  }
  return { bytes: csv(columnsFor(fund, dayOfRows()), paid()), totals: () => totals };
};
