/** What must hold of money, caps and claims after every step, in the checks' own words. */
import { countedFen } from "#shared/domain/award-account.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import { balancesOf, type Transfer } from "#shared/domain/ledger.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import { policy, sumFen, type City, type Kept } from "./world.ts";

/** A rule that was broken; its first word is the kind of rule. */
class Broken extends Error {}

export const must = (holds: boolean, rule: string): void => {
  if (!holds) throw new Broken(rule);
};

const ofKind = (transfers: readonly Transfer[], kind: Transfer["kind"]): readonly Transfer[] =>
  transfers.filter((one) => one.kind === kind);

const reservedStates: readonly Status[] = [
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
];

const payableNow = ({ fastTrack, advanceFen, amountFen }: Application): number => {
  if (fastTrack === "advance") return advanceFen ?? 0;
  return amountFen - (fastTrack === "follow_up" ? (advanceFen ?? 0) : 0);
};

/** One case's money: what is set aside is what it is to get, no more is paid than awarded, or comes back than paid. */
export const checkCaseMoney = (city: City, { application }: Kept, step: Step): void => {
  const own = [...city.transfers.values()].filter(
    ({ applicationId }) => applicationId === application.id,
  );
  const { id, cycle, status, fundId, amountFen } = application;
  const live = ofKind(own, "reserve").filter(
    ({ subject }) =>
      !own.some(
        (one) => one.subject === subject && (one.kind === "release" || one.kind === "post"),
      ),
  );
  must(live.length <= 1, "money: two live reservations");
  const isPaid = own.some(({ subject, kind }) => subject === `${id}:${cycle}` && kind === "post");
  const holds = fundId !== null && reservedStates.includes(status) && !isPaid;
  const dueFen = holds ? payableNow(application) : 0;
  must(sumFen(live) === dueFen, `money: set aside isn't what is due in ${status}`);
  const paidFen = sumFen(ofKind(own, "post"));
  const isPayment = step.event.type === "paid" || step.event.type === "advance_paid";
  must(!isPayment || paidFen <= amountFen, "money: more paid than awarded");
  must(
    !isPayment || step.event.detail["makerId"] !== step.event.detail["checkerId"],
    "money: paid by one person",
  );
  must(status !== "paid" || paidFen === amountFen, "money: paid is what was awarded");
  for (const { subject, amountFen: postedFen } of ofKind(own, "post")) {
    const back = ofKind(own, "refund").filter((one) => one.subject === subject);
    must(sumFen(back) <= postedFen, "money: more came back than was paid");
  }
};

export const checkFunds = (city: City): void => {
  const all = [...city.transfers.values()];
  for (const fund of city.funds.values()) {
    const { grantedFen, availableFen, reservedFen, paidFen } = fund;
    must(Math.min(availableFen, reservedFen, paidFen) >= 0, "money: a fund below zero");
    must(grantedFen === availableFen + reservedFen + paidFen, "money: a fund doesn't add up");
    const summed = balancesOf(all.filter(({ fundId }) => fundId === fund.id));
    const isSame = Object.entries(summed).every(
      ([name, value]) => fund[name as keyof typeof summed] === value,
    );
    must(isSame, "money: a fund isn't the sum of its transfers");
  }
};

/** What a case takes of its year, less what came back of it. */
const takenFen = (city: City, { application }: Kept): number => {
  const back = [...city.transfers.values()].filter(
    ({ applicationId, kind }) => applicationId === application.id && kind === "refund",
  );
  return Math.max(0, countedFen(application) - sumFen(back));
};

/** "file-b" and "b1" are accounts of one family. */
const familyOf = (household: string | null): string =>
  (household ?? "").replace("file-", "").slice(0, 1);

/**
 * The caps of a year: each account within its own, a family's accounts together too, and all of them what their
 * cases took. What was paid before moves with a household that changes: that is no award. Two awards prepared at
 * the same moment for two accounts of a family are found when they are paid (check-payable.ts), not here.
 */
export const checkCaps = (city: City, { before, after }: Step, isLate: boolean): void => {
  const totals = [...city.accounts].filter(([attribute]) => attribute.endsWith(" total"));
  const sumOf = (some: readonly (readonly [string, number])[]): number =>
    some.reduce((sum, [, value]) => sum + value, 0);
  const taken = city.cases.reduce((sum, kept) => sum + takenFen(city, kept), 0);
  must(sumOf(totals) === taken, "caps: the accounts aren't what the cases took");
  const isAward = before.household === after.household && countedFen(after) > countedFen(before);
  if (!isAward) return;
  const capFen = policy.householdAnnualCapFen;
  const own = totals.filter(([attribute]) => attribute.startsWith(`${after.household} `));
  must(sumOf(own) <= capFen, "caps: a household above its year");
  const family = totals.filter(([attribute]) => familyOf(attribute) === familyOf(after.household));
  must(isLate || sumOf(family) <= capFen, "caps: a family above its year");
  if (after.fundOrder[0] !== "DONATION") return;
  const year = own[0]?.[0].replace(/total$/u, "fund.DONATION") ?? "";
  const mostFen = policy.fundLimits.DONATION.perPersonYearMaxFen ?? 0;
  must((city.accounts.get(year) ?? 0) <= mostFen, "caps: a person above a fund's year");
};

const barred: readonly Status[] = [
  "draft",
  "ineligible",
  "rejected",
  "withdrawn",
  "lapsed",
  "under_appeal",
];

/** Every live case holds the household's claim, and no two of them the same. */
export const checkClaims = (city: City): void => {
  for (const { application } of city.cases) {
    if (barred.includes(application.status)) continue;
    const holds = [...city.claims.values()].some(
      ({ applicationId, released }) => applicationId === application.id && !released,
    );
    must(holds || application.recommendation === "refuse", "claims: a live case without its claim");
  }
  const live = city.cases.filter(({ application }) => !barred.includes(application.status));
  for (const [index, one] of live.entries()) {
    const twin = live
      .slice(index + 1)
      .some(
        ({ application, way }) =>
          way.id === one.way.id &&
          application.household === one.application.household &&
          application.recommendation !== "refuse" &&
          one.application.recommendation !== "refuse",
      );
    must(!twin, "claims: two live cases of one household and programme");
  }
};
