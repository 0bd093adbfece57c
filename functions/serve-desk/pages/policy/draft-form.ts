/** The form for a draft of the rules, and what is wrong with one. */
import type { PolicyFinding } from "#shared/domain/policy-check.ts";
import type { PolicyFault } from "#shared/domain/policy-entries.ts";
import { faultWords } from "#shared/domain/policy-faults.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, say, table, type Desk } from "../../frame.ts";

/** As many characters as a draft may have: some ten times what a whole pack takes. */
export const draftMax = 200_000;

const words = {
  title: { zh: "试算草案", en: "Try a draft" },
  lead: {
    zh: "把草案文件的内容粘贴到下面，先检查，再用以往案件试算谁增加、谁减少。这里只试算，不改变现行政策：采用草案要由管理员修改政策文件并提交版本库，见政策指南。",
    en: "Paste the draft file below: it is checked, then past cases are assessed by it, to show who gains and who loses. Nothing is changed here: a draft is adopted by a commit to the policy files, as the policy guide says.",
  },
  draft: { zh: "草案（JSON）", en: "Draft (JSON)" },
  draftHint: {
    zh: "只写变化的部分，格式见政策指南中的示例",
    en: "Only what changes; the policy guide has an example",
  },
  on: { zh: "按哪一天的政策试算（选填）", en: "By the rules of which day (optional)" },
  onHint: {
    zh: "不填时，按草案全部生效的第一天；例如 2027-07-01",
    en: "Left empty: the first day on which all of the draft holds; such as 2027-07-01",
  },
  onWrong: { zh: "没有这一天，请写成 2027-07-01", en: "There is no such day; write 2027-07-01" },
  faulty: {
    zh: "草案有错误，见上面的表格，请逐条修改。",
    en: "The draft has faults: mend each one of the table above.",
  },
  tooLong: { zh: "草案太长，请只写变化的部分", en: "The draft is too long; write what changes" },
  empty: { zh: "请粘贴草案内容", en: "Paste a draft" },
  run: { zh: "检查并试算", en: "Check and simulate" },
  faults: { zh: "草案需要修改", en: "The draft must be mended" },
  place: { zh: "位置", en: "Place" },
  written: { zh: "现在写的", en: "As it is written" },
  mend: { zh: "怎么改", en: "The mend" },
  level: { zh: "类别", en: "Kind" },
  says: { zh: "内容", en: "Finding" },
} as const satisfies Record<string, Text>;

/** "faults": the draft can be read no further; what is amiss stands in a table above the form. */
export type DraftProblem = "on" | "empty" | "tooLong" | "faults";

const problemWords: Readonly<Record<DraftProblem, Text>> = {
  on: words.onWrong,
  empty: words.empty,
  tooLong: words.tooLong,
  faults: words.faulty,
};

const fieldOf = (problem: DraftProblem): "on" | "draft" => (problem === "on" ? "on" : "draft");

const item = (
  desk: Desk,
  name: "on" | "draft",
  problem: DraftProblem | null,
  parts: { readonly label: Text; readonly hint: Text; readonly control: (state: Html) => Html },
): Html => {
  const wrong = problem !== null && fieldOf(problem) === name;
  const state = attributes({
    "aria-describedby": `${name}-hint${wrong ? ` ${name}-problem` : ""}`,
    "aria-invalid": wrong ? "true" : null,
  });
  return html`<div class="${wrong ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, parts.label)}</label>
    <span class="hint" id="${name}-hint">${say(desk, parts.hint)}</span>
    ${
      wrong
        ? html`<span class="problem" id="${name}-problem"
            >${say(desk, problemWords[problem])}</span
          >`
        : null
    }
    ${parts.control(state)}
  </div>`;
};

/** The form, with what was typed kept. */
export const draftForm = async (desk: Desk, problem: DraftProblem | null): Promise<Html> => {
  const { form, locale } = desk.request;
  const draft = item(desk, "draft", problem, {
    label: words.draft,
    hint: words.draftHint,
    control: (state) =>
      html`<textarea id="draft" name="draft" rows="14" spellcheck="false" ${state}>
${form["draft"] ?? ""}</textarea>`,
  });
  const on = item(desk, "on", problem, {
    label: words.on,
    hint: words.onHint,
    control: (state) =>
      html`<input
        class="short"
        type="text"
        id="on"
        name="on"
        maxlength="10"
        value="${form["on"] ?? ""}"
        ${state}
      />`,
  });
  const summary = problem
    ? [{ href: `#${fieldOf(problem)}`, words: say(desk, problemWords[problem]) }]
    : [];
  const content = html`${draft}${on}
    <p class="actions"><button>${say(desk, words.run)}</button></p>`;
  return html`<h2 id="try">${say(desk, words.title)}</h2>
    <p>${say(desk, words.lead)}</p>
    ${errorSummary(summary, locale)}${await deskForm(desk, paths.desk("policy"), content)}`;
};

/** Each fault with its place and its mend. */
export const faultsTable = (desk: Desk, faults: readonly PolicyFault[]): Html =>
  html`<div class="notice wrong"><p>${say(desk, words.faults)}</p></div>
    ${table(
      desk,
      [words.place, words.written, words.mend],
      faults.map(
        (fault) =>
          html`<tr>
            <td>${fault.path}</td>
            <td>${fault.value}</td>
            <td>${say(desk, faultWords(fault))}</td>
          </tr>`,
      ),
    )}`;

const levels: Readonly<
  Record<PolicyFinding["level"], { readonly text: Text; readonly tag: string }>
> = {
  error: { text: { zh: "必须修改", en: "To be mended" }, tag: "wrong" },
  warning: { text: { zh: "注意", en: "Take care" }, tag: "wait" },
  note: { text: { zh: "说明", en: "Note" }, tag: "" },
};

/** What the check found, worst first. */
export const findingsTable = (desk: Desk, findings: readonly PolicyFinding[]): Html => {
  const order = Object.keys(levels);
  const sorted = findings.toSorted(
    (one, other) => order.indexOf(one.level) - order.indexOf(other.level),
  );
  return table(
    desk,
    [words.level, words.says],
    sorted.map(
      ({ level, says }) =>
        html`<tr>
          <td><span class="tag ${levels[level].tag}">${say(desk, levels[level].text)}</span></td>
          <td>${say(desk, says)}</td>
        </tr>`,
    ),
  );
};
