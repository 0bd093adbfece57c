/** All offices as a tree of both lines, and all people. */
import {
  tierTitles,
  unitOf,
  type Organisation,
  type Staff,
  type Unit,
} from "#shared/domain/organisation.ts";
import { roleTitles } from "#shared/domain/staffing.ts";
import { isAbsent } from "#shared/domain/approver.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, figureHeading, say, table, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

interface Placed {
  readonly unit: Unit;
  readonly depth: number;
}

/** An office followed by those below it; an office whose superior is missing stands on its own. */
const treeOf = ({ units }: Organisation): readonly Placed[] => {
  const under = (parent: Unit, depth: number): readonly Placed[] => [
    { unit: parent, depth },
    ...units
      .filter(({ parentId }) => parentId === parent.id)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .flatMap((unit) => under(unit, depth + 1)),
  ];
  const roots = units.filter(({ parentId }) => !units.some(({ id }) => id === parentId));
  return roots.flatMap((root) => under(root, 0));
};

const officeRow = (desk: Desk, { staff }: Organisation, { unit, depth }: Placed): Html => {
  const present = staff.filter(({ active, unitId }) => active && unitId === unit.id);
  const decides = present.some(({ roles }) => roles.includes("approver"));
  return html`<tr>
    <td>
      <span class="depth-${String(Math.min(depth, 4))}"
        >${"　".repeat(depth)}<a href="${paths.desk("people", "offices", unit.id)}"
          >${inLocale(unit.name, desk.request.locale)}</a
        ></span
      >
      ${decides ? null : html`<span class="tag wrong">${say(desk, words.unmanned)}</span>`}
    </td>
    <td>${say(desk, tierTitles[unit.tier])}</td>
    <td class="figure">${String(present.length)}</td>
  </tr>`;
};

const personRow = (desk: Desk, organisation: Organisation, person: Staff): Html => {
  const unit = unitOf(organisation, person.unitId);
  const today = localDateOf(desk.uses.clock.now());
  return html`<tr>
    <td>
      <a href="${paths.desk("people", "staff", person.id)}">${person.name}</a>
      ${person.active ? null : html`<span class="tag">${say(desk, words.inactive)}</span>`}
      ${isAbsent(person, today) ? html`<span class="tag wait">${say(desk, words.away)}</span>` : null}
    </td>
    <td>${unit ? inLocale(unit.name, desk.request.locale) : ""}</td>
    <td>${person.roles.map((role) => say(desk, roleTitles[role])).join("、")}</td>
    <td>${person.email}</td>
  </tr>`;
};

export const showPeople = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const people = organisation.staff.toSorted(
    (one, other) => Number(other.active) - Number(one.active) || (one.id < other.id ? -1 : 1),
  );
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
      ${table(
        desk,
        [words.office, words.tier, figureHeading(words.staffed)],
        treeOf(organisation).map((placed) => officeRow(desk, organisation, placed)),
        words.offices,
      )}
      ${table(
        desk,
        [words.name, words.office, words.roles, words.email],
        people.map((person) => personRow(desk, organisation, person)),
        words.people,
      )}`,
  });
};
