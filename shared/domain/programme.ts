/** A relief programme: everything particular to it, in one folder of workflows/. No other code names one. */
import type { LocalDate } from "../kernel/calendar.ts";
import type { Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { Assessment, AssessmentContext, Category } from "./assessment.ts";
import type { Fields, FactsOf, Form } from "./form.ts";
import type { FundCode } from "./fund.ts";
import type { Line, Tier } from "./organisation.ts";
import type { Dated, Window } from "./policy.ts";
import type { PolicyFile } from "./policy-entries.ts";
import type { PolicyPack } from "./policy-pack.ts";
import type { commonFields } from "./household.ts";

/** A document that goes with an application. Which ones depends on the answers. */
export interface PaperRequirement {
  readonly kind: string;
  readonly title: Text;
  readonly required: boolean;
}

/** A day of application, and the rules as data. */
export interface PolicyDay {
  readonly appliedOn: LocalDate;
  readonly pack: PolicyPack;
}

/** What may exist only once: one live claim for a subject and a period (quality I7). */
export interface ClaimScope {
  /** An ID number or another number that identifies what is claimed for; only its keyed hash is stored. */
  readonly subject: string;
  /** "2026", "2026-winter", an event's date …: with the programme it makes the claim unique. */
  readonly period: string;
}

/**
 * What an award goes towards. Awards of one household for the same cause in the policy year are set off
 * against each other, whatever the programme (policy 8.1 `sameCauseOffset`).
 */
export interface CauseScope {
  /** What happened, without personal data: "event-2026-05-10", "illness", "winter-2026". */
  readonly what: string;
  /** The ID number of the person it happened to, or null for the household; only its keyed hash is stored. */
  readonly subject: string | null;
}

/** When money is to reach people (policy 8.2 `ga.payBy`, 8.3 `ww.window` deliver). */
export interface Delivery {
  readonly from: LocalDate | null;
  readonly by: LocalDate;
}

/** The limits of the fast track. */
export interface FastTrackClock {
  /** From the form to the reservation of the advance. */
  readonly hoursMax: number;
  /** After the advance. */
  readonly visitWorkingDays: number;
  readonly fullPapersWorkingDays: number;
  /** Kinds of papers that are asked for with the form already, though none is required then. */
  readonly papersAtOnce: readonly string[];
}

/** When the final notice (公示) stands: before payment, after it, or not at all (policy 8.6). */
export type FinalNotice = "before_payment" | "after_payment" | "none";

/** A worked case: test, demonstration and documentation at once (policy 9). */
export interface Example<Facts> {
  readonly name: string;
  readonly line: Line;
  readonly facts: Facts;
  readonly context?: Partial<Omit<AssessmentContext, "pack">>;
  readonly appliedOn: LocalDate;
  readonly expected: {
    readonly category: Category | null;
    readonly recommendation: "approve" | "refuse";
    readonly refusalCode?: string;
    readonly amountFen: Fen;
    readonly advanceFen?: Fen;
    readonly tiers: readonly Tier[];
    readonly needsMinutes: boolean;
    readonly fund: FundCode | null;
  };
}

/** Words to the applicant for each outcome, without personal data: a mail is no safe place. */
export interface Letters {
  readonly received: Text;
  readonly approved: Text;
  readonly refused: Text;
}

export interface Programme<F extends Fields = Fields> {
  /** The folder's name. */
  readonly id: string;
  /** "GA", "WW" …, as the policy writes its parameters. */
  readonly code: string;
  readonly title: Text;
  readonly summary: Text;
  readonly form: Form<F>;
  /** The figures the programme comes with; a city's own pack may hold others. */
  readonly policies: readonly Dated<unknown>[];
  /** The same as they are written in the folder's policy.json, and what that is checked against. */
  readonly policyFile: PolicyFile;
  /** The papers that the answers ask for, as the policy of the day has it. */
  readonly papers: (facts: FactsOf<F>, day: PolicyDay) => readonly PaperRequirement[];
  /** The season of the year, or null when applications are taken all year. */
  readonly window: (year: number, pack: PolicyPack) => Window | null;
  readonly claim: (facts: FactsOf<F>, day: PolicyDay) => ClaimScope;
  /** Beside the claim itself: numbers that may be used once only, ever, such as invoices (policy 8.4). */
  readonly furtherClaims?: (facts: FactsOf<F>) => readonly ClaimScope[];
  readonly causeOf: (facts: FactsOf<F>, day: PolicyDay) => CauseScope;
  /** The days between which the money of an application is to arrive; absent when policy 8.6 alone counts. */
  readonly delivery?: (day: PolicyDay) => Delivery;
  readonly assess: (facts: FactsOf<F>, context: AssessmentContext) => Assessment;
  /** Whether the base office posts a notice before it passes the case up (policy 8.6 "Grass-roots notice"). */
  readonly grassRootsNotice: boolean;
  readonly finalNotice: FinalNotice;
  /**
   * Present where part of the award is paid at once and the papers follow (先救助后补手续, policy 8.5 `er.advance`).
   * Such a programme has no notice before payment: an advance within hours can't wait for one.
   */
  readonly fastTrack?: (day: PolicyDay) => FastTrackClock;
  readonly letters: Letters;
  readonly examples: readonly Example<FactsOf<F>>[];
}

/** Every programme asks these; the pipeline itself reads nothing else of the facts. */
export type EveryProgramme = Programme<Fields & typeof commonFields>;

/**
 * Declares a programme. Missing parts do not compile. The result is typed for the pipeline, which knows the
 * common facts only; what the form read is what its own `assess` gets, so the widening is safe.
 */
export const defineProgramme = <F extends Fields & typeof commonFields>(
  programme: Programme<F>,
): EveryProgramme => programme as unknown as EveryProgramme;
