/** Offices and people: searched by name or address, office and role, grouped by office, a page at a time. */
import { isAbsent } from "#shared/domain/approver.ts";
import {
  tierTitles,
  type Organisation,
  type Staff,
  type Unit,
} from "#shared/domain/organisation.ts";
import { allRoles, roleTitles } from "#shared/domain/staffing.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskPage, figureHeading, say, type Desk } from "../../frame.ts";
import { querySelect } from "../query-select.ts";
import {
  isAlone,
  isApprover,
  listPath,
  pageHref,
  peopleAsked,
  readAsked,
  staffStates,
  type Asked,
  type StaffState,
} from "./asked.ts";
import { indented, treeOf, type Placed } from "./tree.ts";
import { words as area } from "./words.ts";

const words = {
  ...area,
  find: { zh: "姓名或邮箱的一部分", en: "Part of a name or an address" },
  unit: { zh: "机构（含下级）", en: "Office, with those below it" },
  role: { zh: "岗位", en: "Role" },
  show: { zh: "状态", en: "State" },
  search: { zh: "查找", en: "Find" },
  clear: { zh: "清除条件", en: "Clear" },
  noPin: { zh: "未设PIN", en: "No PIN" },
  noStandIn: { zh: "没有代理", en: "No stand-in" },
  nobodyFits: { zh: "没有符合条件的人员。", en: "Nobody fits." },
  pages: { zh: "翻页", en: "Pages" },
  before: { zh: "上一页", en: "Previous" },
  next: { zh: "下一页", en: "Next" },
} as const satisfies Record<string, Text>;

const peopleAPage = 100;

const tag = (desk: Desk, mood: string, label: Text): Html =>
  html` <span class="tag ${mood}">${say(desk, label)}</span>`;

const personCells = (desk: Desk, person: Staff): readonly Fragment[] => {
  const today = localDateOf(desk.uses.clock.now());
  const away = isAbsent(person, today);
  return [
    html`<a href="${paths.desk("people", "staff", person.id)}">${person.name}</a>
      ${person.active ? null : tag(desk, "", words.inactive)}
      ${away ? tag(desk, "wait", words.away) : null}
      ${away && isAlone(desk, person) ? tag(desk, "wrong", words.noStandIn) : null}
      ${isApprover(person) && person.pinHash === null ? tag(desk, "wait", words.noPin) : null}`,
    person.roles.map((role) => say(desk, roleTitles[role])).join("、"),
    person.email,
  ];
};

/** One office with those of its people who are on this page. */
const unitPeople = (
  desk: Desk,
  unit: Unit | undefined,
  people: readonly Staff[],
  inAll: number,
): Html =>
  html`<h3>
      ${unit ? inLocale(unit.name, desk.request.locale) : "—"}
      <span class="tag">${count(inAll)}</span>
    </h3>
    ${cardTable(
      desk,
      [words.name, words.roles, words.email],
      people.map((person) => personCells(desk, person)),
    )}`;

const pagesPart = (desk: Desk, page: number, pages: number): Html | null => {
  const link = (to: number, label: Text): Html =>
    html`<a class="button second" href="${pageHref(desk, to)}">${say(desk, label)}</a>`;
  return pages > 1
    ? html`<nav class="actions" aria-label="${say(desk, words.pages)}">
        ${page > 1 ? link(page - 1, words.before) : null}<span>${page} / ${pages}</span>
        ${page < pages ? link(page + 1, words.next) : null}
      </nav>`
    : null;
};

const peoplePart = (
  desk: Desk,
  organisation: Organisation,
  people: readonly Staff[],
  asked: number,
): Html => {
  const pages = Math.max(1, Math.ceil(people.length / peopleAPage));
  const page = Math.min(asked, pages);
  const shown = people.slice((page - 1) * peopleAPage, page * peopleAPage);
  const unitIds = [...new Set(shown.map(({ unitId }) => unitId))];
  const inUnit = (list: readonly Staff[], id: UnitId) => list.filter(({ unitId }) => unitId === id);
  return html`<section class="lean" id="people">
    <h2>${say(desk, words.people)} <span class="tag">${count(people.length)}</span></h2>
    ${people.length === 0 ? html`<p>${say(desk, words.nobodyFits)}</p>` : null}
    ${unitIds.map((id) => {
      const unit = organisation.units.find((one) => one.id === id);
      return unitPeople(desk, unit, inUnit(shown, id), inUnit(people, id).length);
    })}
    ${pagesPart(desk, page, pages)}
  </section>`;
};

const officeCells = (
  desk: Desk,
  { staff }: Organisation,
  { unit, depth }: Placed,
): readonly Fragment[] => {
  const present = staff.filter(({ active, unitId }) => active && unitId === unit.id);
  return [
    html`${"　".repeat(depth)}<a href="${paths.desk("people", "offices", unit.id)}"
        >${inLocale(unit.name, desk.request.locale)}</a
      >
      ${present.some(isApprover) ? null : tag(desk, "wrong", words.unmanned)}`,
    say(desk, tierTitles[unit.tier]),
    html`<a href="${listPath}?unit=${unit.id}#people">${count(present.length)}</a>`,
  ];
};

/** The tree of offices, folded where somebody looks for people. */
const officesPart = (desk: Desk, organisation: Organisation, { state, ...asked }: Asked): Html => {
  const unmanned = state === "unmanned";
  const isUnmanned = ({ unit }: Placed): boolean =>
    !organisation.staff.some((person) => person.unitId === unit.id && isApprover(person));
  const searches = asked.text !== "" || asked.unitId !== "" || asked.role !== null;
  const offices = treeOf(organisation).filter((placed) => !unmanned || isUnmanned(placed));
  return html`<details
    class="lean"
    ${attributes({ open: unmanned || (!searches && state === null) })}
  >
    <summary>${say(desk, words.offices)} ${count(offices.length)}</summary>
    ${cardTable(
      desk,
      [words.office, words.tier, figureHeading(words.staffed)],
      offices.map((placed) => officeCells(desk, organisation, placed)),
    )}
  </details>`;
};

const searchForm = (desk: Desk, organisation: Organisation): Html => {
  const { locale, query } = desk.request;
  const units = treeOf(organisation).map(({ unit, depth }) => ({
    value: unit.id,
    label: indented(inLocale(unit.name, locale), depth),
  }));
  const text = attributes({
    type: "search",
    id: "q",
    name: "q",
    maxlength: 60,
    value: query["q"] ?? "",
  });
  return html`<form class="filters unprinted" method="get" action="${listPath}" role="search">
    <div class="item"><label for="q">${say(desk, words.find)}</label><input${text} /></div>
    ${querySelect(desk, "unit", words.unit, units)}
    ${querySelect(
      desk,
      "role",
      words.role,
      allRoles.map((role) => ({ value: role, label: say(desk, roleTitles[role]) })),
    )}
    ${querySelect(
      desk,
      "show",
      words.show,
      (Object.keys(staffStates) as StaffState[]).map((state) => ({
        value: state,
        label: say(desk, staffStates[state]),
      })),
    )}
    <p class="actions">
      <button class="second">${say(desk, words.search)}</button>
      <a href="${listPath}">${say(desk, words.clear)}</a>
    </p>
  </form>`;
};

export const showPeople = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const asked = readAsked(desk);
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p class="actions">
        <a class="button" href="${paths.desk("people", "new")}">${say(desk, words.appoint)}</a>
        <a class="button second" href="${paths.desk("people", "offices", "new")}"
          >${say(desk, words.open)}</a
        >
        <a href="${paths.desk("people", "changes")}">${say(desk, words.changes)}</a>
      </p>
      ${searchForm(desk, organisation)}${officesPart(desk, organisation, asked)}
      ${
        asked.state === "unmanned"
          ? null
          : peoplePart(desk, organisation, peopleAsked(desk, organisation, asked), asked.page)
      }`,
  });
};
