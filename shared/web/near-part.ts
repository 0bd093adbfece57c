/** Near-duplicates as those who handle and decide read them: masked names and references, nothing more. */
import type { NearKind, SettledPair } from "#shared/domain/near-duplicate.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "./figures.ts";
import { html, lines, type Html } from "./html.ts";

const words = {
  title: { zh: "疑似重复", en: "Near-duplicates" },
  settled: { zh: "已核实不是重复", en: "Looked into: not a duplicate" },
  open: { zh: "请核实", en: "To be looked into" },
} as const satisfies Record<string, Text>;

const kindNames: Readonly<Record<NearKind, Text>> = {
  name_birth: { zh: "姓名和出生日期相同", en: "same name and birth date" },
  card: { zh: "银行卡相同", en: "same bank card" },
  phone: { zh: "电话相同", en: "same phone" },
};

export interface ShownNear {
  readonly found: readonly {
    /** A file's or an application's number. */
    readonly subject: string;
    readonly shares: readonly NearKind[];
    readonly maskedName: string;
    readonly settled: SettledPair | null;
  }[];
  /** Names of staff by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly locale: Locale;
}

/** Nothing where there is nothing to look at. */
export const nearPart = ({ found, names, locale }: ShownNear): Html | null => {
  if (found.length === 0) return null;
  const say = (text: Text): string => inLocale(text, locale);
  const shared = (shares: readonly NearKind[]): string =>
    shares.map((kind) => say(kindNames[kind])).join(locale === "zh-CN" ? "、" : ", ");
  return html`${found.map(
    ({ subject, shares, maskedName, settled }) =>
      html`<div class="notice ${settled ? "" : "wait"}">
        <p>
          <strong>${say(words.title)}</strong> <span class="code">${subject}</span> ${maskedName} ·
          ${shared(shares)}
          <span class="tag ${settled ? "good" : "wait"}"
            >${say(settled ? words.settled : words.open)}</span
          >
        </p>
        ${
          settled &&
          html`<p class="soft">
            ${names.get(settled.by) ?? settled.by} · ${dateTime(settled.at, locale)}<br />${lines(settled.reason)}
          </p>`
        }
      </div> `,
  )}`;
};
