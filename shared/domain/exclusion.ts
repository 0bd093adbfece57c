/** What rules out help, and what only asks for a second look (policy 2.5, 8.1 `exclusion`, `flag.*`). */
import { displayYuan } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { Finding, RuleStep } from "./assessment.ts";
import { livingStandardMultiple, type CommonPolicy, type HardshipRules } from "./common-policy.ts";
import type { Household } from "./means.ts";

const mayObject: Text = {
  zh: "如认为核对结果有误，可向受理工会提出异议，要求复核。",
  en: "If you think the check is wrong, raise an objection with the union office and ask for a new check.",
};

const exclusion = (asked: {
  readonly code: string;
  readonly clause: string;
  readonly rule: string;
  readonly inputs: RuleStep["inputs"];
  readonly threshold: number | string | null;
  readonly excluded: boolean;
  readonly fine: Text;
  readonly reason: Text;
}): Finding => ({
  steps: [
    {
      rule: asked.rule,
      inputs: asked.inputs,
      threshold: asked.threshold,
      outcome: asked.excluded ? "missed" : "met",
      clause: asked.clause,
      says: asked.excluded ? asked.reason : asked.fine,
    },
  ],
  flags: [],
  refusal: asked.excluded ? { code: asked.code, says: asked.reason, suggests: mayObject } : null,
});

const excludedByHomes = ({ homes }: Household, { homesMax }: CommonPolicy): Finding =>
  exclusion({
    code: "EXCLUDED_PROPERTY",
    clause: "2.5(a), 8.1 exclusion (H3)",
    rule: "exclusion.homes",
    inputs: { homes },
    threshold: homesMax,
    excluded: homes > homesMax,
    fine: {
      zh: `家庭住房 ${homes} 套，不超过 ${homesMax} 套。`,
      en: `The household owns ${homes} home(s), not more than ${homesMax}.`,
    },
    reason: {
      zh: `家庭住房 ${homes} 套，超过 ${homesMax} 套，属于排除情形。`,
      en: `The household owns ${homes} homes, more than ${homesMax}; that excludes it.`,
    },
  });

const excludedByBusiness = ({ ownsBusiness }: Household): Finding =>
  exclusion({
    code: "EXCLUDED_BUSINESS",
    clause: "2.5(b), 8.1 exclusion (H3)",
    rule: "exclusion.business",
    inputs: { ownsBusiness },
    threshold: null,
    excluded: ownsBusiness,
    fine: {
      zh: "家庭没有商铺，也不雇工经营。",
      en: "The household owns no shop premises and employs nobody.",
    },
    reason: {
      zh: "家庭拥有商铺或雇工经营，属于排除情形。",
      en: "The household owns shop premises or employs others in a business; that excludes it.",
    },
  });

const excludedBySchooling = (
  { highFeeSchool }: Household,
  { highFeeSchoolFactor }: CommonPolicy,
): Finding =>
  exclusion({
    code: "EXCLUDED_SCHOOLING",
    clause: "2.5(c), 8.1 exclusion (H1, H3)",
    rule: "exclusion.schooling",
    inputs: { highFeeSchool },
    threshold: `fee > ${highFeeSchoolFactor} × public school`,
    excluded: highFeeSchool,
    fine: {
      zh: "子女没有就读高收费学校或自费留学。",
      en: "No child is in a high-fee school or abroad at own cost.",
    },
    reason: {
      zh: `子女就读收费超过公办学校 ${highFeeSchoolFactor} 倍的学校或自费留学，属于排除情形。`,
      en: `A child is in a school that takes more than ${highFeeSchoolFactor} times a public school's fee, or abroad at own cost; that excludes the household.`,
    },
  });

/** Hardship by one's own misconduct (policy 2.5(d)); it holds without a means test too. */
export const excludedByConduct = ({ cause }: Pick<Household, "cause">): Finding =>
  exclusion({
    code: "EXCLUDED_CONDUCT",
    clause: "2.5(d), 8.1 exclusion (H12)",
    rule: "exclusion.conduct",
    inputs: { conduct: cause === "conduct" },
    threshold: null,
    excluded: cause === "conduct",
    fine: {
      zh: "困难不是由打架、交通肇事、酗酒、赌博、吸毒等引起。",
      en: "The hardship does not come from fighting, a traffic offence, drink, gambling or drugs.",
    },
    reason: {
      zh: "困难由打架、交通肇事、酗酒、赌博、吸毒或参加被取缔组织引起，不予救助。",
      en: "The hardship comes from fighting, a traffic offence, drink, gambling, drugs or a banned organisation; no help is given for it.",
    },
  });

/** What a person should look into, without its deciding anything (policy 2.5, 8.1 `flag.*`). */
export const reviewFlags = (household: Household, rules: HardshipRules): readonly RuleStep[] => {
  const factor = rules.common.financialAssetsFlagFactor;
  const limitFen = livingStandardMultiple(rules.livingStandardFen, household.people, factor);
  const vehicle: RuleStep = {
    rule: "flag.vehicle",
    inputs: { hasVehicle: true },
    threshold: null,
    outcome: "flagged",
    clause: "2.5, 8.1 flag.vehicle (INF)",
    says: {
      zh: "家庭有机动车，请核实是否为谋生或残疾人用车；不自动拒绝。",
      en: "The household has a car: look whether it lives by it or a disabled person needs it. No refusal by itself.",
    },
  };
  const assets: RuleStep = {
    rule: "flag.financialAssetsPerCapita",
    inputs: { financialAssetsFen: household.financialAssetsFen, people: household.people },
    threshold: limitFen,
    outcome: "flagged",
    clause: "2.5, 8.1 flag.financialAssetsPerCapita (INF)",
    says: {
      zh: `家庭金融资产 ${displayYuan(household.financialAssetsFen)} 元，超过人均低保标准 ${factor} 倍（合计 ${displayYuan(limitFen)} 元），请核实；不自动拒绝。`,
      en: `Financial assets of ${displayYuan(household.financialAssetsFen)} yuan are above ${factor} times L a head (${displayYuan(limitFen)} in all): look into it. No refusal by itself.`,
    },
  };
  return [
    ...(household.hasVehicle ? [vehicle] : []),
    ...(household.financialAssetsFen > limitFen ? [assets] : []),
  ];
};

/** Every exclusion, tested in the order of policy 2.5; the first that applies is the reason given. */
export const exclusionsOf = (household: Household, common: CommonPolicy): readonly Finding[] => [
  excludedByHomes(household, common),
  excludedByBusiness(household),
  excludedBySchooling(household, common),
  excludedByConduct(household),
];
