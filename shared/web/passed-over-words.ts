/** Why a fund doesn't pay an award, in words for approvers and for the trail. */
import type { PassedOver } from "#shared/domain/fund-fit.ts";
import type { Text } from "#shared/kernel/text.ts";

export const passedOverWords: Readonly<Record<PassedOver, Text>> = {
  closed: { zh: "已停用", en: "closed" },
  other_year: { zh: "不是本年度的资金", en: "of another year" },
  other_office: { zh: "只用于其他单位的案件", en: "for another office's cases" },
  other_programme: { zh: "不用于这个救助项目", en: "not for this programme" },
  other_category: { zh: "不用于这个困难类别", en: "not for this category" },
  filed_only: { zh: "只限建档困难职工", en: "only for households on file" },
  unfiled_only: { zh: "只限未建档的临时困难职工", en: "only for households without a file" },
  award_too_large: { zh: "超过这项资金的单次上限", en: "above its limit for one award" },
  person_year_used_up: {
    zh: "超过这项资金每人每年的上限",
    en: "above its limit for a person and year",
  },
  short: { zh: "可用余额不够（预留除外）", en: "short of money, its reserve left aside" },
};
