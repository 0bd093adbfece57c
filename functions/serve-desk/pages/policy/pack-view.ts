/** The pack in force, as tables: versions, their first days, the years with a confirmed L, every figure. */
import type { Dated } from "#shared/domain/policy.ts";
import {
  figuresOf,
  firstUnconfirmedYear,
  listsOf,
  type ChangedFigure,
} from "#shared/domain/policy-figures.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { yearOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { programmeById } from "#workflows/registry.ts";
import { say, table, type Desk } from "../../frame.ts";
import { figureLabel, figureValue } from "./labels.ts";

const words = {
  figure: { zh: "项目", en: "Figure" },
  inFile: { zh: "文件中的名称", en: "Name in the file" },
  value: { zh: "现值", en: "Value" },
  before: { zh: "现行", en: "Present" },
  after: { zh: "草案", en: "Draft" },
  list: { zh: "所属", en: "Of" },
  inForce: { zh: "现行", en: "In force" },
  future: { zh: "尚未生效", en: "Not yet in force" },
  past: { zh: "已被替代", en: "Replaced" },
  from: { zh: "起生效", en: "from" },
  common: { zh: "共同政策", en: "Common to all programmes" },
  livingStandards: { zh: "低保标准（L）", en: "Living standard (L)" },
  confirmed: { zh: "已确认低保标准的年度：", en: "Years with a confirmed L: " },
} as const satisfies Record<string, Text>;

/** What a list of the pack is called: a programme by its title. */
export const listName = (desk: Desk, list: string): string => {
  if (list === "common" || list === "livingStandards") return say(desk, words[list]);
  const programme = programmeById(list);
  return programme ? say(desk, programme.title) : list;
};

type Standing = "inForce" | "future" | "past";

const standingOf = (
  entries: readonly Dated<unknown>[],
  entry: Dated<unknown>,
  today: LocalDate,
): Standing => {
  if (entry.effectiveFrom > today) return "future";
  return entries.findLast(({ effectiveFrom }) => effectiveFrom <= today) === entry
    ? "inForce"
    : "past";
};

const entryTable = (desk: Desk, list: string, entry: Dated<unknown>): Html => {
  const { locale } = desk.request;
  return table(
    desk,
    [words.figure, words.value, words.inFile],
    figuresOf(list, entry).map(
      ({ name, value }) =>
        html`<tr>
          <td>${figureLabel(name, locale)}</td>
          <td>${figureValue(name, value, locale)}</td>
          <td class="soft small">${name}</td>
        </tr>`,
    ),
  );
};

const entryPart = (
  desk: Desk,
  list: string,
  entries: readonly Dated<unknown>[],
  today: LocalDate,
): readonly Html[] =>
  entries.toReversed().map((entry) => {
    const standing = standingOf(entries, entry, today);
    const { locale } = desk.request;
    const from =
      locale === "zh-CN"
        ? `${date(entry.effectiveFrom, locale)}${words.from.zh}`
        : `${words.from.en} ${date(entry.effectiveFrom, locale)}`;
    return html`<details class="panel">
      <summary>
        ${listName(desk, list)} · ${entry.version} · ${from}
        <span class="tag ${standing === "inForce" ? "good" : ""}"
          >${say(desk, words[standing])}</span
        >
      </summary>
      ${entryTable(desk, list, entry)}
    </details>`;
  });

const yearsPart = (desk: Desk, pack: PolicyPack, today: LocalDate): Html => {
  const without = firstUnconfirmedYear(pack, today);
  const isSoon = without <= yearOf(today) + 1;
  const years = [
    ...new Set(pack.livingStandards.flatMap(({ figures }) => figures.confirmedYears)),
  ].toSorted((one, other) => one - other);
  const missing: Text = {
    zh: `${without}年还没有确认。没有确认的年度不受理申请，申请页会说明“救助标准还没有公布”。`,
    en: `Not confirmed: ${without}. No application of such a year is taken, and the start page says that its standard isn't published.`,
  };
  return html`<div class="notice ${isSoon ? "wait" : ""}">
    <p>${say(desk, words.confirmed)}${years.join(desk.request.locale === "zh-CN" ? "、" : ", ")}</p>
    <p>${say(desk, missing)}</p>
  </div>`;
};

/** Every entry of the pack, each list's newest first. */
export const packView = (desk: Desk, pack: PolicyPack, today: LocalDate): Html =>
  html`${yearsPart(desk, pack, today)}
  ${listsOf(pack).map(({ list, entries }) => entryPart(desk, list, entries, today))}`;

/** Figures that a draft changes, side by side. */
export const changesTable = (desk: Desk, changes: readonly ChangedFigure[]): Html => {
  const { locale } = desk.request;
  return table(
    desk,
    [words.list, words.figure, words.before, words.after],
    changes.map(
      ({ list, name, before, after }) =>
        html`<tr>
          <td>${listName(desk, list)}</td>
          <td>${figureLabel(name, locale)}<br /><span class="soft small">${name}</span></td>
          <td>${figureValue(name, before, locale)}</td>
          <td>${figureValue(name, after, locale)}</td>
        </tr>`,
    ),
  );
};
