/** The list of all that is missing (一次性告知): a checklist of the papers, and the handler's own words. */
import { loadFacts, policyDayOf, programmeOf } from "#shared/casework/load.ts";
import {
  missingReasonMaxLength,
  type MissingList,
  type MissingListProblem,
} from "#shared/domain/acceptance.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, say, type Desk } from "../../frame.ts";

/** What was typed, and what is wrong with it. */
export interface TypedList {
  readonly list: MissingList;
  readonly problem: MissingListProblem;
}

const reasonField = "reason";
const paperPrefix = "paper-";

const words = {
  title: { zh: "退回补正", en: "Return it for what is missing" },
  once: {
    zh: "缺什么请一次列全（一次性告知）。勾选的材料会逐项列在申请人的进度页上；退回期间办理时限停止计算。",
    en: "List everything at once: what you tick stands on the applicant's page item by item. The time limit stands still meanwhile.",
  },
  papers: {
    zh: "需要补交或重新提交的材料",
    en: "Papers that are missing or have to be sent again",
  },
  missing: { zh: "还缺必交材料：", en: "Required papers still missing: " },
  allThere: {
    zh: "必交材料都已上传，请逐份核对。",
    en: "All required papers are there: check each of them.",
  },
  none: { zh: "（还没有）", en: " (none yet)" },
  reason: { zh: "说明", en: "What to do" },
  reasonHint: {
    zh: "写给申请人看：每份材料有什么问题、怎么补；内容有误的也写在这里",
    en: "For the applicant: what is wrong with each, and how to mend it; answers to be corrected, too",
  },
  send: { zh: "退回申请人", en: "Return to the applicant" },
} as const satisfies Record<string, Text>;

export const listProblemWords: Readonly<Record<MissingListProblem, Text>> = {
  reason_required: {
    zh: "请写明缺什么、怎么补，申请人要照着办",
    en: "Say what is missing and how to mend it: the applicant goes by it",
  },
  reason_too_long: {
    zh: `说明最多${missingReasonMaxLength}个字，请缩短`,
    en: `Shorten it to at most ${missingReasonMaxLength} characters`,
  },
  paper_not_listed: {
    zh: "勾选的材料不在这个项目的清单里，请重新勾选",
    en: "A paper was ticked that this programme doesn't ask for: tick again",
  },
};

export const readMissingList = (form: Readonly<Record<string, string>>): MissingList => ({
  papers: Object.keys(form)
    .filter((name) => name.startsWith(paperPrefix) && form[name] === "yes")
    .map((name) => name.slice(paperPrefix.length)),
  reason: (form[reasonField] ?? "").trim(),
});

const paperTick = (
  desk: Desk,
  kind: string,
  title: Text,
  ticked: boolean,
  there: boolean,
): Html => {
  const box = attributes({
    type: "checkbox",
    name: `${paperPrefix}${kind}`,
    value: "yes",
    checked: ticked,
  });
  return html`<label class="tick"
    ><input${box} /><span>${say(desk, title)}${there ? null : say(desk, words.none)}</span></label
  >`;
};

const reasonItem = (desk: Desk, typed: TypedList | undefined): Html => {
  const problem = typed?.problem;
  const described = problem ? "reason-hint reason-problem" : "reason-hint";
  const state = attributes({
    "aria-describedby": described,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="reason">${say(desk, words.reason)}</label>
    <span class="hint" id="reason-hint">${say(desk, words.reasonHint)}</span>
    ${
      problem &&
      html`<span class="problem" id="reason-problem">${say(desk, listProblemWords[problem])}</span>`
    }
    <textarea id="reason" name="reason" rows="4" ${state}>${typed?.list.reason ?? ""}</textarea>
  </div>`;
};

/** A paper that the programme asks for, and whether any of its kind is there. */
export interface WantedPaper {
  readonly kind: string;
  readonly title: Text;
  readonly required: boolean;
  readonly there: boolean;
}

export const wantedPapers = async (
  { uses }: Desk,
  application: Application,
): Promise<readonly WantedPaper[]> => {
  const [facts, papers] = await Promise.all([
    loadFacts(uses, application),
    uses.cases.papers(application.id),
  ]);
  const there = new Set(papers.map(({ kind }) => kind));
  return withEntrustment(
    application,
    programmeOf(application).papers(facts, policyDayOf(uses, application)),
  ).map(({ kind, title, required }) => ({ kind, title, required, there: there.has(kind) }));
};

/** Says before anything else which required papers nobody has sent. */
export const missingNotice = (desk: Desk, wanted: readonly WantedPaper[]): Html => {
  const missing = wanted.filter(({ required, there }) => required && !there);
  return missing.length === 0
    ? html`<p class="notice good">${say(desk, words.allThere)}</p>`
    : html`<div class="notice wait">
        <p>
          <strong>${say(desk, words.missing)}</strong>${missing
            .map(({ title }) => say(desk, title))
            .join(desk.request.locale === "zh-CN" ? "、" : ", ")}
        </p>
      </div>`;
};

/** The form, folded until it is needed; required papers of which nothing is there are ticked already. */
export const missingListForm = async (
  desk: Desk,
  application: Application,
  wanted: readonly WantedPaper[],
  typed?: TypedList,
): Promise<Html> => {
  const ticks = wanted.map(({ kind, title, required, there }) => {
    const ticked = typed ? typed.list.papers.includes(kind) : required && !there;
    return paperTick(desk, kind, title, ticked, there);
  });
  const content = html`<input type="hidden" name="version" value="${application.version}" />
    <p>${say(desk, words.once)}</p>
    <fieldset class="item">
      <legend>${say(desk, words.papers)}</legend>
      ${ticks}
    </fieldset>
    ${reasonItem(desk, typed)}
    <p class="actions"><button class="second">${say(desk, words.send)}</button></p>`;
  return html`<details${attributes({ open: typed !== undefined })}>
    <summary>${say(desk, words.title)}</summary>
    ${await deskForm(desk, paths.desk("handling", application.id, "return"), content)}
  </details>`;
};
