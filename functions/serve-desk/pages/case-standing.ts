/** Where a case stands, before anything else: its state and amount, whose turn it is and since when, what comes next. */
import { presentApproval } from "#shared/casework/ask-approver.ts";
import { handlersOf, handlingUnitOf } from "#shared/domain/acceptance.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import { isCardToCheck } from "#shared/domain/card-check.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusMoods, type Mood } from "#shared/web/messages.ts";
import { say, type Desk } from "../frame.ts";
import { dueCell, isOverdue } from "./deadline.ts";
import { statusTag } from "./search/rows.ts";

const words = {
  by: { zh: "办理", en: "" },
  with: { zh: "由", en: "With" },
  since: { zh: "从", en: "since" },
  from: { zh: "起", en: "" },
  due: { zh: "期限：", en: "Due: " },
  next: { zh: "下一步：", en: "Next: " },
  handlers: { zh: "经办人", en: "handlers" },
  nobodyYet: { zh: "正在安排审批人", en: "an approver is being asked" },
} as const satisfies Record<string, Text>;

const withApplicant: Text = { zh: "等申请人办理", en: "Waits for the applicant" };
const withFinance: Text = { zh: "由财务办理", en: "With finance" };

/** Who acts, where nobody is named, and what comes next; nothing for a case that has ended. */
const steps: Readonly<Record<Status, { readonly who: Text | null; readonly next: Text } | null>> = {
  draft: null,
  submitted: {
    who: { zh: "系统正在按政策核算", en: "Being worked out by the policy" },
    next: { zh: "交经办人受理", en: "acceptance by a handler" },
  },
  in_acceptance: {
    who: null,
    next: { zh: "受理，或一次列全退回补正", en: "accept it, or return it with one whole list" },
  },
  in_verification: {
    who: null,
    next: { zh: "两人入户核实并登记", en: "two people visit the home and record it" },
  },
  in_approval: {
    who: null,
    next: { zh: "审批人通过邮件链接决定", en: "the approver decides through the mailed link" },
  },
  needs_information: {
    who: withApplicant,
    next: {
      zh: "补齐后接着办理；逾期不补则终止",
      en: "it goes on when the papers come, or lapses",
    },
  },
  public_notice: {
    who: { zh: "正在公示", en: "On public notice" },
    next: {
      zh: "期满没有异议，自动进入下一步",
      en: "it goes on by itself unless somebody objects",
    },
  },
  objection: {
    who: null,
    next: {
      zh: "没有参与过的人员核实并书面答复",
      en: "somebody who took no part answers in writing",
    },
  },
  under_appeal: {
    who: null,
    next: {
      zh: "没有参与过的人员复议并书面答复",
      en: "somebody who took no part answers in writing",
    },
  },
  waiting_for_funds: {
    who: { zh: "等资金到位", en: "Waits for money" },
    next: { zh: "资金到位后预留", en: "money is set aside when the fund has it" },
  },
  reserved: {
    who: withFinance,
    next: { zh: "归集到发放批次", en: "it is put into a payment batch" },
  },
  batched: {
    who: withFinance,
    next: { zh: "银行回盘后逐笔确认", en: "the bank's return says whether it was paid" },
  },
  payment_failed: {
    who: withApplicant,
    next: {
      zh: "更正收款信息，财务核对后重新发放",
      en: "the card is mended, finance checks it, and it is paid anew",
    },
  },
  paid: null,
  post_review: {
    who: { zh: "发放后公示", en: "On notice after payment" },
    next: { zh: "期满没有异议，办结", en: "it is closed unless somebody objects" },
  },
  recovery_due: {
    who: withFinance,
    next: { zh: "退回到账后登记，或按程序核销", en: "what comes back is booked, or written off" },
  },
  closed: null,
  ineligible: null,
  rejected: null,
  withdrawn: null,
  lapsed: null,
};

const unitName = (
  desk: Desk,
  organisation: Organisation,
  unitId: Application["unitId"],
): string => {
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  return unit ? inLocale(unit.name, desk.request.locale) : "";
};

/** The people of the office that sees to it, or the one person who was asked. */
const holder = async (
  desk: Desk,
  organisation: Organisation,
  application: Application,
): Promise<string> => {
  const { status, unitId, atUnitId, version } = application;
  if (status === "in_acceptance" || status === "in_verification") {
    const unit = unitId === null ? undefined : handlingUnitOf(organisation, unitId);
    const names = unit ? handlersOf(organisation, unit.id).map(({ name }) => name) : [];
    const office = unitName(desk, organisation, unit?.id ?? unitId);
    return `${office} · ${say(desk, words.handlers)} ${names.join("、")}`;
  }
  const approval = await presentApproval(desk.uses, application);
  const asked =
    approval?.caseVersion === version
      ? organisation.staff.find(({ id }) => id === approval.approverId)
      : undefined;
  const office = unitName(desk, organisation, asked?.unitId ?? atUnitId);
  return [office, asked?.name ?? say(desk, words.nobodyYet)].filter(Boolean).join(" · ");
};

/** What is with finance though its state is the applicant's: mended card details to be checked. */
const whoOf = (application: Application, who: Text | null): Text | null =>
  isCardToCheck(application) ? withFinance : who;

const turnWords = async (
  desk: Desk,
  organisation: Organisation,
  application: Application,
  who: Text | null,
): Promise<Html> =>
  who
    ? html`<strong>${say(desk, who)}</strong>`
    : html`${say(desk, words.with)}
        <strong>${await holder(desk, organisation, application)}</strong> ${say(desk, words.by)}`;

const moodOf = (desk: Desk, { status, deadlineAt }: Application): Mood =>
  steps[status] && isOverdue(desk, deadlineAt) ? "wrong" : statusMoods[status];

/** The first thing on a case's page. */
export const standingPart = async (
  desk: Desk,
  organisation: Organisation,
  application: Application,
): Promise<Html> => {
  const { status, amountFen, since, deadlineAt } = application;
  const { locale } = desk.request;
  const step = steps[status];
  const due = step && dueCell(desk, deadlineAt);
  return html`<div class="standing ${moodOf(desk, application)}">
    <p class="row">
      <span class="big">${amount(amountFen, locale)}</span> ${statusTag(desk, status)}
      ${due ? html`<span>${say(desk, words.due)}${due}</span>` : null}
    </p>
    <p>
      ${step && (await turnWords(desk, organisation, application, whoOf(application, step.who)))}
      <span class="soft"
        >${say(desk, words.since)} ${dateTime(since, locale)} ${say(desk, words.from)}</span
      >
    </p>
    ${step ? html`<p class="soft">${say(desk, words.next)}${say(desk, step.next)}</p>` : null}
  </div>`;
};
