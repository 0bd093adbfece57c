/** Which of the three levels an event has (policy 8.5 `er.level1`–`er.level3`): the first that fits. */
import type { Finding, RuleStep } from "#shared/domain/assessment.ts";
import { displayYuan, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { EmergencyFacts } from "./form.ts";
import type { EmergencyFigures } from "./policy.ts";

export interface LevelFinding {
  readonly level: 1 | 2 | 3 | null;
  /** The flat sum of the level; null when the event has none. */
  readonly amountFen: Fen | null;
  readonly finding: Finding;
}

const levelStep = (
  level: 1 | 2 | 3,
  met: boolean,
  asked: Pick<RuleStep, "inputs" | "threshold" | "says"> & { readonly source: string },
): RuleStep => ({
  rule: `er.level${level}`,
  inputs: asked.inputs,
  threshold: asked.threshold,
  outcome: met ? "met" : "missed",
  clause: `8.5 er.level${level} (${asked.source})`,
  says: asked.says,
});

const firstLevel = (facts: EmergencyFacts, { level1 }: EmergencyFigures): RuleStep => {
  const met = facts.earnerDied && level1.eventKinds.includes(facts.eventKind);
  return levelStep(1, met, {
    source: "E1b, E3",
    inputs: { earnerDied: facts.earnerDied, eventKind: facts.eventKind },
    threshold: null,
    says: met
      ? {
          zh: `职工本人或家庭主要收入者因意外、灾害或工伤死亡：一级，${displayYuan(level1.amountFen)} 元，不核查经济状况。`,
          en: `The worker or main earner died by accident, disaster or at work: level 1, ${displayYuan(level1.amountFen)} yuan, without a means test.`,
        }
      : {
          zh: "不属于一级（职工本人或家庭主要收入者因意外、灾害或工伤死亡）。",
          en: "Not level 1 (death of the worker or main earner by accident, disaster or at work).",
        },
  });
};

const secondLevel = (
  facts: EmergencyFacts,
  netLossFen: Fen,
  { level2 }: EmergencyFigures,
): RuleStep => {
  const { injuryGrade, homeUninhabitable } = facts;
  const [loss, minimum] = [displayYuan(netLossFen), displayYuan(level2.netLossMinFen)];
  const reasons: readonly Text[] = [
    ...(level2.injuryGrades.includes(injuryGrade)
      ? [{ zh: "重度伤残", en: "a grave injury" }]
      : []),
    ...(level2.homeUninhabitable && homeUninhabitable
      ? [{ zh: "住房不能居住", en: "an uninhabitable home" }]
      : []),
    ...(netLossFen >= level2.netLossMinFen
      ? [
          {
            zh: `净损失 ${loss} 元达到 ${minimum} 元`,
            en: `a net loss of ${loss}, at least ${minimum}`,
          },
        ]
      : []),
  ];
  const met = reasons.length > 0;
  const amount = displayYuan(level2.amountFen);
  return levelStep(2, met, {
    source: "E3, INF",
    inputs: { injuryGrade, homeUninhabitable, netLossFen },
    threshold: level2.netLossMinFen,
    says: met
      ? {
          zh: `${reasons.map(({ zh }) => zh).join("，")}：二级，${amount} 元。`,
          en: `Level 2, ${amount} yuan, by ${reasons.map(({ en }) => en).join("; ")}.`,
        }
      : {
          zh: `不属于二级（重度伤残、住房不能居住，或净损失达到 ${minimum} 元；现为 ${loss} 元）。`,
          en: `Not level 2 (grave injury, uninhabitable home, or a net loss of ${minimum} yuan; here ${loss}).`,
        },
  });
};

const thirdLevel = (netLossFen: Fen, { level3 }: EmergencyFigures): RuleStep => {
  const met = netLossFen >= level3.netLossMinFen;
  const [loss, minimum] = [displayYuan(netLossFen), displayYuan(level3.netLossMinFen)];
  return levelStep(3, met, {
    source: "E1b, E2, INF",
    inputs: { netLossFen },
    threshold: level3.netLossMinFen,
    says: met
      ? {
          zh: `净损失 ${loss} 元，达到 ${minimum} 元：三级，${displayYuan(level3.amountFen)} 元。`,
          en: `A net loss of ${loss} yuan, at least ${minimum}: level 3, ${displayYuan(level3.amountFen)} yuan.`,
        }
      : {
          zh: `净损失 ${loss} 元，不到 ${minimum} 元，不属于应急救助范围。`,
          en: `A net loss of ${loss} yuan, less than ${minimum}: not a case for emergency relief.`,
        },
  });
};

/** @returns the level with every test made on the way to it; without a level, the refusal. */
export const levelOf = (
  facts: EmergencyFacts,
  netLossFen: Fen,
  figures: EmergencyFigures,
): LevelFinding => {
  const steps: RuleStep[] = [];
  const found = (level: 1 | 2 | 3, amountFen: Fen): LevelFinding => ({
    level,
    amountFen,
    finding: { steps, flags: [], refusal: null },
  });
  const first = firstLevel(facts, figures);
  steps.push(first);
  if (first.outcome === "met") return found(1, figures.level1.amountFen);
  const second = secondLevel(facts, netLossFen, figures);
  steps.push(second);
  if (second.outcome === "met") return found(2, figures.level2.amountFen);
  const third = thirdLevel(netLossFen, figures);
  steps.push(third);
  if (third.outcome === "met") return found(3, figures.level3.amountFen);
  const refusal = {
    code: "ER_LOSS_TOO_SMALL",
    says: third.says,
    suggests: {
      zh: "损失扩大或有新的证明时，可以重新申请。",
      en: "Apply again if the loss grows or there is new proof of it.",
    },
  };
  return { level: null, amountFen: null, finding: { steps, flags: [], refusal } };
};
