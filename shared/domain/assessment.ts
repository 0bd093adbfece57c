/**
 * What the rules say of a case, with every rule that was applied. It recommends; a person decides (PIPL 24).
 * The same text serves applicant, approver and auditor, and a replay on the same facts gives the same answer.
 */
import type { LocalDate } from "../kernel/calendar.ts";
import type { Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { FundCode } from "./fund.ts";
import type { Line } from "./organisation.ts";
import type { PolicyPack } from "./policy-pack.ts";

/** Hardship categories (policy 1, 2.1). The first three have a file in the hardship archive, the last has none. */
export type Category = "DEEP" | "RELATIVE" | "ACCIDENT" | "TEMPORARY";

export const categoryTitles: Readonly<Record<Category, Text>> = {
  DEEP: { zh: "深度困难职工", en: "Severe hardship" },
  RELATIVE: { zh: "相对困难职工", en: "Relative hardship" },
  ACCIDENT: { zh: "意外致困职工", en: "Hardship by sudden event" },
  TEMPORARY: { zh: "临时困难职工", en: "Temporary hardship" },
};

/** Whether a household has a file in the hardship archive (policy fact 1); the others go in the second lane. */
export const isFiled = (category: Category | null): boolean =>
  category !== null && category !== "TEMPORARY";

/** One rule as it was applied. Figures are fen or plain counts; nothing here names a person. */
export interface RuleStep {
  /** The parameter's name in the policy pack, such as "deep.maxP" or "ga.filed.higher". */
  readonly rule: string;
  readonly inputs: Readonly<Record<string, number | string | boolean>>;
  readonly threshold: number | string | null;
  /**
   * met/missed: a condition of help is fulfilled or not (of an exclusion: "met" is not excluded);
   * applied: a figure was computed; flagged: a person should look.
   */
  readonly outcome: "met" | "missed" | "applied" | "flagged";
  /** The clause of the policy or its source, such as "8.1 deep.maxP (H1)". */
  readonly clause: string;
  readonly says: Text;
}

/** Why the rules recommend refusal. A programme adds its own codes with its own words. */
export interface RefusalReason {
  readonly code: string;
  readonly says: Text;
  /** What the person may do instead. */
  readonly suggests?: Text;
}

/** What one part of the rules found. The first refusal among the parts is the case's. */
export interface Finding {
  readonly steps: readonly RuleStep[];
  readonly flags: readonly Text[];
  readonly refusal: RefusalReason | null;
}

export interface Assessment {
  readonly programmeId: string;
  /** Versions of every policy used, such as "golden-autumn-2025 common-2025 L-2025". */
  readonly policyVersion: string;
  readonly category: Category | null;
  readonly recommendation: "approve" | "refuse";
  readonly refusal: RefusalReason | null;
  /** The whole award; zero with a refusal. */
  readonly amountFen: Fen;
  /** The part payable at once on the fast track, within the award (policy 8.5 `er.advance`). */
  readonly advanceFen: Fen;
  /** Funds that may carry the whole amount, in the order of use; the first with money pays all of it. */
  readonly fundOrder: readonly FundCode[];
  readonly flags: readonly Text[];
  readonly steps: readonly RuleStep[];
}

/** What earlier awards of the same household and person take from this one's limits. All figures in fen. */
export interface AwardHistory {
  /** Of the four programmes in the policy year. */
  readonly householdYearFen: Fen;
  /** For the same event or illness in the policy year. */
  readonly sameCauseFen: Fen;
  /** Of this programme to this household in the policy year. */
  readonly programmeYearFen: Fen;
  readonly programmeYearCount: number;
  /** Paid to this person by each fund in the policy year. */
  readonly personYearByFundFen: Readonly<Partial<Record<FundCode, Fen>>>;
}

/** All that an assessment may look at besides the facts. */
export interface AssessmentContext {
  /** The day of application: it picks the policy in force and the policy year. */
  readonly appliedOn: LocalDate;
  readonly line: Line;
  /** The rules as data: the versions in force on that day are used. */
  readonly pack: PolicyPack;
  /**
   * Whether the household has a valid file in the hardship archive. Without one the case goes in lane 2 and can
   * be TEMPORARY only (policy fact 1).
   */
  readonly onFile: boolean;
  readonly history: AwardHistory;
}

export const noHistory: AwardHistory = {
  householdYearFen: 0 as Fen,
  sameCauseFen: 0 as Fen,
  programmeYearFen: 0 as Fen,
  programmeYearCount: 0,
  personYearByFundFen: {},
};
