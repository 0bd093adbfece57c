/**
 * What the nightly audit compares, and what it says of a difference (quality I1–I6, I8, I29). Pure: sums of transfers
 * as they pass by, the case they belong to, the household's account of the year.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, FundId } from "../kernel/ids.ts";
import { addFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import { payableFen, type Application } from "./application.ts";
import type { Fund } from "./fund.ts";
import type { Transfer } from "./ledger.ts";
import { moved, noBalances, type Balances } from "./month-ends.ts";

export type FindingCode =
  /** A balance is negative. */
  | "below_zero"
  /** Granted is not available + reserved + paid. */
  | "does_not_add_up"
  /** A balance on the fund's row is not the sum of its transfers. */
  | "differs_from_transfers"
  /** More paid and released than was reserved, or a payment without the whole of its reservation. */
  | "reservation_broken"
  /** More came back than was paid. */
  | "refund_beyond_paid"
  /** Transfers of one payment stand in two funds. */
  | "fund_mixed"
  /** A transfer names a case that isn't there. */
  | "case_missing"
  /** What the case says of its money is not what its transfers say. */
  | "case_differs"
  /** The household's account of the year is not the sum of its cases. */
  | "account_differs"
  /** What left one fund by an order is not what arrived in another. */
  | "order_differs"
  /** A household or person has more in a year, or one award is more, than the policy allows. */
  | "over_cap"
  | "batch_count"
  | "batch_sum"
  /** A batch went to the bank and has no file, or no hash of it. */
  | "batch_file"
  /** The payments are not those that were locked when the batch was assembled. */
  | "batch_lock"
  /** Maker and checker are not two people. */
  | "batch_people"
  /** The batch is closed and an item is not answered. */
  | "batch_open_item"
  /** An item says other than its case. */
  | "item_differs"
  /** One payment stands in two batches. */
  | "item_twice"
  /** An item is paid and the ledger has no such payment, or the other way round. */
  | "item_transfer";

export interface FindingPlace {
  readonly kind: "fund" | "case" | "batch";
  readonly id: string;
}

/** One difference. With its code, place and detail it is the same finding the next night. */
export interface Finding {
  readonly code: FindingCode;
  /** The fund that takes no new batch until somebody has cleared this. */
  readonly fundId: FundId;
  readonly place: FindingPlace;
  /** Which of several: a balance's name, an item's reference, a fund's code. "" where there is one only. */
  readonly detail: string;
  /** Amounts are in fen. */
  readonly unit: "fen" | "count" | "word";
  readonly expected: number | string;
  readonly found: number | string;
}

/** Sums of one case's payment, by the kind of transfer. */
export interface CycleSums {
  readonly applicationId: ApplicationId;
  readonly fundId: FundId;
  readonly isMixed: boolean;
  /** The latest of its transfers. */
  readonly lastAt: Instant;
  readonly reservedFen: Fen;
  readonly releasedFen: Fen;
  readonly postedFen: Fen;
  readonly refundedFen: Fen;
}

const caseBalances = {
  reserve: "reservedFen",
  release: "releasedFen",
  post: "postedFen",
  refund: "refundedFen",
} as const satisfies Partial<Record<Transfer["kind"], keyof CycleSums>>;

type CaseKind = keyof typeof caseBalances;

const isOfCase = (
  transfer: Transfer,
): transfer is Transfer & { readonly kind: CaseKind; readonly applicationId: ApplicationId } =>
  transfer.applicationId !== null && Object.hasOwn(caseBalances, transfer.kind);

/** A case's payment with one more of its transfers counted in. */
export const cycleWith = (before: CycleSums | undefined, transfer: Transfer): CycleSums | null => {
  if (!isOfCase(transfer)) return null;
  const { applicationId, fundId, kind, amountFen, at } = transfer;
  const sums: CycleSums = before ?? {
    applicationId,
    fundId,
    isMixed: false,
    lastAt: at,
    reservedFen: zeroFen,
    releasedFen: zeroFen,
    postedFen: zeroFen,
    refundedFen: zeroFen,
  };
  const name = caseBalances[kind];
  return {
    ...sums,
    isMixed: sums.isMixed || sums.fundId !== fundId,
    lastAt: at > sums.lastAt ? at : sums.lastAt,
    [name]: addFen(sums[name], amountFen),
  };
};

/** What is set aside for a payment and neither paid nor given back. */
export const openFen = ({ reservedFen, releasedFen, postedFen }: CycleSums): Fen =>
  subtractFen(subtractFen(reservedFen, releasedFen), postedFen);

/** How much a payment moved in all; what an unexplained one leaves unexplained. */
export const movedInCycleFen = (sums: CycleSums): number =>
  sums.reservedFen + sums.releasedFen + sums.postedFen + sums.refundedFen;

/** What is wrong with one payment by its transfers alone. */
export const cycleFinding = (sums: CycleSums): Finding | null => {
  const { applicationId, fundId, isMixed, reservedFen, releasedFen, postedFen, refundedFen } = sums;
  const found = (
    code: FindingCode,
    expected: number | string,
    is: number | string,
    unit: Finding["unit"] = "fen",
  ): Finding => ({
    code,
    fundId,
    place: { kind: "case", id: applicationId },
    detail: "",
    unit,
    expected,
    found: is,
  });
  if (isMixed) return found("fund_mixed", 1, 2, "count");
  const resolvedFen = addFen(releasedFen, postedFen);
  const isWhole = postedFen === 0 || resolvedFen === reservedFen;
  if (resolvedFen > reservedFen || !isWhole) {
    return found("reservation_broken", reservedFen, resolvedFen);
  }
  return refundedFen > postedFen ? found("refund_beyond_paid", postedFen, refundedFen) : null;
};

/** States in which money is set aside for a case that names a fund (policy 5: reserved with the last decision). */
const holding: readonly Application["status"][] = [
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
];

/** What must be set aside for a case as it stands. */
export const heldFen = (application: Application): Fen =>
  application.fundId !== null && holding.includes(application.status)
    ? payableFen(application)
    : zeroFen;

/** What a case says of its money against its transfers, all cycles of it. */
export const caseFinding = (
  application: Application,
  cycles: readonly CycleSums[],
): Finding | null => {
  const [first] = cycles;
  if (!first) return null;
  const differs = (detail: string, expected: Fen, found: Fen): Finding => ({
    code: "case_differs",
    fundId: application.fundId ?? first.fundId,
    place: { kind: "case", id: application.id },
    detail,
    unit: "fen",
    expected,
    found,
  });
  const setAsideFen = addFen(...cycles.map(openFen));
  if (setAsideFen !== heldFen(application)) {
    return differs("reserved", setAsideFen, heldFen(application));
  }
  // What came back after a success (退票) was paid anew in a later cycle: it counts once.
  const paidFen = addFen(
    ...cycles.map(({ postedFen, refundedFen }) => subtractFen(postedFen, refundedFen)),
  );
  return application.status === "paid" && paidFen !== application.amountFen
    ? differs("paid", paidFen, application.amountFen)
    : null;
};

const balanceNames = ["granted", "available", "reserved", "paid"] as const;

/** What is wrong with a fund's row: by itself first, then against the sum of its transfers. */
export const fundFindings = (fund: Fund, replayed: Balances): readonly Finding[] => {
  const finding = (
    code: FindingCode,
    detail: string,
    expected: number,
    found: number,
  ): Finding => ({
    code,
    fundId: fund.id,
    place: { kind: "fund", id: fund.id },
    detail,
    unit: "fen",
    expected,
    found,
  });
  const below = balanceNames.filter((name) => fund[`${name}Fen`] < 0);
  if (below.length > 0) {
    return below.map((name) =>
      finding("below_zero", name, replayed[`${name}Fen`], fund[`${name}Fen`]),
    );
  }
  const sumFen = addFen(fund.availableFen, fund.reservedFen, fund.paidFen);
  if (sumFen !== fund.grantedFen) return [finding("does_not_add_up", "", fund.grantedFen, sumFen)];
  return balanceNames
    .filter((name) => fund[`${name}Fen`] !== replayed[`${name}Fen`])
    .map((name) =>
      finding("differs_from_transfers", name, replayed[`${name}Fen`], fund[`${name}Fen`]),
    );
};

/** Money between two funds, by the line of the order that moved it. */
export interface OrderSums {
  readonly fundId: FundId;
  readonly outFen: Fen;
  readonly inFen: Fen;
}

const orderWith = (before: OrderSums | undefined, transfer: Transfer): OrderSums | null => {
  const { kind, fundId, amountFen } = transfer;
  if (kind !== "allot_out" && kind !== "allot_in") return null;
  const sums = before ?? { fundId, outFen: zeroFen, inFen: zeroFen };
  return kind === "allot_out"
    ? { ...sums, fundId, outFen: addFen(sums.outFen, amountFen) }
    : { ...sums, inFen: addFen(sums.inFen, amountFen) };
};

/** Lines of orders by which more or less arrived than had left. */
export const orderFindings = (orders: ReadonlyMap<string, OrderSums>): readonly Finding[] =>
  [...orders]
    .filter(([, { outFen, inFen }]) => outFen !== inFen)
    .map(([subject, { fundId, outFen, inFen }]) => ({
      code: "order_differs",
      fundId,
      place: { kind: "fund", id: fundId },
      detail: subject,
      unit: "fen",
      expected: outFen,
      found: inFen,
    }));

/** Everything that passing through the ledger once has come to. */
export interface LedgerTally {
  readonly note: (transfer: Transfer) => void;
  readonly balances: ReadonlyMap<FundId, Balances>;
  /** All that moved in a fund, in fen; may be far more than the fund ever held. */
  readonly movedFen: ReadonlyMap<FundId, number>;
  /** By subject: application and cycle. */
  readonly cycles: ReadonlyMap<string, CycleSums>;
  /** Money between funds, by subject: an order's line. */
  readonly orders: ReadonlyMap<string, OrderSums>;
  readonly count: () => number;
}

/** Counts transfers as they pass by: nothing is kept of them but sums for each fund and payment. */
export const ledgerTally = (): LedgerTally => {
  const balances = new Map<FundId, Balances>();
  const movedFen = new Map<FundId, number>();
  const cycles = new Map<string, CycleSums>();
  const orders = new Map<string, OrderSums>();
  let count = 0;
  return {
    balances,
    movedFen,
    cycles,
    orders,
    count: () => count,
    note: (transfer) => {
      const { fundId, subject, amountFen } = transfer;
      count += 1;
      balances.set(fundId, moved(balances.get(fundId) ?? noBalances, transfer, 1));
      movedFen.set(fundId, (movedFen.get(fundId) ?? 0) + amountFen);
      const cycle = cycleWith(cycles.get(subject), transfer);
      if (cycle) cycles.set(subject, cycle);
      const order = orderWith(orders.get(subject), transfer);
      if (order) orders.set(subject, order);
    },
  };
};
