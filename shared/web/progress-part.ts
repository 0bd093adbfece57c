/** The way of a case as a list: what is done, where it stands and until when, what comes. */
import type { Milestone, MilestoneKind } from "#shared/domain/progress.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { date, lastDayBefore } from "./figures.ts";
import { attributes, html, type Html } from "./html.ts";

const titles: Readonly<Record<MilestoneKind, Text>> = {
  submitted: { zh: "提交申请", en: "Application sent" },
  advance_decision: { zh: "审批先行救助金", en: "Decision on the advance" },
  advance_payment: { zh: "发放先行救助金", en: "Advance paid" },
  remaining_papers: { zh: "补齐材料", en: "Remaining papers" },
  acceptance: { zh: "受理：核对材料", en: "Check that everything is there" },
  visit: { zh: "入户核实", en: "Home visit" },
  decision: { zh: "审批", en: "Decision" },
  base_notice: { zh: "基层公示", en: "Public notice at your office" },
  final_notice: { zh: "发放前公示", en: "Public notice before payment" },
  payment: { zh: "发放到银行卡", en: "Money to your bank card" },
  later_notice: { zh: "发放后公示、办结", en: "Notice after payment, and closing" },
};

const words = {
  title: { zh: "办到哪一步了", en: "Where it stands" },
  done: { zh: "已完成", en: "Done" },
  now: { zh: "正在办理", en: "Under way" },
  ahead: { zh: "还没有开始", en: "Still to come" },
} as const satisfies Record<string, Text>;

const titleOf = ({ kind, tier }: Milestone): Text => {
  if (tier === null) return titles[kind];
  const by = tierTitles[tier];
  return { zh: `${by.zh}审批`, en: `Decision: ${by.en}` };
};

/** "7月21日" done, "最晚7月30日" under way; nothing is promised of what comes. */
const dayOf = ({ state, at }: Milestone, locale: Locale): string | null => {
  if (at === null) return null;
  if (state === "done") return date(localDateOf(at), locale);
  const last = lastDayBefore(at, locale);
  return locale === "zh-CN" ? `最晚${last}` : `by ${last}`;
};

const item = (milestone: Milestone, locale: Locale): Html => {
  const { state } = milestone;
  const day = dayOf(milestone, locale);
  return html`<li
    class="${state}"
    ${attributes({ "aria-current": state === "now" ? "step" : null })}
  >
    <span class="unseen">${inLocale(words[state], locale)}${locale === "zh-CN" ? "：" : ": "}</span
    >${inLocale(titleOf(milestone), locale)}${day === null ? null : html` <span class="day">${day}</span>`}
  </li>`;
};

/** Nothing for a case without any milestone. */
export const progressPart = (milestones: readonly Milestone[], locale: Locale): Html | null =>
  milestones.length === 0
    ? null
    : html`<section class="section">
        <h2>${inLocale(words.title, locale)}</h2>
        <ol class="way">
          ${milestones.map((milestone) => item(milestone, locale))}
        </ol>
      </section>`;
