/** Rules as dated data: what was in force on a day decides, and an assessment names the version it used. */
import { PolicyNotConfirmed } from "../kernel/errors.ts";
import { localDate, yearOf, type LocalDate } from "../kernel/calendar.ts";
import type { Fen } from "../kernel/money.ts";

/** A set of figures with the day from which it holds. A change is a new entry, never an edit. */
export interface Dated<Figures> {
  /** "2026-01": named in every assessment that used it. */
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  readonly figures: Figures;
}

/** The entry in force on a day. @throws PolicyNotConfirmed when none is yet. */
export const inForce = <Figures>(
  entries: readonly Dated<Figures>[],
  on: LocalDate,
): Dated<Figures> => {
  const entry = entries.findLast((candidate) => candidate.effectiveFrom <= on);
  if (!entry) throw new PolicyNotConfirmed(`no policy is in force on ${on}`);
  return entry;
};

/** L, the local urban minimum living standard (城市低保标准), yuan a person a month, in fen. */
export interface LivingStandard {
  readonly monthlyFen: Fen;
  /** Calendar years for which the city has confirmed this L. Others are refused (policy fact 3). */
  readonly confirmedYears: readonly number[];
}

/** @throws PolicyNotConfirmed for a day whose year has no confirmed L. */
export const livingStandardOn = (entries: readonly Dated<LivingStandard>[], on: LocalDate): Fen => {
  const { figures } = inForce(entries, on);
  if (!figures.confirmedYears.includes(yearOf(on))) {
    throw new PolicyNotConfirmed(`the living standard (L) of ${yearOf(on)} is not confirmed`);
  }
  return figures.monthlyFen;
};

/** How a programme's short pot is shared among those who wait (policy 5; peers rows 36, 37). */
export interface AllocationPolicy {
  readonly method: "first_come" | "need_ranked" | "quota" | "pro_rata";
  /** Places of each unit by its id, for the method "quota"; a unit that isn't named has none. */
  readonly quotas: Readonly<Record<string, number>>;
}

/** Where a programme's figures say nothing: whoever came first. */
export const firstComeFirstServed: AllocationPolicy = { method: "first_come", quotas: {} };

/** A season as days of a year: applications from `opens` to `closes`, supplements admitted to `supplementsTo`. */
export interface Window {
  readonly opens: LocalDate;
  readonly closes: LocalDate;
  readonly supplementsTo: LocalDate;
}

/** A season as a policy writes it: month and day, so that it comes back every year. */
export interface Season {
  /** "07-01". */
  readonly opens: string;
  /** "08-31", the last day. */
  readonly closes: string;
}

/** The day of a year that a policy writes as month and day. @throws InvariantBroken when there is none. */
export const dayInYear = (year: number, monthDay: string): LocalDate =>
  localDate(`${year}-${monthDay}`);

/**
 * The figures that hold for a year's season: of the last entry that was in force before its own season closed.
 * So an entry for the next season does not move this one. @throws PolicyNotConfirmed when none is yet.
 */
export const seasonFigures = <Figures extends { readonly window: Season }>(
  entries: readonly Dated<Figures>[],
  year: number,
): Figures => {
  const entry = entries.findLast(
    ({ effectiveFrom, figures }) => effectiveFrom <= dayInYear(year, figures.window.closes),
  );
  if (!entry) throw new PolicyNotConfirmed(`no policy is in force for the season of ${year}`);
  return entry.figures;
};

export type WindowState = "not_yet_open" | "open" | "closed";

export const windowState = (window: Window, on: LocalDate): WindowState => {
  if (on < window.opens) return "not_yet_open";
  return on <= window.closes ? "open" : "closed";
};
