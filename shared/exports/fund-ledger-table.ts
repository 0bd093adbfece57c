/** 资金明细账: each movement of a fund with the balances after it, from what it held when the period began. */
import type { Transfer, TransferKind } from "#shared/domain/ledger.ts";
import { moved, noBalances, type Balances } from "#shared/domain/month-ends.ts";
import { localDateOf, startOfDay, type Instant, type LocalDate } from "#shared/kernel/calendar.ts";
import { zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Column } from "./csv.ts";

export interface LedgerLine {
  readonly at: Instant;
  readonly what: string;
  readonly reference: string;
  readonly by: string;
  readonly amountFen: Fen;
  readonly after: Balances;
}

const kindWords: Readonly<Record<TransferKind, string>> = {
  grant: "收入",
  reserve: "预留",
  release: "释放",
  post: "发放",
  refund: "退回",
  allot_out: "调出",
  allot_in: "调入",
  give_back: "退回来源",
};

/** @param transfers of the fund from its opening on; those before the period make the first row. */
export async function* ledgerLines(
  transfers: AsyncIterable<Transfer>,
  from: LocalDate,
): AsyncGenerator<LedgerLine> {
  const begin = startOfDay(from);
  let after = noBalances;
  let isOpened = false;
  const opening = (): LedgerLine => ({
    at: begin,
    what: "期初余额",
    reference: "",
    by: "",
    amountFen: zeroFen,
    after,
  });
  for await (const transfer of transfers) {
    if (!isOpened && transfer.at >= begin) {
      isOpened = true;
      yield opening();
    }
    after = moved(after, transfer, 1);
    if (!isOpened) continue;
    yield {
      at: transfer.at,
      what: kindWords[transfer.kind],
      reference: [transfer.subject, transfer.voucher].filter(Boolean).join(" "),
      by: transfer.by ?? "",
      amountFen: transfer.amountFen,
      after,
    };
  }
  if (!isOpened) yield opening();
}

const clockTime = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export const ledgerColumns: readonly Column<LedgerLine>[] = [
  { title: "日期", kind: "text", value: ({ at }) => localDateOf(at) },
  { title: "时间", kind: "text", value: ({ at }) => clockTime.format(new Date(at)) },
  { title: "事项", kind: "text", value: ({ what }) => what },
  { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
  { title: "累计收入", kind: "amount", value: ({ after }) => after.grantedFen },
  { title: "可用余额", kind: "amount", value: ({ after }) => after.availableFen },
  { title: "预留余额", kind: "amount", value: ({ after }) => after.reservedFen },
  { title: "累计发放", kind: "amount", value: ({ after }) => after.paidFen },
  { title: "业务参考号", kind: "code", value: ({ reference }) => reference },
  { title: "经办人编号", kind: "code", value: ({ by }) => by },
];
