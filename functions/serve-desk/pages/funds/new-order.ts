/** A new order by hand: money in, an allotment to funds below, or a return. */
import { isAboveIn, proposalProblem } from "#shared/casework/fund-orders.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { OrderKind, OrderLine } from "#shared/domain/fund-order.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { parseFundId } from "#shared/kernel/ids.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { factRow, say, type Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";
import { orderFormPage, readHead, viewOf } from "./order-form.ts";
import { orderProblemWords, orderWords as words } from "./order-words.ts";
import { propose } from "./propose.ts";

type HandKind = Extract<OrderKind, "income" | "allot" | "return">;

const titles: Readonly<Record<HandKind, Text>> = {
  income: words.income,
  allot: words.allot,
  return: words.giveBack,
};

const kindOf = (typed: string | undefined): HandKind | null =>
  typed === "income" || typed === "allot" || typed === "return" ? typed : null;

/** Where the money of a fund may go by this kind of order. */
const targetsOf = async (desk: Desk, kind: HandKind, fund: Fund): Promise<readonly Fund[]> => {
  if (kind === "income") return [];
  const isAbove = isAboveIn(await desk.uses.directory.organisation());
  return (await desk.uses.funds.all()).filter(
    (other) =>
      other.id !== fund.id &&
      other.open &&
      other.code === fund.code &&
      (kind === "allot" ? isAbove(fund, other) : isAbove(other, fund)),
  );
};

const amountName = (id: FundId): string => `amount_${id}`;

const aboutFund = (desk: Desk, fund: Fund): Html =>
  html`<dl class="facts">
    ${factRow(say(desk, words.fund), inLocale(fund.name, desk.request.locale))}
    ${factRow(say(desk, words.available), amount(fund.availableFen, desk.request.locale))}
  </dl>`;

const kindFields = (desk: Desk, kind: HandKind, targets: readonly Fund[], view: FormView): Html => {
  const { locale } = desk.request;
  if (kind === "allot") {
    return html`<fieldset class="item" id="lines">
      <legend>${say(desk, words.to)}</legend>
      <p class="hint">${say(desk, words.emptyForNone)}</p>
      ${targets.map(({ id, name }) =>
        textField(desk, view, amountName(id), {
          label: {
            zh: `${name.zh}（元）`,
            en: `${name.en} (yuan)`,
          },
          maxLength: 16,
        }),
      )}
    </fieldset>`;
  }
  const to =
    kind === "return"
      ? selectField(desk, view, "to", {
          label: words.to,
          options: [
            ...targets.map(({ id, name }) => ({ value: id, label: inLocale(name, locale) })),
            { value: "", label: say(desk, words.outside) },
          ],
        })
      : null;
  return html`${to} ${textField(desk, view, "amount", { label: words.amount, maxLength: 16 })}`;
};

interface NewOrder {
  readonly kind: HandKind;
  readonly fund: Fund;
  readonly problem: FormView["problem"];
}

const formPage = async (desk: Desk, { kind, fund, problem }: NewOrder): Promise<PageResponse> => {
  const targets = await targetsOf(desk, kind, fund);
  const view = viewOf(desk, problem);
  const nothingBelow = kind === "allot" && targets.length === 0;
  const hidden = html`<input type="hidden" name="kind" value="${kind}" /><input
      type="hidden"
      name="fund"
      value="${fund.id}"
    />`;
  return orderFormPage(desk, {
    title: titles[kind],
    action: paths.desk("funds", "orders", "new"),
    view,
    about: html`${aboutFund(desk, fund)}
    ${nothingBelow ? html`<p class="notice wait">${say(desk, words.noneBelow)}</p>` : null}`,
    fields: html`${hidden}${kindFields(desk, kind, targets, view)}`,
  });
};

export const showNewOrder = async (desk: Desk): Promise<PageResponse> => {
  const { query, locale } = desk.request;
  const kind = kindOf(query["kind"]);
  const fund = await loadFund(desk, query["fund"] ?? "");
  return kind && fund ? formPage(desk, { kind, fund, problem: null }) : notFoundPage(locale);
};

type ReadLines =
  | { readonly kind: "lines"; readonly lines: readonly OrderLine[] }
  | { readonly kind: "problem"; readonly field: string };

const readAllotment = (desk: Desk, fund: Fund, targets: readonly Fund[]): ReadLines => {
  const lines: OrderLine[] = [];
  for (const { id } of targets) {
    const typed = (desk.request.form[amountName(id)] ?? "").trim();
    if (typed === "") continue;
    const amountFen = parseYuan(typed);
    if (amountFen === null || amountFen <= 0) return { kind: "problem", field: amountName(id) };
    lines.push({ fromFundId: fund.id, toFundId: id, amountFen });
  }
  return { kind: "lines", lines };
};

const readLines = (desk: Desk, kind: HandKind, fund: Fund, targets: readonly Fund[]): ReadLines => {
  if (kind === "allot") return readAllotment(desk, fund, targets);
  const { form } = desk.request;
  const amountFen = parseYuan(form["amount"] ?? "");
  if (amountFen === null || amountFen <= 0) return { kind: "problem", field: "amount" };
  const line =
    kind === "income"
      ? { fromFundId: null, toFundId: fund.id }
      : { fromFundId: fund.id, toFundId: parseFundId(form["to"] ?? "") };
  return { kind: "lines", lines: [{ ...line, amountFen }] };
};

/** Proposes an order by hand, or sends the form back with what is wrong and all that was typed. */
export const proposeNew = async (desk: Desk): Promise<PageResponse> => {
  const { form, locale } = desk.request;
  const kind = kindOf(form["kind"]);
  const fund = await loadFund(desk, form["fund"] ?? "");
  if (!kind || !fund) return notFoundPage(locale);
  const again = (field: string, says: Text): Promise<PageResponse> =>
    formPage(desk, { kind, fund, problem: { field, says } });
  const read = readLines(desk, kind, fund, await targetsOf(desk, kind, fund));
  if (read.kind === "problem") return again(read.field, words.amountWrong);
  const head = readHead(desk);
  if (head.kind === "problem") return again(head.field, head.says);
  const problem = await proposalProblem(desk.uses, { kind, lines: read.lines });
  if (problem) return again(kind === "allot" ? "lines" : "amount", orderProblemWords[problem]);
  const { id, voucher, reason } = head;
  const { lines } = read;
  return propose(desk, id, { kind, voucher, reason, lines, opens: [], formula: null });
};
