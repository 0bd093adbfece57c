/**
 * Dates and working days of mainland China. Every instant is given; nothing here reads a clock.
 * The whole country keeps one time, UTC+8, without summer time, so a local date is plain arithmetic.
 */
import chineseDays from "chinese-days";
import { invariant, InvariantBroken } from "./assert.ts";

/** An instant, ISO 8601 in UTC with milliseconds: "2026-07-20T01:00:00.000Z". Sorts as text. */
export type Instant = string & { readonly __unit: "instant" };
/** A calendar day in China: "2026-07-20". Sorts as text. */
export type LocalDate = string & { readonly __unit: "local-date" };

const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** Reads an ISO instant. @throws InvariantBroken when it is none. */
export const instant = (iso: string): Instant => {
  const ms = Date.parse(iso);
  invariant(Number.isFinite(ms), "not an ISO instant");
  return instantOfMs(ms);
};

export const instantOfMs = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;
export const msOfInstant = (at: Instant): number => Date.parse(at);
export const addMinutes = (at: Instant, minutes: number): Instant =>
  instantOfMs(msOfInstant(at) + minutes * 60_000);

const datePattern = /^\d{4}-\d{2}-\d{2}$/u;

/** Reads a calendar day. @returns null for anything but an existing day written YYYY-MM-DD. */
export const parseLocalDate = (typed: string): LocalDate | null => {
  if (!datePattern.test(typed)) return null;
  const ms = Date.parse(`${typed}T00:00:00Z`);
  if (!Number.isFinite(ms) || new Date(ms).toISOString().slice(0, 10) !== typed) return null;
  return typed as LocalDate;
};

/** @throws InvariantBroken when the text is not an existing day. */
export const localDate = (text: string): LocalDate => {
  const date = parseLocalDate(text);
  invariant(date !== null, "not a calendar day");
  return date;
};

/** The day in China at an instant. */
export const localDateOf = (at: Instant): LocalDate =>
  new Date(msOfInstant(at) + offsetMs).toISOString().slice(0, 10) as LocalDate;

/** The first instant of a day in China. */
export const startOfDay = (date: LocalDate): Instant =>
  instantOfMs(Date.parse(`${date}T00:00:00Z`) - offsetMs);

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10) as LocalDate;

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** The same day so many months on, or the last day of that month when it is shorter. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const month = first.toISOString().slice(0, 7);
  first.setUTCMonth(first.getUTCMonth() + 1);
  const lastDay = addDays(first.toISOString().slice(0, 10) as LocalDate, -1);
  const sameDay = `${month}-${date.slice(8)}`;
  return sameDay < lastDay ? (sameDay as LocalDate) : lastDay;
};

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** What a policy adds to the published calendar: days off and make-up working days (调休). */
export interface CalendarAdditions {
  readonly holidays: readonly LocalDate[];
  readonly makeUpWorkingDays: readonly LocalDate[];
}

export const noAdditions: CalendarAdditions = { holidays: [], makeUpWorkingDays: [] };

/** The last year whose State Council arrangement the library holds. For later ones it answers wrongly. */
const lastPublishedYear = 2026;
const firstPublishedYear = 2004;

/** False for a year whose arrangement is not published: its working days are an estimate, and pages say so. */
const isPublishedYear = (year: number): boolean =>
  year >= firstPublishedYear && year <= lastPublishedYear;

/** 元宵节, the 15th day of the first lunar month: the end of the winter relief (policy 8.3). */
export const lanternFestivalOf = (year: number): LocalDate => {
  // It falls between 4 February and 6 March; the bounds are wider by some days.
  const last = `${year}-03-10`;
  for (let day = `${year}-02-01` as LocalDate; day <= last; day = addDays(day, 1)) {
    const lunar = chineseDays.getLunarDate(day);
    if (lunar.lunarMon === 1 && lunar.lunarDay === 15 && !lunar.isLeap) return day;
  }
  throw new InvariantBroken("a year without a Lantern Festival");
};

/** Longer than any limit of policy 8.6 that starts today can last. */
const limitsReachDays = 60;

/** The first year that limits starting on this day may reach into and whose arrangement isn't published, or null. */
export const estimatedYear = (today: LocalDate): number | null => {
  const years = [yearOf(today), yearOf(addDays(today, limitsReachDays))];
  return years.find((year) => !isPublishedYear(year)) ?? null;
};

const monthDay = (date: LocalDate): string => date.slice(5);

/**
 * The statutory holidays of 全国年节及纪念日放假办法 (2024 revision: 13 days) in a year without a published
 * arrangement: 1 January, 1–2 May and 1–3 October by date; the lunar feasts (Spring Festival from its
 * eve to the third day, Dragon Boat, Mid-Autumn) and Qingming by the library's lunar calendar.
 */
const isStatutoryHoliday = (date: LocalDate): boolean => {
  if (["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"].includes(monthDay(date))) return true;
  const term = chineseDays.getSolarTermDate(yearOf(date), 4, "pure_brightness");
  if (term === date) return true;
  const lunar = chineseDays.getLunarDate(date);
  if (lunar.isLeap) return false;
  const feast = `${lunar.lunarMon}-${lunar.lunarDay}`;
  if (["1-1", "1-2", "1-3", "5-5", "8-15"].includes(feast)) return true;
  const tomorrow = chineseDays.getLunarDate(addDays(date, 1));
  return !tomorrow.isLeap && tomorrow.lunarMon === 1 && tomorrow.lunarDay === 1;
};

/** Whether offices work on a day: the policy's additions first, then the published calendar, else the estimate. */
export const isWorkingDay = (
  date: LocalDate,
  additions: CalendarAdditions = noAdditions,
): boolean => {
  if (additions.makeUpWorkingDays.includes(date)) return true;
  if (additions.holidays.includes(date)) return false;
  if (isPublishedYear(yearOf(date))) return chineseDays.isWorkday(date);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isStatutoryHoliday(date);
};

const workingDaysMax = 400;

/** The day on which the n-th working day after `date` falls; the day itself does not count (policy 8.6). */
export const addWorkingDays = (
  date: LocalDate,
  workingDays: number,
  additions: CalendarAdditions = noAdditions,
): LocalDate => {
  invariant(
    Number.isSafeInteger(workingDays) && workingDays >= 0 && workingDays <= workingDaysMax,
    "a time limit is 0 to 400 working days",
  );
  let day = date;
  for (let left = workingDays; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, additions)) left -= 1;
  }
  return day;
};

/** The instant at which a limit of n working days, counted from an instant, has run out: the end of its last day. */
export const deadlineAfter = (
  at: Instant,
  workingDays: number,
  additions: CalendarAdditions = noAdditions,
): Instant => startOfDay(addDays(addWorkingDays(localDateOf(at), workingDays, additions), 1));

/** Working days from one instant to another, the first day not counted. */
export const workingDaysBetween = (
  from: Instant,
  to: Instant,
  additions: CalendarAdditions = noAdditions,
): number => {
  let count = 0;
  const last = localDateOf(to);
  for (let day = addDays(localDateOf(from), 1); day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(day, additions)) count += 1;
  }
  return count;
};
