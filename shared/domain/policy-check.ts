/** Whether a pack can be worked with: seasons, confirmed years, and the worked cases of every programme. */
import { startOfDay, yearOf, type LocalDate } from "../kernel/calendar.ts";
import { PolicyNotConfirmed } from "../kernel/errors.ts";
import { displayYuan, zeroFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import { isFiled, noHistory } from "./assessment.ts";
import type { CommonFacts } from "./household.ts";
import { windowState } from "./policy.ts";
import { firstUnconfirmedYear } from "./policy-figures.ts";
import { commonPolicyOn, type PolicyPack } from "./policy-pack.ts";
import { outcomeUnder } from "./policy-simulation.ts";
import type { EveryProgramme, Example } from "./programme.ts";

/** An error must be mended before the pack is adopted; a warning will become one; a note is for knowing. */
export interface PolicyFinding {
  readonly level: "error" | "warning" | "note";
  readonly says: Text;
}

const finding = (level: PolicyFinding["level"], zh: string, en: string): PolicyFinding => ({
  level,
  says: { zh, en },
});

/** The outcome of a worked case in the words of its expectations. */
type Outcome = Example<CommonFacts>["expected"];

const assessed = (
  programme: EveryProgramme,
  { facts, line, appliedOn, context, expected }: Example<CommonFacts>,
  pack: PolicyPack,
): Outcome => {
  const assessment = programme.assess(facts, {
    appliedOn,
    line,
    pack,
    onFile: isFiled(expected.category),
    history: noHistory,
    ...context,
  });
  const past = { line, submittedAt: startOfDay(appliedOn), facts };
  const { tiers, needsMinutes, fund, amountFen } = outcomeUnder(pack, programme, past, assessment);
  return {
    category: assessment.category,
    recommendation: assessment.recommendation,
    ...(assessment.refusal ? { refusalCode: assessment.refusal.code } : {}),
    amountFen,
    advanceFen: assessment.advanceFen,
    tiers,
    needsMinutes,
    fund,
  };
};

/** What a pack makes of a worked case; null where nothing holds on its day. */
const outcomeOf = (
  programme: EveryProgramme,
  example: Example<CommonFacts>,
  pack: PolicyPack,
): Outcome | null => {
  try {
    return assessed(programme, example, pack);
  } catch (error) {
    if (error instanceof PolicyNotConfirmed) return null;
    throw error;
  }
};

const shown = (value: unknown): string => {
  if (typeof value === "number") return displayYuan(value as Fen);
  if (Array.isArray(value)) return value.join("+");
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "–";
};

/** "amountFen 5,000.00 → 6,000.00" for whatever differs. */
const differences = (expected: Outcome, found: Outcome): readonly string[] =>
  (Object.keys({ ...expected, ...found }) as (keyof Outcome)[])
    .map((name) => [name, shown(expected[name]), shown(found[name])] as const)
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name.replace(/Fen$/u, "")} ${was} → ${is}`);

const notAssessed = (
  programme: EveryProgramme,
  { name, appliedOn }: Example<CommonFacts>,
): PolicyFinding =>
  finding(
    "error",
    `${programme.title.zh}算例 ${name}：${appliedOn} 没有生效的政策或确认的低保标准，不能核算。`,
    `${programme.title.en}, worked case ${name}: on ${appliedOn} no figures hold, or L is not confirmed.`,
  );

/** What a pack makes of a programme's worked cases otherwise than they expect. */
const exampleFindings = (
  programme: EveryProgramme,
  pack: PolicyPack,
  level: PolicyFinding["level"],
): readonly PolicyFinding[] =>
  programme.examples.flatMap((example) => {
    const found = outcomeOf(programme, example, pack);
    if (found === null) return [notAssessed(programme, example)];
    const expected = { advanceFen: zeroFen, ...example.expected };
    const differing = differences(expected, found).join("; ");
    if (differing === "") return [];
    return [
      finding(
        level,
        `${programme.title.zh}算例 ${example.name}：${differing}`,
        `${programme.title.en}, worked case ${example.name}: ${differing}`,
      ),
    ];
  });

const seasonFindings = (
  programme: EveryProgramme,
  pack: PolicyPack,
  year: number,
): readonly PolicyFinding[] => {
  try {
    const window = programme.window(year, pack);
    if (!window) return [];
    const opens = windowState(window, window.opens) === "open" && window.opens <= window.closes;
    const ends = window.closes <= window.supplementsTo;
    if (opens && ends) return [];
    return [
      finding(
        "error",
        `${programme.title.zh}：${year}年的受理期间先后不对。`,
        `${programme.title.en}: the season of ${year} is out of order.`,
      ),
    ];
  } catch (error) {
    if (!(error instanceof PolicyNotConfirmed)) throw error;
    return [
      finding(
        "error",
        `${programme.title.zh}：${year}年没有生效的政策。`,
        `${programme.title.en}: no figures hold for ${year}.`,
      ),
    ];
  }
};

const yearFindings = (pack: PolicyPack, today: LocalDate): readonly PolicyFinding[] => {
  const thisYear = yearOf(today);
  const without = firstUnconfirmedYear(pack, today);
  const level = without <= thisYear ? "error" : without === thisYear + 1 ? "warning" : "note";
  return [
    finding(
      level,
      `${without}年还没有确认低保标准（L）：该年的申请一律不受理，请在 livingStandards 中补充。`,
      `L is not confirmed for ${without}: no application of that year is taken. Add it under livingStandards.`,
    ),
  ];
};

/** An exact count of cases needs somebody at each tier, which only a person can check. */
const approverFindings = (pack: PolicyPack, today: LocalDate): readonly PolicyFinding[] => {
  const { approversNeeded } = commonPolicyOn(pack, today).route;
  return Object.entries(approversNeeded)
    .filter(([, needed]) => needed > 1)
    .map(([tier, needed]) =>
      finding(
        "note",
        `${tier} 需要 ${needed} 人同意：请确认该级每个单位都有足够的审批人。`,
        `${tier} needs ${needed} approvals: see that each of its offices has so many approvers.`,
      ),
    );
};

/**
 * Checks a pack that can be read.
 * @param asDraft worked cases that come out otherwise are then what the draft changes, and no errors.
 */
export const checkPack = (
  pack: PolicyPack,
  programmes: readonly EveryProgramme[],
  { today, asDraft }: { readonly today: LocalDate; readonly asDraft: boolean },
): readonly PolicyFinding[] => {
  const hasCommon = pack.common.some(({ effectiveFrom }) => effectiveFrom <= today);
  if (!hasCommon) {
    return [
      finding("error", "今天没有生效的共同政策（common）。", "No common policy is in force today."),
    ];
  }
  const year = yearOf(today);
  const examples = programmes.flatMap((programme) =>
    exampleFindings(programme, pack, asDraft ? "note" : "error"),
  );
  return [
    ...yearFindings(pack, today),
    ...programmes.flatMap((programme) =>
      [year, year + 1].flatMap((season) => seasonFindings(programme, pack, season)),
    ),
    ...approverFindings(pack, today),
    ...examples,
  ];
};

/** Worked cases as they come out by the rules of one day, whatever day they are of. */
export const rehearse = (
  pack: PolicyPack,
  programmes: readonly EveryProgramme[],
): readonly PolicyFinding[] =>
  programmes.flatMap((programme) => exampleFindings(programme, pack, "note"));

export const hasErrors = (findings: readonly PolicyFinding[]): boolean =>
  findings.some(({ level }) => level === "error");
