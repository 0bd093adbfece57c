/**
 * The annual audit pack (年度审计包): each fund from its opening to its closing with every kind of movement between, so
 * that it ties to the ledger to the fen. Pure; transfers come one at a time.
 */
import type { FundId } from "../kernel/ids.ts";
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Fund } from "./fund.ts";
import type { Transfer, TransferKind } from "./ledger.ts";
import { moved, noBalances, type Balances, type ReportPeriod } from "./month-ends.ts";
import { localDateOf } from "../kernel/calendar.ts";

export interface KindTotal {
  readonly count: number;
  readonly sumFen: Fen;
}

export interface FundYear {
  readonly fund: Fund;
  /** Both are sums of transfers, from the fund's first on, and so is what it must hold now. */
  readonly opening: Balances;
  readonly kinds: ReadonlyMap<TransferKind, KindTotal>;
  readonly closing: Balances;
  readonly now: Balances;
}

interface Passed {
  opening: Balances;
  closing: Balances;
  now: Balances;
  readonly kinds: Map<TransferKind, KindTotal>;
}

export interface YearPassing {
  readonly note: (transfer: Transfer) => void;
  readonly fundYear: (fund: Fund) => FundYear;
}

/** Takes in all transfers of all funds, from each fund's first until today. */
export const yearPassing = ({ from, to }: ReportPeriod): YearPassing => {
  const byFund = new Map<FundId, Passed>();
  const passedOf = (id: FundId): Passed => {
    const known = byFund.get(id);
    if (known) return known;
    const passed: Passed = {
      opening: noBalances,
      closing: noBalances,
      now: noBalances,
      kinds: new Map(),
    };
    byFund.set(id, passed);
    return passed;
  };
  return {
    note: (transfer) => {
      const day = localDateOf(transfer.at);
      const passed = passedOf(transfer.fundId);
      passed.now = moved(passed.now, transfer, 1);
      if (day > to) return;
      passed.closing = moved(passed.closing, transfer, 1);
      if (day < from) {
        passed.opening = moved(passed.opening, transfer, 1);
        return;
      }
      const known = passed.kinds.get(transfer.kind) ?? { count: 0, sumFen: zeroFen };
      passed.kinds.set(transfer.kind, {
        count: known.count + 1,
        sumFen: addFen(known.sumFen, transfer.amountFen),
      });
    },
    fundYear: (fund) => ({ fund, ...passedOf(fund.id) }),
  };
};

/** What the kinds moved of the available money; with the opening it must be the closing. */
const availableBy = (kinds: FundYear["kinds"]): number => {
  const sum = (kind: TransferKind): number => kinds.get(kind)?.sumFen ?? 0;
  return (
    sum("grant") +
    sum("allot_in") -
    sum("allot_out") -
    sum("give_back") -
    sum("reserve") +
    sum("release") +
    sum("refund")
  );
};

const balanceNames = ["grantedFen", "availableFen", "reservedFen", "paidFen"] as const;

/** Whether opening, movements and closing tie, and the whole ledger with the fund's own row: said of each fund. */
export const ties = ({ fund, opening, kinds, closing, now }: FundYear): boolean => {
  const sum = (kind: TransferKind): number => kinds.get(kind)?.sumFen ?? 0;
  const whole = addFen(closing.availableFen, closing.reservedFen, closing.paidFen);
  return (
    opening.availableFen + availableBy(kinds) === closing.availableFen &&
    opening.reservedFen + sum("reserve") - sum("release") - sum("post") === closing.reservedFen &&
    opening.paidFen + sum("post") - sum("refund") === closing.paidFen &&
    whole === closing.grantedFen &&
    balanceNames.every((name) => fund[name] === now[name])
  );
};
