/** The year's close: what is left of each fund of the year, where it goes, and the order that does it. */
import { closingLinesMax } from "#shared/domain/fund-order.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { closingLines, openedByClose, toClose } from "#shared/domain/year-end.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { displayYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, deskForm, deskPage, figureHeading, say, type Desk } from "../../frame.ts";
import { selectField, type FormView } from "../people/fields.ts";
import { headFields, readHead, viewOf } from "./order-form.ts";
import { fundNames } from "./order-parts.ts";
import { orderProblemWords, orderWords as words } from "./order-words.ts";
import { propose } from "./propose.ts";

/** Years with something to close, the oldest first: what lies longest is done first. */
const yearsToClose = (funds: readonly Fund[]): readonly number[] =>
  [...new Set(funds.flatMap(({ year }) => (year === null ? [] : [year])))]
    .filter((year) => toClose(funds, year).length > 0)
    .toSorted((one, other) => one - other);

const yearAsked = (desk: Desk, funds: readonly Fund[]): number => {
  const typed = desk.request.form["year"] ?? desk.request.query["year"] ?? "";
  if (/^20\d{2}$/u.test(typed)) return Number(typed);
  return yearsToClose(funds)[0] ?? yearOf(localDateOf(desk.uses.clock.now()));
};

const closeTable = (desk: Desk, funds: readonly Fund[], year: number): Html => {
  const lines = closingLines(funds, year);
  const opens = openedByClose(lines, funds);
  const names = fundNames(desk, funds, { opens });
  const isNew = new Set(opens.map(({ id }) => id));
  const rows = lines.map(({ fromFundId, toFundId, amountFen }): readonly Fragment[] => {
    const fund = funds.find(({ id }) => id === fromFundId);
    const goesTo =
      toFundId === null
        ? say(desk, words.outside)
        : html`${names.get(toFundId) ?? toFundId}${
            isNew.has(toFundId)
              ? html` <span class="soft">${say(desk, words.newFund)}</span>`
              : null
          }`;
    return [
      fund ? inLocale(fund.name, desk.request.locale) : "",
      displayYuan(amountFen),
      fund ? displayYuan(fund.reservedFen) : "",
      goesTo,
    ];
  });
  return cardTable(
    desk,
    [words.fund, figureHeading(words.available), figureHeading(words.reservedStays), words.goesTo],
    rows,
  );
};

const yearForm = (desk: Desk, funds: readonly Fund[], year: number): Html => {
  const years = [...new Set([...yearsToClose(funds), year])];
  const view: FormView = { values: { year: String(year) }, problem: null };
  const options = years.map((one) => ({ value: String(one), label: String(one) }));
  return html`<form method="get" action="${paths.desk("funds", "year-end")}" class="filter">
    ${selectField(desk, view, "year", { label: words.year, options })}
    <p class="actions"><button class="second">${say(desk, words.workOut)}</button></p>
  </form>`;
};

const yearEndPage = async (desk: Desk, problem: FormView["problem"]): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const year = yearAsked(desk, funds);
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const title = say(desk, words.yearEnd);
  const found = toClose(funds, year);
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${yearForm(desk, funds, year)}
      ${
        found.length === 0
          ? html`<p id="funds">${say(desk, words.nothingToClose)}</p>`
          : html`<p>${say(desk, words.yearEndNote)}</p>
              <div id="funds">${closeTable(desk, funds, year)}</div>
              ${found.length > closingLinesMax ? html`<p>${say(desk, moreWords)}</p>` : null}
              ${await deskForm(
                desk,
                paths.desk("funds", "year-end"),
                html`<input type="hidden" name="year" value="${year}" />
                  ${headFields(desk, viewOf(desk, problem))}`,
              )}`
      }`,
  });
};

const moreWords: Text = {
  zh: `一单最多结转${closingLinesMax}项资金，其余的请再办一单。`,
  en: `One order closes ${closingLinesMax} funds at most; close the others by another one.`,
};

export const showYearEnd = (desk: Desk): Promise<PageResponse> => yearEndPage(desk, null);

export const proposeClose = async (desk: Desk): Promise<PageResponse> => {
  const head = readHead(desk);
  if (head.kind === "problem") return yearEndPage(desk, head);
  const funds = await desk.uses.funds.all();
  const lines = closingLines(funds, yearAsked(desk, funds));
  if (lines.length === 0) {
    return yearEndPage(desk, { field: "funds", says: orderProblemWords.no_lines });
  }
  const { id, voucher, reason } = head;
  const opens = openedByClose(lines, funds);
  return propose(desk, id, { kind: "close", voucher, reason, lines, opens, formula: null });
};
