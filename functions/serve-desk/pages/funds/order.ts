/** One fund order: what it moves, by what it was worked out, and what may be done with it. */
import { bookingProblem } from "#shared/casework/fund-orders.ts";
import { allotByFormula } from "#shared/domain/allotment.ts";
import { orderKindNames, orderSumFen, type FundOrder } from "#shared/domain/fund-order.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { parseOrderId } from "#shared/kernel/ids.ts";
import { chineseCapitals, displayYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, lines as asLines, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import { textField, type FormView } from "../people/fields.ts";
import { termsLines } from "./earmark-words.ts";
import { formulaTable } from "./formula.ts";
import { fundNames, staffName, statusTag, waitsFor } from "./order-parts.ts";
import { orderProblemWords, orderWords as words } from "./order-words.ts";

const linesPart = (desk: Desk, order: FundOrder, funds: readonly Fund[]): Html | null => {
  if (order.lines.length === 0) return null;
  const names = fundNames(desk, funds, order);
  const outside = say(desk, words.outside);
  const place = (id: FundOrder["lines"][number]["fromFundId"]): Html | string =>
    id === null ? outside : html`<a href="${paths.desk("funds", id)}">${names.get(id) ?? id}</a>`;
  return cardTable(
    desk,
    [words.from, words.to, figureHeading(words.amount)],
    order.lines.map(({ fromFundId, toFundId, amountFen }) => [
      place(fromFundId),
      place(toFundId),
      displayYuan(amountFen),
    ]),
  );
};

/** By what an allotment was worked out, and whether it comes out the same today. */
const formulaPart = async (desk: Desk, { formula, lines }: FundOrder): Promise<Html | null> => {
  if (!formula) return null;
  const again = allotByFormula(formula).filter(({ amountFen }) => amountFen > 0);
  const same =
    again.length === lines.length &&
    again.every(({ toFundId, amountFen }) =>
      lines.some((line) => line.toFundId === toFundId && line.amountFen === amountFen),
    );
  const { locale } = desk.request;
  return html`<h2>${say(desk, words.recomputed)}</h2>
    <dl class="facts">
      ${factRow(say(desk, words.available), amount(formula.potFen, locale))}
      ${factRow(say(desk, words.kept), amount(formula.keptBackFen, locale))}
    </dl>
    ${await formulaTable(desk, formula)}
    <p class="notice ${same ? "good" : "wrong"}">
      ${say(desk, same ? words.formulaAgrees : words.formulaDiffers)}
    </p>`;
};

const termsPart = async (desk: Desk, { kind, opens }: FundOrder): Promise<Html | null> => {
  if (kind !== "terms") return null;
  const organisation = await desk.uses.directory.organisation();
  return html`${opens.map(
    ({ id, terms }) =>
      html`<h2>${inLocale(terms.name, desk.request.locale)} <span class="soft">${id}</span></h2>
        <ul>
          ${termsLines(terms, organisation).map((line) => html`<li>${say(desk, line)}</li>`)}
        </ul>`,
  )}`;
};

const authorisePart = async (
  desk: Desk,
  order: FundOrder,
  funds: readonly Fund[],
): Promise<Html | null> => {
  if (order.status !== "proposed" || !mayDo(desk, "authorise_funds")) return null;
  if (!waitsFor(desk, order)) return html`<p class="notice wait">${say(desk, words.ownOrder)}</p>`;
  const problem = await bookingProblem(desk.uses, order, funds);
  return html`<h2>${say(desk, words.authorise)}</h2>
    ${
      problem
        ? html`<p class="notice wait">${say(desk, orderProblemWords[problem])}</p>`
        : html`<p>${say(desk, words.authoriseNote)}</p>
            ${await deskForm(
              desk,
              paths.desk("funds", "orders", order.id, "authorise"),
              html`<p class="actions"><button>${say(desk, words.authorise)}</button></p>`,
            )}`
    }`;
};

const cancelPart = async (desk: Desk, order: FundOrder, view: FormView): Promise<Html | null> => {
  const may = mayDo(desk, "order_funds") || mayDo(desk, "authorise_funds");
  if (order.status !== "proposed" || !may) return null;
  const content = html`${textField(desk, view, "cancelReason", {
      label: words.cancelReason,
      maxLength: 200,
    })}
    <p class="actions"><button class="second">${say(desk, words.cancel)}</button></p>`;
  return html`<h2>${say(desk, words.cancel)}</h2>
    ${await deskForm(desk, paths.desk("funds", "orders", order.id, "cancel"), content)}`;
};

const person = async (desk: Desk, label: Text, order: FundOrder): Promise<Html | null> => {
  const { locale } = desk.request;
  const isFirst = label === words.proposed;
  const [by, at] = isFirst
    ? [order.proposedBy, order.proposedAt]
    : [order.decidedBy, order.decidedAt];
  return at === null
    ? null
    : factRow(say(desk, label), `${await staffName(desk, by)} · ${dateTime(at, locale)}`);
};

const factsPart = async (desk: Desk, order: FundOrder): Promise<Html> => {
  const { locale } = desk.request;
  const sumFen = orderSumFen(order);
  return html`<dl class="facts">
    ${factRow(say(desk, words.voucher), order.voucher)}
    ${factRow(say(desk, words.reason), asLines(order.reason))}
    ${
      order.kind === "terms"
        ? null
        : factRow(
            say(desk, words.sum),
            html`<strong>${amount(sumFen, locale)}</strong>${
                locale === "zh-CN" ? html`<br />${chineseCapitals(sumFen)}` : null
              }`,
          )
    }
    ${await person(desk, words.proposed, order)} ${await person(desk, words.decided, order)}
    ${
      order.cancelReason === null
        ? null
        : factRow(say(desk, words.cancelReason), asLines(order.cancelReason))
    }
  </dl>`;
};

/** An order's page; `problem` is what is wrong with the reason of a withdrawal. */
export const orderPage = async (
  desk: Desk,
  order: FundOrder,
  problem: FormView["problem"],
): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const title = `${say(desk, orderKindNames[order.kind])} ${order.id}`;
  const view: FormView = { values: desk.request.form, problem };
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const isClose = order.kind === "close" && order.status === "proposed";
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title} ${statusTag(desk, order)}</h1>
      ${await factsPart(desk, order)} ${linesPart(desk, order, funds)}
      ${isClose ? html`<p>${say(desk, words.yearEndNote)}</p>` : null}
      ${await termsPart(desk, order)} ${await formulaPart(desk, order)}
      ${await authorisePart(desk, order, funds)} ${await cancelPart(desk, order, view)}
      <p><a href="${paths.desk("funds", "orders")}">${say(desk, words.orders)}</a></p>`,
  });
};

export const showOrder = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const id = parseOrderId(typed);
  const order = id && (await desk.uses.fundOrders.get(id));
  return order ? orderPage(desk, order, null) : notFoundPage(desk.request.locale);
};
