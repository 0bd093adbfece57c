/** What an approver's list shows of each waiting case, and what the money for all of them looks like. */
import { tierAbove } from "#shared/domain/decision.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import type { Fund, FundCode } from "#shared/domain/fund.ts";
import { spendableFen } from "#shared/domain/fund-fit.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { pinTriesMax } from "#shared/domain/approval.ts";
import { flagsIn, readFirst, type ReadFirst } from "#shared/domain/read-first.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allocatedLater } from "./allocated-later.ts";
import type { AskedCase } from "./approver-queue.ts";
import { comparisonFlagsOf } from "./compare-branches.ts";
import { policyOf } from "./load.ts";
import { nearDuplicatesOf } from "./near-duplicates.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "oversight" | "policy" | "vault">;

/** A line of the list. */
export interface QueueRow extends AskedCase {
  readonly maskedName: string;
  readonly amountFen: Fen;
  readonly flags: number;
  /** Why it must be opened and decided by itself; empty for one that may be ticked. */
  readonly readFirst: readonly ReadFirst[];
}

const rowsAtOnce = 8;

/** Reads a case as closely as its own page does, so that what has an open point is never ticked. */
export const queueRow = async (uses: Uses, asked: AskedCase): Promise<QueueRow> => {
  const { application, approval } = asked;
  const [events, answers, matches, near] = await Promise.all([
    uses.cases.events(application),
    uses.cases.answers(application),
    comparisonFlagsOf(uses, application),
    nearDuplicatesOf(uses, application),
  ]);
  const othersFound = matches.length + near.filter(({ settled }) => settled === null).length;
  const policy = policyOf(uses, application);
  const isLocked = approval.pinTries >= pinTriesMax;
  return {
    ...asked,
    maskedName: maskedName(answers?.["applicantName"] ?? ""),
    amountFen: underDecisionFen(application),
    flags: flagsIn({ events, othersFound }),
    readFirst: readFirst({ application, events, policy, othersFound, isLocked }),
  };
};

export const queueRows = (uses: Uses, asked: readonly AskedCase[]): Promise<readonly QueueRow[]> =>
  inParallel(asked, rowsAtOnce, (one) => queueRow(uses, one));

/** What the cases that are decided finally here would take first from a fund, and what it has. */
export interface FundNeed {
  readonly code: FundCode;
  readonly wantedFen: Fen;
  readonly availableFen: Fen;
}

/** Of cases that go on to another tier, or whose money is shared out later, nothing is taken now. */
const takesMoneyNow = (uses: Pick<Dependencies, "policy">, { application }: AskedCase): boolean =>
  application.status === "in_approval" &&
  application.recommendation === "approve" &&
  !allocatedLater(uses.policy, application) &&
  tierAbove(application, application.amountFen, policyOf(uses, application)) === null;

/** The money situation of what waits, by the fund that is asked first. Balances move; these are of this moment. */
export const fundNeeds = (
  uses: Pick<Dependencies, "policy">,
  asked: readonly AskedCase[],
  funds: readonly Fund[],
): readonly FundNeed[] => {
  const needs = new Map<FundCode, Fen>();
  for (const one of asked.filter((each) => takesMoneyNow(uses, each))) {
    const code = one.application.fundOrder[0];
    if (!code) continue;
    needs.set(code, addFen(needs.get(code) ?? zeroFen, underDecisionFen(one.application)));
  }
  return Array.from(needs, ([code, wantedFen]) => ({
    code,
    wantedFen,
    availableFen: addFen(
      ...funds
        .filter((fund) => fund.code === code && fund.open)
        .map((fund) => spendableFen(fund, false)),
    ),
  }));
};
