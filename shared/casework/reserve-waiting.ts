/**
 * Money has come: cases that wait for it get their reservation, in the order of their programme's method. Where a
 * pot is shared by need, only who took part in an allocation moves up by itself; places and shares in proportion
 * are given by a new allocation only (policy 5).
 */
import { byNeed, perCapitaIn, type Candidate } from "#shared/domain/allocation.ts";
import { payableFen, type Application } from "#shared/domain/application.ts";
import { isAdvance } from "#shared/domain/fast-track.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { reserveWaitingFrom, type WaitingShare } from "#shared/domain/reservation.ts";
import { fundFit, passedOverCodes, reservedUnder, spendableFen } from "#shared/domain/fund-fit.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import type { ListedAllocation } from "#shared/ports/allocations.ts";
import type { CommitOutcome, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allocationPolicyFor } from "./allocated-later.ts";
import { accountLimitsOf, loadAssessment } from "./award-limits.ts";
import { fundClaimOf, mayUseReserve } from "./fund-claim.ts";
import { deliveryOf, policyOf, programmeOf } from "./load.ts";
import { casesIn } from "./queued-cases.ts";
import { signal } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  "allocations" | "archive" | "cases" | "directory" | "funds" | "workflow" | "clock" | "policy"
>;

/**
 * Sets money aside for a waiting case and tells its execution. The reservation stands whether the execution hears
 * of it now or by resume-stalled. @returns what came of it; "stale" also for a case that doesn't wait any more.
 */
export const reserveFor = async (
  uses: Omit<Uses, "allocations" | "directory" | "funds">,
  application: Application,
  share: WaitingShare & { readonly fund: Fund },
): Promise<CommitOutcome> => {
  const reserving = reserveWaitingFrom(application, share, {
    now: uses.clock.now(),
    finalNotice: programmeOf(application).finalNotice,
    policy: policyOf(uses, application),
    delivery: deliveryOf(uses, application),
  });
  if (!reserving) return "stale";
  const outcome = await uses.cases.commit({
    ...reserving,
    accountLimits: await accountLimitsOf(uses, application, share.fund),
    reservedUnder: reservedUnder(share.fund, mayUseReserve(application)),
  });
  if (outcome !== "committed") return outcome;
  const wait = await uses.cases.wait(application.id, "funds");
  if (wait) await signal(uses, reserving.step.after, wait.taskToken).catch(() => false);
  return outcome;
};

/** Balances as they were read, less what was set aside since: what can't be paid anyway isn't tried. */
interface Purse {
  readonly funds: readonly Fund[];
  readonly taken: Map<FundId, Fen>;
}

const purseOf = (funds: readonly Fund[]): Purse => ({ funds, taken: new Map() });

const reserveOne = async (
  uses: Uses,
  application: Application,
  { funds, taken }: Purse,
  mayPay: (fund: Fund) => boolean,
): Promise<boolean> => {
  const payable = payableFen(application);
  const claim = await fundClaimOf(uses, application, funds);
  const fit = fundFit(claim, funds);
  const passedOver = [...fit.passedOver];
  for (const fund of fit.funds.filter(mayPay)) {
    const takenFen = taken.get(fund.id) ?? zeroFen;
    if (spendableFen(fund, claim.mayUseReserve) - takenFen < payable) {
      passedOver.push({ fund, why: "short" });
      continue;
    }
    const paying = { ...fund, passedOver: passedOverCodes(passedOver) };
    const share = { fund: paying, amountFen: application.amountFen, allocationId: null };
    const outcome = await reserveFor(uses, application, share);
    if (outcome === "committed") taken.set(fund.id, addFen(takenFen, payable));
    if (outcome === "committed") return true;
    passedOver.push({ fund, why: outcome === "no_money" ? "short" : "person_year_used_up" });
    // Short of money here, or the person's year with this fund is used up: the next one of the order may do.
    if (outcome !== "no_money" && outcome !== "cap_exceeded") return false;
  }
  return false;
};

const waitingQueue = { kind: "status", status: "waiting_for_funds" } as const;

/** Every case that waits for money, as its own row has it, whoever applied first before the others. */
export async function* waitingCases(
  uses: Pick<Dependencies, "cases">,
  isWanted: (entry: QueueEntry) => boolean = () => true,
): AsyncGenerator<Application> {
  for await (const application of casesIn(uses, waitingQueue, isWanted)) {
    if (application.status === "waiting_for_funds") yield application;
  }
}

/** A waiting case as an allocation looks at it. P is opened for this, and goes nowhere else. */
export const candidateOf = async (
  uses: Pick<Dependencies, "cases">,
  application: Application,
): Promise<Candidate> => {
  const { id, unitId, submittedAt } = application;
  invariant(unitId && submittedAt, "a case that waits for money was sent to an office");
  const assessment = await loadAssessment(uses, application);
  return {
    applicationId: id,
    unitId,
    submittedAt,
    amountFen: payableFen(application),
    perCapitaFen: perCapitaIn(assessment?.steps ?? []),
  };
};

/** Allocations are looked back on so far: one that a case took part in is among them. */
const allocationsMax = 200;

/** Whether a case took part in an allocation of a fund and got nothing: then it moves up when money returns. */
const tookPart =
  (application: Application, allocations: readonly ListedAllocation[]) =>
  ({ id }: Fund): boolean =>
    allocations.some(
      ({ programmeId, fundId, madeAt, carriedOutAt }) =>
        programmeId === application.programmeId &&
        fundId === id &&
        carriedOutAt !== null &&
        madeAt >= application.since,
    );

/** Those whose programme ranks by need, the neediest first. */
const reserveByNeed = async (
  uses: Uses,
  ranked: readonly Application[],
  purse: Purse,
): Promise<number> => {
  if (ranked.length === 0) return 0;
  const allocations = await uses.allocations.list(allocationsMax);
  const waited = ranked.filter((application) =>
    purse.funds.some(tookPart(application, allocations)),
  );
  const candidates = await Promise.all(waited.map((application) => candidateOf(uses, application)));
  const byId = new Map<ApplicationId, Application>(waited.map((one) => [one.id, one]));
  let reserved = 0;
  for (const { applicationId } of candidates.toSorted(byNeed)) {
    const application = byId.get(applicationId);
    if (!application) continue;
    if (await reserveOne(uses, application, purse, tookPart(application, allocations))) {
      reserved += 1;
    }
  }
  return reserved;
};

/**
 * Reserves for waiting cases: advances before everything else, since they are for people who can't wait (policy 8.5
 * `er.advance`), then oldest first. A case that its funds can't pay is passed over, so that a large award doesn't keep
 * a small one waiting. @returns how many got their money.
 */
export const reserveWaiting = async (uses: Uses): Promise<number> => {
  if ((await uses.cases.queue(waitingQueue, 1)).rows.length === 0) return 0;
  const purse = purseOf(await uses.funds.all());
  let reserved = 0;
  const reserve = async (application: Application): Promise<void> => {
    if (await reserveOne(uses, application, purse, () => true)) reserved += 1;
  };
  for await (const application of waitingCases(uses, isAdvance)) {
    if (isAdvance(application)) await reserve(application);
  }
  const ranked: Application[] = [];
  for await (const application of waitingCases(uses, (entry) => !isAdvance(entry))) {
    const { method } = allocationPolicyFor(uses.policy, application);
    if (method === "need_ranked") ranked.push(application);
    if (method === "first_come") await reserve(application);
  }
  return reserved + (await reserveByNeed(uses, ranked, purse));
};
