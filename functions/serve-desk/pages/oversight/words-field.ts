/** The one free text that every form of these pages asks for: why, or what was done. */
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import type { Html } from "#shared/web/html.ts";
import { say, type Desk } from "../../frame.ts";
import { linesField, type FormView } from "../people/fields.ts";

export const wordsName = "words";
const wordsMax = 1_000;

const sealed: Text = {
  zh: `最多 ${wordsMax} 个字。加密保存；请不要写证件号码、银行卡号。`,
  en: `At most ${wordsMax} characters. Kept encrypted; please write no ID or card numbers.`,
};

export const typedWords = ({ request }: Desk): string => (request.form[wordsName] ?? "").trim();

/** What is wrong with the words, or null. */
export const wordsProblem = (typed: string, required: Text): FormView["problem"] => {
  if (typed === "") return { field: wordsName, says: required };
  const over = Array.from(typed).length - wordsMax;
  return over > 0
    ? {
        field: wordsName,
        says: { zh: `请删去 ${over} 个字`, en: `Please shorten it by ${over} characters` },
      }
    : null;
};

export const wordsField = (desk: Desk, view: FormView, label: Text): Html =>
  linesField(desk, view, wordsName, { label, hint: sealed });

/** The box at the head of a page that names the one thing to mend. */
export const summaryOf = (desk: Desk, { problem }: FormView): Html | null =>
  errorSummary(
    problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [],
    desk.request.locale,
  );

export const emptyView: FormView = { values: {}, problem: null };
