/** What a public notice says, line by line: shown on the page, and checked before it is published (policy 7). */
import { categoryTitles } from "#shared/domain/assessment.ts";
import type { Notice, NoticeKind } from "#shared/domain/public-notice.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, date, lastDayBefore } from "./figures.ts";

export const noticeKinds: Readonly<Record<NoticeKind, Text>> = {
  grass_roots: { zh: "初审公示", en: "Notice after the initial review" },
  final: { zh: "拟救助公示", en: "Notice before payment" },
  after_payment: { zh: "救助后公示", en: "Notice after payment" },
};

export type NoticeLineName = "name" | "unit" | "programme" | "category" | "amount" | "days";

export const noticeLabels: Readonly<Record<NoticeLineName, Text>> = {
  name: { zh: "姓名", en: "Name" },
  unit: { zh: "所在工会", en: "Union office" },
  programme: { zh: "救助项目", en: "Programme" },
  category: { zh: "困难类别", en: "Category" },
  amount: { zh: "救助金额", en: "Amount" },
  days: { zh: "公示时间", en: "On show" },
};

/** Everything that a notice shows, in its order, and nothing else. */
export const noticeLines = (
  notice: Notice,
  programmeTitle: Text,
  locale: Locale,
): Readonly<Record<NoticeLineName, string>> => {
  const [first, last] = [
    date(localDateOf(notice.publishedAt), locale),
    lastDayBefore(notice.endsAt, locale),
  ];
  return {
    name: notice.maskedName,
    unit: inLocale(notice.unitName, locale),
    programme: inLocale(programmeTitle, locale),
    category: notice.category === null ? "" : inLocale(categoryTitles[notice.category], locale),
    amount: amount(notice.amountFen, locale),
    days: locale === "zh-CN" ? `${first}至${last}` : `${first} to ${last}`,
  };
};

/** Texts of a notice that stand in the city's registers, whoever applies. */
export const registeredTexts = (notice: Notice, programmeTitle: Text): readonly string[] => {
  const { unitName, category } = notice;
  const texts = [
    unitName,
    programmeTitle,
    ...(category === null ? [] : [categoryTitles[category]]),
  ];
  return texts.flatMap(({ zh, en }) => [zh, en]);
};
