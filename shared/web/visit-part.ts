/** A home visit as those who handle and decide read it. */
import type { CaseEvent, Visit } from "#shared/domain/application.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { date } from "./figures.ts";
import { html, lines, type Html } from "./html.ts";

const words = {
  title: { zh: "入户核实", en: "Home visit" },
  confirmed: { zh: "核实结果", en: "Result" },
  yes: { zh: "情况属实", en: "As declared" },
  no: { zh: "与申报不符", en: "Not as declared" },
  day: { zh: "入户日期", en: "Visited on" },
  visitors: { zh: "入户人员", en: "Visitors" },
  metWith: { zh: "见到的人", en: "Met with" },
  findings: { zh: "核实情况", en: "Findings" },
  papers: { zh: "材料编号", en: "Papers, by number" },
  hidden: { zh: "输入PIN后显示", en: "Shown after the PIN" },
  flag: {
    zh: "入户核实与申报不符，请先看核实情况再决定。",
    en: "The home visit did not bear out what was declared: read its findings before you decide.",
  },
} as const satisfies Record<string, Text>;

/** The visit that counts: the last one recorded. */
export const visitOf = (
  events: readonly Pick<CaseEvent, "type" | "confidential">[],
): Visit | undefined => events.findLast(({ type }) => type === "visited")?.confidential?.visit;

/** Says first that a visit did not bear out what was declared. */
export const visitFlag = (visit: Visit | undefined, locale: Locale): Html | null =>
  visit && !visit.confirmed
    ? html`<div class="notice wrong"><p>${inLocale(words.flag, locale)}</p></div>`
    : null;

export interface ShownVisit {
  readonly visit: Visit;
  /** Names of staff by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly locale: Locale;
  /** Whether the reader may see whom the visitors met and what they wrote. */
  readonly whole: boolean;
}

export const visitPart = ({ visit, names, locale, whole }: ShownVisit): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const row = (label: Text, value: Html | string): Html =>
    html`<dt>${say(label)}</dt>
      <dd>${value}</dd>`;
  const staff = visit.staffIds.map((id) => names.get(id) ?? id);
  const visitors = [...staff, ...(whole ? visit.others : visit.others.map(() => "…"))];
  const result = html`<span class="tag ${visit.confirmed ? "good" : "wrong"}"
    >${say(visit.confirmed ? words.yes : words.no)}</span
  >`;
  const hidden = say(words.hidden);
  return html`<h2>${say(words.title)}</h2>
    <dl class="facts">
      ${row(words.confirmed, result)}${row(words.day, date(visit.visitedOn, locale))}
      ${row(words.visitors, visitors.join(locale === "zh-CN" ? "、" : ", "))}
      ${row(words.metWith, whole ? visit.metWith : hidden)}
      ${row(words.findings, whole ? lines(visit.findings) : hidden)}
      ${visit.paperNumbers.length > 0 ? row(words.papers, visit.paperNumbers.join(", ")) : null}
    </dl>`;
};
