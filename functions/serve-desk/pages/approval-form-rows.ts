/** Rows of the approval form that say who applies, for what, and how the amount was worked out. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles } from "#shared/domain/assessment.ts";
import type { Answers, Fields } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { cardsIn } from "#shared/domain/people-field.ts";
import type { Notice } from "#shared/domain/public-notice.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { addFen, fen, parseYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount } from "#shared/web/figures.ts";
import { html, join, type Fragment, type Html } from "#shared/web/html.ts";
import { mayDo, say, type Desk } from "../frame.ts";
import { approvalFormWords as words } from "./approval-form-words.ts";
import { maskedAnswer, wholeAnswer } from "./case-facts.ts";

/** Everything that stands on the sheet. */
export interface Sheet {
  readonly desk: Desk;
  readonly application: Application;
  readonly events: readonly RecordedEvent[];
  readonly answers: Answers;
  readonly notices: readonly Notice[];
  readonly organisation: Organisation;
  readonly fundName: Text | null;
}

const answerOf = ({ desk, application, answers }: Sheet, name: string): string => {
  const fields: Fields = programmeOf(application).form.fields;
  const field = fields[name];
  const typed = answers[name] ?? "";
  if (!field || typed === "") return "";
  if (field.personal && !mayDo(desk, "see_facts")) return maskedAnswer(field.kind, name, typed);
  return wholeAnswer(desk, field, typed);
};

const rigidFields = [
  "medicalExpense",
  "educationExpense",
  "disabilityExpense",
  "employmentExpense",
  "careExpense",
] as const;

/** What isn't said is nothing; what may not be seen is not added up either. */
const rigidSum = ({ desk, answers }: Sheet): string => {
  if (!mayDo(desk, "see_facts")) return "***";
  const parts = rigidFields.map((name) => parseYuan(answers[name] ?? "") ?? fen(0));
  return amount(addFen(...parts), desk.request.locale);
};

/** A row of cells; `wide` cells take what is left of the six columns. */
export const row = (...cells: readonly Html[]): Html =>
  html`<tr>
    ${cells}
  </tr> `;
export const head = (desk: Desk, label: Text): Html =>
  html`<th scope="row">${say(desk, label)}</th>`;
export const cell = (content: Fragment, columns = 1): Html =>
  columns === 1 ? html`<td>${content}</td>` : html`<td colspan="${columns}">${content}</td>`;

export const personRows = (sheet: Sheet): Html => {
  const { desk, application, organisation } = sheet;
  const { unitId, category, fileId } = application;
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  const lane = fileId === null ? say(desk, words.noFile) : fileId;
  return html`${row(
    head(desk, words.applicant),
    cell(answerOf(sheet, "applicantName")),
    head(desk, words.idNumber),
    cell(answerOf(sheet, "applicantIdNumber")),
    head(desk, words.phone),
    cell(answerOf(sheet, "phone")),
  )}
  ${row(
    head(desk, words.unit),
    cell(unit ? say(desk, unit.name) : ""),
    head(desk, words.address),
    cell(answerOf(sheet, "address"), 3),
  )}
  ${row(
    head(desk, words.size),
    cell(answerOf(sheet, "householdSize")),
    head(desk, words.income),
    cell(answerOf(sheet, "annualIncome")),
    head(desk, words.rigid),
    cell(rigidSum(sheet)),
  )}
  ${row(
    head(desk, words.category),
    cell(category ? say(desk, categoryTitles[category]) : ""),
    head(desk, words.cause),
    cell(answerOf(sheet, "cause")),
    head(desk, words.file),
    cell(lane),
  )}`;
};

/** People of the household in a line each; how many they are for whoever may not see them. */
export const membersRow = ({ desk, application, answers }: Sheet): Html | null => {
  const fields: Fields = programmeOf(application).form.fields;
  const asked = Object.entries(fields).find(([, { kind }]) => kind === "people");
  const people = asked ? (cardsIn(answers[asked[0]] ?? "") ?? []) : [];
  if (!asked || people.length === 0) return null;
  const cards = Object.entries(asked[1].cards?.fields ?? {});
  const separator = desk.request.locale === "zh-CN" ? "，" : ", ";
  const shown = mayDo(desk, "see_facts")
    ? join(
        people.map((person) => {
          const said = cards.map(([name, field]) => wholeAnswer(desk, field, person[name] ?? ""));
          return html`<div>${said.filter(Boolean).join(separator)}</div>`;
        }),
      )
    : String(people.length);
  return row(head(desk, words.members), cell(shown, 5));
};

/** What only this programme asks, in one cell. */
export const claimRow = (sheet: Sheet): Html => {
  const { desk, application } = sheet;
  const { form } = programmeOf(application);
  const fields: Fields = form.fields;
  const own = Object.entries(fields).filter(
    ([name, { kind }]) =>
      !Object.hasOwn(commonFields, name) && !["consent", "unit", "people"].includes(kind),
  );
  const said = own.flatMap(([name, field]) => {
    const shown = answerOf(sheet, name);
    return shown === "" ? [] : [`${say(desk, field.label)}：${shown}`];
  });
  return row(
    head(desk, words.claim),
    cell(said.join(desk.request.locale === "zh-CN" ? "；" : "; "), 5),
  );
};

export const assessmentRow = ({ desk, events }: Sheet): Html | null => {
  const assessed = events.findLast(({ type }) => type === "assessed")?.confidential?.assessment;
  if (!assessed) return null;
  const { steps, refusal, policyVersion } = assessed;
  // What was computed, and what speaks against it; what was met is on the case's page.
  const shown = steps.filter(({ outcome }) => outcome === "applied" || outcome === "missed");
  return row(
    head(desk, words.assessment),
    cell(
      html`${refusal ? html`<div>${say(desk, refusal.says)}</div>` : null}
        ${shown.map(({ says }) => html`<div>${say(desk, says)}</div>`)}
        <div class="soft">${policyVersion}</div>`,
      5,
    ),
  );
};
