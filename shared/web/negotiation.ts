/** What a caller accepts (RFC 9110, 12): language and media type, as far as there is anything to choose from. */
import type { Locale } from "#shared/kernel/text.ts";

interface Choice {
  readonly value: string;
  readonly weight: number;
}

const choicesMax = 32;

/** "en;q=0.8, zh" as values with their weights, the heaviest first; those of weight nought are not wanted. */
const choicesIn = (header: string): readonly Choice[] =>
  header
    .split(",")
    .slice(0, choicesMax)
    .map((part) => {
      const [value = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
      return { value, weight: /^[01](?:\.\d{0,3})?$/u.test(weight) ? Number(weight) : 1 };
    })
    .filter(({ value }) => value !== "")
    .toSorted((one, other) => other.weight - one.weight);

const isEnglish = (language: string): boolean => /^en(?:-|$)/u.test(language);
const isChinese = (language: string): boolean => /^zh(?:-|$)/u.test(language);

/** The language to answer in: Chinese unless English is liked better. */
export const localeAccepted = (header: string | undefined): Locale => {
  const wanted = choicesIn(header ?? "").find(
    ({ value, weight }) => weight > 0 && (isEnglish(value) || isChinese(value)),
  );
  return wanted && isEnglish(wanted.value) ? "en" : "zh-CN";
};

/** Whether an Accept header takes this media type; without one anything is taken. */
export const mediaAccepted = (header: string | undefined, mediaType: string): boolean => {
  const choices = choicesIn(header ?? "");
  if (choices.length === 0) return true;
  const [kind] = mediaType.split("/");
  // The most particular range that fits is the one that counts.
  for (const range of [mediaType, `${kind}/*`, "*/*"]) {
    const choice = choices.find(({ value }) => value === range);
    if (choice) return choice.weight > 0;
  }
  return false;
};
