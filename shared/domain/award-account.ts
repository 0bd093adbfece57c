/**
 * The household's account of a policy year (policy 3.5, 8.1): what it was granted, in all and by fund, programme
 * and cause. It moves in the transaction that moves the case, so that two programmes approved for one household
 * at the same moment can't pass a cap together.
 */
import { localDateOf, yearOf } from "../kernel/calendar.ts";
import type { BlindIndex } from "../kernel/ids.ts";
import { fen, maxFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application, Status } from "./application.ts";
import type { AwardHistory } from "./assessment.ts";
import type { FundCode } from "./fund.ts";
import type { Step } from "./lifecycle.ts";

/** All figures in fen, of one household and calendar year. */
export interface AwardAccount {
  readonly totalFen: Fen;
  readonly byFundFen: Readonly<Partial<Record<FundCode, Fen>>>;
  readonly byProgrammeFen: Readonly<Record<string, Fen>>;
  /** Cases with an award, by programme. */
  readonly byProgrammeCount: Readonly<Record<string, number>>;
  readonly byCauseFen: Readonly<Record<string, Fen>>;
}

export const emptyAccount: AwardAccount = {
  totalFen: zeroFen,
  byFundFen: {},
  byProgrammeFen: {},
  byProgrammeCount: {},
  byCauseFen: {},
};

/** How an account moves by a step; figures are signed. */
export interface AccountChange extends AwardAccount {
  readonly household: BlindIndex;
  readonly year: number;
}

/** From the reservation on an award counts, whether or not the bank has paid it yet; ended without money, not. */
const holding: readonly Status[] = [
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "recovery_due",
  "closed",
];

type Counted = Pick<Application, "status" | "fundId" | "amountFen" | "advanceFen" | "fastTrack">;

/**
 * What a case takes of its household's year. The notice of a base office comes before the decision: there no fund
 * is named yet, and nothing counts. On the fast track the advance counts first, then the whole award.
 */
export const countedFen = (application: Counted): Fen => {
  const { status, fundId, amountFen, fastTrack } = application;
  const advanceFen = application.advanceFen ?? zeroFen;
  const holdsFund = fundId !== null && holding.includes(status);
  if (fastTrack === "advance") return holdsFund ? advanceFen : zeroFen;
  const counts = status === "waiting_for_funds" || holdsFund;
  if (counts) return amountFen;
  return fastTrack === "follow_up" ? advanceFen : zeroFen;
};

type Booked = Omit<AccountChange, "household" | "year">;

/** A case's part of its account. Until the reservation names the fund, it counts on the first of its order. */
const partOf = (application: Application, amountFen: Fen): Booked => {
  if (amountFen === 0) return emptyAccount;
  const { programmeId, cause, fundOrder } = application;
  const [code] = fundOrder;
  return {
    totalFen: amountFen,
    byFundFen: code ? { [code]: amountFen } : {},
    byProgrammeFen: { [programmeId]: amountFen },
    byProgrammeCount: { [programmeId]: 1 },
    byCauseFen: cause === null ? {} : { [cause]: amountFen },
  };
};

const lessBy = <Key extends string>(
  after: Readonly<Partial<Record<Key, number>>>,
  before: Readonly<Partial<Record<Key, number>>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ([...new Set([...Object.keys(before), ...Object.keys(after)])] as Key[])
      .map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)] as const)
      .filter(([, change]) => change !== 0),
  );

const difference = (after: Booked, before: Booked): Booked => ({
  totalFen: fen(after.totalFen - before.totalFen),
  byFundFen: lessBy(after.byFundFen, before.byFundFen) as Booked["byFundFen"],
  byProgrammeFen: lessBy(after.byProgrammeFen, before.byProgrammeFen) as Booked["byProgrammeFen"],
  byProgrammeCount: lessBy(after.byProgrammeCount, before.byProgrammeCount),
  byCauseFen: lessBy(after.byCauseFen, before.byCauseFen) as Booked["byCauseFen"],
});

const isNothing = (change: Booked): boolean =>
  [change.byFundFen, change.byProgrammeFen, change.byProgrammeCount, change.byCauseFen].every(
    (changes) => Object.keys(changes).length === 0,
  ) && change.totalFen === 0;

/** Money that was paid and is to come back counts until it has come back, and then by what came. */
const countedAfter = ({ before, after, event }: Step): Fen => {
  const countedBefore = countedFen(before);
  if (after.status === "recovery_due" || before.status === "recovery_due") {
    const returned = event.type === "recovered" ? event.detail["amountFen"] : 0;
    const returnedFen = typeof returned === "number" ? fen(returned) : countedBefore;
    return maxFen(zeroFen, subtractFen(countedBefore, returnedFen));
  }
  return countedFen(after);
};

const accountOf = ({ household, submittedAt }: Application): string | null =>
  household === null || submittedAt === null
    ? null
    : `${household} ${yearOf(localDateOf(submittedAt))}`;

const changeOf = (application: Application, booked: Booked): readonly AccountChange[] => {
  const { household, submittedAt } = application;
  if (household === null || submittedAt === null || isNothing(booked)) return [];
  return [{ ...booked, household, year: yearOf(localDateOf(submittedAt)) }];
};

/** How the accounts move by a step: not at all for most, one account's figures for an award or its return. */
export const accountChanges = (step: Step): readonly AccountChange[] => {
  const { before, after } = step;
  const [gone, come] = [partOf(before, countedFen(before)), partOf(after, countedAfter(step))];
  if (accountOf(before) === accountOf(after)) return changeOf(after, difference(come, gone));
  // The household changed while an advance counts: it leaves one account and enters the other.
  return [...changeOf(before, difference(emptyAccount, gone)), ...changeOf(after, come)];
};

const withoutPart = (account: AwardAccount, part: Booked): AwardAccount => {
  const { byFundFen, byProgrammeFen, byProgrammeCount, byCauseFen } = account;
  return {
    totalFen: subtractFen(account.totalFen, part.totalFen),
    byFundFen: lessBy(byFundFen, part.byFundFen) as AwardAccount["byFundFen"],
    byProgrammeFen: lessBy(byProgrammeFen, part.byProgrammeFen) as AwardAccount["byProgrammeFen"],
    byProgrammeCount: lessBy(byProgrammeCount, part.byProgrammeCount),
    byCauseFen: lessBy(byCauseFen, part.byCauseFen) as AwardAccount["byCauseFen"],
  };
};

/** The account without what this case itself counts in it. */
export const accountWithout = (account: AwardAccount, application: Application): AwardAccount =>
  withoutPart(account, partOf(application, countedFen(application)));

/** What the other awards of the household take from this case's limits. */
export const historyIn = (account: AwardAccount, application: Application): AwardHistory => {
  const others = accountWithout(account, application);
  const { programmeId, cause } = application;
  return {
    householdYearFen: others.totalFen,
    sameCauseFen: (cause === null ? null : others.byCauseFen[cause]) ?? zeroFen,
    programmeYearFen: others.byProgrammeFen[programmeId] ?? zeroFen,
    programmeYearCount: others.byProgrammeCount[programmeId] ?? 0,
    personYearByFundFen: others.byFundFen,
  };
};

/** Sums of several accounts' figures, for checking a row against its cases. */
export const addAccounts = (one: AwardAccount, other: AwardAccount): AwardAccount =>
  withoutPart(one, difference(emptyAccount, other));

/** What the cases of one household and year come to: what its row must say (quality I3, for accounts). */
export const accountFrom = (applications: readonly Application[]): AwardAccount =>
  applications.reduce(
    (account, application) => addAccounts(account, partOf(application, countedFen(application))),
    emptyAccount,
  );
