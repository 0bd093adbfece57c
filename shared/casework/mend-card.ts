/** New card details after the bank's refusal: two answers, the money stays set aside. */
import type { Application } from "#shared/domain/application.ts";
import { isCardToMend } from "#shared/domain/card-check.ts";
import { readForm, type Answers, type FieldProblem } from "#shared/domain/form.ts";
import { mendCard } from "#shared/domain/intake.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { programmeOf } from "./load.ts";
import { momentAt } from "./moment.ts";
import { limits, overLimit } from "./rate-limit.ts";

type Uses = Pick<Dependencies, "cases" | "clock" | "directory" | "policy" | "vault">;

/** The questions about the card; every programme asks them (domain/household.ts). */
export const cardFields = ["bankName", "bankCardNumber"] as const;
export type CardField = (typeof cardFields)[number];
export type CardProblems = Readonly<Partial<Record<CardField, FieldProblem>>>;

export type CardMended =
  | { readonly kind: "mended" }
  /** No card is to be mended now, or it was mended just before. */
  | { readonly kind: "not_asked" }
  | { readonly kind: "problems"; readonly problems: CardProblems }
  /** The very details that the bank refused. */
  | { readonly kind: "same_card" }
  | { readonly kind: "too_often"; readonly minutes: number }
  | { readonly kind: "changed_meanwhile" };

const cardProblems = (programme: EveryProgramme, answers: Answers): CardProblems => {
  const reading = readForm(programme.form, answers);
  if (reading.kind === "facts") return {};
  return Object.fromEntries(
    cardFields.flatMap((name) => {
      const problem = reading.problems[name];
      return problem ? [[name, problem]] : [];
    }),
  );
};

const digits = (typed: string | undefined): string => (typed ?? "").replaceAll(/[\s-]/gu, "");

const isSameCard = (stored: Answers, typed: Answers): boolean =>
  digits(stored["bankCardNumber"]) === digits(typed["bankCardNumber"]) &&
  (stored["bankName"] ?? "").trim() === (typed["bankName"] ?? "").trim();

/** Takes new card details, for a second person to check. `typed`: the two answers as given. */
export const mendCardDetails = async (
  uses: Uses,
  application: Application,
  typed: Readonly<Record<CardField, string>>,
): Promise<CardMended> => {
  if (!isCardToMend(application)) return { kind: "not_asked" };
  const stored = (await uses.cases.answers(application)) ?? {};
  const problems = cardProblems(programmeOf(application), { ...stored, ...typed });
  if (Object.keys(problems).length > 0) return { kind: "problems", problems };
  if (isSameCard(stored, typed)) return { kind: "same_card" };
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "too_often", minutes };
  const moment = momentAt(uses, application.submittedAt);
  const mended = mendCard(application, moment);
  if (mended.kind === "refused") return { kind: "not_asked" };
  const outcome = await uses.cases.commit({ ...mended, answers: { ...stored, ...typed } });
  if (outcome === "committed") return { kind: "mended" };
  const now = await uses.cases.get(application.id);
  return { kind: now && isCardToMend(now) ? "changed_meanwhile" : "not_asked" };
};
