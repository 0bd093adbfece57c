/** A list of papers as a policy writes it, and which of them certain answers ask for. Data, no titles in code. */
import type { Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";

export type ConditionValue = string | boolean | number;

/** What an answer of the form must be for a paper to count; exactly one of the three. */
export interface PaperCondition {
  /** A question of the form by its name. */
  readonly field: string;
  readonly is?: ConditionValue | readonly ConditionValue[] | undefined;
  readonly isNot?: ConditionValue | readonly ConditionValue[] | undefined;
  /** Of an amount: more than this. */
  readonly aboveFen?: Fen | undefined;
}

/** A paper as a policy lists it. */
export interface PaperRule {
  readonly kind: string;
  readonly title: Text;
  readonly required: boolean;
  /** One of these is enough; absent: for every application. */
  readonly when?: readonly PaperCondition[] | undefined;
}

type Facts = Readonly<Record<string, unknown>>;

const isOneOf = (
  fact: unknown,
  values: ConditionValue | readonly ConditionValue[] | undefined,
): boolean => [values].flat().some((value) => value === fact);

const holds = (condition: PaperCondition, facts: Facts): boolean => {
  const fact = facts[condition.field];
  if (condition.is !== undefined) return isOneOf(fact, condition.is);
  if (condition.isNot !== undefined) return !isOneOf(fact, condition.isNot);
  return typeof fact === "number" && fact > (condition.aboveFen ?? 0);
};

/** The papers of a list that these facts ask for, in its order. */
export const papersFor = (
  rules: readonly PaperRule[],
  facts: Facts,
): readonly Omit<PaperRule, "when">[] =>
  rules
    .filter(({ when }) => when === undefined || when.some((condition) => holds(condition, facts)))
    .map(({ kind, title, required }) => ({ kind, title, required }));
