/** What an applicant changed after sending: shown to whoever handles or decides next (policy 4; quality I11). */
import type { Instant } from "../kernel/calendar.ts";
import type { CaseEvent } from "./application.ts";
import type { Answers, Fields } from "./form.ts";
import { changedFields } from "./correction.ts";

/** One answer, before and after, as typed. */
export interface AnswerChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** One hand-in of the applicant after the first. */
export interface CaseChange {
  readonly at: Instant;
  readonly version: number;
  /** Asked for (补正), or on the applicant's own initiative (更正). */
  readonly type: "information_given" | "corrected";
  readonly newPapers: number;
  readonly answers: readonly AnswerChange[];
}

/** Which versions of the answers a change lies between. */
export interface ChangeStep extends Omit<CaseChange, "answers"> {
  readonly from: number;
  readonly to: number;
}

const numberIn = ({ detail }: Pick<CaseEvent, "detail">, name: string): number | null => {
  const value = detail[name];
  return typeof value === "number" ? value : null;
};

/** The changes that the events tell of, oldest first. */
export const changeSteps = (
  events: readonly Pick<CaseEvent, "type" | "at" | "version" | "detail">[],
): readonly ChangeStep[] => {
  let stood = 1;
  const steps: ChangeStep[] = [];
  for (const event of events) {
    const to = numberIn(event, "answersVersion");
    if (to === null) continue;
    const { type, at, version } = event;
    if (type === "information_given" || type === "corrected") {
      const newPapers = numberIn(event, "newPapers") ?? 0;
      steps.push({ at, version, type, newPapers, from: stood, to });
    }
    stood = to;
  }
  return steps;
};

const typedIn = (answers: Answers, name: string): string => (answers[name] ?? "").trim();

/** Every answer that differs, in the order of the form. */
export const answerChanges = (
  form: { readonly fields: Fields },
  before: Answers,
  after: Answers,
): readonly AnswerChange[] =>
  changedFields(form, before, after).map((name) => ({
    name,
    before: typedIn(before, name),
    after: typedIn(after, name),
  }));
