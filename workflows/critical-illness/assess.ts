/** Critical-illness aid's rules (policy 3.3, 8.4): a rising share of what the household paid itself. */
import {
  isFiled,
  type Assessment,
  type AssessmentContext,
  type Finding,
  type RuleStep,
} from "#shared/domain/assessment.ts";
import type { AwardTerms } from "#shared/domain/award.ts";
import { hardshipOf } from "#shared/domain/category.ts";
import {
  conclude,
  condition,
  employedFor,
  flagged,
  memberBeforeApproval,
  nothingFound,
  rulesOn,
} from "#shared/domain/eligibility.ts";
import { householdOf } from "#shared/domain/means.ts";
import { addMonths, type LocalDate } from "#shared/kernel/calendar.ts";
import {
  addFen,
  displayYuan,
  maxFen,
  minFen,
  percentOf,
  subtractFen,
  zeroFen,
  fen,
  type Fen,
} from "#shared/kernel/money.ts";
import type { CriticalIllnessFacts } from "./form.ts";
import { programmeId, type CriticalIllnessFigures, type Lane } from "./policy.ts";

export const assess = (facts: CriticalIllnessFacts, context: AssessmentContext): Assessment => {
  const rules = rulesOn<CriticalIllnessFigures>(programmeId, context);
  const { common, figures } = rules;
  const netFen = netSelfPaid(facts);
  // What the patient cost the household is rigid expenditure, beside the other members' medical cost.
  const medicalFen = addFen(netFen, facts.medicalExpense);
  const hardship = hardshipOf(householdOf(facts, { medicalFen }), rules, context.onFile);
  const filed = isFiled(hardship.category);
  const lane = filed ? figures.filed : figures.temporary;
  const laneName = filed ? "ci.filed" : "ci.temporary";
  return conclude({
    rules,
    context,
    category: hardship.category,
    findings: [
      hardship,
      memberBeforeApproval(facts.unionMember, common.membershipRequired),
      employedFor(facts.employmentMonths, common.employmentMonthsFiled),
      recentBills(facts, context.appliedOn, figures),
      datesInOrder(facts, context.appliedOn),
      baseOf(facts, netFen),
      hardship.category ? aboveThreshold(netFen, lane, laneName) : nothingFound,
    ],
    award:
      hardship.category &&
      shareOf(netFen, lane, laneName, figures, context.history.programmeYearFen),
  });
};

const deductionsOf = (facts: CriticalIllnessFacts): Fen =>
  addFen(
    facts.basicInsurance,
    facts.seriousIllnessInsurance,
    facts.supplementaryInsurance,
    facts.mutualAid,
    facts.otherAid,
  );

/** `ci.base`: the cost in the catalogue less everything others paid; never below zero. */
export const netSelfPaid = (facts: CriticalIllnessFacts): Fen =>
  maxFen(zeroFen, subtractFen(facts.totalBill, deductionsOf(facts)));

const baseOf = (facts: CriticalIllnessFacts, netFen: Fen): Finding => {
  const deductedFen = deductionsOf(facts);
  const base = {
    rule: "ci.base",
    inputs: { totalFen: facts.totalBill, deductedFen, netFen },
    threshold: null,
    clause: "8.4 ci.base (H7, C5)",
  };
  const [total, deducted, net] = [facts.totalBill, deductedFen, netFen].map(displayYuan);
  if (deductedFen > facts.totalBill) {
    return flagged({
      ...base,
      says: {
        zh: `报销和救助合计 ${deducted} 元，多于费用总额 ${total} 元，请核对。`,
        en: `Others paid ${deducted} yuan, more than the cost of ${total}: check the figures.`,
      },
    });
  }
  const says = {
    zh: `费用 ${total} 元，减去医保、互助和其他救助 ${deducted} 元，个人净自付 ${net} 元。`,
    en: `A cost of ${total} yuan less ${deducted} from insurance, mutual aid and others: ${net} paid by the household itself.`,
  };
  return { steps: [{ ...base, outcome: "applied", says }], flags: [], refusal: null };
};

/** Bills count for 12 months; a person takes the older ones out, and nothing newer is a refusal. */
const recentBills = (
  { treatmentFrom, treatmentTo }: CriticalIllnessFacts,
  appliedOn: LocalDate,
  { lookbackMonths }: CriticalIllnessFigures,
): Finding => {
  const since = addMonths(appliedOn, -lookbackMonths);
  const lookback = {
    rule: "ci.base.lookback",
    clause: "8.4 ci.base, 12 months (H7, C5)",
    inputs: { treatmentFrom, treatmentTo, appliedOn },
    threshold: since,
  };
  if (treatmentTo >= since && treatmentFrom < since) {
    return flagged({
      ...lookback,
      says: {
        zh: `有早于 ${since} 的费用，请剔除后重新计算。`,
        en: `Some bills are from before ${since}: take them out and compute anew.`,
      },
    });
  }
  return condition({
    ...lookback,
    met: treatmentTo >= since,
    says: {
      zh: `费用都在申请前 ${lookbackMonths} 个月内。`,
      en: `All bills are of the ${lookbackMonths} months before the application.`,
    },
    refusal: {
      code: "CI_BILLS_TOO_OLD",
      says: {
        zh: `费用都早于 ${since}，超过申请前 ${lookbackMonths} 个月。`,
        en: `All bills are from before ${since}, more than ${lookbackMonths} months ago.`,
      },
      suggests: {
        zh: "有更近的医疗费用时，可以重新申请。",
        en: "Apply again when there are newer medical bills.",
      },
    },
  });
};

const datesInOrder = (
  { treatmentFrom, treatmentTo }: CriticalIllnessFacts,
  appliedOn: LocalDate,
): Finding =>
  treatmentFrom <= treatmentTo && treatmentTo <= appliedOn
    ? nothingFound
    : flagged({
        rule: "ci.base.dates",
        inputs: { treatmentFrom, treatmentTo, appliedOn },
        threshold: null,
        clause: "8.4 ci.base",
        says: {
          zh: "费用日期先后颠倒或晚于申请日，请核对发票。",
          en: "The days of the bills are out of order or after the application: check the invoices.",
        },
      });

const aboveThreshold = (netFen: Fen, { bands }: Lane, laneName: string): Finding => {
  const thresholdFen = bands[0].aboveFen;
  const [net, threshold] = [displayYuan(netFen), displayYuan(thresholdFen)];
  return condition({
    met: netFen > thresholdFen,
    rule: `${laneName}.threshold`,
    clause: `8.4 ${laneName} (W3b, C5)`,
    inputs: { netFen },
    threshold: thresholdFen,
    says: {
      zh: `净自付 ${net} 元，超过起付线 ${threshold} 元。`,
      en: `The household's own ${net} yuan are above the threshold of ${threshold}.`,
    },
    refusal: {
      code: "CI_BELOW_THRESHOLD",
      says: {
        zh: `净自付 ${net} 元，没有超过起付线 ${threshold} 元。`,
        en: `The household's own ${net} yuan are not above the threshold of ${threshold}.`,
      },
      suggests: {
        zh: "近12个月自付费用增加后，可以再次申请。",
        en: "Apply again when the cost of the last 12 months has grown.",
      },
    },
  });
};

/** One marginal band (`ci.filed.bands`): its rate on the part of the cost that lies inside it. */
const bandSteps = (netFen: Fen, { bands }: Lane, laneName: string) =>
  bands.flatMap((band, place) => {
    const upToFen = bands[place + 1]?.aboveFen ?? netFen;
    const partFen = subtractFen(minFen(netFen, upToFen), band.aboveFen);
    if (partFen <= 0) return [];
    const hundredths = percentOf(partFen, band.percent);
    const [above, part] = [displayYuan(band.aboveFen), displayYuan(partFen)];
    const share = displayYuan(fen(Math.floor(hundredths / 100)));
    const step: RuleStep = {
      rule: laneName === "ci.filed" ? "ci.filed.bands" : laneName,
      inputs: { partFen, percent: band.percent, shareHundredthsOfFen: hundredths },
      threshold: band.aboveFen,
      outcome: "applied",
      clause: `8.4 ${laneName} (W3b, C5, INF)`,
      says: {
        zh: `${above} 元以上部分 ${part} 元 × ${band.percent}% = ${share} 元。`,
        en: `${part} yuan above ${above} at ${band.percent} %: ${share}.`,
      },
    };
    return [{ hundredths, step }];
  });

const shareOf = (
  netFen: Fen,
  lane: Lane,
  laneName: string,
  figures: CriticalIllnessFigures,
  usedFen: Fen,
): AwardTerms => {
  const bands = bandSteps(netFen, lane, laneName);
  return {
    rate: {
      hundredths: bands.reduce((sum, { hundredths }) => sum + hundredths, 0),
      steps: bands.map(({ step }) => step),
    },
    minimum: {
      rule: "ci.min",
      clause: "8.4 ci.min (C3)",
      title: { zh: "最低救助额", en: "minimum" },
      figureFen: figures.minimumFen,
    },
    cap: {
      rule: `${laneName}.cap`,
      clause: `8.4 ${laneName}.cap (H9, C2)`,
      title: { zh: "每户每年大病救助上限", en: "yearly cap of a household for this aid" },
      figureFen: lane.capFen,
      usedFen,
      householdYear: true,
    },
    selfPaidCeiling: {
      rule: "ci.ceiling",
      clause: "8.4 ci.ceiling (F1)",
      title: { zh: "个人净自付", en: "household's own cost" },
      figureFen: netFen,
    },
    fundOrder: lane.funds,
  };
};
