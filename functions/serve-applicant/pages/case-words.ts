/** What a case's state means to the applicant, what comes next, and by when. */
import type { Application, RecordedEvent, Status } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { failureTitles, type FailureCode } from "#shared/domain/disbursement.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import type { Locale, Text } from "#shared/kernel/text.ts";
import { amount, lastDayBefore } from "#shared/web/figures.ts";
import { eventNames } from "#shared/web/messages.ts";

const meanings: Readonly<Record<Status, Text>> = {
  draft: { zh: "这份申请还没有提交。", en: "This application has not been handed in yet." },
  submitted: {
    zh: "工会已经收到申请，正在按政策核对。",
    en: "The union has your application and is checking it by the policy.",
  },
  in_approval: { zh: "工会正在审核。", en: "The union is deciding." },
  needs_information: {
    zh: "需要您补充材料或信息。在您补充之前，办理时限暂停计算。",
    en: "Something more is needed from you. Until you send it, the union's time limits stand still.",
  },
  waiting_for_funds: {
    zh: "申请已经批准。资金到位后自动安排发放，您不需要再做什么。",
    en: "Your application is approved. It is paid as soon as the fund has the money; you need do nothing.",
  },
  public_notice: {
    zh: "申请已经批准，资金已经预留，正在公示（隐去姓名和敏感信息）。",
    en: "Your application is approved, the money is set aside, and the public notice is up (name masked, no sensitive data).",
  },
  objection: {
    zh: "公示期间收到异议，工会正在核实，核实后书面答复。",
    en: "An objection was raised during the notice. The union is looking into it and will answer in writing.",
  },
  reserved: {
    zh: "申请已经批准，资金已经预留，等待银行转账。",
    en: "Your application is approved and the money is set aside; the transfer comes next.",
  },
  batched: { zh: "已经列入发放批次，银行正在办理。", en: "The payment is with the bank." },
  payment_failed: {
    zh: "银行没有转成，资金仍为您保留。",
    en: "The bank could not make the transfer. The money is still set aside for you.",
  },
  paid: {
    zh: "款项已经转入您的银行卡，请核对。没有收到请联系您的工会。",
    en: "The money was sent to your bank card; please check. If it did not arrive, ask your union.",
  },
  post_review: {
    zh: "款项已经发放，工会正在补办核实手续，请配合。",
    en: "The money was paid, and the union is completing its checks; please help with them.",
  },
  recovery_due: {
    zh: "经核实，这笔款项需要退回。工会会与您联系。",
    en: "The checks found that this money has to be paid back. The union will contact you.",
  },
  closed: { zh: "这份申请已经办结。", en: "This application is closed." },
  ineligible: {
    zh: "经审核，这次不符合救助条件，原因见下。有异议的，可以向您的工会申请复议。",
    en: "It was examined and found not eligible this time; the reasons are below. If you disagree, ask your union for a review.",
  },
  rejected: {
    zh: "经审核，这次没有批准，原因见下。有异议的，可以向您的工会申请复议。",
    en: "It was examined and not approved this time; the reasons are below. If you disagree, ask your union for a review.",
  },
  withdrawn: {
    zh: "您撤回了这份申请。需要时可以重新申请。",
    en: "You withdrew this application. You may apply again when you need to.",
  },
  lapsed: {
    zh: "规定时间内没有收到补充的内容，这次申请已经终止。需要时可以重新申请。",
    en: "What was asked for did not come in time, so this application has ended. You may apply again.",
  },
  under_appeal: {
    zh: "工会正在由没有参与原决定的人员复议。",
    en: "Somebody who took no part in the decision is reviewing it.",
  },
};

export const meaningOf = ({ status }: Application): Text => meanings[status];

type Dated = (day: string) => string;

/** The next step and its day, where the state has one. */
const nextSteps: Partial<Readonly<Record<Status, { readonly zh: Dated; readonly en: Dated }>>> = {
  submitted: {
    zh: (day) => `最晚${day}完成受理核对；缺什么会一次告诉您。`,
    en: (day) => `Checked by ${day}; if anything is missing you are told once, all of it.`,
  },
  in_approval: {
    zh: (day) => `本级最晚${day}作出决定。`,
    en: (day) => `This office is to decide by ${day}.`,
  },
  needs_information: {
    zh: (day) => `请在${day}前（含当天）补充；逾期这次申请终止，可以重新申请。`,
    en: (day) =>
      `Please send it by ${day}; after that this application ends and you may apply again.`,
  },
  public_notice: {
    zh: (day) => `公示到${day}，没有异议就安排发放。`,
    en: (day) => `The notice ends on ${day}; without an objection the payment follows.`,
  },
  reserved: {
    zh: (day) => `最晚${day}转入您的银行卡。`,
    en: (day) => `It is to reach your bank card by ${day}.`,
  },
  payment_failed: {
    zh: (day) => `请在${day}前（含当天）更正银行卡信息。`,
    en: (day) => `Please mend the card details by ${day}.`,
  },
};

export const nextStepOf = ({ status, deadlineAt }: Application): Text | null => {
  const step = nextSteps[status];
  if (!step || deadlineAt === null) return null;
  const day = (locale: Locale): string => lastDayBefore(deadlineAt, locale);
  return { zh: step.zh(day("zh-CN")), en: step.en(day("en")) };
};

/** Where an amount has been decided on. */
const granted: readonly Status[] = [
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "recovery_due",
  "closed",
];

const refused: readonly Status[] = ["ineligible", "rejected", "under_appeal"];

export const isGranted = ({ status }: Application): boolean => granted.includes(status);

/** Reasons are told with a decision, not before: until then the rules have only recommended (PIPL 24). */
export const isDecided = (application: Application): boolean =>
  isGranted(application) || refused.includes(application.status);

export const lastAssessment = (events: readonly RecordedEvent[]): Assessment | null =>
  events.findLast(({ type }) => type === "assessed")?.confidential?.assessment ?? null;

/** What an approver wrote to explain a refusal, a lower amount or what is missing. */
export const lastReason = (
  events: readonly RecordedEvent[],
  types: readonly RecordedEvent["type"][],
): string | null =>
  events.findLast(({ type, confidential }) => types.includes(type) && confidential?.reason)
    ?.confidential?.reason ?? null;

/** What was asked for, as the approver who returned the case wrote it. */
export const askedFor = (events: readonly RecordedEvent[]): string | null =>
  lastReason(events, ["returned"]);

export const failureWords = (code: string | null): Text | null =>
  code !== null && Object.hasOwn(failureTitles, code) ? failureTitles[code as FailureCode] : null;

const tierOf = (detail: RecordedEvent["detail"]): Text | null => {
  const tier = detail["tier"];
  return typeof tier === "string" && Object.hasOwn(tierTitles, tier)
    ? tierTitles[tier as keyof typeof tierTitles]
    : null;
};

const amountIn = (detail: RecordedEvent["detail"], locale: Locale): string | null => {
  const amountFen = detail["amountFen"];
  return typeof amountFen === "number" && amountFen > 0
    ? amount(amountFen as Parameters<typeof amount>[0], locale)
    : null;
};

/** Events whose amount the applicant may read: once it has been decided on. */
const withAmount: readonly RecordedEvent["type"][] = [
  "approved",
  "approved_without_funds",
  "funds_reserved",
  "paid",
];

/** One line of the timeline: what happened, where, and how much. */
export const eventWords = (event: RecordedEvent): Text => {
  const name = eventNames[event.type];
  const tier = tierOf(event.detail);
  const failure = failureWords(String(event.detail["failureCode"] ?? ""));
  const said = (locale: Locale): string => {
    const isChinese = locale === "zh-CN";
    const pick = (text: Text | null): string | null => text && (isChinese ? text.zh : text.en);
    const parts = [
      pick(tier),
      pick(failure),
      withAmount.includes(event.type) ? amountIn(event.detail, locale) : null,
    ].filter((part) => part !== null);
    const open = isChinese ? "（" : " (";
    const close = isChinese ? "）" : ")";
    const more = parts.length > 0 ? `${open}${parts.join(isChinese ? "，" : ", ")}${close}` : "";
    return `${isChinese ? name.zh : name.en}${more}`;
  };
  return { zh: said("zh-CN"), en: said("en") };
};
