/** What an applicant says after the payment: whether the money came, and how it was (满意度). Pure. */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId, UnitId } from "../kernel/ids.ts";
import type { Application, CaseEvent } from "./application.ts";

/** From 5, very satisfied, to 1, very dissatisfied. */
export type Satisfaction = 1 | 2 | 3 | 4 | 5;

export interface Feedback {
  readonly applicationId: ApplicationId;
  readonly programmeId: string;
  readonly unitId: UnitId | null;
  /** When the case was paid: feedback is kept under that month. */
  readonly paidAt: Instant;
  readonly givenAt: Instant;
  readonly arrived: boolean;
  readonly satisfaction: Satisfaction;
  /** In the applicant's own words; sealed at rest. */
  readonly words: string;
  /** Whoever looked into money that didn't arrive, and when. */
  readonly settledBy: StaffId | null;
  readonly settledAt: Instant | null;
}

export const feedbackWordsMax = 300;

export type FeedbackProblem = "arrived_required" | "satisfaction_required" | "words_too_long";

/** What was typed into the feedback's form. */
export interface TypedFeedback {
  readonly arrived: string;
  readonly satisfaction: string;
  readonly words: string;
}

/** When a case was last paid; null while there is nothing to give feedback on. */
export const paidAtOf = (
  { status }: Pick<Application, "status">,
  events: readonly CaseEvent[],
): Instant | null =>
  status === "paid" || status === "post_review" || status === "closed"
    ? (events.findLast(({ type }) => type === "paid")?.at ?? null)
    : null;

const satisfactions: readonly Satisfaction[] = [1, 2, 3, 4, 5];

/** Reads what was typed, or names everything that is missing. */
export const readFeedback = (
  typed: TypedFeedback,
):
  | {
      readonly kind: "feedback";
      readonly given: Pick<Feedback, "arrived" | "satisfaction" | "words">;
    }
  | { readonly kind: "problems"; readonly problems: readonly FeedbackProblem[] } => {
  const words = typed.words.trim();
  const satisfaction = satisfactions.find((one) => String(one) === typed.satisfaction);
  const known = typed.arrived === "yes" || typed.arrived === "no";
  const problems: readonly FeedbackProblem[] = [
    ...(known ? [] : (["arrived_required"] as const)),
    ...(satisfaction ? [] : (["satisfaction_required"] as const)),
    ...(words.length > feedbackWordsMax ? (["words_too_long"] as const) : []),
  ];
  return satisfaction && problems.length === 0
    ? { kind: "feedback", given: { arrived: typed.arrived === "yes", satisfaction, words } }
    : { kind: "problems", problems };
};

/** Money that an applicant says didn't come, and nobody has looked into yet. */
export const isOpen = ({ arrived, settledAt }: Feedback): boolean => !arrived && settledAt === null;

/** The mean of satisfaction to a tenth, and how many gave one; null when nobody did. */
export const meanSatisfaction = (
  given: readonly Pick<Feedback, "satisfaction">[],
): { readonly tenths: number; readonly count: number } | null => {
  if (given.length === 0) return null;
  const sum = given.reduce((total, { satisfaction }) => total + satisfaction, 0);
  return { tenths: Math.round((sum * 10) / given.length), count: given.length };
};

/** What a report counts of an answer; the applicant's words stay sealed. */
export type FeedbackFigures = Pick<
  Feedback,
  "applicationId" | "programmeId" | "unitId" | "paidAt" | "arrived" | "satisfaction"
>;

export interface FeedbackCounts {
  readonly answered: number;
  readonly arrived: number;
  readonly missing: number;
  /** The sum of satisfaction, 1 to 5 each; the mean is this over `answered`. */
  readonly satisfactionSum: number;
}

export const noFeedback: FeedbackCounts = {
  answered: 0,
  arrived: 0,
  missing: 0,
  satisfactionSum: 0,
};

/** The counts with one more answer. */
export const feedbackWith = (
  counts: FeedbackCounts,
  { arrived, satisfaction }: FeedbackFigures,
): FeedbackCounts => ({
  answered: counts.answered + 1,
  arrived: counts.arrived + (arrived ? 1 : 0),
  missing: counts.missing + (arrived ? 0 : 1),
  satisfactionSum: counts.satisfactionSum + satisfaction,
});

/** "4.3"; "" where nobody answered. */
export const meanWords = ({ answered, satisfactionSum }: FeedbackCounts): string =>
  answered === 0 ? "" : (Math.round((satisfactionSum * 10) / answered) / 10).toFixed(1);
