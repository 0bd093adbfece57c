/** The controls of the approver's page: decide with the PIN, or open the whole case with it. */
import { policyOf } from "#shared/casework/load.ts";
import type { Decision } from "#shared/domain/approval.ts";
import { reasonMaxLength } from "#shared/domain/decision.ts";
import { needsMinutes } from "#shared/domain/route.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { CaseView } from "./case-view.ts";
import { controlOf, pinWords, problemWords } from "./decision-form.ts";

const words = {
  title: { zh: "审批意见", en: "Your decision" },
  amount: { zh: "同意的金额（元）", en: "Amount you approve (yuan)" },
  amountHint: {
    zh: "只能相同或调低；调低时请写理由",
    en: "The same or lower; give a reason when lower",
  },
  reason: { zh: "理由", en: "Reason" },
  reasonHint: {
    zh: "退回时请把缺少的材料一次写全，申请人会看到",
    en: "When you return it, list everything that is missing at once; the applicant reads it",
  },
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
};

/** What is wrong with the control, if it is this one. */
const problemAt = ({ typed, locale }: CaseView, control: string): string | null => {
  if (typed.asked === "decide" && typed.problem && controlOf[typed.problem] === control) {
    return inLocale(problemWords[typed.problem], locale);
  }
  const said = typed.pin ? pinWords(typed.pin) : null;
  const pinControl = typed.asked === "open" ? "open-pin" : "pin";
  return said && control === pinControl ? inLocale(said, locale) : null;
};

const controls = ["decision", "amount", "reason", "minutes", "pin", "open-pin"] as const;

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
  readonly label: Text;
  readonly hint?: Text;
  readonly input: (described: Html) => Html;
}

const item = (view: CaseView, { id, label, hint, input }: Control): Html => {
  const problem = problemAt(view, id);
  const described = [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null].filter(Boolean);
  return html`<div class="${problem ? "item wrong" : "item"}">
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
          >${inLocale(decisionLabels[kind], view.locale)}</span
        ></label
      >`;
    })}
  </fieldset>`;
};

const pinItem = (view: CaseView, id: "pin" | "open-pin"): Html =>
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
    label: words.amount,
    hint: words.amountHint,
    input: (described) =>
      html`<input
        class="short"
        type="text"
        name="amount"
        inputmode="decimal"
        maxlength="16"
        value="${view.typed.form?.["amount"] ?? plainYuan(view.link.application.amountFen)}"
        ${described}
      />`,
  });

const minutesItem = (view: CaseView): Html =>
  item(view, {
    id: "minutes",
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
  const minuted = needsMinutes(approval.tier, application.amountFen, policyOf(application).route);
  return html`<form method="post" action="${link.path}" novalidate>
    ${hidden(view, "decide")}${choices(view, offered)}${approvable ? amountItem(view) : null}
    ${minuted ? minutesItem(view) : null}
    ${item(view, {
      id: "reason",
      label: words.reason,
      hint: words.reasonHint,
      input: (described) =>
        html`<textarea name="reason" maxlength="${reasonMaxLength}" ${described}>
${typed.form?.["reason"] ?? ""}</textarea>`,
    })}
    ${pinItem(view, "pin")}
    <p class="actions"><button>${inLocale(words.decide, locale)}</button></p>
  </form>`;
};

export const openForm = (view: CaseView): Html =>
  html`<h2>${inLocale(words.openTitle, view.locale)}</h2>
    <form method="post" action="${view.link.path}" novalidate>
      <p class="soft">${inLocale(words.openHint, view.locale)}</p>
      ${hidden(view, "open")}${pinItem(view, "open-pin")}
      <p class="actions"><button class="second">${inLocale(words.open, view.locale)}</button></p>
    </form>`;
