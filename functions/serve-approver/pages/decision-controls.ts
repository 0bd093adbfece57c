/** The controls of the approver's page: decide with the PIN, or open the whole case with it. */
import type { Decision } from "#shared/domain/approval.ts";
import { reasonMaxLength } from "#shared/domain/decision-problem.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { needsMinutes } from "#shared/domain/route.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { CaseView } from "./case-view.ts";
import { claimTakenWords, controlOf, leftWords, pinWords, problemWords } from "./decision-form.ts";

const words = {
  title: { zh: "审批意见", en: "Your decision" },
  amount: { zh: "同意的金额（元）", en: "Amount you approve (yuan)" },
  amountHint: {
    zh: "只能相同或调低；调低时请写理由",
    en: "The same or lower; give a reason when lower",
  },
  reason: { zh: "理由", en: "Reason" },
  reasonHint: {
    zh: "退回、不同意或调低金额时必填，申请人会看到；退回时请把缺少的材料一次写全",
    en: "Required when you return, reject or lower; the applicant reads it. When you return it, list everything that is missing at once",
  },
  answer: { zh: "书面答复", en: "Your answer in writing" },
  answerHint: {
    zh: "必填，对方会看到：请写明核实情况和理由，不要写个人信息",
    en: "Required, and read by the other side: what you verified and why, without personal data",
  },
  recuseTitle: { zh: "需要回避？", en: "Must you stand aside?" },
  recuseHint: {
    zh: "与当事人有亲属等利害关系的，应当回避。您将不再参与此案，由其他人办理。",
    en: "Whoever is related to the people of a case stands aside. You take no further part in it; somebody else is asked.",
  },
  recuseReason: { zh: "回避理由", en: "Why you stand aside" },
  recuse: { zh: "回避此案", en: "Stand aside" },
  minutes: { zh: "会议纪要编号", en: "Number of the meeting's minutes" },
  minutesHint: {
    zh: "超过集体决定限额时必填",
    en: "Required above the limit for collective decisions",
  },
  pin: { zh: "审批密码", en: "Decision PIN" },
  decide: { zh: "确认决定", en: "Decide" },
  openTitle: { zh: "查看姓名、证件和材料", en: "See names, numbers and papers" },
  openHint: {
    zh: "个人信息要输入审批密码才显示，15分钟后自动隐藏。",
    en: "Personal data is shown after your PIN, for 15 minutes.",
  },
  open: { zh: "显示全部内容", en: "Show everything" },
} as const satisfies Record<string, Text>;

const decisionLabels: Readonly<Record<Decision["kind"], Text>> = {
  approve: { zh: "同意", en: "Approve" },
  return: { zh: "退回补正（缺材料或信息）", en: "Return: something is missing" },
  reject: { zh: "不同意", en: "Reject" },
  confirm_refusal: { zh: "确认不予救助", en: "Confirm the refusal" },
  recuse: { zh: "我需要回避，请换人审批", en: "I must stand aside: ask somebody else" },
  uphold: { zh: "成立", en: "Uphold" },
  dismiss: { zh: "不成立", en: "Dismiss" },
};

/** The two answers of a review, each with what follows from it. */
const answerLabels: Readonly<
  Record<"objection" | "under_appeal", Readonly<Record<"uphold" | "dismiss", Text>>>
> = {
  objection: {
    uphold: { zh: "异议成立，不予救助", en: "The objection is right: refuse the award" },
    dismiss: { zh: "异议不成立，公示继续", en: "The objection is not right: the notice goes on" },
  },
  under_appeal: {
    uphold: { zh: "复议成立，重新办理", en: "The appeal is right: the case is taken up again" },
    dismiss: { zh: "复议不成立，维持原决定", en: "The appeal is not right: the refusal stands" },
  },
};

const labelOf = ({ link }: CaseView, kind: Decision["kind"]): Text => {
  const { status } = link.application;
  return isReviewed(status) && (kind === "uphold" || kind === "dismiss")
    ? answerLabels[status][kind]
    : decisionLabels[kind];
};

const pinControls = { decide: "pin", open: "open-pin", recuse: "recuse-pin" } as const;

/** What is wrong with the control, if it is this one. */
const problemAt = ({ typed, locale }: CaseView, control: string): string | null => {
  if (typed.asked === "decide" && typed.problem && controlOf[typed.problem] === control) {
    return inLocale(problemWords[typed.problem], locale);
  }
  if (typed.leftFen !== undefined && control === "amount") {
    return inLocale(leftWords(typed.leftFen), locale);
  }
  if (typed.asked === "recuse" && typed.problem && control === "recuse-reason") {
    return inLocale(problemWords[typed.problem], locale);
  }
  if (typed.claimTaken && control === "decision") return inLocale(claimTakenWords, locale);
  const said = typed.pin ? pinWords(typed.pin) : null;
  const pinControl = pinControls[typed.asked ?? "decide"];
  return said && control === pinControl ? inLocale(said, locale) : null;
};

const controls = [
  "decision",
  "amount",
  "reason",
  "minutes",
  "pin",
  "open-pin",
  "recuse-reason",
  "recuse-pin",
] as const;

export const problemSummary = (view: CaseView): Html | null =>
  errorSummary(
    controls.flatMap((control) => {
      const said = problemAt(view, control);
      return said === null ? [] : [{ href: `#${control}`, words: said }];
    }),
    view.locale,
  );

interface Control {
  readonly id: string;
  /** With which choices it matters; styles hide it beside others, and what stands in it is kept. */
  readonly of?: "approval" | "choice";
  readonly label: Text;
  readonly hint?: Text;
  readonly input: (described: Html) => Html;
}

const item = (view: CaseView, { id, of, label, hint, input }: Control): Html => {
  const problem = problemAt(view, id);
  const described = [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null].filter(Boolean);
  const classes = ["item", problem ? "wrong" : null, of ? `of-${of}` : null].filter(Boolean);
  return html`<div class="${classes.join(" ")}">
    <label for="${id}">${inLocale(label, view.locale)}</label>
    ${hint ? html`<span class="hint" id="${id}-hint">${inLocale(hint, view.locale)}</span>` : null}
    ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : null}
    ${input(
      attributes({
        id,
        "aria-describedby": described.length > 0 ? described.join(" ") : null,
        "aria-invalid": problem ? "true" : null,
      }),
    )}
  </div>`;
};

const choices = (view: CaseView, offered: readonly Decision["kind"][]): Html => {
  const problem = problemAt(view, "decision");
  const chosen = view.typed.form?.["decision"];
  return html`<fieldset class="${problem ? "item wrong" : "item"}">
    <legend>${inLocale(words.title, view.locale)}</legend>
    ${problem ? html`<span class="problem">${problem}</span>` : null}
    ${offered.map((kind, index) => {
      const checked = attributes({
        id: index === 0 ? "decision" : `decision-${kind}`,
        checked: chosen === kind,
      });
      return html`<label class="tick"
        ><input type="radio" name="decision" value="${kind}" ${checked} /><span
          >${inLocale(labelOf(view, kind), view.locale)}</span
        ></label
      >`;
    })}
  </fieldset>`;
};

const pinItem = (view: CaseView, id: (typeof pinControls)[keyof typeof pinControls]): Html =>
  item(view, {
    id,
    label: words.pin,
    input: (described) =>
      html`<input
        class="short"
        type="password"
        name="pin"
        inputmode="numeric"
        autocomplete="off"
        maxlength="12"
        ${described}
      />`,
  });

const hidden = ({ link, antiForgery }: CaseView, action: string): Html =>
  html`<input type="hidden" name="action" value="${action}" />
    <input type="hidden" name="token" value="${antiForgery}" />
    <input type="hidden" name="version" value="${link.application.version}" />`;

const amountItem = (view: CaseView): Html =>
  item(view, {
    id: "amount",
    of: "approval",
    label: words.amount,
    hint: words.amountHint,
    input: (described) =>
      html`<input
        class="short"
        type="text"
        name="amount"
        inputmode="decimal"
        maxlength="16"
        value="${view.typed.form?.["amount"] ?? plainYuan(underDecisionFen(view.link.application))}"
        ${described}
      />`,
  });

const minutesItem = (view: CaseView): Html =>
  item(view, {
    id: "minutes",
    of: "approval",
    label: words.minutes,
    hint: words.minutesHint,
    input: (described) =>
      html`<input
        class="medium"
        type="text"
        name="minutes"
        maxlength="40"
        value="${view.typed.form?.["minutes"] ?? ""}"
        ${described}
      />`,
  });

/** Works without a script: one form, and the server says what is missing. */
export const decisionForm = (view: CaseView, offered: readonly Decision["kind"][]): Html => {
  const { link, locale, typed } = view;
  const { application, approval } = link;
  const approvable = offered.includes("approve");
  const minuted = needsMinutes(approval.tier, underDecisionFen(application), view.policy.route);
  return html`<form id="decide" class="decide" method="post" action="${link.path}" novalidate>
    ${hidden(view, "decide")}${choices(view, offered)}${approvable ? amountItem(view) : null}
    ${minuted ? minutesItem(view) : null}
    ${item(view, {
      id: "reason",
      of: "choice",
      label: isReviewed(application.status) ? words.answer : words.reason,
      hint: isReviewed(application.status) ? words.answerHint : words.reasonHint,
      input: (described) =>
        html`<textarea name="reason" maxlength="${reasonMaxLength}" ${described}>
${typed.form?.["reason"] ?? ""}</textarea>`,
    })}
    ${pinItem(view, "pin")}
    <p class="actions"><button>${inLocale(words.decide, locale)}</button></p>
  </form>`;
};

/** To stand aside: quiet, at the end of the page, and open when something in it is to be mended. */
export const recuseForm = (view: CaseView): Html => {
  const { link, locale, typed } = view;
  const asked = typed.asked === "recuse";
  return html`<details ${attributes({ open: asked })}>
    <summary>${inLocale(words.recuseTitle, locale)}</summary>
    <form method="post" action="${link.path}" novalidate>
      <p class="soft">${inLocale(words.recuseHint, locale)}</p>
      ${hidden(view, "recuse")}
      ${item(view, {
        id: "recuse-reason",
        label: words.recuseReason,
        input: (described) =>
          html`<textarea name="reason" maxlength="${reasonMaxLength}" ${described}>
${asked ? (typed.form?.["reason"] ?? "") : ""}</textarea>`,
      })}
      ${pinItem(view, "recuse-pin")}
      <p class="actions">
        <button class="second">${inLocale(words.recuse, locale)}</button>
      </p>
    </form>
  </details>`;
};

export const openForm = (view: CaseView): Html =>
  html`<h2 id="whole">${inLocale(words.openTitle, view.locale)}</h2>
    <form method="post" action="${view.link.path}" novalidate>
      <p class="soft">${inLocale(words.openHint, view.locale)}</p>
      ${hidden(view, "open")}${pinItem(view, "open-pin")}
      <p class="actions"><button class="second">${inLocale(words.open, view.locale)}</button></p>
    </form>`;
