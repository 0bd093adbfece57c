import { expect, test } from "vitest";
import { date, defineForm, money, text } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { growsOld, isRenewable, renewedAnswers } from "#shared/domain/renewal.ts";
import { aCase } from "#test/support/cases.ts";

const form = defineForm({
  fields: {
    name: text({ label: { zh: "姓名", en: "Name" }, maxLength: 20 }),
    income: money({ label: { zh: "收入", en: "Income" } }),
    day: date({ label: { zh: "日期", en: "Day" } }),
    agreed: commonFields.consentPublicNotice,
  },
  sections: [],
});

const told = { name: "王示例", income: "54000", day: "2025-07-01", agreed: "yes" };

test("what was told goes over, but never a consent, nor what belongs to one case", () => {
  expect(renewedAnswers(form, told, ["day"])).toEqual({ name: "王示例", income: "54000" });
});

test("answers to questions that are asked no more stay behind", () => {
  expect(renewedAnswers(form, { ...told, gone: "x", constructor: "y" }, [])).toEqual({
    name: "王示例",
    income: "54000",
    day: "2025-07-01",
  });
});

test("a case can be renewed once money was paid and everything is done, and not before", () => {
  expect(isRenewable(aCase(1, { status: "paid" }))).toBe(true);
  expect(isRenewable(aCase(1, { status: "closed" }))).toBe(true);
  for (const status of ["draft", "in_approval", "batched", "rejected", "withdrawn"] as const) {
    expect(isRenewable(aCase(1, { status }))).toBe(false);
  }
});

test("amounts and numbers are to be looked at again, names are not", () => {
  expect(growsOld(commonFields.annualIncome)).toBe(true);
  expect(growsOld(commonFields.householdSize)).toBe(true);
  expect(growsOld(commonFields.members)).toBe(true);
  expect(growsOld(commonFields.applicantName)).toBe(false);
});
