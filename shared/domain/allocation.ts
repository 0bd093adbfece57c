/** Sharing a short pot by a stated method (policy 5, issue of quotas): deterministic, re-runnable by an auditor. */
import type { Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { ApplicationId, FundId, StaffId, UnitId } from "../kernel/ids.ts";
import { addFen, minFen, subtractFen, yuan, zeroFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";

export type AllocationMethod = "first_come" | "need_ranked" | "quota" | "pro_rata";

export const allocationMethodNames: Readonly<Record<AllocationMethod, Text>> = {
  first_come: { zh: "先到先得", en: "First come, first served" },
  need_ranked: { zh: "按困难程度排序", en: "By need, the greatest first" },
  quota: { zh: "按单位名额", en: "Places of each office" },
  pro_rata: { zh: "按比例分摊", en: "In proportion" },
};

/** A case that waits for money, with all that the method looks at. */
export interface Candidate {
  readonly applicationId: ApplicationId;
  /** For the method "quota": the office whose places it may take, its own or the nearest above it that has any. */
  readonly unitId: UnitId;
  readonly submittedAt: Instant;
  readonly amountFen: Fen;
  /** P, the net income a head and month in fen: the lower, the greater the need. Null where no means were tested. */
  readonly perCapitaFen: number | null;
}

export interface AllocationAward {
  readonly applicationId: ApplicationId;
  readonly amountFen: Fen;
}

/** All that decides who gets what: the same inputs give the same awards, whoever runs it. */
export interface AllocationInputs {
  readonly method: AllocationMethod;
  readonly potFen: Fen;
  readonly candidates: readonly Candidate[];
  /** Places of each unit, for the method "quota". */
  readonly quotas: Readonly<Record<string, number>>;
  /** Places that their offices left unused go to whoever still waits, in order of need (method "quota"). */
  readonly secondRound: boolean;
}

/** An allocation as it was made: with its inputs, so that it can be made again. */
export interface Allocation extends AllocationInputs {
  readonly id: string;
  readonly programmeId: string;
  readonly fundId: FundId;
  readonly awards: readonly AllocationAward[];
  readonly madeAt: Instant;
  readonly madeBy: StaffId;
  /** When every award had been tried; null while some may still be open, after a crash for instance. */
  readonly carriedOutAt: Instant | null;
}

type Order = (one: Candidate, other: Candidate) => number;

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Who applied first; the reference tells two of one moment apart. */
export const bySubmission: Order = (one, other) =>
  byText(one.submittedAt, other.submittedAt) || byText(one.applicationId, other.applicationId);

/**
 * The lowest P first. Where no means are tested, the policy helps because of what happened, whatever the income
 * (8.5 `er.level1`): such a case stands before those that were measured.
 */
export const byNeed: Order = (one, other) =>
  (one.perCapitaFen ?? -Infinity) === (other.perCapitaFen ?? -Infinity)
    ? bySubmission(one, other)
    : (one.perCapitaFen ?? -Infinity) - (other.perCapitaFen ?? -Infinity);

/** Whole awards in order while the pot lasts. One that doesn't fit is passed over and keeps none behind it waiting. */
const whileItLasts = (
  potFen: Fen,
  inOrder: readonly Candidate[],
): { readonly awards: readonly AllocationAward[]; readonly leftFen: Fen } => {
  const awards: AllocationAward[] = [];
  let leftFen = potFen;
  for (const { applicationId, amountFen } of inOrder) {
    if (amountFen > leftFen) continue;
    awards.push({ applicationId, amountFen });
    leftFen = subtractFen(leftFen, amountFen);
  }
  return { awards, leftFen };
};

/** Each office's places to its own cases by need; then, if asked for, the places left over to whoever still waits. */
const byPlaces = ({
  potFen,
  candidates,
  quotas,
  secondRound,
}: AllocationInputs): readonly AllocationAward[] => {
  const places = new Map(Object.entries(quotas));
  const inOrder = candidates.toSorted(byNeed);
  const awards: AllocationAward[] = [];
  let leftFen = potFen;
  const give = ({ applicationId, amountFen }: Candidate): boolean => {
    if (amountFen > leftFen) return false;
    awards.push({ applicationId, amountFen });
    leftFen = subtractFen(leftFen, amountFen);
    return true;
  };
  const waiting: Candidate[] = [];
  for (const candidate of inOrder) {
    const left = places.get(candidate.unitId) ?? 0;
    if (left > 0 && give(candidate)) places.set(candidate.unitId, left - 1);
    else waiting.push(candidate);
  }
  if (!secondRound) return awards;
  let unused = [...places.values()].reduce((sum, left) => sum + left, 0);
  for (const candidate of waiting) {
    if (unused > 0 && give(candidate)) unused -= 1;
  }
  return awards;
};

const fenAYuan = 100;

/**
 * Each the same part of its award, down to whole yuan; the yuan that are left over go to the largest fractions, one
 * each. Whoever's part comes to less than a yuan gets none. Big integers: pot times award passes 2^53.
 */
const inProportion = (
  potFen: Fen,
  candidates: readonly Candidate[],
): readonly AllocationAward[] => {
  const wantedFen = addFen(...candidates.map(({ amountFen }) => amountFen));
  if (wantedFen <= potFen) {
    return candidates.map(({ applicationId, amountFen }) => ({ applicationId, amountFen }));
  }
  const divisor = BigInt(wantedFen) * BigInt(fenAYuan);
  const shares = candidates.map((candidate) => {
    const product = BigInt(potFen) * BigInt(candidate.amountFen);
    return { candidate, yuans: Number(product / divisor), fraction: product % divisor };
  });
  const given = shares.reduce((sum, { yuans }) => sum + yuans, 0);
  let over = Math.floor(potFen / fenAYuan) - given;
  const more = new Set<Candidate>();
  const byFraction = shares.toSorted((one, other) =>
    one.fraction === other.fraction
      ? bySubmission(one.candidate, other.candidate)
      : one.fraction > other.fraction
        ? -1
        : 1,
  );
  for (const { candidate, yuans } of byFraction) {
    if (over <= 0) break;
    if ((yuans + 1) * fenAYuan > candidate.amountFen) continue;
    more.add(candidate);
    over -= 1;
  }
  return shares
    .map(({ candidate, yuans }) => ({
      applicationId: candidate.applicationId,
      amountFen: minFen(candidate.amountFen, yuan(yuans + (more.has(candidate) ? 1 : 0))),
    }))
    .filter(({ amountFen }) => amountFen > 0);
};

const awardsBy = (inputs: AllocationInputs): readonly AllocationAward[] => {
  const { potFen, candidates } = inputs;
  switch (inputs.method) {
    case "first_come":
      return whileItLasts(potFen, candidates.toSorted(bySubmission)).awards;
    case "need_ranked":
      return whileItLasts(potFen, candidates.toSorted(byNeed)).awards;
    case "quota":
      return byPlaces(inputs);
    case "pro_rata":
      return inProportion(potFen, candidates.toSorted(bySubmission));
  }
};

/**
 * Who gets what of a pot. The order in which candidates are given doesn't matter, nobody gets more than the award
 * that was approved, and all together never more than the pot.
 */
export const allocate = (inputs: AllocationInputs): readonly AllocationAward[] => {
  invariant(inputs.potFen >= 0, "a pot holds nothing or more");
  const ids = new Set(inputs.candidates.map(({ applicationId }) => applicationId));
  invariant(ids.size === inputs.candidates.length, "a case waits once");
  return awardsBy(inputs);
};

/** What an allocation gives in all. */
export const allocatedFen = (awards: readonly AllocationAward[]): Fen =>
  awards.reduce((sum, { amountFen }) => addFen(sum, amountFen), zeroFen);

const asText = (awards: readonly AllocationAward[]): string =>
  awards
    .map(({ applicationId, amountFen }) => `${applicationId} ${amountFen}`)
    .toSorted()
    .join("\n");

/** Makes an allocation again from the inputs that were kept with it: whether the same comes out (an auditor's check). */
export const comesOutTheSame = (allocation: Allocation): boolean =>
  asText(allocate(allocation)) === asText(allocation.awards);

/** Awards already made to each office under its places: what of a season's quotas is used up. */
export const placesLeft = (
  quotas: Readonly<Record<string, number>>,
  earlier: readonly Pick<Allocation, "candidates" | "awards">[],
): Readonly<Record<string, number>> => {
  const used = new Map<string, number>();
  for (const { candidates, awards } of earlier) {
    const awarded = new Set(awards.map(({ applicationId }) => applicationId));
    for (const { applicationId, unitId } of candidates) {
      if (awarded.has(applicationId)) used.set(unitId, (used.get(unitId) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    Object.entries(quotas).map(([unitId, places]) => [
      unitId,
      Math.max(0, places - (used.get(unitId) ?? 0)),
    ]),
  );
};

/**
 * P out of an assessment's own steps, in fen, down to the fen: what the household has left a head and month, as it was
 * measured. Null where its rules measured no means.
 */
export const perCapitaIn = (
  steps: readonly { readonly inputs: Readonly<Record<string, number | string | boolean>> }[],
): number | null => {
  for (const { inputs } of steps) {
    const { differenceFen, people } = inputs;
    if (typeof differenceFen === "number" && typeof people === "number" && people > 0) {
      return Math.floor(differenceFen / (12 * people));
    }
  }
  return null;
};
