/** What a case's state means to the applicant, what comes next, and by when. */
import type { Application, RecordedEvent, Status } from "#shared/domain/application.ts";
import { isCardToCheck } from "#shared/domain/card-check.ts";
import { failureTitles, type FailureCode } from "#shared/domain/failure-code.ts";
import { isReturnedByBank } from "#shared/domain/recovery.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import type { Locale, Text } from "#shared/kernel/text.ts";
import { amount, lastDayBefore } from "./figures.ts";
import { eventNames } from "./messages.ts";
import { trackMeaning, trackNextStep } from "./fast-track-words.ts";

const meanings: Readonly<Record<Status, Text>> = {
  draft: { zh: "这份申请还没有提交。", en: "This application has not been handed in yet." },
  submitted: {
    zh: "工会已经收到申请，正在按政策核对。",
    en: "The union has your application and is checking it by the policy.",
  },
  in_acceptance: {
    zh: "工会正在核对材料是否齐全；缺什么会一次告诉您。",
    en: "The union is checking that everything is there; if anything is missing you are told once, all of it.",
  },
  in_verification: {
    zh: "申请已经受理，工会将派两名工作人员入户核实，请在家等候联系。",
    en: "Your application is accepted. Two people of the union will visit you at home; they will call first.",
  },
  in_approval: { zh: "工会正在审核。", en: "The union is deciding." },
  needs_information: {
    zh: "需要您补充材料或信息。在您补充之前，办理时限暂停计算。",
    en: "Something more is needed from you. Until you send it, the union's time limits stand still.",
  },
  waiting_for_funds: {
    zh: "申请已经批准，正在等待资金。资金到位后按政策规定的办法安排发放，您不需要再做什么；先后次序和到账时间不作承诺。",
    en: "Your application is approved and waits for money. It is paid out by the policy's method when the fund has it; you need do nothing. A place in the list, or a day, isn't promised.",
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
    zh: "经审核，这次不符合救助条件，原因和您可以怎么做见下。",
    en: "It was examined and found not eligible this time; the reasons and what you can do are below.",
  },
  rejected: {
    zh: "经审核，这次没有批准，原因和您可以怎么做见下。",
    en: "It was examined and not approved this time; the reasons and what you can do are below.",
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

/** A notice of the base office, before the last tier has decided: nothing is granted yet. */
const beforeTheEnd: Partial<Readonly<Record<Status, Text>>> = {
  public_notice: {
    zh: "基层工会审核通过，正在公示（隐去姓名和敏感信息）；公示结束后报上级工会审批。",
    en: "The first office has approved, and the public notice is up (name masked, no sensitive data); then the office above decides.",
  },
};

const neverArrived: Text = {
  zh: "银行把这笔款项退回了工会，您没有收到，不需要退款。工会会与您联系。",
  en: "The bank sent this money back to the union: it never reached you, and you need pay back nothing. The union will contact you.",
};

export const meaningOf = (application: Application, events: readonly RecordedEvent[]): Text => {
  const { status, fundId } = application;
  if (status === "recovery_due" && isReturnedByBank(events)) return neverArrived;
  const early = fundId === null ? beforeTheEnd[status] : undefined;
  return trackMeaning(application) ?? early ?? meanings[status];
};

type Dated = (day: string) => string;

/** The next step and its day, where the state has one. */
const nextSteps: Partial<Readonly<Record<Status, { readonly zh: Dated; readonly en: Dated }>>> = {
  submitted: {
    zh: (day) => `最晚${day}完成受理核对；缺什么会一次告诉您。`,
    en: (day) => `Checked by ${day}; if anything is missing you are told once, all of it.`,
  },
  in_acceptance: {
    zh: (day) => `最晚${day}完成受理核对。`,
    en: (day) => `Checked by ${day}.`,
  },
  in_verification: {
    zh: (day) => `最晚${day}完成入户核实和初审。`,
    en: (day) => `Visit and first review are to be done by ${day}.`,
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
    zh: (day) => `公示到${day}；没有异议，按程序继续办理。`,
    en: (day) => `The notice ends on ${day}; without an objection the case goes on.`,
  },
  reserved: {
    zh: (day) => `最晚${day}转入您的银行卡。`,
    en: (day) => `It is to reach your bank card by ${day}.`,
  },
  objection: {
    zh: (day) => `最晚${day}书面答复。`,
    en: (day) => `The answer in writing is due by ${day}.`,
  },
  under_appeal: {
    zh: (day) => `最晚${day}书面答复，答复会显示在这里。`,
    en: (day) => `The answer in writing is due by ${day} and will stand here.`,
  },
  payment_failed: {
    zh: (day) => `请在${day}前（含当天）更正银行卡信息。`,
    en: (day) => `Please mend the card details by ${day}.`,
  },
};

const cardToCheck: Text = {
  zh: "已收到您更正的收款信息，财务人员核对后重新发放，您不需要再做什么。",
  en: "Your new card details have come. Finance checks them and pays anew; you need do nothing.",
};

export const nextStepOf = (application: Application): Text | null => {
  const { status, deadlineAt } = application;
  const onTrack = trackNextStep(application);
  if (onTrack) return onTrack;
  if (isCardToCheck(application)) return cardToCheck;
  const step = nextSteps[status];
  if (!step || deadlineAt === null) return null;
  const day = (locale: Locale): string => lastDayBefore(deadlineAt, locale);
  return { zh: step.zh(day("zh-CN")), en: step.en(day("en")) };
};

/** What was asked for, as the one who returned the case, or upheld its appeal, wrote it. */
export const askedFor = (events: readonly RecordedEvent[]): string | null =>
  events.findLast(
    ({ type, confidential }) =>
      (type === "returned" || type === "appeal_upheld") && confidential?.reason,
  )?.confidential?.reason ?? null;

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
  "advance_approved",
  "advance_paid",
  "approved",
  "approved_without_funds",
  "funds_reserved",
  "paid",
];

/** An officer entered the case for the worker, who was there and signed. */
export const onBehalfWords: Text = {
  zh: "工会工作人员代办，本人在场并签字委托",
  en: "entered by an officer; the worker was present and signed",
};

/** One line of the timeline: what happened, where, and how much. */
export const eventWords = (event: RecordedEvent): Text => {
  const name = eventNames[event.type];
  const tier = tierOf(event.detail);
  const failure = failureWords(String(event.detail["failureCode"] ?? ""));
  const said = (locale: Locale): string => {
    const isChinese = locale === "zh-CN";
    const pick = (text: Text | null): string | null => text && (isChinese ? text.zh : text.en);
    const parts = [
      event.detail["onBehalf"] === true ? pick(onBehalfWords) : null,
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
