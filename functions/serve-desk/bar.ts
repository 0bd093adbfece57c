/** The row under the header that leads through the desk: few areas, and the pages of the area one is in. */
import type { Staff } from "#shared/domain/organisation.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { hasRight, type Right } from "./rights.ts";

interface Place {
  readonly label: Text;
  /** First segment after /desk; "" is the desk's first page. */
  readonly at: string;
  /** Other first segments that belong to it. */
  readonly also?: readonly string[];
  /** Any of them; none means whoever is signed in. */
  readonly rights: readonly Right[];
}

interface Area {
  readonly label: Text;
  readonly places: readonly Place[];
}

/** Where there is one place only, it stands for its area. */
const areas: readonly Area[] = [
  {
    label: { zh: "工作台", en: "Desk" },
    places: [{ label: { zh: "工作台", en: "Desk" }, at: "", rights: [] }],
  },
  {
    label: { zh: "案件", en: "Cases" },
    places: [
      { label: { zh: "受理与核实", en: "Handling" }, at: "handling", rights: ["handle"] },
      {
        label: { zh: "代办申请", en: "Apply for a worker" },
        at: "on-behalf",
        rights: ["apply_for"],
      },
      {
        label: { zh: "办理中的案件", en: "Cases under way" },
        at: "cases",
        also: ["case"],
        rights: ["see_cases"],
      },
      { label: { zh: "查找", en: "Search" }, at: "search", rights: ["see_cases"] },
    ],
  },
  {
    label: { zh: "档案", en: "Archive" },
    places: [
      { label: { zh: "困难职工档案", en: "Archive" }, at: "archive", rights: ["see_archive"] },
    ],
  },
  {
    label: { zh: "资金", en: "Money" },
    places: [
      {
        label: { zh: "资金账目", en: "Funds" },
        at: "funds",
        also: ["paying-accounts"],
        rights: ["see_funds"],
      },
      { label: { zh: "发放批次", en: "Batches" }, at: "batches", rights: ["see_batches"] },
      { label: { zh: "资金分配", en: "Allocation" }, at: "allocations", rights: ["see_funds"] },
      {
        label: { zh: "先行救助与追回", en: "Advances and recovery" },
        at: "recovery",
        rights: ["see_recovery"],
      },
      { label: { zh: "财务导出", en: "Exports" }, at: "exports", rights: ["export"] },
    ],
  },
  {
    label: { zh: "统计", en: "Reports" },
    places: [
      { label: { zh: "统计报表", en: "Reports" }, at: "reports", rights: ["see_funds"] },
      { label: { zh: "夜间核账", en: "Nightly audit" }, at: "audit", rights: ["see_funds"] },
      {
        label: { zh: "到账与满意度", en: "Arrival and satisfaction" },
        at: "feedback",
        rights: ["see_batches"],
      },
    ],
  },
  {
    label: { zh: "监督", en: "Oversight" },
    places: [
      {
        label: { zh: "抽查比对", en: "Second looks" },
        at: "oversight",
        rights: ["second_look", "compare_branches"],
      },
      { label: { zh: "轨迹核验", en: "Trail" }, at: "trail", rights: ["see_trail"] },
    ],
  },
  {
    label: { zh: "管理", en: "Settings" },
    places: [
      {
        label: { zh: "机构人员", en: "Offices and people" },
        at: "people",
        rights: ["manage_people"],
      },
      {
        label: { zh: "接口客户端", en: "API clients" },
        at: "api-clients",
        rights: ["manage_people"],
      },
      { label: { zh: "政策", en: "Policy" }, at: "policy", rights: ["simulate_policy"] },
    ],
  },
];

const words = {
  navigation: { zh: "工作台导航", en: "Desk" },
} as const satisfies Record<string, Text>;

export interface BarView {
  readonly staff: Staff;
  readonly locale: Locale;
  /** Segments of the page's address, "desk" first. */
  readonly path: readonly string[];
  /** Who is signed in and the way out; not on pages of words alone. */
  readonly leave?: Html;
}

const hrefOf = ({ at }: Place): string => (at === "" ? paths.desk() : paths.desk(at));

const isAt = ({ at, also = [] }: Place, here: string): boolean => [at, ...also].includes(here);

const link = ({ locale, path }: BarView, place: Place, label: Text, here: string): Html => {
  const isPage = isAt(place, here) && path.length <= (place.at === "" ? 1 : 2);
  const current = isPage && here === place.at ? "page" : isAt(place, here) ? "true" : null;
  return html`<li>
    <a href="${hrefOf(place)}" ${attributes({ "aria-current": current })}
      >${inLocale(label, locale)}</a
    >
  </li>`;
};

/** An area's link leads to its first place; it is marked wherever one is within it. */
const areaLink = (view: BarView, { label, places }: Area, here: string): Html => {
  const [first] = places;
  if (!first) return html``;
  if (places.length === 1) return link(view, first, label, here);
  const current = places.some((place) => isAt(place, here)) ? "true" : null;
  return html`<li>
    <a href="${hrefOf(first)}" ${attributes({ "aria-current": current })}
      >${inLocale(label, view.locale)}</a
    >
  </li>`;
};

/** Areas with what this person may see of them. */
const areasFor = (staff: Staff): readonly Area[] =>
  areas
    .map(({ label, places }) => ({
      label,
      places: places.filter(
        ({ rights }) => rights.length === 0 || rights.some((right) => hasRight(staff, right)),
      ),
    }))
    .filter(({ places }) => places.length > 0);

/** The row of areas, and under it the places of the area one is in. */
export const barOf = (view: BarView): Html => {
  const here = view.path[1] ?? "";
  const own = areasFor(view.staff);
  const inside = own.find(({ places }) => places.some((place) => isAt(place, here)));
  const more =
    inside && inside.places.length > 1
      ? html`<nav class="places" aria-label="${inLocale(inside.label, view.locale)}">
          <ul class="frame wide">
            ${inside.places.map((place) => link(view, place, place.label, here))}
          </ul>
        </nav>`
      : null;
  return html`<div class="desk-bar unprinted">
    <div class="frame wide">
      <nav aria-label="${inLocale(words.navigation, view.locale)}">
        <ul>
          ${own.map((area) => areaLink(view, area, here))}
        </ul>
        ${view.leave}
      </nav>
    </div>
    ${more}
  </div>`;
};
