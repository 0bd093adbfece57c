import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import type { Bar } from "#shared/domain/bar.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { PaymentHolds } from "./payment-holds.ts";

/** A finding, or what came of one, in a person's words. */
export interface Remark {
  readonly at: Instant;
  readonly by: StaffId;
  /** Sealed at rest. */
  readonly words: string;
}

/** What is looked at again or watched: second looks, other branches' cases, people barred for a time. */
export interface Oversight extends PaymentHolds {
  /**
   * Second looks are put by the commit that records the decision (CaseStore.commit); here they are found again.
   * Drawn and not yet looked at, oldest first.
   */
  readonly openSecondLooks: (limit: number) => Promise<readonly SecondLook[]>;
  /** Looked at, with a concern nobody has yet said what was done about, oldest first. */
  readonly openConcerns: (limit: number) => Promise<readonly SecondLook[]>;
  readonly secondLook: (id: ApplicationId, caseVersion: number) => Promise<SecondLook | null>;
  readonly secondLooksOf: (id: ApplicationId) => Promise<readonly SecondLook[]>;
  /** Takes down a finding. @returns false when somebody looked first. */
  readonly closeSecondLook: (
    look: SecondLook,
    finding: "confirmed" | "concern",
    remark: Remark,
  ) => Promise<boolean>;
  /** Takes down what was done about a concern. @returns false when somebody said it first, or there is none. */
  readonly answerConcern: (look: SecondLook, remark: Remark) => Promise<boolean>;

  /** @returns false when this match was found before. */
  readonly putMatch: (match: FlaggedMatch) => Promise<boolean>;
  /** What other branches' lists say of a case, oldest first. */
  readonly matchesOf: (id: ApplicationId) => Promise<readonly FlaggedMatch[]>;
  /** Matches nobody has yet said what they came to, oldest first. */
  readonly openMatches: (limit: number) => Promise<readonly FlaggedMatch[]>;
  /** @returns false when somebody said it first. */
  readonly closeMatch: (match: FlaggedMatch, remark: Remark) => Promise<boolean>;

  /** @returns false when the person is barred from that very day already. */
  readonly putBar: (bar: Bar) => Promise<boolean>;
  /** Every bar of a person, ended and lifted ones too, oldest first. */
  readonly barsOf: (person: BlindIndex) => Promise<readonly Bar[]>;
  /** All bars, those that end last first. */
  readonly bars: (limit: number) => Promise<readonly Bar[]>;
  /** Ends a bar before its day. @returns false when it was lifted before. */
  readonly liftBar: (bar: Bar, remark: Remark) => Promise<boolean>;
}
