/**
 * When a batch may be closed: every payment is explained, every odd line is answered by a person, and the batch, the
 * bank's receipt, the payments and the ledger say the same (policy 6: batch = acceptance = items = ledger). Pure.
 */
import { addFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import { sumOfItems, type Batch, type BatchItem } from "./disbursement.ts";

/** Why a batch can't be closed yet, in the order in which somebody sees to them. */
export type OpenPoint =
  | "acceptance_missing"
  | "acceptance_differs"
  | "items_open"
  | "exceptions_open"
  | "items_differ"
  | "ledger_differs";

export const openPointTitles: Readonly<Record<OpenPoint, Text>> = {
  acceptance_missing: {
    zh: "还没有登记银行受理回执",
    en: "The bank's receipt is not entered yet",
  },
  acceptance_differs: {
    zh: "银行受理的笔数或金额与批次不符：请向银行核实；登记有误的请重新登记",
    en: "The bank took in another count or sum: ask the bank, or enter the receipt again if it was mistyped",
  },
  items_open: { zh: "还有付款没有银行结果", en: "Payments without a result from the bank" },
  exceptions_open: {
    zh: "还有异常行没有人答复",
    en: "Odd lines of returns that nobody has answered",
  },
  items_differ: { zh: "逐笔合计与批次不符", en: "The payments don't add up to the batch" },
  ledger_differs: {
    zh: "账上已付与逐笔结果不符",
    en: "What the ledger paid is not what the payments say",
  },
};

export interface Figure {
  readonly count: number;
  readonly sumFen: Fen;
}

/** The four figures of a batch. */
export interface BatchFigures {
  readonly batch: Figure;
  /** Null while no receipt is entered. */
  readonly acceptance: Figure | null;
  /** Payments that have a result. */
  readonly items: Figure;
  /** What the ledger posted for them, and what the bank refused. */
  readonly ledger: Figure;
}

/** Items whose money left the fund, whether or not it came back later. */
export const wasPaid = ({ status }: Pick<BatchItem, "status">): boolean =>
  status === "paid" || status === "returned";

const figureOf = (items: readonly BatchItem[]): Figure => ({
  count: items.length,
  sumFen: sumOfItems(items),
});

/** @param postedFen what the ledger's own transfers say was paid for the items that were paid. */
export const batchFigures = (
  batch: Batch,
  items: readonly BatchItem[],
  postedFen: Fen,
): BatchFigures => {
  const explained = items.filter(({ status }) => status !== "ready");
  const unpaid = figureOf(explained.filter((item) => !wasPaid(item)));
  const { acceptance } = batch;
  return {
    batch: { count: batch.count, sumFen: batch.sumFen },
    acceptance: acceptance && { count: acceptance.count, sumFen: acceptance.sumFen },
    items: figureOf(explained),
    ledger: {
      count: explained.filter(wasPaid).length + unpaid.count,
      sumFen: addFen(postedFen, unpaid.sumFen),
    },
  };
};

export const isSameFigure = (one: Figure | null, other: Figure): boolean =>
  one !== null && one.count === other.count && one.sumFen === other.sumFen;

/** What still keeps a batch from being closed; nothing: it may be. */
export const openPoints = (
  batch: Batch,
  items: readonly BatchItem[],
  given: { readonly postedFen: Fen; readonly exceptionsOpen: number },
): readonly OpenPoint[] => {
  const figures = batchFigures(batch, items, given.postedFen);
  const all = figureOf(items);
  const isOpen = items.some(({ status }) => status === "ready");
  return [
    ...(figures.acceptance === null ? ["acceptance_missing" as const] : []),
    ...(figures.acceptance !== null && !isSameFigure(figures.acceptance, figures.batch)
      ? ["acceptance_differs" as const]
      : []),
    ...(isOpen ? ["items_open" as const] : []),
    ...(given.exceptionsOpen > 0 ? ["exceptions_open" as const] : []),
    ...(isSameFigure(figures.batch, all) ? [] : ["items_differ" as const]),
    ...(isSameFigure(figures.items, figures.ledger) ? [] : ["ledger_differs" as const]),
  ];
};
