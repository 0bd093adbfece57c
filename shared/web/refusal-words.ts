/** Why something can't be done with a case now, and what to do instead: said by the pages and by the JSON API. */
import { appealWordsMax, type Appealable } from "#shared/domain/appeal.ts";
import { barTitles, type Bar } from "#shared/domain/bar.ts";
import type { WithdrawalRefusal } from "#shared/domain/intake.ts";
import {
  objectionContactMaxLength,
  objectionWordsMaxLength,
  type ObjectionProblem,
} from "#shared/domain/public-notice.ts";
import type { ExtensionRefusal } from "#shared/domain/supplement.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { date, lastDayBefore } from "./figures.ts";

export const withdrawalWords: Readonly<Record<WithdrawalRefusal, Text>> = {
  too_late: {
    zh: "这份申请现在不能撤回了：款项已经交给银行，或者申请已经办完。",
    en: "This application cannot be withdrawn now: the payment is with the bank, or the case has ended.",
  },
  advance_paid: {
    zh: "先行救助金已经发放，这份申请不能撤回。请按要求补齐材料；不再需要救助的，请联系您的工会退回已发的款项。",
    en: "The advance was paid, so this application cannot be withdrawn. Please send what is asked for; if you need no help any more, ask your union how to pay the advance back.",
  },
};

export const extensionWords: Readonly<Record<ExtensionRefusal, Text>> = {
  not_asked: {
    zh: "这份申请现在不需要您补充内容，没有期限可以延长。",
    en: "Nothing is asked of you now, so there is no time to prolong.",
  },
  used_up: {
    zh: "补充时间已经延长过，不能再延长。请尽快补充；来不及的，到期后可以重新申请。",
    en: "The time was prolonged already and can't be prolonged again. Send what you can; if it is too late, you may apply again afterwards.",
  },
  too_late: {
    zh: "补充时间已经到期，不能再延长。需要时可以重新申请。",
    en: "The time is over and can't be prolonged. You may apply again.",
  },
};

export const handInWords = {
  nothing: {
    zh: "还没有新的材料，填写的内容也没有改动。请按要求补充后再提交。",
    en: "There is no new paper and no changed answer yet. Please add what was asked for and hand it in then.",
  },
  unchanged: {
    zh: "填写的内容没有改动，所以没有提交。",
    en: "No answer was changed, so nothing was handed in.",
  },
  claimed: {
    zh: "改后的号码（学生、患者或发票）在本期已经有另一份申请，请检查。",
    en: "The changed number (student, patient or invoice) belongs to another application of this period; please check it.",
  },
} as const satisfies Record<string, Text>;

/** Why papers keep a case from being handed in; beside each file stands what is wrong with it. */
export const papersNotReadyWords = {
  converting: {
    zh: "有照片正在转换格式，一般几秒钟。其他内容都在，请稍后再提交。",
    en: "A photo is still being converted, which takes seconds. Everything else is kept; please hand it in again in a moment.",
  },
  refused: {
    zh: "有文件不能用，原因写在文件旁边。可以换一个再传；不换的，请再提交一次，这个文件不会提交。",
    en: "A file can't be used; the reason stands beside it. Send another one, or hand in again without it.",
  },
} as const satisfies Record<"converting" | "refused", Text>;

export const sameCardWords: Text = {
  zh: "开户银行和卡号与原来的完全一样。请对照银行卡检查；如果没有错，请换一张本人的卡。",
  en: "Bank and card number are the same as before. Check them against the card; if they are right, give another card of your own.",
};

/** A sentence with the last day on which something is in time. */
export const byLastDay = (say: (day: string) => Text, until: Instant): Text => ({
  zh: say(lastDayBefore(until, "zh-CN")).zh,
  en: say(lastDayBefore(until, "en")).en,
});

const appealWords = {
  required: { zh: "请写明您为什么不同意", en: "Say why you disagree" },
  notRefused: {
    zh: "这份申请现在没有可以复议的决定。",
    en: "There is no decision on this application to appeal against.",
  },
  before: {
    zh: "对这个决定已经申请过复议了，每个决定可以复议一次。答复在进度页上。情况有变化的，可以重新申请。",
    en: "This decision was appealed already; each can be appealed once. The answer is on the status page. If your situation has changed you may apply again.",
  },
} as const satisfies Record<string, Text>;

/** Why no appeal can be filed. */
export const appealClosedWords = (why: Exclude<Appealable, { kind: "open" }>): Text => {
  switch (why.kind) {
    case "too_late":
      return byLastDay(
        (day) => ({
          zh: `复议期限到${day}为止，已经过了，所以不能再申请复议。情况有变化的，可以重新申请；对办理过程有意见的，可以向您的工会反映。`,
          en: `The time to appeal ended on ${day}. If your situation has changed you may apply again; about how it was handled, speak to your union.`,
        }),
        why.until,
      );
    case "appealed_before":
      return appealWords.before;
    case "not_refused":
      return appealWords.notRefused;
  }
};

/** Characters as a person counts them. */
const lengthOf = (typed: string): number => Array.from(typed).length;

/** What is wrong with the words of an appeal, or null. */
export const appealWordsProblem = (typed: string): Text | null => {
  if (typed === "") return appealWords.required;
  const over = lengthOf(typed) - appealWordsMax;
  return over > 0
    ? {
        zh: `写得太长了，最多 ${appealWordsMax} 个字，请删去 ${over} 个字`,
        en: `That is too long: at most ${appealWordsMax} characters, so shorten it by ${over}`,
      }
    : null;
};

/** What somebody reads who may get no help for a time (policy 8.1 `fraud`): until when and why. */
export const barredWords = ({ until, code }: Bar): Text => {
  const why = barTitles[code];
  return {
    zh: `申请中的人员因“${why.zh}”，在${date(until, "zh-CN")}（含当天）之前不能获得救助，所以这次没有提交。`,
    en: `Somebody in this application may get no relief until ${date(until, "en")}, that day included (${why.en.toLowerCase()}), so it was not sent.`,
  };
};

export const objectionProblemWords: Readonly<Record<ObjectionProblem, Text>> = {
  words_required: {
    zh: "请填写“异议内容”：写明您了解的情况",
    en: "Fill in “What you object to”: say what you know",
  },
  words_too_long: {
    zh: `“异议内容”太长了，最多 ${objectionWordsMaxLength} 个字，请缩短`,
    en: `“What you object to” is too long: at most ${objectionWordsMaxLength} characters`,
  },
  contact_too_long: {
    zh: `“怎样联系您”太长了，最多 ${objectionContactMaxLength} 个字，请缩短`,
    en: `“How to reach you” is too long: at most ${objectionContactMaxLength} characters`,
  },
};

/** What whoever objected does with the receipt. */
export const objectionReceived: Text = {
  zh: "请记下回执号，凭它可以到公示上所写的工会查询答复。",
  en: "Please write it down: with it the union office named in the notice tells you the answer.",
};
