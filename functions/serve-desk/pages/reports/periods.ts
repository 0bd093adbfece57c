/** Periods an office reports by, one tap each: this month and the last, quarters, years. */
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import { addDays, addMonths, type LocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { say, type Desk } from "../../frame.ts";

interface NamedPeriod extends ReportPeriod {
  readonly name: Text;
}

const monthsAQuarter = 3;
const firstOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01` as LocalDate;

const months = (from: LocalDate, length: number): ReportPeriod => ({
  from,
  to: addDays(addMonths(from, length), -1),
});

const firstOfQuarter = (day: LocalDate): LocalDate =>
  addMonths(firstOf(day), -((Number(day.slice(5, 7)) - 1) % monthsAQuarter));

/** What may be chosen on a day; a period that isn't over runs to its own end, so that its address stays the same. */
const namedPeriods = (today: LocalDate): readonly NamedPeriod[] => {
  const month = firstOf(today);
  const quarter = firstOfQuarter(today);
  const year = `${today.slice(0, 4)}-01-01` as LocalDate;
  return [
    { name: { zh: "本月", en: "This month" }, ...months(month, 1) },
    { name: { zh: "上月", en: "Last month" }, ...months(addMonths(month, -1), 1) },
    { name: { zh: "本季度", en: "This quarter" }, ...months(quarter, monthsAQuarter) },
    {
      name: { zh: "上季度", en: "Last quarter" },
      ...months(addMonths(quarter, -monthsAQuarter), monthsAQuarter),
    },
    { name: { zh: "今年", en: "This year" }, ...months(year, 12) },
    { name: { zh: "去年", en: "Last year" }, ...months(addMonths(year, -12), 12) },
  ];
};

const label: Text = { zh: "常用期间", en: "Usual periods" };

/** Links to the usual periods; what else was chosen stays. */
export const periodLinks = (
  desk: Desk,
  today: LocalDate,
  chosen: ReportPeriod,
  kept: Readonly<Record<string, string>>,
): Html =>
  html`<nav class="unprinted" aria-label="${say(desk, label)}">
    <p class="actions">
      ${namedPeriods(today).map(({ name, from, to }) => {
        const query = new URLSearchParams({ ...kept, from, to }).toString();
        const isHere = from === chosen.from && to === chosen.to;
        const shown = say(desk, name);
        return isHere
          ? html`<strong aria-current="true">${shown}</strong> `
          : html`<a href="${paths.desk("reports")}?${query}">${shown}</a> `;
      })}
    </p>
  </nav>`;
