import { expect, test } from "vitest";
import { inLocale } from "#shared/kernel/text.ts";

test("a reader gets the words of their own language", () => {
  const text = { zh: "送温暖", en: "bringing warmth" };
  expect(inLocale(text, "zh-CN")).toBe("送温暖");
  expect(inLocale(text, "en")).toBe("bringing warmth");
});
