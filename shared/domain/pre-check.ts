/**
 * The two-minute pre-check: a handful of questions, nothing personal, and the programme's own rules on the minimal
 * facts that follow from them. It promises nothing; whoever wants to may apply all the same (PIPL 24: a person
 * decides). Pure: nothing that is answered here is kept anywhere.
 */
import type { Fen } from "../kernel/money.ts";
import { zeroFen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import {
  noHistory,
  type Assessment,
  type AssessmentContext,
  type RefusalReason,
  type RuleStep,
} from "./assessment.ts";
import { readForm, type Answers, type FieldProblem, type Fields } from "./form.ts";
import type { PolicyDay } from "./programme.ts";

/** Something that may be ticked when it is so; unticked means that it isn't. */
export interface Tick {
  readonly name: string;
  readonly label: Text;
}

/** What was answered: amounts and counts as facts, and the names of what was ticked. */
export interface PreCheckGiven {
  readonly people: number;
  readonly incomeFen: Fen;
  /** All rigid expenditure in one sum. */
  readonly rigidFen: Fen;
  readonly netLossFen: Fen;
  /** Answers to the programme's own questions, as they read. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly ticked: (name: string) => boolean;
}

/** A programme's pre-check for a day. */
export interface PreCheck {
  readonly fields: Fields;
  readonly ticks: readonly Tick[];
  readonly assess: (given: PreCheckGiven, context: AssessmentContext) => Assessment;
  /** Plainer words for a rule's step where the minimal facts make its own ones odd; null: as they are. */
  readonly plain?: (step: RuleStep) => Text | null;
}

/** A condition of help in plain words. */
export interface Condition {
  readonly met: boolean;
  readonly says: Text;
}

export interface PreCheckResult {
  readonly likely: boolean;
  /** Those that were missed first. */
  readonly conditions: readonly Condition[];
  /** Why not, and what one may do instead. */
  readonly refusal: RefusalReason | null;
  /** What the rules would give with a hardship file, and without one; null: nothing without a file. */
  readonly onFileFen: Fen;
  readonly unfiledFen: Fen | null;
}

export type PreCheckAnswer =
  | { readonly kind: "result"; readonly result: PreCheckResult }
  | { readonly kind: "problems"; readonly problems: Readonly<Record<string, FieldProblem>> };

/** Tests that are made one after the other until one is met: a missed one says nothing once another is met. */
const categoryTests = [
  "deep.maxP",
  "relative.maxP",
  "accident.netLossRatio",
  "temporary.grossPerCapitaMax",
];

const workedEnough = ({ outcome, threshold }: RuleStep): Text =>
  outcome === "met"
    ? {
        zh: `连续工作满 ${threshold} 个月。`,
        en: `At least ${threshold} months of continuous work.`,
      }
    : {
        zh: `连续工作不满 ${threshold} 个月。`,
        en: `Fewer than ${threshold} months of continuous work.`,
      };

const homesWords = ({ outcome, threshold }: RuleStep): Text =>
  outcome === "met"
    ? { zh: `家庭住房不超过 ${threshold} 套。`, en: `Not more than ${threshold} home(s).` }
    : {
        zh: `家庭住房超过 ${threshold} 套，属于排除情形。`,
        en: `More than ${threshold} home(s); that excludes the household.`,
      };

/** Only whether a limit is kept was asked, not the number, so only that is said. */
const commonWords: Readonly<Record<string, (step: RuleStep) => Text>> = {
  "employment.minMonths": workedEnough,
  "exclusion.homes": homesWords,
};

const conditionsOf = (
  { steps, category, recommendation }: Assessment,
  plain: NonNullable<PreCheck["plain"]>,
): readonly Condition[] => {
  const settled = category !== null || recommendation === "approve";
  const shown = steps
    // A limit that takes nothing off the amount is no condition of help.
    .filter(({ inputs }) => !("afterFen" in inputs))
    .filter(({ outcome }) => outcome === "met" || outcome === "missed")
    .filter(
      ({ rule, outcome }) => !(settled && outcome === "missed" && categoryTests.includes(rule)),
    )
    .map((step) => ({
      met: step.outcome === "met",
      says: plain(step) ?? commonWords[step.rule]?.(step) ?? step.says,
    }));
  return [...shown.filter(({ met }) => !met), ...shown.filter(({ met }) => met)];
};

/**
 * A refusal by one condition is told in that condition's words. An exclusion suggests to object to what was found;
 * here nothing was found yet.
 */
const inPlainWords = (
  { code, says, suggests }: RefusalReason,
  conditions: readonly Condition[],
): RefusalReason => {
  const [first, ...further] = conditions.filter(({ met }) => !met);
  return {
    code,
    says: first && further.length === 0 ? first.says : says,
    ...(suggests && !code.startsWith("EXCLUDED_") ? { suggests } : {}),
  };
};

const givenOf = (
  facts: Readonly<Record<string, unknown>>,
  ticks: ReadonlySet<string>,
): PreCheckGiven => ({
  people: facts["householdSize"] as number,
  incomeFen: facts["annualIncome"] as Fen,
  rigidFen: facts["rigidExpense"] as Fen,
  netLossFen: (facts["netLoss"] as Fen | undefined) ?? zeroFen,
  own: facts,
  ticked: (name) => ticks.has(name),
});

/** What the rules of the day say of these answers. `ticks` are the names of what was ticked. */
export const runPreCheck = (
  preCheck: PreCheck,
  answers: Answers,
  ticks: ReadonlySet<string>,
  { appliedOn, pack }: PolicyDay,
): PreCheckAnswer => {
  const reading = readForm({ fields: preCheck.fields }, answers);
  if (reading.kind === "problems") return reading;
  const given = givenOf(reading.facts, ticks);
  const assessed = (onFile: boolean): Assessment =>
    preCheck.assess(given, { appliedOn, pack, line: "territorial", onFile, history: noHistory });
  const [filed, unfiled] = [assessed(true), assessed(false)];
  const conditions = conditionsOf(filed, preCheck.plain ?? (() => null));
  return {
    kind: "result",
    result: {
      likely: filed.recommendation === "approve",
      conditions,
      refusal: filed.refusal && inPlainWords(filed.refusal, conditions),
      onFileFen: filed.amountFen,
      unfiledFen: unfiled.recommendation === "approve" ? unfiled.amountFen : null,
    },
  };
};
