import { expect, test } from "vitest";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { fen } from "#shared/kernel/money.ts";
import { amount, date, dateTime, duration, fileSize, lastDayBefore } from "#shared/web/figures.ts";

test("an amount reads as its reader writes it", () => {
  expect(amount(fen(1_234_567_05), "zh-CN")).toBe("1,234,567.05 元");
  expect(amount(fen(500_000), "en")).toBe("CNY 5,000.00");
});

test("a day reads in both languages", () => {
  expect(date(localDate("2026-07-05"), "zh-CN")).toBe("2026年7月5日");
  expect(date(localDate("2026-12-31"), "en")).toBe("31 December 2026");
});

test("an instant is told in the time of China, over midnight too", () => {
  const at = instant("2026-07-19T17:05:00Z");

  expect(dateTime(at, "zh-CN")).toBe("2026年7月20日 01:05");
  expect(dateTime(at, "en")).toBe("20 July 2026, 01:05");
});

test("a limit that ends at midnight is told as the day before", () => {
  expect(lastDayBefore(instant("2026-07-20T16:00:00Z"), "en")).toBe("20 July 2026");
});

test("file sizes are told in KB and MB", () => {
  expect([1, 820_400, 10_000_000].map(fileSize)).toEqual(["1 KB", "820 KB", "10.0 MB"]);
});

test("a measured time reads in hours and minutes", () => {
  expect([0, 59, 60, 125, 1_500].map((minutes) => duration(minutes, "zh-CN"))).toEqual([
    "0分钟",
    "59分钟",
    "1小时",
    "2小时5分钟",
    "25小时",
  ]);
  expect(duration(125, "en")).toBe("2 h 5 min");
});
