/**
 * What a worker should know before applying: who can get it, how much, what doesn't carry over to a renewal. The
 * words are a programme's own (workflows/<programme>/guide.ts); every figure in them is read from the policy of the
 * day, so that a change of the pack changes the page.
 */
import { displayYuan, fen, timesFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { CommonPolicy } from "./common-policy.ts";
import type { PaperRule } from "./paper-rules.ts";
import type { PaperFigures } from "./papers.ts";
import { inForce, livingStandardOn } from "./policy.ts";
import { commonPolicyOn, programmePolicies } from "./policy-pack.ts";
import type { PaperRequirement, PolicyDay } from "./programme.ts";
import type { PreCheck } from "./pre-check.ts";

/** An amount, and for whom it is. */
export interface GuideAmount {
  readonly whom: Text;
  readonly amount: Text;
  /** How it is worked out, or what it is otherwise. */
  readonly more?: Text;
}

export interface Guide {
  /** The most that one application brings, for the card on the first page: "最高 5,000 元". */
  readonly upTo: (day: PolicyDay) => Text;
  readonly amounts: (day: PolicyDay) => readonly GuideAmount[];
  /** What the amounts don't say: how often, how it is worked out. */
  readonly amountNotes: (day: PolicyDay) => readonly Text[];
  readonly who: (day: PolicyDay) => readonly Text[];
  /** Conditions of means, of which one is enough. */
  readonly means: (day: PolicyDay) => readonly Text[];
  /** Who can't get it, so that nobody fills in a form in vain. */
  readonly notFor: (day: PolicyDay) => readonly Text[];
  readonly preCheck: (day: PolicyDay) => PreCheck;
  /** Answers that a renewal doesn't take over, since they belong to one case; null: nothing to renew. */
  readonly notRenewed: readonly string[] | null;
}

/** "5,000 元": whole yuan without decimals, as people say it. */
export const plainAmount = (amountFen: Fen): Text => {
  const figure = displayYuan(amountFen).replace(/\.00$/u, "");
  return { zh: `${figure} 元`, en: `${figure} yuan` };
};

/** "最高 5,000 元". */
export const upToAmount = (amountFen: Fen): Text => {
  const { zh, en } = plainAmount(amountFen);
  return { zh: `最高 ${zh}`, en: `up to ${en}` };
};

/** A limit for a year's means as income a head and month: for reading only, rounded down to the fen. */
const monthly = (livingStandardFen: Fen, factor: number): Text =>
  plainAmount(fen(Math.floor(timesFen(livingStandardFen, factor) / 12)));

/** A household that everybody can picture. */
const examplePeople = 3;

/** Conditions of means (policy 8.1): the lines in yuan a person and month, and once as a year's sum. */
export const meansConditions = ({ appliedOn, pack }: PolicyDay): readonly Text[] => {
  const common = commonPolicyOn(pack, appliedOn);
  const livingStandardFen = livingStandardOn(pack.livingStandards, appliedOn);
  const line = monthly(livingStandardFen, common.relativeFactor);
  const gross = monthly(livingStandardFen, common.temporaryFactor);
  const year = plainAmount(timesFen(livingStandardFen, examplePeople * common.relativeFactor));
  return [
    {
      zh: `全家一年的收入减去看病、上学等必要支出，平均每人每月不到 ${line.zh}（例如 ${examplePeople} 口之家，一年不到 ${year.zh}）；`,
      en: `The household's yearly income less necessary expenses such as illness and schooling is below ${line.en} a person and month (a household of ${examplePeople}: below ${year.en} a year);`,
    },
    {
      zh: `收入平均每人每月不超过 ${gross.zh}，并且有生病、上学、意外等困难；`,
      en: `the income is not above ${gross.en} a person and month, and there is an illness, schooling, an accident or the like;`,
    },
    {
      zh: `意外、灾害的净损失超过全家一年收入的 ${common.accidentLossPercent}%。`,
      en: `an accident or a disaster cost more than ${common.accidentLossPercent} % of the year's income.`,
    },
  ];
};

/** Work and membership (policy 2.2, 8.1); `monthsMin` tells which of the policy's limits on months is meant. */
export const workConditions = (
  { appliedOn, pack }: PolicyDay,
  monthsMin: (common: CommonPolicy) => number,
): readonly Text[] => {
  const common = commonPolicyOn(pack, appliedOn);
  const months = monthsMin(common);
  return [
    {
      zh: `在本单位（本市）连续工作满 ${months} 个月，外来务工人员、新就业形态劳动者都可以；`,
      en: `At least ${months} months of continuous work here; migrant and platform workers too;`,
    },
    ...(common.membershipRequired
      ? [
          {
            zh: "是工会会员；还不是的可以先申请，审批前入会。",
            en: "A union member; who isn't one yet may apply now and join before the decision.",
          },
        ]
      : []),
  ];
};

/** What excludes a household whatever its income (policy 2.5). */
export const commonExclusions = ({ appliedOn, pack }: PolicyDay): readonly Text[] => {
  const { homesMax, highFeeSchoolFactor } = commonPolicyOn(pack, appliedOn);
  return [
    {
      zh: `家庭住房超过 ${homesMax} 套，或者有商铺、雇人经营；`,
      en: `The household owns more than ${homesMax} home(s), shop premises, or employs others;`,
    },
    {
      zh: `子女上收费超过公办学校 ${highFeeSchoolFactor} 倍的学校，或自费留学；`,
      en: `a child is in a school that takes more than ${highFeeSchoolFactor} times a public school's fee, or abroad at own cost;`,
    },
    {
      zh: "困难是打架斗殴、交通肇事、酗酒、赌博、吸毒等造成的。",
      en: "the hardship comes from fighting, a traffic offence, drink, gambling or drugs.",
    },
  ];
};

const isAlways = ({ required, when }: PaperRule): boolean => required && when === undefined;

/**
 * The papers that a programme may ask for on a day: those of every application, and those that depend on the answers
 * or may be left out. Each kind stands once.
 */
export const papersToExpect = (
  programmeId: string,
  { appliedOn, pack }: PolicyDay,
): { readonly always: readonly PaperRequirement[]; readonly some: readonly PaperRequirement[] } => {
  const { figures } = inForce(programmePolicies<PaperFigures>(pack, programmeId), appliedOn);
  const { commonPapersRequired: kinds } = figures;
  const common = commonPolicyOn(pack, appliedOn).papers.map((paper) =>
    kinds === null ? paper : { ...paper, required: kinds.includes(paper.kind) },
  );
  const all = [...figures.papers, ...common];
  const always = all.filter(isAlways);
  const known = new Set(always.map(({ kind }) => kind));
  const some = all.filter(({ kind }) => {
    const isNew = !known.has(kind);
    known.add(kind);
    return isNew;
  });
  return { always: unique(always), some };
};

const unique = (papers: readonly PaperRule[]): readonly PaperRule[] =>
  [...new Map(papers.toReversed().map((paper) => [paper.kind, paper])).values()].toReversed();
