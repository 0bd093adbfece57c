/** When a programme takes applications, in words. */
import { policyConfirmedOn } from "#shared/domain/policy-pack.ts";
import { seasonOn, type Season } from "#shared/domain/season.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { date } from "./figures.ts";
import { html, type Html } from "./html.ts";

/** A season, or a year whose standards aren't published: then nothing can be assessed, so nothing is taken. */
export type SeasonNow = Season | { readonly kind: "unpublished"; readonly year: number };

export const seasonNow = (
  { clock, policy }: Pick<Dependencies, "clock" | "policy">,
  programme: EveryProgramme,
): SeasonNow => {
  const today = localDateOf(clock.now());
  return policyConfirmedOn(policy, today)
    ? seasonOn(programme, today, policy)
    : { kind: "unpublished", year: yearOf(today) };
};

/** Whether applications are taken now. */
export const isOpen = ({ kind }: SeasonNow): boolean => kind === "all_year" || kind === "open";

const both = (say: (locale: Locale) => string): Text => ({ zh: say("zh-CN"), en: say("en") });

export const seasonWords = (season: SeasonNow): Text => {
  switch (season.kind) {
    case "all_year":
      return { zh: "全年受理", en: "Open all year" };
    case "open":
      return both((locale) => {
        const closes = date(season.window.closes, locale);
        return locale === "zh-CN" ? `正在受理，${closes}截止` : `Open until ${closes}`;
      });
    case "shut":
      return both((locale) => {
        const [opens, closes] = [date(season.opens, locale), date(season.closes, locale)];
        return locale === "zh-CN"
          ? `现在不受理，下一次受理时间：${opens}至${closes}`
          : `Closed now; open from ${opens} to ${closes}`;
      });
    case "unpublished":
      return {
        zh: `${season.year}年的救助标准还没有公布，暂时不能受理，标准公布后即可申请`,
        en: `The standards of ${season.year} are not published yet, so no application can be taken; apply once they are`,
      };
  }
};

/** Said when somebody applies or sends out of season: nothing typed is lost by it. */
export const outOfSeason = (season: SeasonNow): Text => {
  const { zh, en } = seasonWords(season);
  return {
    zh: `${zh}。您填写的内容没有提交，请在受理期间再提交。`,
    en: `${en}. What you filled in was not sent; please send it while applications are taken.`,
  };
};

const tagWords: Readonly<Record<SeasonNow["kind"], Text>> = {
  all_year: { zh: "全年受理", en: "Open all year" },
  open: { zh: "正在受理", en: "Open" },
  shut: { zh: "现在不受理", en: "Closed now" },
  unpublished: { zh: "暂不受理", en: "Not yet open" },
};

/** The days that belong to the tag; none for what is open all year. */
const seasonDays = (season: SeasonNow, locale: Locale): string => {
  const isChinese = locale === "zh-CN";
  switch (season.kind) {
    case "all_year":
      return "";
    case "open": {
      const closes = date(season.window.closes, locale);
      return isChinese ? `${closes}截止` : `until ${closes}`;
    }
    case "shut": {
      const opens = date(season.opens, locale);
      return isChinese ? `${opens}开始受理` : `from ${opens}`;
    }
    case "unpublished":
      return isChinese
        ? `等待公布${season.year}年救助标准`
        : `the standards of ${season.year} are awaited`;
  }
};

export const seasonTag = (season: SeasonNow, locale: Locale): Html =>
  html`<span class="tag ${isOpen(season) ? "good" : "wait"}"
      >${inLocale(tagWords[season.kind], locale)}</span
    >
    <span class="soft small">${seasonDays(season, locale)}</span>`;
