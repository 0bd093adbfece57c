/** What earlier awards of a household take from a new one's limits (policy 3.5, 8.1). */
import { localDateOf, yearOf, type Instant } from "../kernel/calendar.ts";
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application, Status } from "./application.ts";
import type { AwardHistory } from "./assessment.ts";
import type { FundCode } from "./fund.ts";

/** From the last approval on, an award counts, whether or not the bank has paid it yet. */
const granted: readonly Status[] = [
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "closed",
];

const sumOf = (applications: readonly Application[]): Fen =>
  addFen(zeroFen, ...applications.map(({ amountFen }) => amountFen));

/** The history of a household at a case's day, out of its other cases. The policy year is the calendar year. */
export const awardHistoryOf = (
  application: Pick<Application, "programmeId" | "cause">,
  submittedAt: Instant,
  others: readonly Application[],
): AwardHistory => {
  const year = yearOf(localDateOf(submittedAt));
  const awards = others.filter(
    (other) =>
      granted.includes(other.status) &&
      other.submittedAt !== null &&
      yearOf(localDateOf(other.submittedAt)) === year,
  );
  const sameProgramme = awards.filter(({ programmeId }) => programmeId === application.programmeId);
  const personYearByFundFen: Partial<Record<FundCode, Fen>> = {};
  for (const { fundOrder, amountFen } of awards) {
    // From the reservation on there is one fund left in the order; a case that waits counts on its first.
    const [code] = fundOrder;
    if (code) personYearByFundFen[code] = addFen(personYearByFundFen[code] ?? zeroFen, amountFen);
  }
  return {
    householdYearFen: sumOf(awards),
    sameCauseFen:
      application.cause === null
        ? zeroFen
        : sumOf(awards.filter(({ cause }) => cause === application.cause)),
    programmeYearFen: sumOf(sameProgramme),
    programmeYearCount: sameProgramme.length,
    personYearByFundFen,
  };
};
