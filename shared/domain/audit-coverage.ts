/** How much of the ledger's money the nightly audit can explain (quality A: "explained money", 100.00 % of fen). Pure. */
import {
  movedInCycleFen,
  type Finding,
  type FindingPlace,
  type LedgerTally,
} from "./ledger-audit.ts";

/** How much of what moved in the ledger is explained. */
export interface Coverage {
  readonly movedFen: number;
  readonly explainedFen: number;
}

/**
 * Money is explained when its fund's balances follow from the transfers and nothing is found about the case it moved
 * for. What moved in a fund that a finding is about as a whole is not explained at all.
 */
export const coverageOf = (
  tally: Pick<LedgerTally, "movedFen" | "cycles">,
  findings: readonly Finding[],
): Coverage => {
  const placesOf = (kind: FindingPlace["kind"]): ReadonlySet<string> =>
    new Set(findings.filter(({ place }) => place.kind === kind).map(({ place }) => place.id));
  const [funds, cases] = [placesOf("fund"), placesOf("case")];
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
  const movedFen = sum(tally.movedFen.values());
  let unexplainedFen = sum(
    [...tally.movedFen].filter(([id]) => funds.has(id)).map(([, amount]) => amount),
  );
  for (const cycle of tally.cycles.values()) {
    if (funds.has(cycle.fundId) || !cases.has(cycle.applicationId)) continue;
    unexplainedFen += movedInCycleFen(cycle);
  }
  return { movedFen, explainedFen: movedFen - unexplainedFen };
};

/** Hundredths of a per cent, rounded down: 100.00 % is said only when every fen is explained. */
export const explainedShare = ({ movedFen, explainedFen }: Coverage): number =>
  movedFen === 0 ? 10_000 : Number((BigInt(explainedFen) * 10_000n) / BigInt(movedFen));
