/** What a simulated draft comes to, as tables. References, offices and amounts: nothing personal. */
import type { DraftFlight } from "#shared/casework/simulate-policy.ts";
import { tierTitles, type Unit } from "#shared/domain/organisation.ts";
import type {
  AwardChange,
  SimulatedCase,
  SimulatedOutcome,
  SimulatedTotals,
} from "#shared/domain/policy-simulation.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { displayYuan } from "#shared/kernel/money.ts";
import { date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { count, figureHeading, mayDo, say, table, type Desk } from "../../frame.ts";
import { changesTable, listName } from "./pack-view.ts";

const words = {
  changes: { zh: "草案改变的参数", en: "What the draft changes" },
  noChanges: {
    zh: "这一天草案与现行政策没有不同。",
    en: "On this day the draft is no different from the rules in force.",
  },
  totals: { zh: "按项目和单位汇总", en: "By programme and office" },
  programme: { zh: "项目", en: "Programme" },
  unit: { zh: "单位", en: "Office" },
  cases: { zh: "案件", en: "Cases" },
  before: { zh: "现行（元）", en: "Present, yuan" },
  after: { zh: "草案（元）", en: "Draft, yuan" },
  gains: { zh: "增加", en: "Gain" },
  loses: { zh: "减少", en: "Lose" },
  newly_approved: { zh: "新获批准", en: "Newly approved" },
  newly_refused: { zh: "不再批准", en: "Newly refused" },
  unchanged: { zh: "不变", en: "Unchanged" },
  otherRoute: { zh: "审批层级有变", en: "Other tiers" },
  otherPapers: { zh: "材料有变", en: "Other papers" },
  total: { zh: "合计", en: "Total" },
  changed: { zh: "结果有变的案件", en: "Cases that come out otherwise" },
  none: { zh: "没有案件的结果有变。", en: "No case comes out otherwise." },
  reference: { zh: "受理编号", en: "Reference" },
  change: { zh: "变化", en: "Change" },
  refused: { zh: "不批准", en: "refused" },
  minutes: { zh: "需会议纪要", en: "minutes needed" },
  workedCases: {
    zh: "还没有可试算的案件，以下用各项目的算例代替。",
    en: "There are no cases to simulate yet; the worked cases of the programmes stand in.",
  },
} as const satisfies Record<string, Text>;

const changesInOrder: readonly AwardChange[] = [
  "gains",
  "loses",
  "newly_approved",
  "newly_refused",
  "unchanged",
];

const figureCell = (text: string): Html => html`<td class="figure">${text}</td>`;

const totalsRow = (name: Html, totals: SimulatedTotals): Html =>
  html`<tr>
    ${name} ${figureCell(count(totals.cases))} ${figureCell(displayYuan(totals.beforeFen))}
    ${figureCell(displayYuan(totals.afterFen))}
    ${changesInOrder.map((change) => figureCell(count(totals.changes[change])))}
    ${figureCell(count(totals.otherRoute))} ${figureCell(count(totals.otherPapers))}
  </tr>`;

const unitName = (desk: Desk, units: readonly Unit[], id: string): string => {
  const unit = units.find((one) => one.id === id);
  return unit ? inLocale(unit.name, desk.request.locale) : id;
};

const totalsTable = (
  desk: Desk,
  { simulation: { groups, total } }: DraftFlight,
  units: readonly Unit[],
): Html =>
  table(
    desk,
    [
      words.programme,
      words.unit,
      figureHeading(words.cases),
      figureHeading(words.before),
      figureHeading(words.after),
      ...changesInOrder.map((change) => figureHeading(words[change])),
      figureHeading(words.otherRoute),
      figureHeading(words.otherPapers),
    ],
    [
      ...groups.map((group) =>
        totalsRow(
          html`<td>${listName(desk, group.programmeId)}</td>
            <td>${unitName(desk, units, group.unitId)}</td>`,
          group,
        ),
      ),
      totalsRow(
        html`<th scope="row">${say(desk, words.total)}</th>
          <td></td>`,
        total,
      ),
    ],
    words.totals,
  );

const outcomeCell = (desk: Desk, outcome: SimulatedOutcome): Html => {
  const { approved, code, amountFen, tiers, needsMinutes } = outcome;
  const last = tiers.at(-1);
  const parts = [
    approved ? displayYuan(amountFen) : `${say(desk, words.refused)} ${code ?? ""}`,
    last ? say(desk, tierTitles[last]) : "",
    needsMinutes ? say(desk, words.minutes) : "",
  ].filter(Boolean);
  return html`<td>${parts.join(" · ")}</td>`;
};

const caseRow = (desk: Desk, one: SimulatedCase, units: readonly Unit[]): Html => {
  const { reference, programmeId, unitId, change } = one;
  const marks = [
    say(desk, words[change]),
    ...(one.otherRoute ? [say(desk, words.otherRoute)] : []),
    ...(one.otherPapers ? [say(desk, words.otherPapers)] : []),
  ];
  return html`<tr>
    <td>
      ${
        mayDo(desk, "see_cases")
          ? html`<a href="${paths.desk("case", reference)}">${reference}</a>`
          : reference
      }
    </td>
    <td>${listName(desk, programmeId)}</td>
    <td>${unitName(desk, units, unitId)}</td>
    <td>${marks.join(" · ")}</td>
    ${outcomeCell(desk, one.before)} ${outcomeCell(desk, one.after)}
  </tr>`;
};

/** So many cases are named; the totals count all of them. */
const shownMax = 200;

const changedCases = (desk: Desk, { simulation }: DraftFlight, units: readonly Unit[]): Html => {
  const changed = simulation.cases.filter(
    ({ change, otherRoute, otherPapers }) => change !== "unchanged" || otherRoute || otherPapers,
  );
  if (changed.length === 0) return html`<p>${say(desk, words.none)}</p>`;
  const first: Text = {
    zh: `列出前 ${shownMax} 件，共 ${changed.length} 件。`,
    en: `The first ${shownMax} of ${changed.length}.`,
  };
  return html`${changed.length > shownMax ? html`<p>${say(desk, first)}</p>` : null}
  ${table(
    desk,
    [words.reference, words.programme, words.unit, words.change, words.before, words.after],
    changed.slice(0, shownMax).map((one) => caseRow(desk, one, units)),
    words.changed,
  )}`;
};

/** Where the cases of a simulation came from. */
export interface FlightCases {
  readonly areWorked: boolean;
  readonly leftOut: number;
  /** Not all that there are: the desk takes so many. */
  readonly isCut: boolean;
}

const casesNote = (desk: Desk, { areWorked, leftOut, isCut }: FlightCases): Html => {
  if (areWorked) return html`<p>${say(desk, words.workedCases)}</p>`;
  const found: Text = {
    zh: `试算的是近12个月有过资金的案件和正在办理的案件${isCut ? "中的一部分（件数太多）" : ""}。已办结的不批准案件不在内；要包括全部案件，请在命令行运行 npm run policy:simulate。未纳入 ${leftOut} 件（草稿、撤回、表格已改）。`,
    en: `Cases with money in the last 12 months, and cases under way${isCut ? ": a part of them, since there are so many" : ""}. Refusals that have ended are not among them; for all cases run npm run policy:simulate. Left out: ${leftOut} (drafts, withdrawn, forms that ask otherwise by now).`,
  };
  return html`<p>${say(desk, found)}</p>`;
};

/** The whole result of a flight. */
export const flightView = (
  desk: Desk,
  flight: DraftFlight,
  units: readonly Unit[],
  cases: FlightCases,
): Html => {
  const { locale } = desk.request;
  const heading: Text = {
    zh: `试算结果：按${date(flight.on, locale)}的政策`,
    en: `Simulation by the rules of ${date(flight.on, locale)}`,
  };
  return html`<h2>${say(desk, heading)}</h2>
    ${casesNote(desk, cases)}
    <h3>${say(desk, words.changes)}</h3>
    ${
      flight.changes.length === 0
        ? html`<p>${say(desk, words.noChanges)}</p>`
        : changesTable(desk, flight.changes)
    }
    ${totalsTable(desk, flight, units)} ${changedCases(desk, flight, units)}`;
};
