/** What to know before applying for golden autumn (policy 3.1, 8.2). */
import { choice, type Fields } from "#shared/domain/form.ts";
import {
  commonExclusions,
  meansConditions,
  plainAmount,
  upToAmount,
  workConditions,
  type Guide,
} from "#shared/domain/guide.ts";
import { inForce } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import type { PreCheck } from "#shared/domain/pre-check.ts";
import {
  commonFactsOf,
  commonQuestions,
  commonTicks,
  limitsOn,
} from "#shared/domain/pre-check-questions.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { maxFen } from "#shared/kernel/money.ts";
import { assess } from "./assess.ts";
import { form, type SchoolLevel, type StudyKind } from "./form.ts";
import { programmeId, type GoldenAutumnFigures, type Stage } from "./policy.ts";

const figuresOn = ({ appliedOn, pack }: PolicyDay): GoldenAutumnFigures =>
  inForce(programmePolicies<GoldenAutumnFigures>(pack, programmeId), appliedOn).figures;

const stageNames: Readonly<Record<Stage, { readonly zh: string; readonly en: string }>> = {
  higher: { zh: "大专、本科、研究生", en: "College, bachelor's degree and above" },
  secondary: { zh: "普通高中、中职", en: "Senior secondary or vocational school" },
};

const amounts: Guide["amounts"] = (day) => {
  const { filedFen, temporaryFen } = figuresOn(day);
  return (["higher", "secondary"] as const).map((stage) => {
    const [filed, temporary] = [plainAmount(filedFen[stage]), plainAmount(temporaryFen[stage])];
    return {
      whom: stageNames[stage],
      amount: { zh: `每生每年 ${filed.zh}`, en: `${filed.en} a student and year` },
      more: {
        zh: `没有困难职工档案的 ${temporary.zh}`,
        en: `${temporary.en} without a hardship file`,
      },
    };
  });
};

/** The kinds of study that aren't helped, as the form names them. */
const excludedStudies = (day: PolicyDay): { readonly zh: string; readonly en: string } => {
  const { excludedStudies: kinds } = figuresOn(day);
  const labels = (form.fields.studyKind.options ?? [])
    .filter(({ value }) => kinds.includes(value as StudyKind))
    .map(({ label }) => label);
  return {
    zh: labels.map(({ zh }) => zh).join("、"),
    en: labels.map(({ en }) => en.toLowerCase()).join(", "),
  };
};

const preCheck = (day: PolicyDay): PreCheck => {
  const limits = limitsOn(day, ({ employmentMonthsFiled }) => employmentMonthsFiled);
  const { otherGrantExcludes, excludedStudies: kinds } = figuresOn(day);
  const studies = excludedStudies(day);
  const own: Fields = {
    schoolLevel: choice({
      label: { zh: "孩子上什么学校", en: "What does the child attend?" },
      options: form.fields.schoolLevel.options ?? [],
    }),
  };
  return {
    fields: { ...commonQuestions(), ...own },
    ticks: [
      ...commonTicks(limits, limits.workMonths),
      {
        name: "excluded_study",
        label: { zh: `孩子属于：${studies.zh}`, en: `The child's study is one of: ${studies.en}` },
      },
      ...(otherGrantExcludes
        ? [
            {
              name: "other_grant",
              label: {
                zh: "孩子本学年已得到政府或社会的其他助学资助（助学贷款不算）",
                en: "The child has another grant for this school year (a loan is not a grant)",
              },
            },
          ]
        : []),
    ],
    assess: (given, context) =>
      assess(
        {
          ...commonFactsOf(given, limits, "schooling"),
          studentName: "",
          studentIdNumber: "",
          school: "",
          schoolLevel: given.own["schoolLevel"] as SchoolLevel,
          enrolment: "enrolled",
          studyKind: given.ticked("excluded_study") ? (kinds[0] ?? "regular") : "regular",
          otherGrant: given.ticked("other_grant"),
        },
        context,
      ),
    plain: ({ rule, outcome, inputs }) => {
      if (rule !== "ga.excluded" || !("studyKind" in inputs)) return null;
      return outcome === "met"
        ? { zh: "全日制就读，在资助范围内。", en: "Full-time study of a kind that is helped." }
        : {
            zh: `招生类型不在资助范围内（${studies.zh}）。`,
            en: `The kind of study is not helped (${studies.en}).`,
          };
    },
  };
};

export const guide: Guide = {
  upTo: (day) => {
    const { filedFen, temporaryFen } = figuresOn(day);
    return upToAmount(
      maxFen(filedFen.higher, filedFen.secondary, temporaryFen.higher, temporaryFen.secondary),
    );
  },
  amounts,
  amountNotes: () => [
    {
      zh: "每名学生每学年一次，父母双方只需一方申请。",
      en: "Once a student and school year; only one parent applies.",
    },
  ],
  who: (day) => [
    {
      zh: "子女在全日制普通高中、中职、大专、本科或以上就读，或今年新录取；",
      en: "A child in full-time senior secondary, vocational or higher education, or admitted this year;",
    },
    ...workConditions(day, ({ employmentMonthsFiled }) => employmentMonthsFiled),
  ],
  means: meansConditions,
  notFor: (day) => {
    const { zh, en } = excludedStudies(day);
    return [
      { zh: `孩子属于${zh}；`, en: `The child's study is one of these: ${en};` },
      ...(figuresOn(day).otherGrantExcludes
        ? [
            {
              zh: "孩子本学年已得到其他助学资助（助学贷款不算）；",
              en: "the child has another grant for this school year (a loan is not a grant);",
            },
          ]
        : []),
      ...commonExclusions(day),
    ];
  },
  preCheck,
  notRenewed: ["schoolLevel", "enrolment", "otherGrant"],
};
