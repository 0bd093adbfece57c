/**
 * Allotment by formula (下拨, policy 5, F6): a pot is shared among offices by their filed households × local L, with
 * a reserve kept back. Exact and repeatable: the same inputs give the same lines, whoever runs it.
 */
import { invariant } from "../kernel/assert.ts";
import type { FundId, UnitId } from "../kernel/ids.ts";
import { fen, maxFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";

/** What an office counts for. */
export interface FormulaShare {
  readonly unitId: UnitId;
  /** The office's own fund, which the money goes to. */
  readonly toFundId: FundId;
  /** Households on file in the office and those below it. */
  readonly households: number;
  /** L of the place, fen a head and month. */
  readonly livingStandardFen: Fen;
}

export interface FormulaInputs {
  readonly fromFundId: FundId;
  /** What may be shared, before the reserve is kept back. */
  readonly potFen: Fen;
  /** 预留: so much stays in the fund for what can't be foreseen. */
  readonly keptBackFen: Fen;
  readonly shares: readonly FormulaShare[];
}

export interface FormulaLine extends FormulaShare {
  readonly amountFen: Fen;
}

const fenAYuan = 100n;

const weightOf = ({ households, livingStandardFen }: FormulaShare): bigint => {
  invariant(Number.isSafeInteger(households) && households >= 0, "households are counted");
  return BigInt(households) * BigInt(livingStandardFen);
};

/**
 * Whole yuan to each office by households × L. What doesn't divide goes yuan by yuan to the largest remainders, of
 * equal ones to the office first by name; parts of a yuan stay in the fund.
 */
export const allotByFormula = ({
  potFen,
  keptBackFen,
  shares,
}: FormulaInputs): readonly FormulaLine[] => {
  const wholeYuan = BigInt(maxFen(zeroFen, subtractFen(potFen, keptBackFen))) / fenAYuan;
  const weights = shares.map(weightOf);
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n) return shares.map((share) => ({ ...share, amountFen: zeroFen }));
  const parts = shares.map((share, index) => {
    const exact = wholeYuan * (weights[index] ?? 0n);
    return { share, yuan: exact / sum, remainder: exact % sum };
  });
  let left = wholeYuan - parts.reduce((total, part) => total + part.yuan, 0n);
  const extra = new Set<UnitId>();
  const byRemainder = parts.toSorted((one, other) =>
    one.remainder === other.remainder
      ? one.share.unitId < other.share.unitId
        ? -1
        : 1
      : one.remainder > other.remainder
        ? -1
        : 1,
  );
  for (const { share } of byRemainder) {
    if (left === 0n) break;
    extra.add(share.unitId);
    left -= 1n;
  }
  return parts.map(({ share, yuan }) => ({
    ...share,
    amountFen: fen(Number((yuan + (extra.has(share.unitId) ? 1n : 0n)) * fenAYuan)),
  }));
};
