/** The form for money coming in. */
import type { Fund } from "#shared/domain/fund.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, say, type Desk } from "../frame.ts";

/** Which fields can't be taken. */
export interface GrantProblems {
  readonly number?: true;
  readonly amount?: true;
}

const words = {
  title: { zh: "登记拨入资金", en: "Book money coming in" },
  number: { zh: "凭证号", en: "Voucher number" },
  numberHint: {
    zh: "拨款文件或记账凭证的编号；同一编号只能入账一次",
    en: "Of the allotment or the accounting voucher; each is booked once",
  },
  numberWrong: {
    zh: "凭证号请填1到40个字母、数字或汉字，可以有括号、横线和斜线",
    en: "Type 1 to 40 letters or digits, with brackets, hyphens and slashes if need be",
  },
  amount: { zh: "金额（元）", en: "Amount (yuan)" },
  amountWrong: {
    zh: "金额请填大于零的数字，最多两位小数，不要逗号，例如 50000.00",
    en: "Type an amount above zero, with at most two decimals and no commas, such as 50000.00",
  },
  book: { zh: "入账", en: "Book it" },
} as const satisfies Record<string, Text>;

const field = (
  desk: Desk,
  name: "number" | "amount",
  wrong: boolean,
  parts: { readonly label: Text; readonly hint: Text | null; readonly problem: Text },
): Html => {
  const described = [parts.hint ? `${name}-hint` : "", wrong ? `${name}-problem` : ""].filter(
    Boolean,
  );
  const state = attributes({
    "aria-describedby": described.length > 0 ? described.join(" ") : null,
    "aria-invalid": wrong ? "true" : null,
  });
  return html`<div class="${wrong ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, parts.label)}</label>
    ${parts.hint ? html`<span class="hint" id="${name}-hint">${say(desk, parts.hint)}</span>` : null}
    ${
      wrong
        ? html`<span class="problem" id="${name}-problem">${say(desk, parts.problem)}</span>`
        : null
    }
    <input
      class="medium"
      type="text"
      id="${name}"
      name="${name}"
      maxlength="60"
      value="${desk.request.form[name] ?? ""}"
      ${state}
    />
  </div>`;
};

export const grantForm = async (desk: Desk, fund: Fund, problems: GrantProblems): Promise<Html> => {
  const summary = [
    ...(problems.number ? [{ href: "#number", words: say(desk, words.numberWrong) }] : []),
    ...(problems.amount ? [{ href: "#amount", words: say(desk, words.amountWrong) }] : []),
  ];
  const number = { label: words.number, hint: words.numberHint, problem: words.numberWrong };
  const amount = { label: words.amount, hint: null, problem: words.amountWrong };
  const content = html`${field(desk, "number", problems.number ?? false, number)}
    ${field(desk, "amount", problems.amount ?? false, amount)}
    <p class="actions"><button>${say(desk, words.book)}</button></p>`;
  return html`<h2>${say(desk, words.title)}</h2>
    ${errorSummary(summary, desk.request.locale)}
    ${await deskForm(desk, paths.desk("funds", fund.id, "grants"), content)}`;
};
