import { expect, test } from "vitest";
import { noticeLabels, noticeLines, registeredTexts } from "#shared/web/notice-lines.ts";
import { aCase } from "#test/support/cases.ts";
import { aNotice } from "#test/support/notices.ts";

const title = { zh: "金秋助学", en: "Golden Autumn education aid" };

test("a notice says name, office, programme, category, amount and days, in the reader's language", () => {
  const notice = aNotice(aCase(1));
  expect(noticeLines(notice, title, "zh-CN")).toEqual({
    name: "张*",
    unit: "春风街道工会服务站",
    programme: "金秋助学",
    category: "深度困难职工",
    amount: "5,000.00 元",
    days: "2026年7月20日至2026年7月27日",
  });
  expect(noticeLines(notice, title, "en")).toMatchObject({
    unit: "Spring Street Service Station",
    category: "Severe hardship",
    amount: "CNY 5,000.00",
    days: "20 July 2026 to 27 July 2026",
  });
});

test("without a category that line is empty; every line has a label", () => {
  const lines = noticeLines(aNotice(aCase(1), { category: null }), title, "zh-CN");
  expect(lines.category).toBe("");
  expect(Object.keys(lines)).toEqual(Object.keys(noticeLabels));
});

test("the texts of the registers are the office's, the programme's and the category's, and not the person's", () => {
  const notice = aNotice(aCase(1));
  expect(registeredTexts(notice, title)).toEqual([
    "春风街道工会服务站",
    "Spring Street Service Station",
    "金秋助学",
    "Golden Autumn education aid",
    "深度困难职工",
    "Severe hardship",
  ]);
  expect(registeredTexts({ ...notice, category: null }, title)).toHaveLength(4);
});
