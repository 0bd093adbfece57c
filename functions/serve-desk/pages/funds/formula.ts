/** Allotment by formula: worked out line by line, shown, and only then proposed. */
import { formulaInputs } from "#shared/casework/allotment-inputs.ts";
import { allotByFormula, type FormulaInputs } from "#shared/domain/allotment.ts";
import { orderProblem, type OrderLine } from "#shared/domain/fund-order.ts";
import { isAboveIn } from "#shared/casework/fund-orders.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { addFen, displayYuan, parseYuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  say,
  type Desk,
} from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { textField, type FormView } from "../people/fields.ts";
import { headFields, readHead, viewOf } from "./order-form.ts";
import { orderProblemWords, orderWords as words } from "./order-words.ts";
import { propose } from "./propose.ts";

/** The lines of a formula as a table: what each office counts for, and what it gets. */
export const formulaTable = async (desk: Desk, inputs: FormulaInputs): Promise<Html> => {
  const organisation = await desk.uses.directory.organisation();
  const lines = allotByFormula(inputs);
  const { locale } = desk.request;
  const unitName = (id: (typeof lines)[number]["unitId"]): string => {
    const unit = unitOf(organisation, id);
    return unit ? inLocale(unit.name, locale) : id;
  };
  return cardTable(
    desk,
    [
      words.units,
      figureHeading(words.households),
      figureHeading(words.standard),
      figureHeading(words.amount),
    ],
    [
      ...lines.map(({ unitId, households, livingStandardFen, amountFen }) => [
        unitName(unitId),
        count(households),
        displayYuan(livingStandardFen),
        displayYuan(amountFen),
      ]),
      [
        html`<strong>${say(desk, words.sum)}</strong>`,
        count(lines.reduce((sum, { households }) => sum + households, 0)),
        "",
        html`<strong>${displayYuan(addFen(...lines.map((line) => line.amountFen)))}</strong>`,
      ],
    ],
  );
};

const linesOf = (inputs: FormulaInputs): readonly OrderLine[] =>
  allotByFormula(inputs)
    .filter(({ amountFen }) => amountFen > 0)
    .map(({ toFundId, amountFen }) => ({ fromFundId: inputs.fromFundId, toFundId, amountFen }));

/** What the lines were when they were shown: so that nobody proposes others than they saw. */
const seenText = (lines: readonly OrderLine[]): string =>
  lines.map(({ toFundId, amountFen }) => `${toFundId}=${amountFen}`).join(" ");

interface FormulaView {
  readonly fund: Fund;
  readonly keptBackFen: Fen;
  readonly problem: FormView["problem"];
}

const keptForm = (desk: Desk, fund: Fund, view: FormView): Html =>
  html`<form method="get" action="${paths.desk("funds", "formula")}">
    <input type="hidden" name="fund" value="${fund.id}" />
    ${textField(desk, view, "kept", { label: words.kept, hint: words.keptHint, maxLength: 16 })}
    <p class="actions"><button class="second">${say(desk, words.workOut)}</button></p>
  </form>`;

const proposeForm = async (
  desk: Desk,
  inputs: FormulaInputs,
  kept: string,
  view: FormView,
): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("funds", "formula"),
    html`<input type="hidden" name="fund" value="${inputs.fromFundId}" />
      <input type="hidden" name="kept" value="${kept}" />
      <input type="hidden" name="seen" value="${seenText(linesOf(inputs))}" />
      ${headFields(desk, view)}`,
  );

const formulaPage = async (
  desk: Desk,
  { fund, keptBackFen, problem }: FormulaView,
): Promise<PageResponse> => {
  const inputs = await formulaInputs(desk.uses, fund, keptBackFen);
  const { locale, query, form } = desk.request;
  const kept =
    form["kept"] ?? query["kept"] ?? displayYuan(fund.reserveLineFen).replaceAll(",", "");
  const view = viewOf(desk, problem, { kept });
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const title = say(desk, words.formula);
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, locale)}
      <h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.from), inLocale(fund.name, locale))}
        ${factRow(say(desk, words.available), amount(fund.availableFen, locale))}
      </dl>
      <p>${say(desk, words.formulaNote)}</p>
      ${keptForm(desk, fund, view)}
      ${
        inputs.shares.length === 0
          ? html`<p class="notice wait">${say(desk, words.noneBelow)}</p>`
          : html`<div id="lines">${await formulaTable(desk, inputs)}</div>
              ${await proposeForm(desk, inputs, kept, view)}`
      }`,
  });
};

const keptOf = (typed: string | undefined, fund: Fund): Fen | null => {
  if (typed === undefined) return fund.reserveLineFen;
  return typed.trim() === "" ? zeroFen : parseYuan(typed);
};

const keptWrong: Text = {
  zh: "请填零或大于零的数字，最多两位小数，不要逗号",
  en: "Type zero or more, with at most two decimals and no commas",
};

export const showFormula = async (desk: Desk): Promise<PageResponse> => {
  const { query, locale } = desk.request;
  const fund = await loadFund(desk, query["fund"] ?? "");
  if (!fund) return notFoundPage(locale);
  const keptBackFen = keptOf(query["kept"], fund);
  const problem = keptBackFen === null ? { field: "kept", says: keptWrong } : null;
  return formulaPage(desk, { fund, keptBackFen: keptBackFen ?? fund.reserveLineFen, problem });
};

/** Proposes what was shown; counts that changed since are worked out anew and shown again. */
export const proposeByFormula = async (desk: Desk): Promise<PageResponse> => {
  const { form, locale } = desk.request;
  const fund = await loadFund(desk, form["fund"] ?? "");
  if (!fund) return notFoundPage(locale);
  const keptBackFen = keptOf(form["kept"], fund);
  const again = (field: string, says: Text): Promise<PageResponse> =>
    formulaPage(desk, {
      fund,
      keptBackFen: keptBackFen ?? fund.reserveLineFen,
      problem: { field, says },
    });
  if (keptBackFen === null) return again("kept", keptWrong);
  const head = readHead(desk);
  if (head.kind === "problem") return again(head.field, head.says);
  const inputs = await formulaInputs(desk.uses, fund, keptBackFen);
  const lines = linesOf(inputs);
  const isAbove = isAboveIn(await desk.uses.directory.organisation());
  const problem = orderProblem({ kind: "allot", lines }, await desk.uses.funds.all(), isAbove);
  if (problem) return again("kept", orderProblemWords[problem]);
  if (form["seen"] !== seenText(lines)) return again("kept", words.countsMoved);
  const { id, voucher, reason } = head;
  return propose(desk, id, { kind: "allot", voucher, reason, lines, opens: [], formula: inputs });
};
