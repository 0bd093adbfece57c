/** The report of a period, by office and programme: an address that can be sent, and a page that prints. */
import { reportFigures, type ReportFigures } from "#shared/casework/report-figures.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import type { Organisation, Unit } from "#shared/domain/organisation.ts";
import type { Report, ReportedCase } from "#shared/domain/report.ts";
import { addMonths, localDateOf, parseLocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { amount, date, dateTime } from "#shared/web/figures.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { labelled } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { count, deskPage, say, type Desk } from "../../frame.ts";
import { moneyPart } from "./money-part.ts";
import { figureTable, workbookAnswer } from "./figure-table.ts";
import { periodLinks } from "./periods.ts";
import { excelLink, reportNav } from "./report-nav.ts";
import { feedbackTable, reportTables } from "./tables.ts";
import { agesPart, countsPart, timesPart } from "./parts.ts";
import { words } from "./words.ts";

type Problems = Readonly<Partial<Record<"from" | "to", Text>>>;

/** What was asked for; an office or a programme that isn't there is as if none were chosen. */
interface Asked {
  readonly typed: Readonly<Record<"from" | "to", string>>;
  readonly unit: Unit | undefined;
  readonly programmeId: string | undefined;
}

const monthsMax = 36;

const askedOf = ({ request, uses }: Desk, { units }: Pick<Organisation, "units">): Asked => {
  const today = localDateOf(uses.clock.now());
  const { from, to, unit, programme } = request.query;
  return {
    // The year so far: what an office is asked for most.
    typed: { from: from ?? `${today.slice(0, 4)}-01-01`, to: to ?? today },
    unit: units.find(({ id }) => id === unit),
    programmeId: programmeById(programme ?? "")?.id,
  };
};

const readPeriod = ({ typed }: Asked): ReportPeriod | Problems => {
  const [from, to] = [parseLocalDate(typed.from.trim()), parseLocalDate(typed.to.trim())];
  if (!from || !to) {
    return { ...(from ? {} : { from: words.dateWrong }), ...(to ? {} : { to: words.dateWrong }) };
  }
  return to < from || addMonths(from, monthsMax) < to ? { to: words.orderWrong } : { from, to };
};

const isPeriod = (read: ReportPeriod | Problems): read is ReportPeriod =>
  typeof read.from === "string" && typeof read.to === "string";

const dateItem = (desk: Desk, { typed }: Asked, name: "from" | "to", problem?: Text): Html => {
  const state = attributes({
    type: problem ? "text" : "date",
    value: typed[name],
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? `${name}-problem` : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, words[name])}</label>
    ${problem ? html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>` : null}
    <input id="${name}" name="${name}" ${state} />
  </div>`;
};

const choiceItem = (
  desk: Desk,
  name: "unit" | "programme",
  chosen: string | undefined,
  options: readonly { readonly id: string; readonly label: Text }[],
): Html =>
  html`<div class="item">
    <label for="${name}">${say(desk, words[name])}</label>
    <select id="${name}" name="${name}">
      <option value="">${say(desk, words.all)}</option>
      ${options.map(
        ({ id, label }) =>
          html`<option${attributes({ value: id, selected: id === chosen })}>${say(desk, label)}</option>`,
      )}
    </select>
  </div>`;

const filterForm = (
  desk: Desk,
  asked: Asked,
  { units }: Pick<Organisation, "units">,
  problems: Problems,
): Html =>
  html`<details class="unprinted" ${attributes({ open: Object.keys(problems).length > 0 })}>
    <summary>${say(desk, words.change)}</summary>
    <form method="get" action="${paths.desk("reports")}" class="filter">
      ${dateItem(desk, asked, "from", problems.from)}${dateItem(desk, asked, "to", problems.to)}
      ${choiceItem(
        desk,
        "unit",
        asked.unit?.id,
        units.map(({ id, name }) => ({ id, label: name })),
      )}
      ${choiceItem(
        desk,
        "programme",
        asked.programmeId,
        programmes.map(({ id, title }) => ({ id, label: title })),
      )}
      <p class="actions"><button class="second">${say(desk, words.show)}</button></p>
    </form>
  </details>`;

/** What is looked at first, large. */
const headline = (desk: Desk, { total }: Report): Html => {
  const figure = (label: Text, value: string, more = ""): Html =>
    html`<div>
      <dt>${say(desk, label)}</dt>
      <dd class="big">${value}</dd>
      ${more === "" ? null : html`<dd class="soft">${more}</dd>`}
    </div>`;
  const { locale } = desk.request;
  return html`<dl class="headline">
    ${figure(words.received, count(total.received))}
    ${figure(words.approved, count(total.approved), amount(total.approvedFen, locale))}
    ${figure(words.paid, count(total.paid), amount(total.paidFen, locale))}
    ${figure(words.refused, count(total.refused))} ${figure(words.waiting, count(total.waiting))}
  </dl>`;
};

/** On paper the form is gone, and what it was set to must still be said. */
const scopeWords = (desk: Desk, period: ReportPeriod, asked: Asked): Html => {
  const { locale } = desk.request;
  const programme = programmeById(asked.programmeId ?? "");
  const parts = [
    `${labelled(words.period, desk.request.locale)}${date(period.from, locale)} – ${date(period.to, locale)}`,
    ...(asked.unit
      ? [`${labelled(words.unit, desk.request.locale)}${say(desk, asked.unit.name)}`]
      : []),
    ...(programme
      ? [`${labelled(words.programme, desk.request.locale)}${say(desk, programme.title)}`]
      : []),
    `${labelled(words.asOf, desk.request.locale)}${dateTime(desk.uses.clock.now(), locale)}`,
  ];
  return html`<p class="soft">${parts.join(locale === "zh-CN" ? "；" : "; ")}</p>`;
};

const wantedBy = (
  organisation: Organisation,
  { unit, programmeId }: Asked,
): ((reported: Pick<ReportedCase, "programmeId" | "unitId"> | undefined) => boolean) => {
  if (!unit && programmeId === undefined) return () => true;
  const offices = unit
    ? new Set(
        organisation.units
          .filter(({ id }) => isInBranch(organisation, unit.id, id))
          .map(({ id }) => id),
      )
    : null;
  return (reported) =>
    reported !== undefined &&
    (programmeId === undefined || reported.programmeId === programmeId) &&
    (offices === null || (reported.unitId !== null && offices.has(reported.unitId)));
};

/** What people said after the payments of the period. */
const satisfactionPart = (desk: Desk, figures: ReportFigures): Html =>
  html`<h2>${say(desk, words.satisfaction)}</h2>
    ${
      figures.feedback.size === 0
        ? html`<p>${say(desk, words.nobodyAnswered)}</p>`
        : figureTable(desk, feedbackTable(desk, figures))
    }`;

const queryOf = ({ unit, programmeId }: Asked): Readonly<Record<string, string>> => ({
  ...(unit ? { unit: unit.id } : {}),
  ...(programmeId === undefined ? {} : { programme: programmeId }),
});

/** The same figures as a workbook; of a period that can't be read, the page says what is wrong with it. */
export const downloadReport = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const asked = askedOf(desk, organisation);
  const period = readPeriod(asked);
  if (!isPeriod(period)) return showReport(desk);
  const figures = await reportFigures(desk.uses, period, wantedBy(organisation, asked));
  const tables = reportTables(desk, figures, organisation);
  return workbookAnswer(desk, `report-${period.from}-${period.to}`, tables);
};

/** Shows the figures of a period; what can't be read comes back with what was typed. */
export const showReport = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const asked = askedOf(desk, organisation);
  const period = readPeriod(asked);
  const title = say(desk, words.title);
  if (!isPeriod(period)) {
    const summary = Object.entries(period).map(([name, problem]) => ({
      href: `#${name}`,
      words: say(desk, problem),
    }));
    return deskPage(desk, {
      title,
      status: 422,
      body: html`${errorSummary(summary, desk.request.locale)}
        <h1>${title}</h1>
        ${filterForm(desk, asked, organisation, period)}`,
    });
  }
  const figures = await reportFigures(desk.uses, period, wantedBy(organisation, asked));
  const today = localDateOf(desk.uses.clock.now());
  const isFiltered = asked.unit !== undefined || asked.programmeId !== undefined;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${reportNav(desk, "")}${periodLinks(desk, today, period, queryOf(asked))}
      ${scopeWords(desk, period, asked)}${filterForm(desk, asked, organisation, {})}
      ${headline(desk, figures.report)}${countsPart(desk, figures.report, organisation)}
      ${moneyPart(desk, figures, isFiltered)}${agesPart(desk, figures.report)}
      ${timesPart(desk, figures.report)}${satisfactionPart(desk, figures)}
      ${excelLink(desk, "", { ...queryOf(asked), from: period.from, to: period.to })}
      <p class="soft small unprinted">${say(desk, words.printHint)}</p>`,
  });
};
