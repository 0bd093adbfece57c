/** What the fast track (先救助后补手续) means to the applicant, where it differs from the ordinary way. */
import type { Application, RecordedEvent, Status } from "#shared/domain/application.ts";
import { isAdvance, isFollowUp } from "#shared/domain/fast-track.ts";
import { leftToPayBackFen } from "#shared/domain/recovery.ts";
import { waitBegan } from "#shared/domain/supplement.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime, lastDayBefore } from "./figures.ts";

const ofAdvance: Partial<Readonly<Record<Status, Text>>> = {
  in_approval: {
    zh: "工会正在审批先行救助金；其余部分在补齐材料、入户核实后再作决定。",
    en: "The union is deciding on an advance; the rest is decided after the papers and a home visit.",
  },
  waiting_for_funds: {
    zh: "先行救助金已经批准，资金一到位就发放，您不需要再做什么。",
    en: "The advance is approved and is paid as soon as the fund has the money; you need do nothing.",
  },
  reserved: {
    zh: "先行救助金已经批准，资金已经预留，等待银行转账。",
    en: "The advance is approved and the money is set aside; the transfer comes next.",
  },
};

const afterAdvance: Partial<Readonly<Record<Status, Text>>> = {
  needs_information: {
    zh: "先行救助金已经转入您的银行卡。请补齐材料，其余部分随后审批。",
    en: "The advance was sent to your bank card. Please send the remaining papers; the rest of the award is decided after them.",
  },
};

/** What the state means on the fast track; null where it means the same as everywhere. */
export const trackMeaning = (application: Application): Text | null => {
  const { status } = application;
  if (isAdvance(application)) return ofAdvance[status] ?? null;
  return isFollowUp(application) ? (afterAdvance[status] ?? null) : null;
};

/** The next step and its limit on the fast track; hours where the advance has hours. */
export const trackNextStep = (application: Application): Text | null => {
  const { status, deadlineAt } = application;
  if (deadlineAt === null) return null;
  if (isAdvance(application) && status === "in_approval") {
    const by = (locale: Locale): string => dateTime(deadlineAt, locale);
    return {
      zh: `本级最晚${by("zh-CN")}决定先行救助金。`,
      en: `This office is to decide on the advance by ${by("en")}.`,
    };
  }
  if (!isFollowUp(application) || status !== "needs_information") return null;
  const day = (locale: Locale): string => lastDayBefore(deadlineAt, locale);
  return {
    zh: `请在${day("zh-CN")}前（含当天）补齐；逾期没有补齐的，先行救助金要退回。`,
    en: `Please send them by ${day("en")}; if they do not come in time, the advance has to be paid back.`,
  };
};

const everything: Text = {
  zh: "请补齐下列全部材料。申请时没有填的大额支出、存款等，也请在“修改填写的内容”里补上，核算会更准确。",
  en: "Please send all the papers listed. Large expenses and savings that you left out when you applied can be added under “Change the answers”, so that the award is worked out rightly.",
};

/** What is asked for after an advance, when nobody has returned the case since; else null. */
export const askedAfterAdvance = (
  events: readonly RecordedEvent[],
  locale: Locale,
): string | null =>
  waitBegan(events)?.type === "advance_paid" ? inLocale(everything, locale) : null;

/** What is still to be paid back, as its own line. */
export const toPayBack = (
  application: Application,
  events: readonly RecordedEvent[],
  locale: Locale,
): { readonly label: Text; readonly amount: string } => ({
  label: { zh: "应退回金额", en: "To be paid back" },
  amount: amount(leftToPayBackFen(application, events), locale),
});
