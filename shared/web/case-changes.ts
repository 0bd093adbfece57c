/** What an applicant changed after sending, for whoever handles or decides: before and after, side by side. */
import type { CaseChange } from "#shared/domain/case-change.ts";
import type { Fields } from "#shared/domain/form.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "./figures.ts";
import { answerWords } from "./answer-words.ts";
import { html, lines, type Html } from "./html.ts";
import { eventNames } from "./messages.ts";

const words = {
  title: { zh: "提交后的改动", en: "What changed since it was sent" },
  sinceYours: { zh: "您上次办理后的改动", en: "What changed since you last decided" },
  question: { zh: "项目", en: "Question" },
  before: { zh: "改前", en: "Before" },
  after: { zh: "改后", en: "After" },
  nothing: { zh: "（未填）", en: "(nothing)" },
  hidden: { zh: "输入PIN后显示", en: "shown after the PIN" },
  papers: { zh: "新增材料：", en: "New papers: " },
} as const satisfies Record<string, Text>;

export interface ShownChanges {
  readonly changes: readonly CaseChange[];
  readonly fields: Fields;
  readonly locale: Locale;
  /** Whether the reader may see personal answers as they are. */
  readonly whole: boolean;
  /** The reader decided before these changes; else they are all since it was sent. */
  readonly sinceYours?: boolean;
}

const shownAnswer = (shown: ShownChanges, name: string, typed: string): string => {
  const field = shown.fields[name];
  if (!shown.whole && (field?.personal ?? true)) return inLocale(words.hidden, shown.locale);
  if (typed === "") return inLocale(words.nothing, shown.locale);
  return field ? answerWords(field, typed, shown.locale) : typed;
};

const changeTable = (shown: ShownChanges, change: CaseChange): Html | null => {
  if (change.answers.length === 0) return null;
  const say = (text: Text): string => inLocale(text, shown.locale);
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">${say(words.question)}</th>
          <th scope="col">${say(words.before)}</th>
          <th scope="col">${say(words.after)}</th>
        </tr>
      </thead>
      <tbody>
        ${change.answers.map(({ name, before, after }) => {
          const label = shown.fields[name]?.label;
          return html`<tr>
            <td>${label ? say(label) : name}</td>
            <td>${lines(shownAnswer(shown, name, before))}</td>
            <td><strong>${lines(shownAnswer(shown, name, after))}</strong></td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
};

/** The section; nothing when nothing was changed. */
export const changesPart = (shown: ShownChanges): Html | null => {
  const { changes, locale } = shown;
  if (changes.length === 0) return null;
  const say = (text: Text): string => inLocale(text, locale);
  return html`<section>
    <h2>${say(shown.sinceYours ? words.sinceYours : words.title)}</h2>
    ${changes.map(
      (change) =>
        html`<p>
            ${dateTime(change.at, locale)} · ${say(eventNames[change.type])}
            ${change.newPapers > 0 ? html` · ${say(words.papers)}${change.newPapers}` : null}
          </p>
          ${changeTable(shown, change)}`,
    )}
  </section>`;
};
