/** ISO 8601 durations ("P5D", "PT2H", "P1M"), for moving the clock. */
import { instantOfMs, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";

const pattern =
  /^P(?=\d|T\d)(?:(?<years>\d{1,4})Y)?(?:(?<months>\d{1,4})M)?(?:(?<weeks>\d{1,5})W)?(?:(?<days>\d{1,6})D)?(?:T(?=\d)(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,7})M)?(?:(?<seconds>\d{1,9})S)?)?$/u;

/** `from` plus a duration; months and years by the calendar. @returns null when the text is no duration. */
export const addDuration = (from: Instant, duration: string): Instant | null => {
  const parts = pattern.exec(duration.trim().toUpperCase())?.groups;
  if (!parts) return null;
  const part = (name: string): number => Number(parts[name] ?? 0);
  const date = new Date(msOfInstant(from));
  date.setUTCMonth(date.getUTCMonth() + part("years") * 12 + part("months"));
  const days = part("weeks") * 7 + part("days");
  const seconds = ((days * 24 + part("hours")) * 60 + part("minutes")) * 60 + part("seconds");
  const ms = date.getTime() + seconds * 1000;
  return Number.isFinite(ms) && Number.isFinite(new Date(ms).getTime()) ? instantOfMs(ms) : null;
};
