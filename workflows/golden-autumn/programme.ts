/** 金秋助学, Golden Autumn: schooling aid for the children of workers in hardship (policy 3.1, 8.2). */
import { papersOf } from "#shared/domain/papers.ts";
import { programmePolicies, type PolicyPack } from "#shared/domain/policy-pack.ts";
import { defineProgramme, type PolicyDay } from "#shared/domain/programme.ts";
import { dayInYear, seasonFigures, type Window } from "#shared/domain/policy.ts";
import { yearOf } from "#shared/kernel/calendar.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, policyFile, programmeId, type GoldenAutumnFigures } from "./policy.ts";

const figuresOf = (year: number, pack: PolicyPack): GoldenAutumnFigures =>
  seasonFigures(programmePolicies<GoldenAutumnFigures>(pack, programmeId), year);

const windowOf = (year: number, pack: PolicyPack): Window => {
  const { window, supplementsTo } = figuresOf(year, pack);
  return {
    opens: dayInYear(year, window.opens),
    closes: dayInYear(year, window.closes),
    supplementsTo: dayInYear(year, supplementsTo),
  };
};

/** "2026-2027": a school year begins in the summer in which its season opens. */
const schoolYearOf = ({ appliedOn: on, pack }: PolicyDay): string => {
  const firstYear = on < windowOf(yearOf(on), pack).opens ? yearOf(on) - 1 : yearOf(on);
  return `${firstYear}-${firstYear + 1}`;
};

export const programme = defineProgramme({
  id: programmeId,
  code: "GA",
  title: { zh: "金秋助学", en: "Golden Autumn education aid" },
  summary: {
    zh: "资助困难职工家庭的子女接受全日制高中阶段和高等教育，每名学生每学年一次。",
    en: "For children of workers in hardship, in full-time senior secondary or higher education; once a student and school year.",
  },
  policies,
  policyFile,
  form,
  papers: papersOf(programmeId),
  window: windowOf,
  claim: (facts, day) => ({
    subject: facts.studentIdNumber,
    period: schoolYearOf(day),
  }),
  causeOf: (facts, day) => ({
    what: `schooling-${schoolYearOf(day)}`,
    subject: facts.studentIdNumber,
  }),
  delivery: ({ appliedOn, pack }) => ({
    from: null,
    by: dayInYear(yearOf(appliedOn), figuresOf(yearOf(appliedOn), pack).payBy),
  }),
  assess,
  grassRootsNotice: true,
  finalNotice: "before_payment",
  letters,
  examples,
});
