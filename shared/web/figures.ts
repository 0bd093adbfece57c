/** Amounts and days as their reader writes them. The whole country keeps one time: Asia/Shanghai. */
import { localDateOf, msOfInstant, type Instant, type LocalDate } from "#shared/kernel/calendar.ts";
import { displayYuan, type Fen } from "#shared/kernel/money.ts";
import type { Locale } from "#shared/kernel/text.ts";

/** "5,000.00 元", "CNY 5,000.00". */
export const amount = (amountFen: Fen, locale: Locale): string =>
  locale === "zh-CN" ? `${displayYuan(amountFen)} 元` : `CNY ${displayYuan(amountFen)}`;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "2026年7月20日", "20 July 2026". */
export const date = (day: LocalDate, locale: Locale): string => {
  const [year = "", month = "", dayOfMonth = ""] = day.split("-");
  return locale === "zh-CN"
    ? `${year}年${Number(month)}月${Number(dayOfMonth)}日`
    : `${Number(dayOfMonth)} ${months[Number(month) - 1]} ${year}`;
};

const chinaOffsetMs = 8 * 3_600_000;

/** "09:05", the time in China. */
const time = (at: Instant): string =>
  new Date(msOfInstant(at) + chinaOffsetMs).toISOString().slice(11, 16);

/** "2026年7月20日 09:05", "20 July 2026, 09:05". */
export const dateTime = (at: Instant, locale: Locale): string => {
  const day = date(localDateOf(at), locale);
  return locale === "zh-CN" ? `${day} ${time(at)}` : `${day}, ${time(at)}`;
};

/** The last day on which something is still in time, of a limit that ends at the first instant after it. */
export const lastDayBefore = (end: Instant, locale: Locale): string =>
  date(localDateOf(new Date(msOfInstant(end) - 1).toISOString() as Instant), locale);

/** "2小时5分钟", "2 h 5 min"; days are hours here, since these are measured in hours. */
export const duration = (minutes: number, locale: Locale): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const isChinese = locale === "zh-CN";
  const parts = [
    ...(hours > 0 ? [isChinese ? `${hours}小时` : `${hours} h`] : []),
    ...(rest > 0 || hours === 0 ? [isChinese ? `${rest}分钟` : `${rest} min`] : []),
  ];
  return parts.join(isChinese ? "" : " ");
};

/** "1.4 MB", "820 KB". */
export const fileSize = (sizeBytes: number): string =>
  sizeBytes >= 1_000_000
    ? `${(sizeBytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(sizeBytes / 1000))} KB`;
