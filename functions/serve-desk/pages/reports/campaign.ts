/** The report of a campaign: one programme's season, as a page that prints and as a workbook. */
import { campaignFigures, type CampaignFigures } from "#shared/casework/campaign-figures.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import { meanWords } from "#shared/domain/feedback.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import type { Organisation, Unit } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { localDateOf, parseLocalDate, yearOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { amount, date, dateTime } from "#shared/web/figures.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { count, deskPage, say, type Desk } from "../../frame.ts";
import { campaignTables } from "./campaign-tables.ts";
import { campaignWords } from "./campaign-words.ts";
import { figureTable, workbookAnswer } from "./figure-table.ts";
import { excelLink, reportNav } from "./report-nav.ts";
import { words } from "./words.ts";

interface Asked {
  readonly programme: EveryProgramme;
  readonly sent: ReportPeriod;
  readonly unit: Unit | undefined;
}

/** The season that is open or was last: what a campaign is reported on. All year where there is none. */
const seasonOf = ({ uses }: Desk, programme: EveryProgramme, today: LocalDate): ReportPeriod => {
  const year = yearOf(today);
  const own = [programme.window(year, uses.policy), programme.window(year - 1, uses.policy)];
  const season = own.find((window) => window !== null && window.opens <= today);
  return season
    ? { from: season.opens, to: season.closes }
    : { from: `${year}-01-01` as LocalDate, to: today };
};

/** What can't be read is as if it were not there: the form shows what was counted instead. */
const askedOf = (desk: Desk, { units }: Pick<Organisation, "units">): Asked => {
  const { programme: typed, from, to, unit } = desk.request.query;
  const today = localDateOf(desk.uses.clock.now());
  const seasonal = programmes.find((one) => one.window(yearOf(today), desk.uses.policy) !== null);
  const programme = programmeById(typed ?? "") ?? seasonal ?? programmes[0];
  if (!programme) throw new Error("there is a programme");
  const [first, last] = [parseLocalDate(from ?? ""), parseLocalDate(to ?? "")];
  const sent = first && last && first <= last ? { from: first, to: last } : null;
  return {
    programme,
    sent: sent ?? seasonOf(desk, programme, today),
    unit: units.find(({ id }) => id === unit),
  };
};

const readCampaign = (
  desk: Desk,
  organisation: Organisation,
  { programme, sent, unit }: Asked,
): Promise<CampaignFigures> => {
  const offices = unit
    ? new Set<UnitId>(
        organisation.units
          .filter(({ id }) => isInBranch(organisation, unit.id, id))
          .map(({ id }) => id),
      )
    : null;
  const isOffice = (id: UnitId | null): boolean =>
    offices === null || (id !== null && offices.has(id));
  return campaignFigures(desk.uses, { programmeId: programme.id, sent, isOffice });
};

const select = (
  name: "programme" | "unit",
  label: string,
  options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[],
): Html =>
  html`<div class="item">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(
        ({ value, label: shown, chosen }) =>
          html`<option${attributes({ value, selected: chosen })}>${shown}</option>`,
      )}
    </select>
  </div>`;

const filterForm = (
  desk: Desk,
  { programme, sent, unit }: Asked,
  { units }: Pick<Organisation, "units">,
): Html => {
  const day = (name: "from" | "to", label: string): Html =>
    html`<div class="item">
      <label for="${name}">${label}</label>
      <input type="date" id="${name}" name="${name}" value="${sent[name]}" />
    </div>`;
  const ofProgrammes = programmes.map(({ id, title }) => ({
    value: id,
    label: say(desk, title),
    chosen: id === programme.id,
  }));
  const ofUnits = units.map(({ id, name }) => ({
    value: id as string,
    label: say(desk, name),
    chosen: id === unit?.id,
  }));
  const every = { value: "", label: say(desk, words.all), chosen: unit === undefined };
  return html`<details class="unprinted">
    <summary>${say(desk, campaignWords.change)}</summary>
    <form method="get" action="${paths.desk("reports", "campaign")}" class="filter">
      ${select("programme", say(desk, campaignWords.programme), ofProgrammes)}
      ${day("from", say(desk, campaignWords.sentFrom))}
      ${day("to", say(desk, campaignWords.sentTo))}
      ${select("unit", say(desk, words.unit), [every, ...ofUnits])}
      <p class="actions"><button class="second">${say(desk, campaignWords.show)}</button></p>
    </form>
  </details>`;
};

const headline = (desk: Desk, { report, feedback }: CampaignFigures): Html => {
  const { locale } = desk.request;
  const figure = (label: keyof typeof campaignWords, value: string, more = ""): Html =>
    html`<div>
      <dt>${say(desk, campaignWords[label])}</dt>
      <dd class="big">${value}</dd>
      ${more === "" ? null : html`<dd class="soft">${more}</dd>`}
    </div>`;
  const { total, visited, averageFen } = report;
  return html`<dl class="headline">
    ${figure("visited", count(visited))}
    ${figure("helped", count(total.helped), amount(total.paidFen, locale))}
    ${figure("average", averageFen === null ? "—" : amount(averageFen, locale))}
    ${figure("unpaid", count(total.unpaid), amount(total.unpaidFen, locale))}
    ${feedback ? figure("mean", meanWords(feedback), count(feedback.answered)) : null}
  </dl>`;
};

const queryOf = ({ programme, sent, unit }: Asked): Readonly<Record<string, string>> => ({
  programme: programme.id,
  from: sent.from,
  to: sent.to,
  ...(unit ? { unit: unit.id } : {}),
});

export const showCampaign = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const asked = askedOf(desk, organisation);
  const figures = await readCampaign(desk, organisation, asked);
  const { locale } = desk.request;
  const title = say(desk, campaignWords.title);
  const scope = [
    say(desk, asked.programme.title),
    `${date(asked.sent.from, locale)} – ${date(asked.sent.to, locale)}`,
    ...(asked.unit ? [say(desk, asked.unit.name)] : []),
    dateTime(desk.uses.clock.now(), locale),
  ];
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${reportNav(desk, "campaign")}
      <p class="lead">${say(desk, campaignWords.lead)}</p>
      <p class="soft">${scope.join(locale === "zh-CN" ? "；" : "; ")}</p>
      ${filterForm(desk, asked, organisation)}${headline(desk, figures)}
      ${campaignTables(desk, figures, organisation).map((table) => figureTable(desk, table))}
      <p class="soft small">${say(desk, campaignWords.how)}</p>
      ${excelLink(desk, "campaign", queryOf(asked))}`,
  });
};

export const downloadCampaign = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const asked = askedOf(desk, organisation);
  const figures = await readCampaign(desk, organisation, asked);
  const name = `campaign-${asked.programme.id}-${asked.sent.from}`;
  return workbookAnswer(desk, name, campaignTables(desk, figures, organisation));
};
