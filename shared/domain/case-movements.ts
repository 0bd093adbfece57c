/**
 * What a period moved for each case, gathered while the ledger passes by: of 131,072 payments only their day and amount
 * stay in memory, never the transfers. Pure.
 */
import { localDateOf, type LocalDate } from "../kernel/calendar.ts";
import type { ApplicationId, FundId } from "../kernel/ids.ts";
import { addFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Transfer } from "./ledger.ts";
import type { ReportPeriod } from "./month-ends.ts";

/** What a report has to know of a transfer. */
export type ReportedTransfer = Pick<
  Transfer,
  "kind" | "applicationId" | "amountFen" | "at" | "fundId"
>;

export interface Payment {
  readonly on: LocalDate;
  readonly amountFen: Fen;
  readonly fundId: FundId;
}

/** One case within the period. */
export interface CaseMovements {
  /** Money was set aside for it. */
  readonly isApproved: boolean;
  /** What was set aside, less what was released. */
  readonly approvedFen: Fen;
  readonly payments: readonly Payment[];
  /** What came back of its payments. */
  readonly refundedFen: Fen;
}

const still: CaseMovements = {
  isApproved: false,
  approvedFen: zeroFen,
  payments: [],
  refundedFen: zeroFen,
};

const movedBy = (before: CaseMovements, { kind, amountFen, at, fundId }: ReportedTransfer) => {
  switch (kind) {
    case "reserve":
      return { ...before, isApproved: true, approvedFen: addFen(before.approvedFen, amountFen) };
    case "release":
      return { ...before, approvedFen: subtractFen(before.approvedFen, amountFen) };
    case "post":
      return {
        ...before,
        payments: [...before.payments, { on: localDateOf(at), amountFen, fundId }],
      };
    case "refund":
      return { ...before, refundedFen: addFen(before.refundedFen, amountFen) };
    default:
      return before;
  }
};

export interface MovementsPassing {
  readonly note: (transfer: ReportedTransfer) => void;
  readonly byCase: ReadonlyMap<ApplicationId, CaseMovements>;
}

/** Takes in transfers one at a time; only those of the period count. */
export const movementsIn = ({ from, to }: ReportPeriod): MovementsPassing => {
  const byCase = new Map<ApplicationId, CaseMovements>();
  return {
    byCase,
    note: (transfer) => {
      const { applicationId, at } = transfer;
      if (applicationId === null) return;
      const day = localDateOf(at);
      if (day < from || day > to) return;
      const before = byCase.get(applicationId) ?? still;
      const after = movedBy(before, transfer);
      if (after !== before) byCase.set(applicationId, after);
    },
  };
};
