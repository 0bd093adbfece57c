/**
 * Figures of a period for finance, audit and the office above (policy 8.6, monthly and quarterly reports): what came
 * in, what was decided, what was paid, how long it took. Pure; counted from the ledger and from where cases stand.
 */
import {
  addDays,
  isWorkingDay,
  localDateOf,
  type CalendarAdditions,
  type Instant,
  type LocalDate,
} from "../kernel/calendar.ts";
import type { ApplicationId } from "../kernel/ids.ts";
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application, Status } from "./application.ts";
import type { CaseMovements } from "./case-movements.ts";
import type { ReportPeriod } from "./month-ends.ts";

/** What a report has to know of a case; whichever list it stands in tells that much. */
export interface ReportedCase extends Pick<
  Application,
  "status" | "programmeId" | "unitId" | "since"
> {
  readonly applicationId: ApplicationId;
  readonly submittedAt: Instant;
}

/**
 * Counts of a period. Received: sent in it. Approved: money was set aside in it, each case once. Refused, withdrawn,
 * lapsed: ended in it. Paid: payments, since the fast track pays one case twice. Waiting and returned (with the
 * applicant for papers, part of the waiting): as it stands today. What was approved is net of what was released.
 */
export interface ReportCounts {
  readonly received: number;
  readonly approved: number;
  readonly approvedFen: Fen;
  readonly refused: number;
  readonly withdrawn: number;
  readonly lapsed: number;
  readonly paid: number;
  readonly paidFen: Fen;
  readonly waiting: number;
  readonly returned: number;
}

const noCounts: ReportCounts = {
  received: 0,
  approved: 0,
  approvedFen: zeroFen,
  refused: 0,
  withdrawn: 0,
  lapsed: 0,
  paid: 0,
  paidFen: zeroFen,
  waiting: 0,
  returned: 0,
};

/** Working days of several cases; median and P90 by nearest rank, so that each is a number that really occurred. */
export interface Days {
  readonly count: number;
  readonly average: number;
  readonly median: number;
  readonly p90: number;
  readonly worst: number;
}

/** @returns null of no days at all. */
export const daysOf = (workingDays: readonly number[]): Days | null => {
  const sorted = workingDays.toSorted((a, b) => a - b);
  const count = sorted.length;
  const rank = (share: number): number => sorted[Math.ceil(share * count) - 1] ?? 0;
  if (count === 0) return null;
  const sum = sorted.reduce((total, days) => total + days, 0);
  return { count, average: sum / count, median: rank(0.5), p90: rank(0.9), worst: rank(1) };
};

/** The last working day of each age, the oldest without end: 0–5, 6–10, 11–20, more. */
const ageLimits = [5, 10, 20] as const;

export const ageOf = (workingDays: number): number => {
  const index = ageLimits.findIndex((limit) => workingDays <= limit);
  return index === -1 ? ageLimits.length : index;
};

/** Ended for the applicant; all other states wait for somebody. */
const endings: Readonly<Partial<Record<Status, "refused" | "withdrawn" | "lapsed" | "paid">>> = {
  ineligible: "refused",
  rejected: "refused",
  withdrawn: "withdrawn",
  lapsed: "lapsed",
  paid: "paid",
  closed: "paid",
};

/**
 * Working days between two days, the first not counted, as `workingDaysBetween` counts them; each day is looked up
 * once, since a report asks for thousands of spans within one year.
 */
export const workingDayCounter = (
  additions: CalendarAdditions,
): ((from: LocalDate, to: LocalDate) => number) => {
  const counted = new Map<LocalDate, Map<LocalDate, number>>();
  const isWorking = new Map<LocalDate, boolean>();
  const works = (day: LocalDate): boolean => {
    const known = isWorking.get(day) ?? isWorkingDay(day, additions);
    isWorking.set(day, known);
    return known;
  };
  return (from, to) => {
    const ofDay = counted.get(from) ?? new Map<LocalDate, number>();
    counted.set(from, ofDay);
    const known = ofDay.get(to);
    if (known !== undefined) return known;
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (works(day)) count += 1;
    ofDay.set(to, count);
    return count;
  };
};

export interface Report {
  readonly total: ReportCounts;
  readonly byProgramme: ReadonlyMap<string, ReportCounts>;
  readonly byUnit: ReadonlyMap<string, ReportCounts>;
  /** Cases that wait, by state: how many of each age, counted from the day they were sent. */
  readonly ages: ReadonlyMap<Status, readonly number[]>;
  /** How long the waiting have waited since they were sent. */
  readonly waitingDays: Days | null;
  /** From sending to each payment of the period. */
  readonly paidDays: Days | null;
  readonly paidDaysByProgramme: ReadonlyMap<string, Days>;
}

export interface ReportInput {
  readonly period: ReportPeriod;
  readonly today: LocalDate;
  readonly calendar: CalendarAdditions;
  /** Every case that is under way or has ended since the period began, in scope or not; each once. */
  readonly cases: ReadonlyMap<ApplicationId, ReportedCase>;
  /** What the period moved for each case (`movementsIn`). */
  readonly movements: ReadonlyMap<ApplicationId, CaseMovements>;
  /** Whether a case belongs to the offices and the programme that were asked for; undefined is a case nobody knows. */
  readonly isWanted: (reported: ReportedCase | undefined) => boolean;
}

type Tally = { -readonly [Name in keyof ReportCounts]: ReportCounts[Name] };

/** What stands for the programme or the office of a payment whose case is in no list any more. */
export const unknownGroup = "";

interface Tallies {
  readonly total: Tally;
  readonly byProgramme: Map<string, Tally>;
  readonly byUnit: Map<string, Tally>;
}

const talliesOf = (tallies: Tallies, reported: ReportedCase | undefined): readonly Tally[] => {
  const within = (map: Map<string, Tally>, key: string): Tally => {
    const tally = map.get(key) ?? { ...noCounts };
    map.set(key, tally);
    return tally;
  };
  return [
    tallies.total,
    within(tallies.byProgramme, reported?.programmeId ?? unknownGroup),
    within(tallies.byUnit, reported?.unitId ?? unknownGroup),
  ];
};

const within = ({ from, to }: ReportPeriod, day: LocalDate): boolean => day >= from && day <= to;

interface Standing {
  readonly ages: Map<Status, number[]>;
  readonly waitingDays: number[];
}

/** Where the cases stand: received and ended in the period, waiting today. */
const countCases = (
  { period, today, cases, isWanted }: ReportInput,
  workingDays: (from: LocalDate, to: LocalDate) => number,
  tallies: Tallies,
): Standing => {
  const ages = new Map<Status, number[]>();
  const waitingDays: number[] = [];
  for (const reported of cases.values()) {
    if (!isWanted(reported)) continue;
    const sentOn = localDateOf(reported.submittedAt);
    const ending = endings[reported.status];
    const isReceived = within(period, sentOn);
    const hasEnded = within(period, localDateOf(reported.since));
    for (const tally of talliesOf(tallies, reported)) {
      if (isReceived) tally.received += 1;
      if (ending === undefined) tally.waiting += 1;
      else if (ending !== "paid" && hasEnded) tally[ending] += 1;
      if (reported.status === "needs_information") tally.returned += 1;
    }
    if (ending !== undefined) continue;
    const days = workingDays(sentOn, today);
    waitingDays.push(days);
    const counts = ages.get(reported.status) ?? [...ageLimits, 0].map(() => 0);
    counts[ageOf(days)] = (counts[ageOf(days)] ?? 0) + 1;
    ages.set(reported.status, counts);
  }
  return { ages, waitingDays };
};

/** What the ledger says of the period: each payment, and each case that money was set aside for. */
const countMovements = (
  { cases, movements, isWanted }: ReportInput,
  workingDays: (from: LocalDate, to: LocalDate) => number,
  tallies: Tallies,
): ReadonlyMap<string, readonly number[]> => {
  const paidDays = new Map<string, number[]>();
  for (const [applicationId, { isApproved, approvedFen, payments }] of movements) {
    const reported = cases.get(applicationId);
    if (!isWanted(reported)) continue;
    const paidFen = addFen(zeroFen, ...payments.map(({ amountFen }) => amountFen));
    for (const tally of talliesOf(tallies, reported)) {
      if (isApproved) tally.approved += 1;
      tally.approvedFen = addFen(tally.approvedFen, approvedFen);
      tally.paid += payments.length;
      tally.paidFen = addFen(tally.paidFen, paidFen);
    }
    if (!reported || payments.length === 0) continue;
    const days = paidDays.get(reported.programmeId) ?? [];
    const sentOn = localDateOf(reported.submittedAt);
    for (const { on } of payments) days.push(workingDays(sentOn, on));
    paidDays.set(reported.programmeId, days);
  }
  return paidDays;
};

/** The figures of a period; what is counted and from when is said at `ReportCounts`. */
export const reportOf = (input: ReportInput): Report => {
  const workingDays = workingDayCounter(input.calendar);
  const tallies: Tallies = { total: { ...noCounts }, byProgramme: new Map(), byUnit: new Map() };
  const { ages, waitingDays } = countCases(input, workingDays, tallies);
  const paidDays = countMovements(input, workingDays, tallies);
  return {
    ...tallies,
    ages,
    waitingDays: daysOf(waitingDays),
    paidDays: daysOf([...paidDays.values()].flat()),
    paidDaysByProgramme: new Map(
      [...paidDays].flatMap(([programmeId, days]) => {
        const summed = daysOf(days);
        return summed ? [[programmeId, summed] as const] : [];
      }),
    ),
  };
};
