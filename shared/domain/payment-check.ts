/**
 * What is asked of a case once more when it is to be paid (peers row 25): weeks may lie between the decision and the
 * batch. A case that fails stays payable and is left out; nothing else is held up.
 */
import type { ApplicationId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import type { BankHold } from "./bank-row.ts";

/** Why a payable case is not put into a batch. */
export type HoldCode =
  /** The first day of delivery is still to come (policy 8.3 `ww.window`). */
  "not_before" | "claim_lost" | "barred" | "over_year" | "card_invalid" | "on_hold" | BankHold;

/** What the second person should look at; the payment is in the batch. */
export type FlagCode = "same_card_and_amount";

/** A case that was looked at for a batch, and what is to be said of it. */
export interface PaymentRemark {
  readonly applicationId: ApplicationId;
  readonly code: HoldCode | FlagCode;
}

const flags: readonly PaymentRemark["code"][] = ["same_card_and_amount"];

export const isFlag = (code: PaymentRemark["code"]): code is FlagCode => flags.includes(code);

export const remarkTitles: Readonly<Record<PaymentRemark["code"], Text>> = {
  not_before: {
    zh: "还没有到发放开始日，到时再归集",
    en: "Its days of delivery have not begun: assemble again then",
  },
  claim_lost: {
    zh: "申领登记已不在该案件名下：请核对是否重复救助",
    en: "It no longer holds its claim: look for help given twice",
  },
  barred: {
    zh: "申请人或家庭成员在限制救助期内：请核实",
    en: "The applicant or somebody of the household is barred: look into it",
  },
  over_year: {
    zh: "家庭或个人本年度救助已超限额：请核对",
    en: "The household's or person's year is above its limit: look into it",
  },
  card_invalid: {
    zh: "银行卡信息不完整或卡号校验不符：请联系申请人更正",
    en: "The card details are incomplete or the number is wrong: have the applicant mend them",
  },
  on_hold: {
    zh: "财务已暂停发放：解除后再归集",
    en: "Finance holds its payment: assemble again once that is released",
  },
  bank_text: {
    zh: "收款信息写不进银行文件（生僻字、特殊符号、过长或缺少）：请核对后更正，或换用其他银行的付款账户",
    en: "The bank's file can't hold the payee's details (rare characters, signs, too long or missing): look into them, or pay from an account at another bank",
  },
  bank_amount: {
    zh: "金额超过银行文件的单笔限额：请与银行商定，或换用其他银行的付款账户",
    en: "The amount is above the bank's limit for one payment: agree on another with the bank, or pay from an account elsewhere",
  },
  same_card_and_amount: {
    zh: "本批次中有另一笔同卡同额，已列入：授权前请核对",
    en: "Another payment of the batch has this card and amount; it is in: check before authorising",
  },
};

interface PaymentOf {
  readonly applicationId: ApplicationId;
  readonly amountFen: number;
  readonly cardNumber: string;
}

/** Payments of one batch that go to one card with one amount: the second and further ones. */
export const repeatedPayments = (payments: readonly PaymentOf[]): readonly PaymentRemark[] => {
  const seen = new Set<string>();
  return payments.flatMap(({ applicationId, amountFen, cardNumber }): readonly PaymentRemark[] => {
    const key = `${cardNumber} ${amountFen}`;
    if (seen.has(key)) return [{ applicationId, code: "same_card_and_amount" }];
    seen.add(key);
    return [];
  });
};
