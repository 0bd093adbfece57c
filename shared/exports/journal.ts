/**
 * 记账凭证: the ledger's movements of cash as double entries for an accounting system. Setting money aside and letting
 * it go moves no cash and makes no voucher. The accounts are data (journal-accounts.json): the defaults follow the
 * unions' accounting system (工会会计制度), and each union puts its own codes there.
 */
import type { FundCode } from "#shared/domain/fund.ts";
import type { Transfer, TransferKind } from "#shared/domain/ledger.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Column } from "./csv.ts";
import accounts from "./journal-accounts.json" with { type: "json" };

export interface LedgerAccount {
  readonly code: string;
  readonly name: string;
}

/** What an accounting system books on. */
export interface JournalAccounts {
  readonly bank: LedgerAccount;
  /** Between two funds of one union: what one gives the other gets, and the two cancel. */
  readonly between: LedgerAccount;
  readonly funds: Readonly<
    Record<FundCode, { readonly income: LedgerAccount; readonly aid: LedgerAccount }>
  >;
}

export const defaultAccounts: JournalAccounts = accounts;

/** One side of a voucher. */
export interface JournalLine {
  readonly date: LocalDate;
  readonly number: number;
  readonly summary: string;
  readonly account: LedgerAccount;
  readonly side: "debit" | "credit";
  readonly amountFen: Fen;
  /** The ledger's own key: the way back from the books to the case. */
  readonly reference: string;
  readonly fund: string;
}

interface Sides {
  readonly summary: string;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
}

type CashKind = Exclude<TransferKind, "reserve" | "release">;

const sidesOf = (
  kind: CashKind,
  code: FundCode,
  { bank, between, funds }: JournalAccounts,
): Sides => {
  const { income, aid } = funds[code];
  const sides: Readonly<Record<CashKind, Sides>> = {
    grant: { summary: "收到资金", debit: bank, credit: income },
    post: { summary: "发放救助金", debit: aid, credit: bank },
    refund: { summary: "救助金退回", debit: bank, credit: aid },
    allot_out: { summary: "资金间调出", debit: between, credit: bank },
    allot_in: { summary: "资金间调入", debit: bank, credit: between },
    give_back: { summary: "退回资金来源", debit: income, credit: bank },
  };
  return sides[kind];
};

const movesCash = (kind: TransferKind): kind is CashKind =>
  kind !== "reserve" && kind !== "release";

/** The summary names no person: books are read by many. */
const summaryOf = (summary: string, { applicationId, voucher }: Transfer): string =>
  [summary, applicationId ?? voucher].filter(Boolean).join(" ");

export interface BookedTransfer {
  readonly transfer: Transfer;
  readonly fund: { readonly code: FundCode; readonly name: string };
}

/** Two lines for each movement of cash, debit first; numbered through in the ledger's order. */
export async function* journalLines(
  booked: AsyncIterable<BookedTransfer>,
  chart: JournalAccounts = defaultAccounts,
): AsyncGenerator<JournalLine> {
  let number = 0;
  for await (const { transfer, fund } of booked) {
    if (!movesCash(transfer.kind)) continue;
    number += 1;
    const { summary, debit, credit } = sidesOf(transfer.kind, fund.code, chart);
    const line = {
      date: localDateOf(transfer.at),
      number,
      summary: summaryOf(summary, transfer),
      amountFen: transfer.amountFen,
      reference: [transfer.subject, transfer.kind, transfer.voucher].filter(Boolean).join(":"),
      fund: fund.name,
    };
    yield { ...line, account: debit, side: "debit" };
    yield { ...line, account: credit, side: "credit" };
  }
}

export const journalColumns: readonly Column<JournalLine>[] = [
  { title: "日期", kind: "text", value: ({ date }) => date },
  { title: "凭证字", kind: "text", value: () => "记" },
  { title: "凭证号", kind: "count", value: ({ number }) => number },
  { title: "摘要", kind: "text", value: ({ summary }) => summary },
  { title: "科目编码", kind: "code", value: ({ account }) => account.code },
  { title: "科目名称", kind: "text", value: ({ account }) => account.name },
  {
    title: "借方金额",
    kind: "amount",
    value: ({ side, amountFen }) => (side === "debit" ? amountFen : ""),
  },
  {
    title: "贷方金额",
    kind: "amount",
    value: ({ side, amountFen }) => (side === "credit" ? amountFen : ""),
  },
  { title: "资金", kind: "text", value: ({ fund }) => fund },
  { title: "业务参考号", kind: "code", value: ({ reference }) => reference },
];
