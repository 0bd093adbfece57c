/** Which event may move an application from where to where. Whatever isn't in the table is refused and changes nothing. */
import type { Application, CaseEvent, EventType, Status } from "./application.ts";

interface Transition {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

const beforePayment: readonly Status[] = [
  "submitted",
  "in_approval",
  "needs_information",
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "payment_failed",
  "under_appeal",
];

/** The lifecycle (design 4). `to` lists more than one state where the case's own facts decide between them. */
export const transitions: Readonly<Record<EventType, Transition>> = {
  submitted: { from: ["draft"], to: ["submitted"] },
  assessed: { from: ["submitted"], to: ["in_approval"] },
  tier_approved: { from: ["in_approval"], to: ["in_approval"] },
  approved: { from: ["in_approval"], to: ["public_notice", "reserved"] },
  approved_without_funds: { from: ["in_approval"], to: ["waiting_for_funds"] },
  funds_reserved: { from: ["waiting_for_funds"], to: ["public_notice", "reserved"] },
  refusal_confirmed_at_tier: { from: ["in_approval"], to: ["in_approval"] },
  refusal_confirmed: { from: ["in_approval"], to: ["ineligible"] },
  rejected: { from: ["in_approval"], to: ["rejected"] },
  returned: { from: ["in_approval"], to: ["needs_information"] },
  information_given: { from: ["needs_information"], to: ["submitted"] },
  lapsed: { from: ["needs_information", "payment_failed"], to: ["lapsed"] },
  withdrawn: { from: beforePayment, to: ["withdrawn"] },
  notice_ended: { from: ["public_notice"], to: ["reserved"] },
  objection_raised: { from: ["public_notice"], to: ["objection"] },
  objection_dismissed: { from: ["objection"], to: ["public_notice"] },
  objection_upheld: { from: ["objection"], to: ["rejected"] },
  batched: { from: ["reserved"], to: ["batched"] },
  batch_voided: { from: ["batched"], to: ["reserved"] },
  paid: { from: ["batched"], to: ["paid"] },
  payment_failed: { from: ["batched"], to: ["payment_failed"] },
  payment_requeued: { from: ["batched"], to: ["reserved"] },
  card_mended: { from: ["payment_failed"], to: ["reserved"] },
  reservation_released: { from: ["payment_failed"], to: ["lapsed"] },
  review_started: { from: ["paid"], to: ["post_review"] },
  recovery_claimed: { from: ["post_review", "paid"], to: ["recovery_due"] },
  appealed: { from: ["ineligible", "rejected"], to: ["under_appeal"] },
  appeal_upheld: { from: ["under_appeal"], to: ["in_approval"] },
  appeal_dismissed: { from: ["under_appeal"], to: ["rejected"] },
  closed: { from: ["paid", "post_review", "recovery_due"], to: ["closed"] },
};

/** States that nothing leaves but what the table says of them; the applicant has an answer in each. */
export const outcomes: readonly Status[] = [
  "paid",
  "closed",
  "ineligible",
  "rejected",
  "withdrawn",
  "lapsed",
];

export const mayMove = (event: EventType, from: Status, to: Status): boolean =>
  transitions[event].from.includes(from) && transitions[event].to.includes(to);

/** What is written together: the case after an event, and the event. */
export interface Step {
  readonly before: Application;
  readonly after: Application;
  readonly event: CaseEvent;
}

export type StepRefused = { readonly kind: "refused"; readonly code: "not_in_this_state" };
export type StepTaken = { readonly kind: "step"; readonly step: Step };

type EventInput = Pick<CaseEvent, "type" | "at" | "actor"> &
  Partial<Pick<CaseEvent, "detail" | "confidential">>;

/**
 * Moves a case by an event, if the table allows it. `changes` are the case's other new facts; version, status
 * and `since` are set here. A move the table doesn't know changes nothing and says so.
 */
export const takeStep = (
  before: Application,
  to: Status,
  input: EventInput,
  changes: Partial<Omit<Application, "id" | "version" | "status" | "since" | "chainHead">> = {},
): StepTaken | StepRefused => {
  if (!mayMove(input.type, before.status, to))
    return { kind: "refused", code: "not_in_this_state" };
  const version = before.version + 1;
  return {
    kind: "step",
    step: {
      before,
      after: { ...before, ...changes, version, status: to, since: input.at },
      event: {
        applicationId: before.id,
        version,
        type: input.type,
        from: before.status,
        to,
        at: input.at,
        actor: input.actor,
        detail: input.detail ?? {},
        confidential: input.confidential ?? null,
      },
    },
  };
};
