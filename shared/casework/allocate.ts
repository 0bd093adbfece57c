/**
 * Sharing a short pot at the desk (policy 5): who waits, what the method gives each, and carrying it out award by
 * award. An allocation is kept with its inputs before the first award moves, so that a run that is cut off is taken
 * up where it stopped, and an auditor can make it again.
 */
import {
  allocate,
  byNeed,
  bySubmission,
  placesLeft,
  type Allocation,
  type AllocationInputs,
  type AllocationAward,
  type Candidate,
} from "#shared/domain/allocation.ts";
import { payableFen, type Application, type Status } from "#shared/domain/application.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { spendableFen, termsRefuse } from "#shared/domain/fund-fit.ts";
import { branchAbove } from "#shared/domain/acceptance.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import type { AllocationPolicy } from "#shared/domain/policy.ts";
import { allocationPolicyOf } from "#shared/domain/policy-pack.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { subtractFen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allocatedLater } from "./allocated-later.ts";
import { fundClaimOf } from "./fund-claim.ts";
import { candidateOf, reserveFor, waitingCases } from "./reserve-waiting.ts";

type Uses = Pick<
  Dependencies,
  "allocations" | "archive" | "cases" | "funds" | "directory" | "workflow" | "clock" | "policy"
>;

const readsAtOnce = 16;
const earlierMax = 200;

/** How a programme shares its money today. */
export const allocationPolicyToday = (
  { policy, clock }: Pick<Uses, "policy" | "clock">,
  programmeId: string,
): AllocationPolicy => allocationPolicyOf(policy, programmeId, localDateOf(clock.now()));

/** The cases of a programme that wait for an allocation, whoever applied first before the others. */
const awaitingAllocation = async (
  uses: Pick<Uses, "cases" | "policy">,
  programmeId: string,
): Promise<readonly Application[]> => {
  const waiting: Application[] = [];
  for await (const application of waitingCases(uses)) {
    const isMeant = application.programmeId === programmeId;
    if (isMeant && allocatedLater(uses.policy, application)) waiting.push(application);
  }
  return waiting;
};

/** The waiting list of a programme in the order in which its method looks at it. */
export const waitingInOrder = async (
  uses: Pick<Uses, "cases" | "policy" | "clock">,
  programmeId: string,
): Promise<readonly Candidate[]> => {
  const { method } = allocationPolicyToday(uses, programmeId);
  const waiting: Application[] = [];
  for await (const application of waitingCases(uses)) {
    if (application.programmeId === programmeId) waiting.push(application);
  }
  const candidates = await inParallel(waiting, readsAtOnce, (application) =>
    candidateOf(uses, application),
  );
  return candidates.toSorted(
    method === "need_ranked" || method === "quota" ? byNeed : bySubmission,
  );
};

/** The office whose places a case takes: its own, or the nearest above it that was given some. */
const placedUnit = (
  organisation: Organisation,
  unitId: UnitId,
  quotas: AllocationPolicy["quotas"],
): UnitId =>
  branchAbove(organisation, unitId).find(({ id }) => Object.hasOwn(quotas, id))?.id ?? unitId;

/** An award that came to nothing gives its place back to its office. */
const endedWithout: readonly Status[] = ["withdrawn", "lapsed", "rejected", "ineligible"];

/** What of the policy year's places is left after earlier allocations of the programme. */
const placesNow = async (
  uses: Pick<Uses, "allocations" | "cases" | "clock">,
  programmeId: string,
  quotas: AllocationPolicy["quotas"],
): Promise<AllocationPolicy["quotas"]> => {
  const year = yearOf(localDateOf(uses.clock.now()));
  const listed = await uses.allocations.list(earlierMax);
  const ofYear = listed.filter(
    (one) =>
      one.programmeId === programmeId &&
      one.method === "quota" &&
      yearOf(localDateOf(one.madeAt)) === year,
  );
  const earlier = await Promise.all(ofYear.map(({ id }) => uses.allocations.get(id)));
  const standing = await Promise.all(
    earlier
      .filter((one) => one !== null)
      .map(async ({ candidates, awards }) => {
        const stand = await inParallel(awards, readsAtOnce, async ({ applicationId }) => {
          const application = await uses.cases.get(applicationId);
          return application !== null && !endedWithout.includes(application.status);
        });
        return { candidates, awards: awards.filter((_award, index) => stand[index]) };
      }),
  );
  return placesLeft(quotas, standing);
};

/** What is asked for: whose pot is shared among whom. */
export interface AllocationAsked {
  readonly programmeId: string;
  readonly fund: Fund;
  readonly secondRound: boolean;
}

/** Those of a list whose award this fund may pay by its kind and its terms. */
const payableFrom = async (
  uses: Uses,
  waiting: readonly Application[],
  fund: Fund,
): Promise<readonly Application[]> => {
  const ofCode = waiting.filter(({ fundOrder }) => fundOrder.includes(fund.code));
  const refusals = await inParallel(ofCode, readsAtOnce, async (application) =>
    termsRefuse(fund, await fundClaimOf(uses, application, [fund])),
  );
  return ofCode.filter((_application, index) => refusals[index] === null);
};

/** All that an allocation would look at now. Reads every waiting case of the programme, and opens their P. */
export const allocationInputs = async (
  uses: Uses,
  { programmeId, fund, secondRound }: AllocationAsked,
): Promise<AllocationInputs> => {
  const { method, quotas } = allocationPolicyToday(uses, programmeId);
  const waiting = await awaitingAllocation(uses, programmeId);
  const payable = await payableFrom(uses, waiting, fund);
  const organisation = await uses.directory.organisation();
  const candidates = await inParallel(
    payable,
    readsAtOnce,
    async (application): Promise<Candidate> => {
      const candidate = await candidateOf(uses, application);
      if (method !== "quota") return candidate;
      return { ...candidate, unitId: placedUnit(organisation, candidate.unitId, quotas) };
    },
  );
  return {
    method,
    potFen: spendableFen(fund, false),
    candidates,
    quotas: method === "quota" ? await placesNow(uses, programmeId, quotas) : {},
    secondRound: method === "quota" && secondRound,
  };
};

/** Sets one award's money aside, unless it has it, or has left the list since the allocation. */
const carryOutOne = async (
  uses: Uses,
  { id, fundId, madeAt }: Pick<Allocation, "id" | "fundId" | "madeAt">,
  award: AllocationAward,
  fund: Fund,
): Promise<void> => {
  const application = await uses.cases.get(award.applicationId);
  // A case that came back to the list later waits by another decision, for another allocation.
  if (application?.status !== "waiting_for_funds" || application.since > madeAt) return;
  invariant(fund.id === fundId, "an allocation shares one fund");
  const withheldFen = subtractFen(payableFen(application), award.amountFen);
  if (withheldFen < 0) return;
  const amountFen = subtractFen(application.amountFen, withheldFen);
  // Refused for money or a cap: the case stays on the list, and the next allocation looks at it again.
  await reserveFor(uses, application, { fund, amountFen, allocationId: id });
};

/**
 * Carries out an allocation: each award by a transaction of its own. Run again it does what is left, and then
 * nothing. @param awardsMax stops after so many; the job goes on with the rest. @returns whether all were tried.
 */
export const carryOut = async (
  uses: Uses,
  allocation: Allocation,
  awardsMax: number = Number.POSITIVE_INFINITY,
): Promise<boolean> => {
  if (allocation.carriedOutAt !== null) return true;
  const fund = await uses.funds.get(allocation.fundId);
  invariant(fund, "a fund is never taken away");
  const tried = allocation.awards.slice(0, awardsMax);
  for (const award of tried) await carryOutOne(uses, allocation, award, fund);
  if (tried.length < allocation.awards.length) return false;
  await uses.allocations.markCarriedOut(allocation.id, uses.clock.now());
  return true;
};

/**
 * Makes an allocation of what was previewed, and keeps it before any award moves. Made under the same id before,
 * that one stands. @returns it as it is kept.
 */
export const makeAllocation = async (
  uses: Uses,
  asked: AllocationAsked,
  inputs: AllocationInputs,
  made: { readonly id: string; readonly by: StaffId },
): Promise<Allocation> => {
  const allocation: Allocation = {
    ...inputs,
    id: made.id,
    programmeId: asked.programmeId,
    fundId: asked.fund.id,
    awards: allocate(inputs),
    madeAt: uses.clock.now(),
    madeBy: made.by,
    carriedOutAt: null,
  };
  if (await uses.allocations.put(allocation)) return allocation;
  const kept = await uses.allocations.get(made.id);
  invariant(kept, "an allocation whose number is taken is kept");
  return kept;
};

/** Goes on with allocations that were cut off, the oldest first. @returns how many were finished. */
export const resumeAllocations = async (uses: Uses): Promise<number> => {
  const listed = await uses.allocations.list(earlierMax);
  let finished = 0;
  for (const { id } of listed.filter(({ carriedOutAt }) => carriedOutAt === null).toReversed()) {
    const allocation = await uses.allocations.get(id);
    if (allocation && (await carryOut(uses, allocation))) finished += 1;
  }
  return finished;
};
