/** Public notices (公示): the list of those that stand, and one of them. Nobody is named on either (policy 7). */
import { standingOf, type Standing } from "#shared/casework/raise-objection.ts";
import { isBaseUnit, unitOf, type Organisation } from "#shared/domain/organisation.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { messagePage, notFoundPage } from "#shared/web/error-page.ts";
import { lastDayBefore } from "#shared/web/figures.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import {
  noticeKinds,
  noticeLabels,
  noticeLines,
  type NoticeLineName,
} from "#shared/web/notice-lines.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { labelled } from "#shared/web/messages.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import type { Uses } from "../uses.ts";
import { listNotices, type NoticeFilter, type NoticeList } from "#shared/casework/notice-list.ts";

const words = {
  title: { zh: "救助公示", en: "Public notices" },
  lead: {
    zh: "以下是正在公示的拟救助和已救助名单。如有异议，请在公示期内提出；提出异议的人，工会予以保密。",
    en: "These are the awards on public notice today. If you object to one, please say so while it is on show; the union keeps to itself who objected.",
  },
  none: { zh: "现在没有正在公示的名单。", en: "No notice is on show now." },
  unit: { zh: "所在工会", en: "Union office" },
  programme: { zh: "救助项目", en: "Programme" },
  all: { zh: "全部", en: "All" },
  show: { zh: "筛选", en: "Show" },
  kind: { zh: "公示类别", en: "Kind of notice" },
  more: { zh: "查看与异议", en: "See and object" },
  moreOf: { zh: "查看与异议：", en: "See and object: " },
  next: { zh: "下一页", en: "Next page" },
  one: { zh: "公示", en: "Public notice" },
  object: { zh: "对这条公示提出异议", en: "Object to this notice" },
  contact: { zh: "联系和投诉", en: "Contact and complaints" },
  back: { zh: "返回公示列表", en: "Back to the list" },
  seal: { zh: "公示单位（盖章）：　　　　　　　　", en: "Office (seal): " },
} as const satisfies Record<string, Text>;

const programmeTitle = (programmeId: string): Text =>
  programmeById(programmeId)?.title ?? { zh: "救助", en: "Relief" };

const columns: readonly NoticeLineName[] = [
  "name",
  "unit",
  "programme",
  "category",
  "amount",
  "days",
];

const row = ({ notice }: Standing, locale: Locale): Html => {
  const lines = noticeLines(notice, programmeTitle(notice.programmeId), locale);
  const label = `${inLocale(words.moreOf, locale)}${lines.name}`;
  return html`<tr>
    ${columns.map(
      (name) =>
        html`<td
          ${attributes({
            class: name === "amount" ? "figure" : null,
            "data-label": inLocale(noticeLabels[name], locale),
          })}
        >
          ${lines[name]}
        </td>`,
    )}
    <td ${attributes({ "data-label": inLocale(words.kind, locale) })}>
      ${inLocale(noticeKinds[notice.kind], locale)}
    </td>
    <td class="unprinted">
      <a href="${paths.notice(notice.applicationId)}" ${attributes({ "aria-label": label })}
        >${inLocale(words.more, locale)}</a
      >
    </td>
  </tr>`;
};

const table = ({ rows }: NoticeList, locale: Locale): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  return html`<div class="scroll">
    <table class="stacked">
      <thead>
        <tr>
          ${columns.map(
            (name) =>
              html`<th scope="col" ${attributes({ class: name === "amount" ? "figure" : null })}>
                ${say(noticeLabels[name])}
              </th>`,
          )}
          <th scope="col">${say(words.kind)}</th>
          <th scope="col" class="unprinted"><span class="unseen">${say(words.more)}</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((standing) => row(standing, locale))}
      </tbody>
    </table>
  </div>`;
};

interface Choice {
  readonly value: string;
  readonly label: Text;
}

const select = (
  name: string,
  label: Text,
  chosen: string,
  options: readonly Choice[],
  locale: Locale,
): Html =>
  html`<div class="item">
    <label for="f-${name}">${inLocale(label, locale)}</label>
    <select id="f-${name}" name="${name}">
      ${[{ value: "", label: words.all }, ...options].map(
        (option) =>
          html`<option ${attributes({ value: option.value, selected: option.value === chosen })}>
            ${inLocale(option.label, locale)}
          </option>`,
      )}
    </select>
  </div>`;

const filterForm = (
  filter: NoticeFilter,
  { units }: Pick<Organisation, "units">,
  locale: Locale,
): Html => {
  const offices = units.filter(isBaseUnit).map(({ id, name }) => ({ value: id, label: name }));
  const titles = programmes.map(({ id, title }) => ({ value: id, label: title }));
  return html`<form method="get" action="${paths.notices}" class="unprinted">
    ${select("unit", words.unit, filter.unitId, offices, locale)}
    ${select("programme", words.programme, filter.programmeId, titles, locale)}
    <div class="actions"><button class="second">${inLocale(words.show, locale)}</button></div>
  </form>`;
};

/** What a sheet on the notice board has besides: whom to call, and the place of the office's seal (policy 7). */
const boardFoot = (
  shown: readonly Standing[],
  { units }: Pick<Organisation, "units">,
  locale: Locale,
): Html => {
  const offices = new Set(shown.map(({ notice }) => notice.unitId));
  const contacts = units.filter(({ id, contact }) => contact && offices.has(id));
  return html`<div class="printed">
    ${contacts.map(
      ({ name, contact }) =>
        html`<p>
          ${labelled(words.contact, locale)}${inLocale(name, locale)}
          ${contact && inLocale(contact, locale)}
        </p>`,
    )}
    <p class="board-foot">${inLocale(words.seal, locale)}</p>
  </div>`;
};

/** Only what can be chosen is filtered by; anything else in an address is as if it weren't there. */
const filterOf = (
  { query }: PageRequest,
  { units }: Pick<Organisation, "units">,
): NoticeFilter => ({
  unitId: units.find(({ id }) => id === query["unit"])?.id ?? "",
  programmeId: programmeById(query["programme"] ?? "")?.id ?? "",
});

const nextAddress = ({ unitId, programmeId }: NoticeFilter, next: string): string =>
  `${paths.notices}?${new URLSearchParams({ unit: unitId, programme: programmeId, after: next }).toString()}`;

export const noticesPage = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const organisation = await uses.directory.organisation();
  const filter = filterOf(request, organisation);
  const after = request.query["after"] ?? "";
  const found = await listNotices(uses, filter, after);
  // An address that isn't one of ours begins at the beginning.
  const list = found ?? (await listNotices(uses, filter, "")) ?? { rows: [], next: null };
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: paths.notices,
      wide: true,
      body: html`<h1>${say(words.title)}</h1>
        <p class="lead">${say(words.lead)}</p>
        ${filterForm(filter, organisation, locale)}
        ${
          list.rows.length > 0
            ? html`${table(list, locale)}${boardFoot(list.rows, organisation, locale)}`
            : html`<p>${say(words.none)}</p>`
        }
        ${
          list.next !== null &&
          html`<p class="actions">
            <a class="button second" href="${nextAddress(filter, list.next)}">${say(words.next)}</a>
          </p>`
        }`,
    }),
  );
};

/** A notice that is over was taken down, and says so; what was never noticed isn't told apart from what isn't there. */
export const noNoticePage = async (
  uses: Uses,
  { locale }: PageRequest,
  id: ApplicationId,
): Promise<PageResponse> =>
  (await uses.notices.noticesOf(id)).length === 0
    ? notFoundPage(locale)
    : messagePage(410, locale, {
        title: { zh: "公示已结束", en: "This notice is over" },
        happened: {
          zh: "公示期已满或该事项已办结，公示内容已经撤下。",
          en: "Its time is over or the case was decided, and the notice was taken down.",
        },
        next: {
          zh: "如仍有情况反映，请联系所在工会。",
          en: "If there is still something to say, please speak to the union office.",
        },
        link: { href: paths.notices, label: words.back },
      });

/** What a notice says, as on its own page and above the form to object to it. */
export const noticeFacts = (
  { notice }: Standing,
  { units }: Pick<Organisation, "units">,
  locale: Locale,
): Html => {
  const lines = noticeLines(notice, programmeTitle(notice.programmeId), locale);
  const contact = unitOf({ units, staff: [] }, notice.unitId)?.contact;
  return html`<dl class="facts">
    ${columns
      .filter((name) => lines[name] !== "")
      .map(
        (name) =>
          html`<dt>${inLocale(noticeLabels[name], locale)}</dt>
            <dd>${lines[name]}</dd>`,
      )}
    <dt>${inLocale(words.kind, locale)}</dt>
    <dd>${inLocale(noticeKinds[notice.kind], locale)}</dd>
    ${
      contact &&
      html`<dt>${inLocale(words.contact, locale)}</dt>
        <dd>${inLocale(contact, locale)}</dd>`
    }
  </dl>`;
};

export const untilWords = ({ notice }: Standing): Text => ({
  zh: `如有异议，请在${lastDayBefore(notice.endsAt, "zh-CN")}（含当日）前提出。`,
  en: `If you object, please say so by ${lastDayBefore(notice.endsAt, "en")}, that day included.`,
});

export const noticePage = async (
  uses: Uses,
  request: PageRequest,
  id: ApplicationId,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const standing = await standingOf(uses, id);
  if (!standing) return noNoticePage(uses, request, id);
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.one),
      path: paths.notice(id),
      body: html`<h1>${say(words.one)}</h1>
        ${noticeFacts(standing, await uses.directory.organisation(), locale)}
        <p>${say(untilWords(standing))}</p>
        <p class="printed board-foot">${say(words.seal)}</p>
        <p class="actions">
          <a class="button second" href="${paths.objection(id)}">${say(words.object)}</a>
          <a href="${paths.notices}">${say(words.back)}</a>
        </p>`,
    }),
  );
};
