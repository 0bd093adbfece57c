/** Emergency relief's rules (policy 3.4, 8.5): three flat levels by what happened, part of it at once. */
import type {
  Assessment,
  AssessmentContext,
  Category,
  Finding,
  RuleStep,
} from "#shared/domain/assessment.ts";
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
import { excludedByConduct } from "#shared/domain/exclusion.ts";
import { householdOf } from "#shared/domain/means.ts";
import { daysBetween, type LocalDate } from "#shared/kernel/calendar.ts";
import {
  displayYuan,
  maxFen,
  minFen,
  percentOf,
  subtractFen,
  timesFen,
  zeroFen,
  type Fen,
} from "#shared/kernel/money.ts";
import type { EmergencyFacts } from "./form.ts";
import { levelOf, type LevelFinding } from "./level.ts";
import { programmeId, type Advance, type EmergencyFigures } from "./policy.ts";

type Rules = RulesInForce<EmergencyFigures>;

export const assess = (facts: EmergencyFacts, context: AssessmentContext): Assessment => {
  const rules = rulesOn<EmergencyFigures>(programmeId, context);
  const { common, figures } = rules;
  const netLossFen = maxFen(zeroFen, subtractFen(facts.lossBeforeRelief, facts.reliefReceived));
  const level = levelOf(facts, netLossFen, figures);
  const means = meansTest(facts, netLossFen, level, rules, context.onFile);
  const assessment = conclude({
    rules,
    context,
    category: means.category,
    findings: [
      means.finding,
      memberBeforeApproval(facts.unionMember, common.membershipRequired),
      employedFor(facts.employmentMonths, common.employmentMonthsEmergency),
      appliedInTime(facts.eventDate, context.appliedOn, figures),
      seldomEnough(context.history.programmeYearCount, figures),
      level.finding,
    ],
    award: level.amountFen === null ? null : reliefOf(level.amountFen, figures, context),
  });
  return withAdvance(assessment, rules);
};

/** `er.level1` asks for no means; `er.means`: the other levels need a category of hardship. */
const meansTest = (
  facts: EmergencyFacts,
  netLossFen: Fen,
  level: LevelFinding,
  rules: Rules,
  onFile: boolean,
): { readonly category: Category | null; readonly finding: Finding } => {
  if (level.level === 1) return { category: null, finding: excludedByConduct(facts) };
  // The proof of the event, which everybody brings, bears out a cause that lies in the event.
  const documents = ["accident", "disaster", "illness"] as const;
  const hardship = hardshipOf(householdOf(facts, { netLossFen, documents }), rules, onFile);
  return { category: hardship.category, finding: hardship };
};

const appliedInTime = (
  eventDate: LocalDate,
  appliedOn: LocalDate,
  { applyWithinDays }: EmergencyFigures,
): Finding => {
  const days = daysBetween(eventDate, appliedOn);
  const inFuture = days < 0;
  return condition({
    met: !inFuture && days <= applyWithinDays,
    rule: "er.applyWithinDays",
    clause: "8.5 er.applyWithinDays (INF)",
    inputs: { eventDate, appliedOn, days },
    threshold: applyWithinDays,
    says: {
      zh: `事发后第 ${days} 天申请，在 ${applyWithinDays} 天之内。`,
      en: `Applied ${days} days after the event, within ${applyWithinDays}.`,
    },
    refusal: inFuture
      ? {
          code: "ER_EVENT_IN_FUTURE",
          says: {
            zh: "事发日期晚于申请日期。",
            en: "The day of the event lies after the application.",
          },
          suggests: {
            zh: "请核对事发日期后重新申请。",
            en: "Check the day of the event and apply again.",
          },
        }
      : {
          code: "ER_TOO_LATE",
          says: {
            zh: `事发已 ${days} 天，超过 ${applyWithinDays} 天的申请期限。`,
            en: `The event was ${days} days ago, more than the ${applyWithinDays} within which to apply.`,
          },
          suggests: {
            zh: "家庭仍有困难的，可申请其他救助项目。",
            en: "If the household is still in need, ask about the other programmes.",
          },
        },
  });
};

const seldomEnough = (awardsThisYear: number, { awardsPerYearMax }: EmergencyFigures): Finding =>
  condition({
    met: awardsThisYear < awardsPerYearMax,
    rule: "er.perYear",
    clause: "8.5 er.perYear (H11, INF)",
    inputs: { awardsThisYear },
    threshold: awardsPerYearMax,
    says: {
      zh: `本年度此前应急救助 ${awardsThisYear} 次，每年不超过 ${awardsPerYearMax} 次。`,
      en: `${awardsThisYear} earlier emergency award(s) this year, of ${awardsPerYearMax} at most.`,
    },
    refusal: {
      code: "ER_TOO_OFTEN",
      says: {
        zh: `本年度已应急救助 ${awardsThisYear} 次，每年不超过 ${awardsPerYearMax} 次。`,
        en: `${awardsThisYear} emergency awards this year already; ${awardsPerYearMax} are the most.`,
      },
      suggests: {
        zh: "家庭仍有困难的，可申请其他救助项目。",
        en: "If the household is still in need, ask about the other programmes.",
      },
    },
  });

/** The flat sum under what the household-year still leaves. Insurance does not reduce it (policy 9, case 12). */
const reliefOf = (
  amountFen: Fen,
  figures: EmergencyFigures,
  { history }: AssessmentContext,
): AwardTerms => ({
  rate: { hundredths: percentOf(amountFen, 100), steps: [] },
  cap: {
    rule: "er.perYear.cap",
    clause: "8.5 er.perYear, household-year (INF)",
    title: { zh: "每户每年应急救助上限", en: "yearly cap of a household for this relief" },
    figureFen: figures.householdYearCapFen,
    usedFen: history.programmeYearFen,
    householdYear: true,
  },
  fundOrder: figures.funds,
});

/** `er.advance`: min(2,000, 2 × L), a part of the award and never more than it. */
export const advanceOf = (amountFen: Fen, livingStandardFen: Fen, advance: Advance): Fen =>
  minFen(advance.maxFen, timesFen(livingStandardFen, advance.livingStandardsMax), amountFen);

const withAdvance = (assessment: Assessment, rules: Rules): Assessment => {
  if (assessment.recommendation === "refuse") return assessment;
  const { amountFen } = assessment;
  const { advance } = rules.figures;
  const advanceFen = advanceOf(amountFen, rules.livingStandardFen, advance);
  const step: RuleStep = {
    rule: "er.advance",
    inputs: { amountFen, livingStandardFen: rules.livingStandardFen, advanceFen },
    threshold: advance.maxFen,
    outcome: "applied",
    clause: "8.5 er.advance (E5, E7)",
    says: {
      zh: `其中可先行发放 ${displayYuan(advanceFen)} 元，其余补齐材料后发放。`,
      en: `${displayYuan(advanceFen)} yuan of it may be paid at once, the rest after the papers.`,
    },
  };
  return { ...assessment, advanceFen, steps: [...assessment.steps, step] };
};
