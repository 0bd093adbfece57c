/** What an approver types: read as a decision, or named as what is wrong with it. */
import type { Application } from "#shared/domain/application.ts";
import type { Decision } from "#shared/domain/approval.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import type { DecisionProblem } from "#shared/domain/decision-problem.ts";
import { displayYuan, parseYuan, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { pinTriesMax } from "#shared/domain/approval.ts";
import type { PinAnswer } from "#shared/casework/decision-pin.ts";

/** What was typed, and what is wrong with it; the PIN itself is never sent back. */
export interface TypedDecision {
  readonly form?: Readonly<Record<string, string>>;
  readonly asked?: "open" | "decide" | "recuse";
  readonly problem?: DecisionProblem;
  readonly pin?: PinAnswer;
  /** Other awards used up the household's year meanwhile: the most that may still be approved. */
  readonly leftFen?: Fen;
  /** What an appeal would take up again is claimed by another application by now. */
  readonly claimTaken?: true;
}

const kinds: readonly Decision["kind"][] = [
  "approve",
  "return",
  "reject",
  "confirm_refusal",
  "uphold",
  "dismiss",
];

export const readDecision = (
  form: Readonly<Record<string, string>>,
  application: Application,
):
  | { readonly kind: "decision"; readonly decision: Decision }
  | { readonly kind: "problem"; readonly problem: DecisionProblem } => {
  // Standing aside has a form of its own, so that nobody does it by a slip.
  const kind =
    form["action"] === "recuse"
      ? "recuse"
      : kinds.find((candidate) => candidate === form["decision"]);
  if (!kind) return { kind: "problem", problem: "decision_required" };
  const typedAmount = (form["amount"] ?? "").trim();
  const amountFen =
    kind !== "approve" || typedAmount === ""
      ? underDecisionFen(application)
      : parseYuan(typedAmount);
  if (amountFen === null) return { kind: "problem", problem: "amount_not_valid" };
  const minutes = (form["minutes"] ?? "").trim();
  return {
    kind: "decision",
    decision: {
      kind,
      amountFen,
      reason: (form["reason"] ?? "").trim(),
      minutesNumber: minutes === "" ? null : minutes,
    },
  };
};

/** Which control a problem belongs to. */
export const controlOf: Readonly<Record<DecisionProblem, string>> = {
  decision_required: "decision",
  decision_not_offered: "decision",
  reason_required: "reason",
  reason_too_long: "reason",
  amount_not_valid: "amount",
  amount_above_assessed: "amount",
  minutes_required: "minutes",
  minutes_too_long: "minutes",
};

export const problemWords: Readonly<Record<DecisionProblem, Text>> = {
  decision_required: { zh: "请选择审批意见", en: "Choose a decision" },
  decision_not_offered: {
    zh: "这个案件不能这样决定，请从列出的意见中选择",
    en: "This case can't be decided so: choose one of the decisions offered",
  },
  reason_required: {
    zh: "调减金额、退回补正、不同意、回避或答复时，请写明理由",
    en: "Give the reason when you lower the amount, return, reject, stand aside or answer",
  },
  reason_too_long: {
    zh: "理由最多500字，请缩短",
    en: "Shorten the reason to at most 500 characters",
  },
  amount_not_valid: {
    zh: "金额请只用数字填写，最多两位小数，例如 4000 或 4000.00",
    en: "Type the amount in digits only, such as 4000 or 4000.00",
  },
  amount_above_assessed: {
    zh: "金额不能高于核定金额，只能相同或调低",
    en: "The amount can't be above the one put before you: the same or lower",
  },
  minutes_required: {
    zh: "超过集体决定限额，请填写会议纪要编号",
    en: "This amount is decided in a meeting: give the number of its minutes",
  },
  minutes_too_long: {
    zh: "会议纪要编号最多40字",
    en: "The minutes number has at most 40 characters",
  },
};

/** What to say when the year no longer leaves the award: the figure, and what may be done. */
export const leftWords = (leftFen: Fen): Text => {
  const left = displayYuan(leftFen);
  return leftFen > 0
    ? {
        zh: `该家庭（或本人）本年度的限额已被其他救助用去一部分，这次最多还可批准 ${left} 元。本次决定没有记录；请调低金额并写明理由，或作其他决定`,
        en: `Other awards have used part of this household's (or person's) year: at most ${left} yuan may still be approved. Nothing was recorded; lower the amount and say why, or decide otherwise`,
      }
    : {
        zh: "该家庭（或本人）本年度的限额已被其他救助用完，这次没有可批准的金额。本次决定没有记录；请选择退回或不同意，并写明理由",
        en: "Other awards have used up this household's (or person's) year: nothing is left to approve. Nothing was recorded; return or reject it, and say why",
      };
};

/** Another application holds what this one would claim again: nothing was decided. */
export const claimTakenWords: Text = {
  zh: "申请人已就同一事项另行申请，两件不能并存。本次答复没有记录；请先核实另一申请，或选择维持原决定",
  en: "The applicant has applied anew for the same, and both can't stand. Nothing was recorded: look at the other application first, or let the refusal stand",
};

/** What to say of a PIN that didn't open anything. */
export const pinWords = (answer: PinAnswer): Text | null => {
  switch (answer.kind) {
    case "wrong":
      return {
        zh: `审批密码不对，还可以试${answer.triesLeft}次；连续错${pinTriesMax}次将锁定`,
        en: `The PIN is not right. ${answer.triesLeft} tries are left; after ${pinTriesMax} wrong ones it is locked`,
      };
    case "busy":
      return {
        zh: "刚才同时收到了另一次输入，请再输一次审批密码",
        en: "Another try arrived at the same moment: type the PIN once more",
      };
    case "right":
    case "locked":
      return null;
  }
};
