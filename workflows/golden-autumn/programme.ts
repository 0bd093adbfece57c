/** 金秋助学, Golden Autumn: schooling aid for the children of workers in hardship (policy 3.1, 8.2). */
import { defineProgramme } from "#shared/domain/programme.ts";
import { dayInYear, seasonFigures, type Window } from "#shared/domain/policy.ts";
import { yearOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form, papers } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, programmeId } from "./policy.ts";

const windowOf = (year: number): Window => {
  const { window, supplementsTo } = seasonFigures(policies, year);
  return {
    opens: dayInYear(year, window.opens),
    closes: dayInYear(year, window.closes),
    supplementsTo: dayInYear(year, supplementsTo),
  };
};

/** "2026-2027": a school year begins in the summer in which its season opens. */
const schoolYearOf = (on: LocalDate): string => {
  const firstYear = on < windowOf(yearOf(on)).opens ? yearOf(on) - 1 : yearOf(on);
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
  form,
  papers,
  window: windowOf,
  claim: (facts, appliedOn) => ({
    subject: facts.studentIdNumber,
    period: schoolYearOf(appliedOn),
  }),
  causeOf: (facts, appliedOn) => ({
    what: `schooling-${schoolYearOf(appliedOn)}`,
    subject: facts.studentIdNumber,
  }),
  delivery: (appliedOn) => ({
    from: null,
    by: dayInYear(yearOf(appliedOn), seasonFigures(policies, yearOf(appliedOn)).payBy),
  }),
  assess,
  finalNotice: "before_payment",
  letters,
  examples,
});
