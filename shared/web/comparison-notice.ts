/** A match with another branch's list, as whoever handles or decides the case sees it (policy 3.5). */
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { date } from "./figures.ts";
import { html, lines, type Html } from "./html.ts";

const words = {
  title: { zh: "其他单位也有同一人员的申请", en: "The same person is on another branch's list" },
  open: {
    zh: "还没有核对结果，请先核对是否重复救助。",
    en: "Not checked yet: find out first whether help would be given twice.",
  },
  outcome: { zh: "核对结果：", en: "What came of it: " },
} as const satisfies Record<string, Text>;

/** @returns null for a case that no other list has. */
export const comparisonNotice = (matches: readonly FlaggedMatch[], locale: Locale): Html | null =>
  matches.length === 0
    ? null
    : html`<div class="notice wait">
        <h3>${inLocale(words.title, locale)}</h3>
        <ul>
          ${matches.map(
            ({ branch, period, foundAt, closedAt, outcome }) =>
              html`<li>
                ${branch} · ${period} · ${date(localDateOf(foundAt), locale)}<br />${
                  closedAt === null
                    ? inLocale(words.open, locale)
                    : html`${inLocale(words.outcome, locale)}${lines(outcome)}`
                }
              </li>`,
          )}
        </ul>
      </div>`;
