import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  choice,
  count,
  date,
  defineForm,
  idNumber,
  money,
  optionalDate,
  optionalMoney,
  optionalText,
  readForm,
  text,
  unit,
  yesNo,
  type Field,
} from "#shared/domain/form.ts";
import { bankCard, optionalEmail, phone } from "#shared/domain/contact-fields.ts";
import { consent } from "#shared/domain/consent.ts";

const label = { zh: "问题", en: "Question" };

const read = (field: Field<unknown>, typed: string) => {
  const result = field.schema.safeParse(typed);
  return result.success ? { value: result.data } : { problem: result.error.issues[0]?.message };
};

test.each([
  ["text", text({ label, maxLength: 5 }), " 王小例 ", "王小例"],
  ["optional text", optionalText({ label, maxLength: 5 }), "", ""],
  ["id number", idNumber({ label }), "37010219800101000 7", "370102198001010007"],
  ["id number ending in X", idNumber({ label }), "11010519491231002x", "11010519491231002X"],
  ["mobile phone", phone({ label }), "+86 138-0000-0000", "13800000000"],
  ["landline", phone({ label }), "0531-12345678", "053112345678"],
  ["no e-mail", optionalEmail({ label }), "", ""],
  ["e-mail", optionalEmail({ label }), "a@example.org", "a@example.org"],
  ["bank card", bankCard({ label }), "6222 0200 0000 0000 018", "6222020000000000018"],
  ["money", money({ label }), "54000.5", 5_400_050],
  ["no money", optionalMoney({ label }), "", 0],
  ["count", count({ label, min: 1, max: 20 }), "20", 20],
  ["date", date({ label }), "2026-07-20", "2026-07-20"],
  ["no date", optionalDate({ label }), "", null],
  ["optional date", optionalDate({ label }), "2026-07-20", "2026-07-20"],
  ["yes", yesNo({ label }), "yes", true],
  ["no", yesNo({ label }), "no", false],
  ["consent", consent({ label }), "yes", true],
  ["unit", unit({ label }), "unit-1", "unit-1"],
] as const)("%s is read", (_name, field, typed, value) => {
  expect(read(field, typed)).toEqual({ value });
});

test.each([
  ["nothing", text({ label, maxLength: 5 }), "  ", "required"],
  ["six characters of five", text({ label, maxLength: 5 }), "123456", "too_long"],
  ["a line break", text({ label, maxLength: 50 }), "a\r\nBcc: b", "not_allowed_characters"],
  [
    "a right-to-left override",
    text({ label, maxLength: 50 }),
    "a\u202Eb",
    "not_allowed_characters",
  ],
  ["a wrong check digit", idNumber({ label }), "370102198001010008", "not_an_id_number"],
  ["fifteen digits", idNumber({ label }), "370102800101000", "not_an_id_number"],
  ["a short phone", phone({ label }), "12345", "not_a_phone"],
  ["no e-mail address", optionalEmail({ label }), "a@", "not_an_email"],
  ["a card with a wrong digit", bankCard({ label }), "6222020000000000019", "not_a_bank_card"],
  ["a card too short", bankCard({ label }), "622202000000", "not_a_bank_card"],
  ["no money", money({ label }), "", "required"],
  ["a thousands separator", money({ label }), "1,000", "not_an_amount"],
  ["full-width digits", money({ label }), "１００", "not_an_amount"],
  ["a negative sum", optionalMoney({ label }), "-1", "not_an_amount"],
  ["a count below", count({ label, min: 1, max: 20 }), "0", "out_of_range"],
  ["a count above", count({ label, min: 1, max: 20 }), "21", "out_of_range"],
  ["half a person", count({ label, min: 1, max: 20 }), "1.5", "not_a_count"],
  ["a day that isn't", date({ label }), "2026-02-30", "not_a_date"],
  ["a bad optional day", optionalDate({ label }), "soon", "not_a_date"],
  ["neither yes nor no", yesNo({ label }), "eh", "not_an_option"],
  ["no consent", consent({ label }), "", "must_agree"],
  ["refused consent", consent({ label }), "no", "must_agree"],
  ["an unknown option", choice({ label, options: [{ value: "a", label }] }), "b", "not_an_option"],
] as const)("%s is refused with its reason", (_name, field, typed, problem) => {
  expect(read(field, typed)).toEqual({ problem });
});

const form = defineForm({
  fields: { name: text({ label, maxLength: 10 }), amount: money({ label }) },
  sections: [{ title: label, fields: ["name", "amount"] }],
});

test("a form is read whole, or every problem of it is named", () => {
  expect(readForm(form, { name: "王", amount: "1" })).toEqual({
    kind: "facts",
    facts: { name: "王", amount: 100 },
  });
  expect(readForm(form, { amount: "one" })).toEqual({
    kind: "problems",
    problems: { name: "required", amount: "not_an_amount" },
  });
});

test("names that the form does not ask for are ignored, inherited ones too", () => {
  const typed = { name: "王", amount: "1", status: "PAID", ["__proto__"]: "x", constructor: "y" };
  expect(readForm(form, typed)).toEqual({ kind: "facts", facts: { name: "王", amount: 100 } });
  const named = defineForm({
    fields: { toString: text({ label, maxLength: 10 }) },
    sections: [],
  });
  expect(readForm(named, {})).toEqual({ kind: "problems", problems: { toString: "required" } });
});

test("whatever is typed is read or refused with a known problem, and never throws", () => {
  const fields = {
    text: text({ label, maxLength: 10 }),
    idNumber: idNumber({ label }),
    phone: phone({ label }),
    email: optionalEmail({ label }),
    card: bankCard({ label }),
    money: money({ label }),
    count: count({ label, min: 0, max: 9 }),
    date: date({ label }),
    yesNo: yesNo({ label }),
    consent: consent({ label }),
  };
  const known =
    /^(?:required|too_long|not_an?_[a-z_]+|out_of_range|not_allowed_characters|must_agree)$/u;
  const typed = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(typed, (anything) => {
      const answers = Object.fromEntries(Object.keys(fields).map((name) => [name, anything]));
      const reading = readForm({ fields, sections: [] }, answers);
      const problems = reading.kind === "problems" ? Object.values(reading.problems) : [];
      for (const problem of problems) expect(problem).toMatch(known);
    }),
    { numRuns: 500 },
  );
});

test("ID, card, phone and e-mail are personal whatever the question says", () => {
  const asked = { label, personal: false };
  for (const field of [idNumber(asked), bankCard(asked), phone(asked), optionalEmail(asked)]) {
    expect(field.personal).toBe(true);
  }
});
