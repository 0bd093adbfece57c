/** Opening an office, and changing its name or the office above it. */
import {
  tierTitles,
  type Line,
  type Organisation,
  type Tier,
  type Unit,
} from "#shared/domain/organisation.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import type { RouteLimits } from "#shared/domain/route.ts";
import { unitProblem } from "#shared/domain/staffing.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { lineNames } from "#shared/web/messages.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { selectField, textField, type FormView } from "./fields.ts";
import { changedMeanwhile, seenField, wasSeen } from "./stale.ts";
import { unitProblemWords, words } from "./words.ts";

const contactMax = 200;

const limitsNow = (desk: Desk): RouteLimits =>
  commonPolicyOn(desk.uses.policy, localDateOf(desk.uses.clock.now())).route;

/** "territorial:station": the places that an office may have on the policy's ladders. */
const placesOf = (desk: Desk): readonly { value: string; label: string }[] => {
  const { ladders } = limitsNow(desk);
  return (Object.entries(ladders) as [Line, readonly Tier[]][]).flatMap(([line, ladder]) =>
    ladder
      .filter((tier) => tier !== "city")
      .map((tier) => ({
        value: `${line}:${tier}`,
        label: `${say(desk, tierTitles[tier])} · ${say(desk, lineNames[line])}`,
      })),
  );
};

const unitPage = async (
  desk: Desk,
  organisation: Organisation,
  unit: Unit | null,
  view: FormView,
): Promise<PageResponse> => {
  const title = unit ? inLocale(unit.name, desk.request.locale) : say(desk, words.open);
  const parents = organisation.units
    .filter(({ id }) => id !== unit?.id)
    .map(({ id, name }) => ({ value: id, label: inLocale(name, desk.request.locale) }));
  const action = paths.desk("people", "offices", unit?.id ?? "new");
  const content = html`${unit && seenField(desk, unit)}
    ${textField(desk, view, "nameZh", { label: words.nameZh, maxLength: 60 })}
    ${textField(desk, view, "nameEn", { label: words.nameEn, maxLength: 120 })}
    ${textField(desk, view, "contactZh", { label: words.contactZh, hint: words.contactHint, maxLength: contactMax })}
    ${textField(desk, view, "contactEn", { label: words.contactEn, maxLength: contactMax })}
    ${
      unit
        ? html`<p class="soft">
            ${say(desk, tierTitles[unit.tier])}${unit.line ? ` · ${say(desk, lineNames[unit.line])}` : ""}
          </p>`
        : html`${textField(desk, view, "unitId", { label: words.unitId, hint: words.unitIdHint, maxLength: 32 })}
          ${selectField(desk, view, "tierAndLine", { label: words.tierAndLine, hint: words.tierHint, options: placesOf(desk) })}`
    }
    ${
      unit?.tier === "city"
        ? null
        : selectField(desk, view, "parentId", { label: words.parent, options: parents })
    }
    <p class="actions"><button>${say(desk, words.save)}</button></p>`;
  const summary = view.problem
    ? [{ href: `#${view.problem.field}`, words: say(desk, view.problem.says) }]
    : [];
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${await deskForm(desk, action, content)}`,
  });
};

const valuesOf = (unit: Unit): FormView["values"] => ({
  nameZh: unit.name.zh,
  nameEn: unit.name.en,
  contactZh: unit.contact?.zh ?? "",
  contactEn: unit.contact?.en ?? "",
  parentId: unit.parentId ?? "",
});

/** Chinese alone is enough: a contact is an address and a number, which read the same in both. */
const typedContact = (zh: string, en: string): Pick<Unit, "contact"> =>
  zh === "" && en === "" ? {} : { contact: { zh: zh || en, en: en || zh } };

const typedUnit = ({ request: { form } }: Desk, before: Unit | null): Unit => {
  const [line, tier] = (form["tierAndLine"] ?? "").split(":");
  const typed = (name: string): string => (form[name] ?? "").normalize("NFKC").trim();
  return {
    id: before?.id ?? (typed("unitId") as UnitId),
    name: { zh: typed("nameZh"), en: typed("nameEn") },
    tier: before?.tier ?? (tier as Tier),
    line: before ? before.line : (line as Line),
    parentId: before?.tier === "city" ? null : ((typed("parentId") || null) as UnitId | null),
    ...typedContact(
      typed("contactZh").slice(0, contactMax),
      typed("contactEn").slice(0, contactMax),
    ),
  };
};

const changedFields = (before: Unit | null, after: Unit): readonly string[] => {
  if (before === null) return ["opened"];
  const renamed = before.name.zh !== after.name.zh || before.name.en !== after.name.en;
  return [
    ...(renamed ? ["name"] : []),
    ...(before.contact?.zh !== after.contact?.zh || before.contact?.en !== after.contact?.en
      ? ["contact"]
      : []),
    ...(before.parentId === after.parentId ? [] : ["parentId"]),
  ];
};

const save = async (desk: Desk, before: Unit | null): Promise<PageResponse> => {
  if (before && !wasSeen(desk, before)) return changedMeanwhile(desk);
  const organisation = await desk.uses.directory.organisation();
  const after = typedUnit(desk, before);
  const isPlace =
    before !== null ||
    placesOf(desk).some(({ value }) => value === desk.request.form["tierAndLine"]);
  const problem = isPlace
    ? unitProblem(organisation, before, after, limitsNow(desk))
    : "parent_not_above";
  if (problem) {
    const view = { values: desk.request.form, problem: unitProblemWords[problem] };
    return unitPage(desk, organisation, before, view);
  }
  const fields = changedFields(before, after);
  const list = redirect(paths.desk("people"));
  if (fields.length === 0) return list;
  const saved = await desk.uses.directory.saveUnit(before, after, {
    at: desk.uses.clock.now(),
    by: desk.session.staff.id,
    subject: after.id,
    fields,
    rolesBefore: [],
    rolesAfter: [],
  });
  return saved ? list : changedMeanwhile(desk);
};

export const showNewUnit = async (desk: Desk): Promise<PageResponse> =>
  unitPage(desk, await desk.uses.directory.organisation(), null, { values: {}, problem: null });

export const openUnit = (desk: Desk): Promise<PageResponse> => save(desk, null);

export const showUnit = async (desk: Desk, id: string): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const unit = organisation.units.find((office) => office.id === id);
  return unit
    ? unitPage(desk, organisation, unit, { values: valuesOf(unit), problem: null })
    : notFoundPage(desk.request.locale);
};

export const changeUnit = async (desk: Desk, id: string): Promise<PageResponse> => {
  const { units } = await desk.uses.directory.organisation();
  const unit = units.find((office) => office.id === id);
  return unit ? save(desk, unit) : notFoundPage(desk.request.locale);
};
