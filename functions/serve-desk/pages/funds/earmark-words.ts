/** What a fund may pay, in words: its kind's purpose, then what its own terms narrow it to. */
import { categoryTitles, type Category } from "#shared/domain/assessment.ts";
import { sourceTitles, type Fund, type FundTerms } from "#shared/domain/fund.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { displayYuan, type Fen } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { programmeById } from "#workflows/registry.ts";
import { fundPurposes } from "./words.ts";

const yuanText = (amount: Fen, zh: string, en: string): Text => ({
  zh: zh.replace("#", displayYuan(amount)),
  en: en.replace("#", displayYuan(amount)),
});

const listed = (names: readonly Text[], zh: string, en: string): Text => ({
  zh: `${zh}${names.map((name) => name.zh).join("、")}`,
  en: `${en}${names.map((name) => name.en).join(", ")}`,
});

const categoryTitle = (code: string): Text =>
  Object.hasOwn(categoryTitles, code) ? categoryTitles[code as Category] : { zh: code, en: code };

/** The office whose cases a fund pays for. */
export const officeWords = ({ unitId }: Pick<Fund, "unitId">, organisation: Organisation): Text =>
  unitId === null
    ? { zh: "市总工会（全市）", en: "The city federation (everybody's cases)" }
    : (unitOf(organisation, unitId)?.name ?? { zh: unitId, en: unitId });

const earmarkLines = ({ earmark }: FundTerms): readonly Text[] => [
  ...(earmark.programmes
    ? [
        listed(
          earmark.programmes.map((id) => programmeById(id)?.title ?? { zh: id, en: id }),
          "只用于：",
          "Only for: ",
        ),
      ]
    : []),
  ...(earmark.categories
    ? [listed(earmark.categories.map(categoryTitle), "只限：", "Only people in: ")]
    : []),
  ...(earmark.files === "filed" ? [{ zh: "只限建档困难职工", en: "Only households on file" }] : []),
  ...(earmark.files === "unfiled"
    ? [{ zh: "只限未建档的临时困难职工", en: "Only households without a file" }]
    : []),
  ...(earmark.purpose
    ? [{ zh: `捐赠用途：${earmark.purpose}`, en: `The donor's purpose: ${earmark.purpose}` }]
    : []),
];

const limitLines = ({ limits, reserveLineFen }: FundTerms): readonly Text[] => [
  ...(limits.perAwardMaxFen === null
    ? []
    : [yuanText(limits.perAwardMaxFen, "单次不超过 # 元", "At most # yuan an award")]),
  ...(limits.perPersonYearMaxFen === null
    ? []
    : [
        yuanText(
          limits.perPersonYearMaxFen,
          "每人每年不超过 # 元",
          "At most # yuan a person and year",
        ),
      ]),
  ...(reserveLineFen === 0
    ? []
    : [
        yuanText(
          reserveLineFen,
          "预留 # 元，只有应急类救助可以动用",
          "# yuan kept in reserve, for emergency relief only",
        ),
      ]),
];

const yearLines = ({ year, carryOver }: FundTerms): readonly Text[] => {
  if (year === null) return [];
  return [
    carryOver
      ? { zh: `${year}年度使用，余额结转下年`, en: `For ${year}; what is left is carried over` }
      : { zh: `${year}年度使用，余额退回来源`, en: `For ${year}; what is left goes back` },
  ];
};

/** Line by line, the broadest first. */
export const termsLines = (terms: FundTerms, organisation: Organisation): readonly Text[] => [
  fundPurposes[terms.code],
  ...(terms.unitId === null
    ? []
    : [
        {
          zh: `${officeWords(terms, organisation).zh}及所属单位的案件`,
          en: `Cases of ${officeWords(terms, organisation).en} and the offices below it`,
        },
      ]),
  ...earmarkLines(terms),
  ...limitLines(terms),
  ...yearLines(terms),
];

export const sourceWords = ({ source }: FundTerms, locale: Locale): string =>
  inLocale(sourceTitles[source], locale);
