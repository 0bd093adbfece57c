/** The store's conditions in memory, as adapters/dynamodb/case-commit.ts and batch-store.ts have them. */
import { noAccountLimits, type AccountLimits } from "#shared/domain/account-limits.ts";
import { accountChanges } from "#shared/domain/award-account.ts";
import type { Claim } from "#shared/domain/application.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { balanceChanges, type Transfer } from "#shared/domain/ledger.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { addFen, fen, zeroFen } from "#shared/kernel/money.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import { transferKeyOf, type Applicant, type City, type Kept } from "./world.ts";

/** A condition with what its failing means, and what is written when none fails. */
interface Part {
  readonly refused: CommitOutcome;
  readonly holds: boolean;
  readonly write: () => void;
}

const claimKeyOf = ({ household, programmeId, period, subject }: Claim): string =>
  `${household} ${programmeId} ${period} ${subject}`;

export const approvalKeyOf = (approval: {
  readonly round: number;
  readonly tier: string;
  readonly seat: number;
}): string => `${approval.round} ${approval.tier} ${approval.seat}`;

const keptOf = (city: City, { id }: Pick<Step["before"], "id">): Kept => {
  const kept = city.cases.find(({ application }) => application.id === id);
  invariant(kept, "a step is of a case of the city");
  return kept;
};

const stepPart = (city: City, step: Step): Part => {
  const kept = keptOf(city, step.before);
  return {
    refused: "stale",
    holds:
      city.without.has("version") ||
      (kept.application.version === step.before.version && kept.events.length < step.event.version),
    write: () => {
      kept.application = Object.freeze(step.after);
      kept.events.push(Object.freeze(step.event));
      kept.steps.push(step);
    },
  };
};

const claimParts = (city: City, { claims = [], releasedClaims = [] }: Commit): readonly Part[] => [
  ...claims.map((claim) => {
    const stored = city.claims.get(claimKeyOf(claim));
    return {
      refused: "claim_exists",
      holds: city.without.has("claim") || !stored || stored.released === true,
      write: () => void city.claims.set(claimKeyOf(claim), claim),
    } as const;
  }),
  ...releasedClaims.map((claim) => {
    const stored = city.claims.get(claimKeyOf(claim));
    return {
      refused: "stale",
      holds: stored?.applicationId === claim.applicationId,
      write: () => void city.claims.set(claimKeyOf(claim), { ...claim, released: true }),
    } as const;
  }),
];

const linkPart = (city: City, { usedLink, step }: Commit): readonly Part[] => {
  if (!usedLink) return [];
  const { approval, decision, at } = usedLink;
  const { approvals } = keptOf(city, step.before);
  const stored = approvals.get(approvalKeyOf(approval));
  return [
    {
      refused: "link_spent",
      holds:
        city.without.has("version") ||
        (stored?.decidedAt === null &&
          stored.linkHash === approval.linkHash &&
          stored.expiresAt > at),
      write: () =>
        void approvals.set(approvalKeyOf(approval), { ...approval, decision, decidedAt: at }),
    },
  ];
};

const transferPart = (city: City, transfer: Transfer): Part => ({
  refused: "already_done",
  holds: city.without.has("version") || !city.transfers.has(transferKeyOf(transfer)),
  write: () => void city.transfers.set(transferKeyOf(transfer), transfer),
});

/** All of one fund's transfers at once, so that none takes what another has taken. */
const balancePart = (city: City, transfer: Transfer): Part => {
  const fund = city.funds.get(transfer.fundId);
  invariant(fund, "a transfer is of a fund of the city");
  const account = `${transfer.credit}Fen` as "availableFen" | "reservedFen" | "paidFen";
  const isOpen = transfer.kind !== "reserve" || fund.open;
  const { available, reserved, paid } = balanceChanges(transfer);
  return {
    refused: "no_money",
    holds: city.without.has("money") || (isOpen && fund[account] >= transfer.amountFen),
    write: () => {
      const now = city.funds.get(fund.id) ?? fund;
      city.funds.set(fund.id, {
        ...now,
        availableFen: fen(now.availableFen + available),
        reservedFen: fen(now.reservedFen + reserved),
        paidFen: fen(now.paidFen + paid),
      });
    },
  };
};

const movementsOf = (step: Step, limits: AccountLimits | undefined) =>
  accountChanges(step).flatMap((change) => {
    invariant(limits || change.totalFen <= 0, "an award is booked under the limits of its year");
    const most = limits ?? noAccountLimits;
    const row = `${change.household} ${change.year}`;
    const entries = (kind: string, figures: object, maximum: (name: string) => number | null) =>
      Object.entries(figures).map(([name, by]: [string, number]) => ({
        attribute: `${row} ${kind}.${name}`,
        by,
        maximum: maximum(name),
      }));
    return [
      { attribute: `${row} total`, by: change.totalFen, maximum: most.householdYearMaxFen },
      ...entries("fund", change.byFundFen, (code) => most.byFundMaxFen[code as FundCode] ?? null),
      ...entries("programme", change.byProgrammeFen, () => most.programmeYearMaxFen),
      ...entries("count", change.byProgrammeCount, () => most.programmeYearCountMax),
      ...entries("cause", change.byCauseFen, () => most.causeMaxFen),
    ];
  });

const accountParts = (city: City, { step, accountLimits }: Commit): readonly Part[] =>
  movementsOf(step, accountLimits).map(({ attribute, by, maximum }) => {
    const total = (city.accounts.get(attribute) ?? 0) + by;
    return {
      refused: "cap_exceeded",
      holds: city.without.has("cap") || by <= 0 || maximum === null || total <= maximum,
      write: () => void city.accounts.set(attribute, total),
    };
  });

const refundParts = (city: City, { refunds = [] }: Commit): readonly Part[] =>
  refunds.flatMap(({ transfer, paidFen }) => {
    const post = city.transfers.get(`${transfer.subject}#post#`);
    const backFen = city.paidBack.get(transfer.subject) ?? zeroFen;
    return [
      transferPart(city, transfer),
      {
        refused: "stale",
        holds: post?.amountFen === paidFen && backFen + transfer.amountFen <= paidFen,
        write: () => void city.paidBack.set(transfer.subject, addFen(backFen, transfer.amountFen)),
      } as const,
      balancePart(city, transfer),
    ];
  });

const answersPart = (city: City, { step, answers }: Commit): readonly Part[] => {
  if (!answers) return [];
  const key = `${step.after.id} ${step.after.answersVersion}`;
  const write = () => void city.answers.set(key, answers["applicant"] as Applicant);
  return [
    { refused: "stale", holds: city.without.has("version") || !city.answers.has(key), write },
  ];
};

const written = (parts: readonly Part[]): CommitOutcome => {
  const failed = parts.find(({ holds }) => !holds);
  if (failed) return failed.refused;
  for (const { write } of parts) write();
  return "committed";
};

/** Writes a case's step with all that goes with it, or nothing. */
export const commitCase = (city: City, commit: Commit): CommitOutcome =>
  written([
    ...(commit.transfer ? [transferPart(city, commit.transfer)] : []),
    ...claimParts(city, commit),
    ...linkPart(city, commit),
    stepPart(city, commit.step),
    ...answersPart(city, commit),
    ...accountParts(city, commit),
    ...(commit.transfer ? [balancePart(city, commit.transfer)] : []),
    ...refundParts(city, commit),
  ]);

/** What a batch does to one case: the case's step and the item, and the payment where there was one. */
export interface ItemCommit {
  readonly step: Step;
  readonly item: BatchItem;
  readonly transfer?: Transfer | null;
  /** The batch to be written first, with its first item. */
  readonly opens?: Batch;
}

export const commitItem = (
  city: City,
  { step, item, transfer, opens }: ItemCommit,
): CommitOutcome => {
  const key = `${item.batchId} ${item.reference}`;
  const stored = city.items.get(key);
  return written([
    stepPart(city, step),
    {
      refused: "stale",
      holds: city.without.has("version") || (opens ? !stored : stored?.status === "ready"),
      write: () => {
        city.items.set(key, item);
        if (opens) city.batches.set(opens.id, opens);
      },
    },
    ...(transfer ? [transferPart(city, transfer), balancePart(city, transfer)] : []),
  ]);
};
