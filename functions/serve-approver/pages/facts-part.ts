/** What was applied for, answer by answer; shown after the PIN only. */
import type { Answers, FieldKind } from "#shared/domain/form.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { answerWords } from "#shared/web/answer-words.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import type { CaseView } from "./case-view.ts";

const title: Text = { zh: "申请内容", en: "What was applied for" };

const factRow = (label: Text, value: string, locale: Locale): Html =>
  html`<dt>${inLocale(label, locale)}</dt>
    <dd>${lines(value)}</dd>`;

/** Consents were given or the case would not be here; the office stands at the top already. */
const notListed: readonly FieldKind[] = ["consent", "unit"];

export const factsPart = ({ link, locale }: CaseView, answers: Answers): Html => {
  const { form } = programmeOf(link.application);
  const sections = form.sections.map((section) => ({
    title: section.title,
    rows: section.fields.flatMap((name) => {
      const field = form.fields[name];
      const typed = answers[name] ?? "";
      return field && typed !== "" && !notListed.includes(field.kind)
        ? [factRow(field.label, answerWords(field, typed, locale), locale)]
        : [];
    }),
  }));
  return html`<h2>${inLocale(title, locale)}</h2>
    ${sections
      .filter(({ rows }) => rows.length > 0)
      .map(
        ({ title: heading, rows }) =>
          html`<h3>${inLocale(heading, locale)}</h3>
            <dl class="facts">${rows}</dl>`,
      )}`;
};
