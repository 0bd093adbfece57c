/** Words a person reads, in both of the product's languages. zh-CN comes first everywhere. */
export type Locale = "zh-CN" | "en";

/** One sentence or label in both languages. A text that lacks one of them does not compile. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Picks the words for the reader's language. */
export const inLocale = (text: Text, locale: Locale): string =>
  locale === "zh-CN" ? text.zh : text.en;
