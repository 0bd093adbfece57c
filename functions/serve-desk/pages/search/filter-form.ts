/** The controls that narrow a list of cases. A GET: the address can be kept and sent on. */
import { tierTitles, type Organisation, type Tier } from "#shared/domain/organisation.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import { programmes } from "#workflows/registry.ts";
import { say, type Desk } from "../../frame.ts";
import { seesCaseOf } from "../../scope.ts";
import { querySelect } from "../query-select.ts";
import { indented, treeOf } from "../people/tree.ts";
import { waitingStatuses, type FilterField, type ReadFilter } from "./filter.ts";

const words = {
  state: { zh: "状态", en: "State" },
  programme: { zh: "项目", en: "Programme" },
  unit: { zh: "工会（含下级）", en: "Office, with those below it" },
  tier: { zh: "由哪一级办理", en: "Whose turn, by tier" },
  overdue: { zh: "只看已超期", en: "Overdue only" },
  from: { zh: "日期从", en: "Days from" },
  to: { zh: "日期到（含当天）", en: "Days to, that day included" },
  min: { zh: "金额从（元）", en: "Amount from (yuan)" },
  max: { zh: "金额到（元）", en: "Amount to (yuan)" },
} as const satisfies Record<string, Text>;

export const filterLabels: Readonly<Record<FilterField, Text>> = words;

type Name = "state" | "programme" | "unit" | "tier";
interface Choice {
  readonly value: string;
  readonly label: string;
}

const typedIn = ({ request: { query } }: Desk, name: string): string => query[name] ?? "";

const select = (desk: Desk, name: Name, choices: readonly Choice[]): Html =>
  querySelect(desk, name, words[name], choices);

const stateSelect = (desk: Desk, more: readonly Choice[]): Html =>
  select(desk, "state", [
    ...waitingStatuses.map((value) => ({ value, label: say(desk, statusNames[value]) })),
    ...more,
  ]);

const unitSelect = (desk: Desk, organisation: Organisation): Html =>
  select(
    desk,
    "unit",
    treeOf(organisation)
      .filter(({ unit }) => seesCaseOf(desk, organisation, { unitId: unit.id }))
      .map(({ unit, depth }) => ({
        value: unit.id,
        label: indented(inLocale(unit.name, desk.request.locale), depth),
      })),
  );

/** State, programme, office, tier, and whether it is late. */
export const queueControls = (desk: Desk, organisation: Organisation): Html => {
  const box = attributes({
    type: "checkbox",
    name: "overdue",
    value: "yes",
    checked: typedIn(desk, "overdue") === "yes",
  });
  const tiers = Object.keys(tierTitles) as readonly Tier[];
  return html`${stateSelect(desk, [])}${programmeSelect(desk)}${unitSelect(desk, organisation)}
    ${select(
      desk,
      "tier",
      tiers.map((value) => ({ value, label: say(desk, tierTitles[value]) })),
    )} <label class="tick"><input${box} /><span>${say(desk, words.overdue)}</span></label>`;
};

const programmeSelect = (desk: Desk): Html =>
  select(
    desk,
    "programme",
    programmes.map(({ id, title }) => ({ value: id, label: say(desk, title) })),
  );

const textItem = (desk: Desk, name: FilterField, problems: ReadFilter["problems"]): Html => {
  const problem = problems[name];
  const isDay = name === "from" || name === "to";
  const control = attributes({
    id: name,
    name,
    // A date control can't show what isn't a date, so a mistyped one comes back as the text it was.
    type: isDay && !problem ? "date" : "text",
    inputmode: isDay ? null : "decimal",
    maxlength: 16,
    value: typedIn(desk, name),
    "aria-describedby": problem ? `${name}-problem` : null,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, words[name])}</label>
    ${problem && html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>`}
    <input${control} />
  </div>`;
};

/** State (paid ones too), programme, office, period, amount. */
export const searchControls = (
  desk: Desk,
  organisation: Organisation,
  { problems }: Pick<ReadFilter, "problems">,
): Html =>
  html`${stateSelect(desk, [{ value: "paid", label: say(desk, statusNames.paid) }])}
  ${programmeSelect(desk)}${unitSelect(desk, organisation)}
  ${(["from", "to", "min", "max"] as const).map((name) => textItem(desk, name, problems))}`;
