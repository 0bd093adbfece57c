import type { HoldRelease, PaymentHold } from "#shared/domain/payment-hold.ts";

/** Payments that finance holds; the words of people are sealed. */
export interface PaymentHolds {
  /** Every hold there was, the newest first; a strong read, since payments are left out by it. */
  readonly paymentHolds: () => Promise<readonly PaymentHold[]>;
  /** @returns false when the same form was sent before. */
  readonly putPaymentHold: (hold: PaymentHold) => Promise<boolean>;
  /** The store refuses whoever put it. @returns false when it was released before, or by its own maker. */
  readonly releasePaymentHold: (hold: PaymentHold, release: HoldRelease) => Promise<boolean>;
}
