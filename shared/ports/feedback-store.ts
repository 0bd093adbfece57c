import type { Feedback, FeedbackFigures } from "#shared/domain/feedback.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, StaffId } from "#shared/kernel/ids.ts";

/** What applicants said after their payment, by the month in which it was made. */
export interface FeedbackStore {
  /** @returns false when this case's feedback for that payment is there already: the first one stands. */
  readonly put: (feedback: Feedback) => Promise<boolean>;
  /** What the applicant said of the payment made then; null when nothing was said yet. */
  readonly get: (id: ApplicationId, paidAt: Instant) => Promise<Feedback | null>;
  /** All of a month, "2026-08" in China's time. */
  readonly ofMonth: (month: string) => Promise<readonly Feedback[]>;
  /** A month's answers without anybody's words, for counting: nothing is opened for them. */
  readonly figuresOf: (month: string) => AsyncIterable<FeedbackFigures>;
  /** Takes down that somebody looked into money that didn't arrive. @returns false when it was settled before. */
  readonly settle: (feedback: Feedback, by: StaffId, at: Instant) => Promise<boolean>;
}
