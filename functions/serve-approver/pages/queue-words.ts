/** Words of the list of waiting cases. */
import type { ReadFirst } from "#shared/domain/read-first.ts";
import type { TogetherOutcome } from "#shared/casework/decide-several.ts";
import type { EventType } from "#shared/domain/application.ts";
import type { Text } from "#shared/kernel/text.ts";

export const words = {
  title: { zh: "等您审批的案件", en: "Cases that wait for you" },
  closed: {
    zh: "输入审批密码后显示清单，15分钟后自动隐藏。",
    en: "The list is shown after your PIN, for 15 minutes.",
  },
  open: { zh: "显示清单", en: "Show the list" },
  pin: { zh: "审批密码", en: "Decision PIN" },
  none: { zh: "现在没有等您审批的案件。", en: "No case waits for your decision now." },
  noneNext: {
    zh: "有新的案件时会发邮件给您，可以关闭此页。",
    en: "You get a mail when there is a new one; you can close this page.",
  },
  programmes: { zh: "按项目", en: "By programme" },
  funds: { zh: "本级决定后即用款", en: "Money that your decisions set aside" },
  cases: { zh: "案件（期限近的在前）", en: "Cases, the first due first" },
  deadline: { zh: "期限", en: "Due" },
  refusal: { zh: "建议不予救助", en: "Refusal" },
  straight: { zh: "规则全部符合", en: "All rules met" },
  byItself: { zh: "请打开逐件办理：", en: "Open and decide it by itself: " },
  openCase: { zh: "打开查看", en: "Open the case" },
  decideTitle: { zh: "同意勾选的案件", en: "Approve the ticked cases" },
  decideHint: {
    zh: "按各件的建议金额同意。每件单独核对、单独记录；办理期间有变化的不会决定。",
    en: "Each is approved at its recommended amount, checked and recorded by itself; one that changed meanwhile is not decided.",
  },
  noneToTick: {
    zh: "这些案件都需要打开逐件办理。",
    en: "Each of these cases has to be opened and decided by itself.",
  },
  decide: { zh: "同意勾选的案件", en: "Approve the ticked cases" },
  nothingTicked: {
    zh: "还没有勾选案件，请先勾选要同意的案件",
    en: "No case is ticked: tick those you approve",
  },
  resultsTitle: { zh: "办理结果", en: "What was decided" },
  back: { zh: "回到待审批清单", en: "Back to the list" },
  enough: { zh: "够用", en: "enough" },
  short: {
    zh: "不够，后批准的将等待资金或用其他资金",
    en: "short: the last ones approved take another fund or wait for money",
  },
} as const satisfies Record<string, Text>;

export const moreWords = (shown: number): Text => ({
  zh: `先列出期限最近的${shown}件，办完后显示其余。`,
  en: `The ${shown} that are due first are listed; the others follow when these are done.`,
});

export const readFirstWords: Readonly<Record<ReadFirst, Text>> = {
  review: { zh: "异议或复议，须书面答复", en: "an objection or appeal to be answered in writing" },
  refusal: { zh: "规则建议不予救助", en: "the rules recommend refusal" },
  fast_track: { zh: "先行救助", en: "fast track" },
  again: { zh: "退回或复议后再次审批", en: "decided before and come back" },
  visit: { zh: "入户核实与申报不符", en: "the visit did not bear it out" },
  flagged: { zh: "有需要留意的情况", en: "something wants your eye" },
  changed: { zh: "提交后有改动", en: "changed since it was sent" },
  lowered: { zh: "下级已调减金额", en: "the amount was lowered before" },
  minutes: { zh: "须填会议纪要编号", en: "needs the number of minutes" },
  locked: { zh: "链接因密码输错被锁定", en: "its link is locked after wrong PINs" },
};

export const outcomeWords: Readonly<Record<Exclude<TogetherOutcome, "recorded">, Text>> = {
  changed: {
    zh: "没有办理：案件在此期间有变化，或已由他人办理。仍需您审批的会另发邮件。",
    en: "Not decided: the case changed meanwhile, or somebody else dealt with it. If it still needs you, a new mail comes.",
  },
  open_by_itself: {
    zh: "没有办理：须打开逐件决定（例如须填会议纪要编号）。",
    en: "Not decided: open it and decide it by itself (it may need the number of minutes).",
  },
  cap_exceeded: {
    zh: "没有办理：该家庭本年度的限额已被其他救助用去，请打开调低金额或作其他决定。",
    en: "Not decided: other awards used up the household's year. Open it to lower the amount or decide otherwise.",
  },
  not_eligible: {
    zh: "没有办理：期限已过，或按规定须由他人审批。",
    en: "Not decided: its limit is over, or somebody else has to decide it.",
  },
};

/** What the decision led to, by the event that recorded it. */
export const recordedWords: Readonly<Partial<Record<EventType, Text>>> = {
  tier_approved: { zh: "已同意，转上一级或公示", en: "Approved; it goes on to the next step" },
  approved: { zh: "已同意，资金已留存", en: "Approved; the money is set aside" },
  approved_without_funds: {
    zh: "已同意；资金不足，等待资金到位后发放",
    en: "Approved; the fund is short, so it waits for money",
  },
  co_approved: { zh: "已同意，等待本级其他人", en: "Approved; it waits for others of your tier" },
};

export const recordedAnyhow: Text = { zh: "已同意", en: "Approved" };
