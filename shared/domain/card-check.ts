/**
 * Mended card details are checked by a second person before they are paid on (policy 6: correct data with a second
 * person, new batch, same approval). Until then the case stays where the bank's refusal put it: mended, it has no day
 * any more by which its applicant must have acted. Pure.
 */
import type { CalendarAdditions, Instant } from "../kernel/calendar.ts";
import { deadlineAfter } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Application, CaseEvent, EventType } from "./application.ts";
import type { Moment } from "./intake.ts";
import { takeStep, type StepRefused, type StepTaken } from "./lifecycle.ts";
import type { Delivery } from "./programme.ts";
import { paymentDeadline } from "./season.ts";

type Standing = Pick<Application, "status" | "deadlineAt">;

/** The applicant has given other details, and finance is to look at them. */
export const isCardToCheck = ({ status, deadlineAt }: Standing): boolean =>
  status === "payment_failed" && deadlineAt === null;

/** The applicant is to give other details. */
export const isCardToMend = ({ status, deadlineAt }: Standing): boolean =>
  status === "payment_failed" && deadlineAt !== null;

const refusals: readonly EventType[] = ["payment_failed", "payment_returned"];

/** The version of the answers that the bank refused; null where the events tell of no mended card. */
export const refusedAnswersVersion = (
  events: readonly Pick<CaseEvent, "type" | "detail">[],
): number | null => {
  const refused = events.findLastIndex(({ type }) => refusals.includes(type));
  const mended = events.slice(refused + 1).find(({ type }) => type === "card_mended");
  const version = mended?.detail["answersVersion"];
  return typeof version === "number" ? version - 1 : null;
};

/** What was to be mended, when it last was sent back, in the words of whoever checked it. */
export const sentBackWords = (
  events: readonly Pick<CaseEvent, "type" | "confidential">[],
): string | null => {
  const last = events.findLast(({ type }) => type === "card_sent_back" || refusals.includes(type));
  return last?.type === "card_sent_back" ? (last.confidential?.reason ?? null) : null;
};

type CardCheckRefused = StepRefused | { readonly kind: "refused"; readonly code: "own_entry" };

const refusedFor = (application: Application, by: StaffId): CardCheckRefused | null => {
  if (!isCardToCheck(application)) return { kind: "refused", code: "not_in_this_state" };
  // Whoever entered the case for its worker (代办) may have entered the card, too.
  return application.enteredBy === by ? { kind: "refused", code: "own_entry" } : null;
};

/** Found right: payable again under the same approval, the money still reserved. */
export const passCard = (
  application: Application,
  by: StaffId,
  moment: Moment,
  delivery: Delivery | null,
): StepTaken | CardCheckRefused =>
  refusedFor(application, by) ??
  takeStep(
    application,
    "reserved",
    {
      type: "card_checked",
      at: moment.now,
      actor: { kind: "staff", staffId: by },
      detail: { answersVersion: application.answersVersion, attempt: application.attempt },
    },
    {
      batchId: null,
      failureCode: null,
      deadlineAt: paymentDeadline(moment.now, moment, delivery),
    },
  );

/** Found wrong: the applicant is to mend it once more, within the same number of days. */
export const sendBackCard = (
  application: Application,
  given: { readonly by: StaffId; readonly at: Instant; readonly words: string },
  clock: { readonly repairWorkingDays: number; readonly calendar: CalendarAdditions },
): StepTaken | CardCheckRefused =>
  refusedFor(application, given.by) ??
  takeStep(
    application,
    "payment_failed",
    {
      type: "card_sent_back",
      at: given.at,
      actor: { kind: "staff", staffId: given.by },
      detail: { answersVersion: application.answersVersion },
      confidential: { reason: given.words },
    },
    { deadlineAt: deadlineAfter(given.at, clock.repairWorkingDays, clock.calendar) },
  );
