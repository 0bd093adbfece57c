/** Golden autumn's rules (policy 3.1, 8.2): a flat grant for one student and school year. */
import {
  isFiled,
  type Assessment,
  type Category,
  type Finding,
} from "#shared/domain/assessment.ts";
import type { AssessmentContext } from "#shared/domain/assessment.ts";
import type { AwardTerms } from "#shared/domain/award.ts";
import { hardshipOf } from "#shared/domain/category.ts";
import {
  conclude,
  condition,
  employedFor,
  memberBeforeApproval,
  rulesOn,
  type RulesInForce,
} from "#shared/domain/eligibility.ts";
import { householdOf } from "#shared/domain/means.ts";
import { displayYuan, percentOf, timesFen, zeroFen } from "#shared/kernel/money.ts";
import { form, type GoldenAutumnFacts } from "./form.ts";
import { programmeId, type GoldenAutumnFigures, type Stage } from "./policy.ts";

type Rules = RulesInForce<GoldenAutumnFigures>;

export const assess = (facts: GoldenAutumnFacts, context: AssessmentContext): Assessment => {
  const rules = rulesOn<GoldenAutumnFigures>(programmeId, context);
  // The admission letter and fee receipt, which everybody brings, prove a cost of schooling.
  const hardship = hardshipOf(
    householdOf(facts, { documents: ["schooling"] }),
    rules,
    context.onFile,
  );
  return conclude({
    rules,
    context,
    category: hardship.category,
    findings: [
      hardship,
      memberBeforeApproval(facts.unionMember, rules.common.membershipRequired),
      employedFor(facts.employmentMonths, rules.common.employmentMonthsFiled),
      studyAdmitted(facts, rules.figures),
      noOtherGrant(facts, rules.figures),
    ],
    award: hardship.category && grantFor(hardship.category, facts, rules),
  });
};

const studyAdmitted = (
  { studyKind }: GoldenAutumnFacts,
  { excludedStudies }: GoldenAutumnFigures,
): Finding => {
  const label = form.fields.studyKind.options?.find(({ value }) => value === studyKind)?.label;
  const [zhName, enName] = [label?.zh ?? studyKind, label?.en ?? studyKind];
  return condition({
    met: !excludedStudies.includes(studyKind),
    rule: "ga.excluded",
    clause: "8.2 ga.excluded (P1, P8)",
    inputs: { studyKind },
    threshold: excludedStudies.join(", "),
    says: {
      zh: `招生类型为${zhName}，在资助范围内。`,
      en: `The kind of study is helped: ${enName}.`,
    },
    refusal: {
      code: "GA_EXCLUDED_PROGRAMME",
      says: {
        zh: `招生类型为${zhName}，不在金秋助学资助范围内。`,
        en: `Golden Autumn does not help this kind of study: ${enName}.`,
      },
      suggests: {
        zh: "家庭生活有困难的，可在冬季申请冬送温暖。",
        en: "If the household is in need, it may apply for Winter Warmth in winter.",
      },
    },
  });
};

const noOtherGrant = (
  { otherGrant }: GoldenAutumnFacts,
  { otherGrantExcludes }: GoldenAutumnFigures,
): Finding =>
  condition({
    met: !(otherGrant && otherGrantExcludes),
    rule: "ga.excluded",
    clause: "8.2 ga.excluded, other grant (P1)",
    inputs: { otherGrant },
    threshold: null,
    says: {
      zh: "本学年没有获得其他助学资助（助学贷款不算）。",
      en: "No other grant this school year (a loan is not a grant).",
    },
    refusal: {
      code: "GA_OTHER_GRANT",
      says: {
        zh: "学生本学年已获得其他助学资助，不再重复资助。",
        en: "The student has another grant for this school year; help is not given twice.",
      },
      suggests: {
        zh: "家庭生活有困难的，可在冬季申请冬送温暖。",
        en: "If the household is in need, it may apply for Winter Warmth in winter.",
      },
    },
  });

/** `ga.filed`, `ga.temporary`: a flat sum a student, under the cap of 10 or 6 months of L. */
const grantFor = (category: Category, facts: GoldenAutumnFacts, rules: Rules): AwardTerms => {
  const { figures, livingStandardFen } = rules;
  const stage: Stage = figures.stageOf[facts.schoolLevel];
  const filed = isFiled(category);
  const lane = filed ? "filed" : "temporary";
  const grantFen = (filed ? figures.filedFen : figures.temporaryFen)[stage];
  const months = figures.capLivingStandards[stage];
  const zhStage = stage === "higher" ? "高等教育" : "高中阶段";
  const enStage = stage === "higher" ? "higher education" : "senior secondary";
  return {
    rate: {
      hundredths: percentOf(grantFen, 100),
      steps: [
        {
          rule: `ga.${lane}.${stage}`,
          inputs: { category, schoolLevel: facts.schoolLevel },
          threshold: null,
          outcome: "applied",
          clause: `8.2 ga.${lane}.${stage} (P1)`,
          says: {
            zh: `${filed ? "建档困难职工" : "临时困难职工"}家庭，${zhStage}：每生每年 ${displayYuan(grantFen)} 元。`,
            en: `${filed ? "Household with a file" : "Temporary hardship"}, ${enStage}: ${displayYuan(grantFen)} yuan a student and year.`,
          },
        },
      ],
    },
    cap: {
      rule: `ga.cap.${stage}`,
      clause: `8.2 ga.cap.${stage} (H9)`,
      title: { zh: "每生每年资助上限", en: "cap of a student and year" },
      figureFen: timesFen(livingStandardFen, months),
      // The cap is a student's, who gets one award a year; what was given for that student is set off below.
      usedFen: zeroFen,
    },
    fundOrder: filed ? figures.filedFunds : figures.temporaryFunds,
  };
};
