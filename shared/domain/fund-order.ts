/**
 * Fund orders (资金单): money into a fund, between funds and back, and the year's close. One person proposes, another
 * authorises, and then it is booked as a whole: the order's row, its transfers and the balances (docs/adr/0032).
 */
import { invariant } from "../kernel/assert.ts";
import type { Instant } from "../kernel/calendar.ts";
import type { FundId, StaffId } from "../kernel/ids.ts";
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { FormulaInputs } from "./allotment.ts";
import type { Fund, FundTerms, PayingAccount } from "./fund.ts";
import { grantTransfer, orderTransfer, type Transfer } from "./ledger.ts";

export type OrderKind =
  /** 拨入: money from outside. */
  | "income"
  /** 下拨: from a higher office's fund to a lower one's. */
  | "allot"
  /** 上缴/退回: back up, or back to whoever gave it. */
  | "return"
  /** 年终结转: the year's funds are closed and what is left goes on, or back. */
  | "close"
  /** A fund is opened, or its terms are changed; no money moves. */
  | "terms";

export const orderKindNames: Readonly<Record<OrderKind, Text>> = {
  income: { zh: "拨入", en: "Money in" },
  allot: { zh: "下拨", en: "Allotment" },
  return: { zh: "上缴、退回", en: "Return" },
  close: { zh: "年终结转", en: "Year-end close" },
  terms: { zh: "资金设立与变更", en: "Terms of a fund" },
};

/** A movement; null is the world outside: whoever gives the money, or gets it back. */
export interface OrderLine {
  readonly fromFundId: FundId | null;
  readonly toFundId: FundId | null;
  readonly amountFen: Fen;
}

/** A fund that the order opens when it isn't there. */
export interface OpenedFund {
  readonly id: FundId;
  readonly terms: FundTerms;
  /** Of a successor: the account of the fund it follows. */
  readonly payingAccount?: PayingAccount | null;
}

export interface FundOrder {
  readonly id: string;
  readonly kind: OrderKind;
  /** The number of the paper or voucher that orders it: the same in every fund it touches. */
  readonly voucher: string;
  readonly reason: string;
  /** Of a close: what was left when it was proposed; when it is booked, what was left then. */
  readonly lines: readonly OrderLine[];
  readonly opens: readonly OpenedFund[];
  /** By what an allotment was worked out, so that it can be worked out again; null by hand. */
  readonly formula: FormulaInputs | null;
  readonly proposedAt: Instant;
  readonly proposedBy: StaffId;
  readonly status: "proposed" | "booked" | "cancelled";
  readonly decidedAt: Instant | null;
  readonly decidedBy: StaffId | null;
  readonly cancelReason: string | null;
}

/** So many lines are booked in one transaction: two transfers and two balances each, of 100 rows. */
const orderLinesMax = 24;
/** A close may open a fund on each line besides. */
export const closingLinesMax = 18;

export const orderReasonMaxLength = 200;

const voucherPattern = /^[\p{L}\p{N}][\p{L}\p{N}()〔〕[\]/_-]{0,39}$/u;

/** Reads the number of a paper as it is typed. @returns null when it can be none. */
export const parseVoucher = (typed: string): string | null => {
  const voucher = typed.normalize("NFKC").trim();
  return voucherPattern.test(voucher) ? voucher : null;
};

export type OrderProblem =
  | "no_lines"
  | "too_many_lines"
  | "same_fund"
  | "several_sources"
  | "no_such_fund"
  | "not_downwards"
  | "not_upwards"
  | "other_kind_of_money"
  | "fund_closed"
  | "not_enough";

/** Whether `above` stands over `below`: the city's own funds (no office) stand over all. */
export type IsAbove = (above: Fund, below: Fund) => boolean;

const lineProblem = (
  kind: OrderKind,
  { fromFundId, toFundId }: OrderLine,
  funds: ReadonlyMap<FundId, Fund>,
  isAbove: IsAbove,
): OrderProblem | null => {
  if (fromFundId === toFundId) return "same_fund";
  const from = fromFundId && funds.get(fromFundId);
  const to = toFundId && funds.get(toFundId);
  if (from === undefined || to === undefined) return "no_such_fund";
  if (to && !to.open) return "fund_closed";
  if (!from || !to) return null;
  // Money keeps its kind: it was given for what its kind may pay (专款专用).
  if (from.code !== to.code) return "other_kind_of_money";
  if (kind === "allot" && !isAbove(from, to)) return "not_downwards";
  return kind === "return" && !isAbove(to, from) ? "not_upwards" : null;
};

/** How much the lines take out of each fund. */
const takenFen = (lines: readonly OrderLine[]): ReadonlyMap<FundId, Fen> => {
  const taken = new Map<FundId, Fen>();
  for (const { fromFundId, amountFen } of lines) {
    if (fromFundId) taken.set(fromFundId, addFen(taken.get(fromFundId) ?? zeroFen, amountFen));
  }
  return taken;
};

/**
 * What is wrong with an order as it is proposed, or null. That a fund isn't lowered beneath what is reserved or paid
 * is asked here for a clear answer, and held by the store when it is booked.
 */
export const orderProblem = (
  { kind, lines }: Pick<FundOrder, "kind" | "lines">,
  all: readonly Fund[],
  isAbove: IsAbove,
): OrderProblem | null => {
  if (lines.length === 0) return "no_lines";
  if (lines.length > orderLinesMax) return "too_many_lines";
  if (new Set(lines.map(({ fromFundId }) => fromFundId)).size > 1) return "several_sources";
  const targets = new Set(lines.map(({ toFundId }) => toFundId));
  if (targets.size < lines.length) return "same_fund";
  const funds = new Map(all.map((fund) => [fund.id, fund]));
  for (const line of lines) {
    const problem = lineProblem(kind, line, funds, isAbove);
    if (problem) return problem;
  }
  const short = [...takenFen(lines)].some(
    ([id, amountFen]) => (funds.get(id)?.availableFen ?? zeroFen) < amountFen,
  );
  return short ? "not_enough" : null;
};

/** The transfers of an order: both sides of each line, under the order's voucher. Empty lines move nothing. */
export const transfersOfOrder = (
  { id, voucher, lines }: Pick<FundOrder, "id" | "voucher" | "lines">,
  booked: { readonly at: Instant; readonly by: StaffId },
): readonly Transfer[] =>
  lines.flatMap(({ fromFundId, toFundId, amountFen }, index) => {
    if (amountFen === 0) return [];
    const number = `${id}:${index + 1}`;
    const side = (fundId: FundId, kind: "allot_out" | "allot_in" | "give_back"): Transfer =>
      orderTransfer(number, voucher, { kind, fundId, amountFen, ...booked });
    if (fromFundId === null) {
      invariant(toFundId, "a line leads from somewhere to somewhere");
      return [grantTransfer(voucher, { fundId: toFundId, amountFen, ...booked })];
    }
    return toFundId === null
      ? [side(fromFundId, "give_back")]
      : [side(fromFundId, "allot_out"), side(toFundId, "allot_in")];
  });

/** All that an order moves, in fen. */
export const orderSumFen = ({ lines }: Pick<FundOrder, "lines">): Fen =>
  addFen(...lines.map(({ amountFen }) => amountFen));
