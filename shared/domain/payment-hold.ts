/**
 * Payments that finance holds for a time (暂停发放): of a programme, or of one case. A hold moves no money and changes no
 * case; what it covers stays payable and is left out of batches until another person releases it. Pure.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId } from "../kernel/ids.ts";

export type HoldSubject =
  | { readonly kind: "programme"; readonly programmeId: string }
  | { readonly kind: "case"; readonly applicationId: ApplicationId };

export interface HoldRelease {
  readonly by: StaffId;
  readonly at: Instant;
  readonly words: string;
}

export interface PaymentHold {
  /** Drawn with the form, so that it is made once however often that is sent. */
  readonly id: string;
  readonly subject: HoldSubject;
  readonly by: StaffId;
  readonly at: Instant;
  readonly reason: string;
  readonly release: HoldRelease | null;
}

/** What is held now. */
export const heldNow = (holds: readonly PaymentHold[]): readonly PaymentHold[] =>
  holds.filter(({ release }) => release === null);

/** Whether a case is under one of these holds, by itself or by its programme. */
export const isHeld = (
  holds: readonly PaymentHold[],
  one: { readonly id: ApplicationId; readonly programmeId: string },
): boolean =>
  heldNow(holds).some(({ subject }) =>
    subject.kind === "case"
      ? subject.applicationId === one.id
      : subject.programmeId === one.programmeId,
  );
