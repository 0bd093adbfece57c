/** An answer as a person reads it: the words of a choice, an amount with its commas, each person of a list on a line. */
import type { Field } from "#shared/domain/form.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { cardsIn } from "#shared/domain/people-field.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, date } from "./figures.ts";

const words = {
  agreed: { zh: "已同意", en: "Agreed" },
  yearly: { zh: "年收入", en: "yearly income" },
} as const satisfies Record<string, Text>;

type Answered = Pick<Field<unknown>, "kind" | "options" | "cards" | "label" | "per">;

const personWords = (
  { cards }: Answered,
  card: Readonly<Record<string, string>>,
  locale: Locale,
): string =>
  Object.entries(cards?.fields ?? {})
    .flatMap(([name, asked]) => {
      const typed = card[name] ?? "";
      if (typed === "") return [];
      const said = answerWords(asked, typed, locale);
      return [asked.kind === "money" ? `${inLocale(words.yearly, locale)} ${said}` : said];
    })
    .join(locale === "zh-CN" ? "，" : ", ");

/**
 * What was typed, in the reader's language. Several lines are parted by line breaks.
 * @param units every office, so that one is named; without them its id is told.
 */
export const answerWords = (
  field: Answered,
  typed: string,
  locale: Locale,
  units: readonly Pick<Unit, "id" | "name">[] = [],
): string => {
  const option = field.options?.find(({ value }) => value === typed);
  if (option) return inLocale(option.label, locale);
  switch (field.kind) {
    case "money": {
      const fen = parseYuan(typed);
      return fen === null ? typed : amount(fen, locale);
    }
    case "date": {
      const day = parseLocalDate(typed.trim());
      return day === null ? typed : date(day, locale);
    }
    case "consent":
      return typed === "yes" ? inLocale(words.agreed, locale) : typed;
    case "unit": {
      const unit = units.find(({ id }) => id === typed);
      return unit ? inLocale(unit.name, locale) : typed;
    }
    case "people":
      return (cardsIn(typed) ?? [])
        .map((card, place) => `${place + 1}. ${personWords(field, card, locale)}`)
        .join("\n");
    default:
      return typed;
  }
};
