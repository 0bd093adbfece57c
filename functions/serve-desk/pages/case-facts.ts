/** What was declared, section by section: as it is for whoever may see it, masked for everybody else. */
import type { Application } from "#shared/domain/application.ts";
import type { Answers, Field, Fields, Section } from "#shared/domain/form.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { cardsIn } from "#shared/domain/people-field.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { cardTable, factRow, mayDo, say, type Desk } from "../frame.ts";

const words = {
  facts: { zh: "申报内容", en: "What was declared" },
  masked: { zh: "您的岗位只能看到隐去的内容。", en: "Your role sees it masked." },
  logged: { zh: "查看个人信息已记录。", en: "That you saw personal data was taken down." },
} as const satisfies Record<string, Text>;

/** What a field shows of itself to whoever may not see it. */
export const maskedAnswer = (kind: string, name: string, typed: string): string => {
  if (kind === "bank_card") return maskedCard(typed.replaceAll(/[\s-]/gu, ""));
  return name === "applicantName" ? maskedName(typed) : "***";
};

/** An option by its label, an amount as amounts are written, anything else as it was typed. */
export const wholeAnswer = (desk: Desk, field: Field<unknown>, typed: string): string => {
  const option = field.options?.find(({ value }) => value === typed);
  if (option) return say(desk, option.label);
  const fen = field.kind === "money" ? parseYuan(typed) : null;
  return fen === null ? typed : amount(fen, desk.request.locale);
};

/** People as rows, a question a column. */
const peopleTable = (desk: Desk, { cards }: Field<unknown>, typed: string): Html => {
  const asked = Object.entries(cards?.fields ?? {});
  const people = cardsIn(typed) ?? [];
  return cardTable(
    desk,
    asked.map(([, { label }]) => label),
    people.map((card) =>
      asked.map(([name, field]) => {
        const shown = wholeAnswer(desk, field, card[name] ?? "");
        return field.kind === "id_number" || name === "name"
          ? html`<span class="nowrap">${shown}</span>`
          : shown;
      }),
    ),
  );
};

const peopleCount = (typed: string): Text => {
  const { length } = cardsIn(typed) ?? [];
  return { zh: `${length}人`, en: `${length} people` };
};

/** What is shown of one answer, or null for what the page shows elsewhere or was not answered. */
const answerRow = (desk: Desk, fields: Fields, answers: Answers, name: string): Html | null => {
  const field = fields[name];
  const typed = answers[name] ?? "";
  if (!field || typed === "" || field.kind === "consent" || field.kind === "unit") return null;
  const hides = field.personal && !mayDo(desk, "see_facts");
  const label = say(desk, field.label);
  if (field.kind === "people") {
    const shown = hides ? say(desk, peopleCount(typed)) : peopleTable(desk, field, typed);
    return html`<div class="whole">
      <dt>${label}</dt>
      <dd>${shown}</dd>
    </div>`;
  }
  return factRow(
    label,
    hides ? maskedAnswer(field.kind, name, typed) : wholeAnswer(desk, field, typed),
  );
};

/** One section's answers; nothing of a section in which nothing was answered. */
const factsSection = (
  desk: Desk,
  fields: Fields,
  answers: Answers,
  section: Pick<Section, "title" | "fields">,
): Html | null => {
  const rows = section.fields.flatMap((name) => answerRow(desk, fields, answers, name) ?? []);
  return rows.length === 0
    ? null
    : html`<h3>${say(desk, section.title)}</h3>
        <dl class="facts">${rows}</dl>`;
};

export const factsPart = (desk: Desk, application: Application, answers: Answers): Html => {
  const { form } = programmeOf(application);
  return html`<section id="facts">
    <h2>${say(desk, words.facts)}</h2>
    <p class="soft small">${say(desk, mayDo(desk, "see_facts") ? words.logged : words.masked)}</p>
    ${form.sections.map((section) => factsSection(desk, form.fields, answers, section))}
  </section>`;
};
