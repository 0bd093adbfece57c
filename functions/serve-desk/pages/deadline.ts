/** How urgent something is: in working days, as an office counts them (policy 8.6). */
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import {
  addDays,
  addMinutes,
  localDateOf,
  workingDaysBetween,
  type Instant,
  type LocalDate,
} from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { say, type Desk } from "../frame.ts";

/** A limit ends with its last day, that is at the first instant of the next. */
const lastMomentOf = (deadlineAt: Instant): Instant => addMinutes(deadlineAt, -1);

export const isOverdue = (desk: Desk, deadlineAt: Instant | null): boolean =>
  deadlineAt !== null && deadlineAt <= desk.uses.clock.now();

const soonDays = 1;

/** "还剩2个工作日", "今天到期", "已超期1个工作日", coloured by how urgent that is. */
export const leftTag = (desk: Desk, deadlineAt: Instant): Html => {
  const now = desk.uses.clock.now();
  const { calendar } = commonPolicyOn(desk.uses.policy, localDateOf(now));
  const last = lastMomentOf(deadlineAt);
  const tag = (mood: string, words: Text): Html =>
    html`<span class="tag nowrap ${mood}">${say(desk, words)}</span>`;
  if (deadlineAt <= now) {
    const late = Math.max(1, workingDaysBetween(last, now, calendar));
    return tag("wrong", {
      zh: `已超期${late}个工作日`,
      en: `${late} working ${late === 1 ? "day" : "days"} late`,
    });
  }
  if (localDateOf(last) === localDateOf(now)) {
    return tag("wait", { zh: "今天到期", en: "Due today" });
  }
  const left = workingDaysBetween(now, last, calendar);
  return tag(left <= soonDays ? "wait" : "", {
    zh: `还剩${left}个工作日`,
    en: `${left} working ${left === 1 ? "day" : "days"} left`,
  });
};

/** The last day of a limit and how far off it is; nothing for what has none. */
export const dueCell = (desk: Desk, deadlineAt: Instant | null): Html | null =>
  deadlineAt === null
    ? null
    : html`<span class="nowrap">${lastDayBefore(deadlineAt, desk.request.locale)}</span>
        ${leftTag(desk, deadlineAt)}`;

export interface DueCounts {
  readonly overdue: number;
  readonly today: number;
  /** Until Sunday, today not counted. */
  readonly week: number;
}

const daysAWeek = 7;

const sundayOf = (today: LocalDate): LocalDate =>
  addDays(today, (daysAWeek - new Date(`${today}T00:00:00Z`).getUTCDay()) % daysAWeek);

/** How many are over their limit, reach it today, and reach it in what is left of this week. */
export const dueCounts = (
  entries: readonly { readonly deadlineAt: Instant | null }[],
  now: Instant,
): DueCounts => {
  const today = localDateOf(now);
  const sunday = sundayOf(today);
  const counts = { overdue: 0, today: 0, week: 0 };
  for (const { deadlineAt } of entries) {
    if (deadlineAt === null) continue;
    const last = localDateOf(lastMomentOf(deadlineAt));
    if (deadlineAt <= now) counts.overdue += 1;
    else if (last === today) counts.today += 1;
    else if (last <= sunday) counts.week += 1;
  }
  return counts;
};
