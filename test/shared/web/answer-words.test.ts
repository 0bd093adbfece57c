import { expect, test } from "vitest";
import { answersOf } from "#shared/domain/answers.ts";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { commonFields } from "#shared/domain/household.ts";
import { answerWords } from "#shared/web/answer-words.ts";
import { units } from "#test/support/cases.ts";

const answers = answersOf({ fields: commonFields, sections: [] }, exampleHousehold);

test("amounts, choices, offices and consents are told in words, anything else as it was typed", () => {
  expect(answerWords(commonFields.annualIncome, "54000", "zh-CN")).toBe("54,000.00 元");
  expect(answerWords(commonFields.annualIncome, "viel", "en")).toBe("viel");
  expect(answerWords(commonFields.cause, "illness", "en")).toBe("Illness");
  expect(answerWords(commonFields.unionMember, "no", "zh-CN")).toBe("否");
  expect(answerWords(commonFields.consentMeansCheck, "yes", "zh-CN")).toBe("已同意");
  expect(answerWords(commonFields.address, "示例路1号", "en")).toBe("示例路1号");
  const [unit] = units;
  expect(answerWords(commonFields.unitId, unit?.id ?? "", "zh-CN", units)).toBe(unit?.name.zh);
  expect(answerWords(commonFields.unitId, "gone", "zh-CN", units)).toBe("gone");
});

test("each person of a household stands on a line of their own", () => {
  const told = answerWords(commonFields.members, answers["members"] ?? "", "zh-CN").split("\n");

  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^1\. 配偶，李示例，\d{18}，健康，年收入 0\.00 元$/u);
  expect(told[1]).toContain("2. 子女，王小例");
  expect(answerWords(commonFields.members, "no list", "zh-CN")).toBe("");
});
