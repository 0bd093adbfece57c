import { expect, test } from "vitest";
import { answerChanges, changeSteps } from "#shared/domain/case-change.ts";
import { text } from "#shared/domain/form.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { monday } from "#test/support/cases.ts";

const event = (
  version: number,
  type: "submitted" | "assessed" | "returned" | "information_given" | "corrected" | "card_mended",
  detail: Readonly<Record<string, string | number>>,
) => ({ version, type, at: addMinutes(monday, version), detail });

test("every hand-in after the first is a change, between the answers that stood and those it gave", () => {
  const events = [
    event(1, "submitted", { answersVersion: 3 }),
    event(2, "assessed", { answersVersion: 3 }),
    event(3, "returned", { papers: "id_cards" }),
    event(4, "information_given", { answersVersion: 3, newPapers: 2 }),
    event(5, "assessed", { answersVersion: 3 }),
    event(6, "corrected", { answersVersion: 4 }),
    event(7, "information_given", { answersVersion: 5, newPapers: 0 }),
    event(8, "card_mended", { answersVersion: 6 }),
  ];
  expect(changeSteps(events)).toEqual([
    { at: events[3]!.at, version: 4, type: "information_given", newPapers: 2, from: 3, to: 3 },
    { at: events[5]!.at, version: 6, type: "corrected", newPapers: 0, from: 3, to: 4 },
    { at: events[6]!.at, version: 7, type: "information_given", newPapers: 0, from: 4, to: 5 },
  ]);
  expect(changeSteps([])).toEqual([]);
});

const field = (label: string) => text({ label: { zh: label, en: label }, maxLength: 20 });
const form = { fields: { name: field("name"), school: field("school"), town: field("town") } };

test("answers that differ are told before and after; blanks at the ends are no difference", () => {
  const before = { name: "甲", school: "一中 ", town: "" };
  const after = { name: "乙", school: "一中", town: "示例" };
  expect(answerChanges(form, before, after)).toEqual([
    { name: "name", before: "甲", after: "乙" },
    { name: "town", before: "", after: "示例" },
  ]);
  expect(answerChanges(form, {}, {})).toEqual([]);
});
