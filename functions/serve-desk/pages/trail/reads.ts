/** Who read personal data in full: of a case, a file or a batch, or on a day, of everybody or of one person. */
import { accessPageTitles, sensitiveFieldTitles, type AccessEvent } from "#shared/domain/access.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { localDateOf, parseLocalDate, type LocalDate } from "#shared/kernel/calendar.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, deskPage, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const shownMax = 200;

interface Asked {
  readonly subject: string;
  readonly day: LocalDate | null;
  readonly typedDay: string;
  readonly person: string;
}

const askedOf = ({ request, uses }: Desk): Asked => {
  const typedDay = (request.query["day"] ?? localDateOf(uses.clock.now())).trim();
  return {
    subject: (request.query["subject"] ?? "").trim().toUpperCase(),
    day: parseLocalDate(typedDay),
    typedDay,
    person: request.query["person"] ?? "",
  };
};

const dayItem = (desk: Desk, typed: string, problem: Text | null): Html => {
  const state = attributes({
    type: problem ? "text" : "date",
    value: typed,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? "day-problem" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="day">${say(desk, words.day)}</label>
    ${problem ? html`<span class="problem" id="day-problem">${say(desk, problem)}</span>` : null}
    <input id="day" name="day" ${state} />
  </div>`;
};

const filterForm = (
  desk: Desk,
  { subject, typedDay, person }: Asked,
  { staff }: Organisation,
  problem: Text | null,
): Html =>
  html`<form method="get" action="${paths.desk("trail", "reads")}" class="filter">
    ${dayItem(desk, typedDay, problem)}
    <div class="item">
      <label for="person">${say(desk, words.person)}</label>
      <select id="person" name="person">
        <option value="">${say(desk, words.everyone)}</option>
        ${staff.map(
          ({ id, name }) =>
            html`<option${attributes({ value: id, selected: id === person })}>${name}</option>`,
        )}
      </select>
    </div>
    <div class="item">
      <label for="subject">${say(desk, words.subject)}</label>
      <span class="hint" id="subject-hint">${say(desk, words.subjectHint)}</span>
      <input
        type="text"
        id="subject"
        name="subject"
        maxlength="40"
        aria-describedby="subject-hint"
        ${attributes({ value: subject })}
      />
    </div>
    <p class="actions"><button class="second">${say(desk, words.show)}</button></p>
  </form>`;

const subjectCell = ({ subject }: AccessEvent): Html | string =>
  parseApplicationId(subject) === null
    ? subject
    : html`<a href="${paths.desk("case", subject)}">${subject}</a>`;

const readsTable = (desk: Desk, events: readonly AccessEvent[], { staff }: Organisation): Html => {
  if (events.length === 0) return html`<p>${say(desk, words.noReads)}</p>`;
  const { locale } = desk.request;
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const joined = (texts: readonly Text[]): string =>
    texts.map((text) => say(desk, text)).join(locale === "zh-CN" ? "、" : ", ");
  const table = cardTable(
    desk,
    [words.time, words.who, words.of, words.where, words.fields],
    events
      .slice(0, shownMax)
      .map((event) => [
        html`<span class="nowrap">${dateTime(event.at, locale)}</span>`,
        names.get(event.staffId) ?? event.staffId,
        subjectCell(event),
        say(desk, accessPageTitles[event.page]),
        joined(event.fields.map((field) => sensitiveFieldTitles[field])),
      ]),
  );
  const cut = events.length > shownMax ? html`<p class="soft">${say(desk, words.cut)}</p>` : null;
  return html`${table}${cut}`;
};

const readsOf = async (desk: Desk, { subject, day, person }: Asked) => {
  const { accessLog } = desk.uses;
  const found =
    subject === ""
      ? day === null
        ? []
        : (await accessLog.ofDay(day)).toReversed()
      : await accessLog.ofSubject(subject, shownMax + 1);
  return person === "" ? found : found.filter(({ staffId }) => staffId === person);
};

export const showReads = async (desk: Desk): Promise<PageResponse> => {
  const asked = askedOf(desk);
  const organisation = await desk.uses.directory.organisation();
  const problem = asked.subject === "" && asked.day === null ? words.dayWrong : null;
  const title = say(desk, words.reads);
  const summary = problem ? [{ href: "#day", words: say(desk, problem) }] : [];
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.readsLead)}</p>
      ${filterForm(desk, asked, organisation, problem)}
      ${readsTable(desk, await readsOf(desk, asked), organisation)}
      <p><a href="${paths.desk("trail")}">${say(desk, words.back)}</a></p>`,
  });
};
