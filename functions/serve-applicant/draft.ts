/** A draft as its pages see it: what was answered, what is asked of this person, and what is still to do. */
import { policyDayOf } from "#shared/casework/load.ts";
import { answerProblems } from "#shared/casework/read-answers.ts";
import { isAsked } from "#shared/domain/family.ts";
import { readEach, type Answers } from "#shared/domain/form.ts";
import { postedTo } from "#shared/domain/intake.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { isReached, questionPages, type NamedPage } from "#shared/domain/question-pages.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { Problems } from "#shared/web/form.ts";
import type { PageRequest } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { OwnCase } from "./session.ts";
import type { Uses } from "./uses.ts";

export interface Drafted {
  readonly programme: EveryProgramme;
  /** What was answered up to now; "" where a question was left empty. */
  readonly answers: Answers;
  /** Which of them were answered for this draft, not taken over from an earlier case. */
  readonly answeredHere: readonly string[];
  /** The pages that these answers ask for, in order. */
  readonly pages: readonly NamedPage[];
  readonly problems: Problems;
  readonly units: readonly Unit[];
  readonly on: LocalDate;
}

const pagesFor = (
  { form }: EveryProgramme,
  answers: Answers,
  on: LocalDate,
): readonly NamedPage[] => {
  const asked = isAsked(form, answers, on);
  return questionPages(form)
    .map((page) => ({ ...page, fields: page.fields.filter(asked) }))
    .filter(({ fields }) => fields.length > 0);
};

/** The draft with other answers in place of some it has. */
export const withAnswers = (draft: Drafted, changed: Answers): Drafted => {
  const { programme, units, on } = draft;
  const answers = { ...draft.answers, ...changed };
  return {
    ...draft,
    answers,
    pages: pagesFor(programme, answers, on),
    problems: answerProblems(programme, answers, units, on),
  };
};

/** What was answered of a draft, with everything that its pages say about it. */
export const loadDraft = async (
  uses: Pick<Uses, "cases" | "clock" | "directory" | "policy">,
  { application }: OwnCase,
  programme: EveryProgramme,
): Promise<Drafted> => {
  const [{ answers, answeredHere }, { units }] = await Promise.all([
    uses.cases.draftAnswers(application),
    uses.directory.organisation(),
  ]);
  const on = policyDayOf(uses, application).appliedOn;
  return withAnswers({ programme, answers, answeredHere, pages: [], problems: {}, units, on }, {});
};

/** What was sent of some questions, "" where one was left empty. */
export const postedOn = (
  { form }: EveryProgramme,
  fields: readonly string[],
  { form: posted }: Pick<PageRequest, "form">,
): Answers =>
  Object.fromEntries(fields.map((name) => [name, postedTo(name, form.fields[name], posted)]));

/** The problems of one page's own questions. */
export const problemsOn = ({ problems }: Drafted, { fields }: NamedPage): Problems =>
  Object.fromEntries(
    fields.flatMap((name) => {
      const problem = problems[name];
      return problem ? [[name, problem]] : [];
    }),
  );

const isDone = (draft: Drafted, page: NamedPage): boolean =>
  isReached(page, draft.answers) && Object.keys(problemsOn(draft, page)).length === 0;

/** The first page with something to answer or to mend; null when every question is answered. */
export const firstOpenPage = (draft: Drafted): NamedPage | null =>
  draft.pages.find((page) => !isDone(draft, page)) ?? null;

/** Where a draft goes on: at its first open question, or where the answers are looked over. */
export const openQuestion = (own: OwnCase, draft: Drafted): string => {
  const open = firstOpenPage(draft);
  const { id } = own.application;
  return open
    ? paths.question(draft.programme.id, id, open.id)
    : paths.check(draft.programme.id, id);
};

/** How many others the household has, as far as it was told; null before that. */
export const othersExpected = ({ programme, answers }: Pick<Drafted, "programme" | "answers">) => {
  const { householdSize } = readEach(programme.form, answers).facts;
  return householdSize === undefined ? null : householdSize - 1;
};
