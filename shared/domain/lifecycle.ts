/** Which event may move an application from where to where. Whatever isn't in the table is refused and changes nothing. */
import type { Application, CaseEvent, EventType, Status } from "./application.ts";

interface Transition {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
  /** The case stays in the state it is in. */
  readonly stays?: true;
}

const beforePayment: readonly Status[] = [
  "submitted",
  "in_acceptance",
  "in_verification",
  "in_approval",
  "needs_information",
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "payment_failed",
  "under_appeal",
];

/** Where a case stands when its money is out and nothing is to follow. */
export const paidOut: readonly Status[] = ["paid", "post_review", "closed"];

/** The lifecycle (design 4). `to` lists more than one state where the case's own facts decide between them. */
export const transitions: Readonly<Record<EventType, Transition>> = {
  submitted: { from: ["draft"], to: ["submitted"] },
  assessed: { from: ["submitted"], to: ["in_acceptance", "in_verification", "in_approval"] },
  accepted: { from: ["in_acceptance"], to: ["in_verification", "in_approval"] },
  visited: {
    from: ["in_verification", "needs_information"],
    to: ["in_approval", "needs_information"],
  },
  corrected: { from: ["in_acceptance", "in_verification", "in_approval"], to: ["submitted"] },
  extended: { from: ["needs_information"], to: ["needs_information"] },
  co_approved: { from: ["in_approval"], to: ["in_approval"] },
  recused: {
    from: ["in_approval", "objection", "under_appeal"],
    to: ["in_approval", "objection", "under_appeal"],
    stays: true,
  },
  stand_in_asked: {
    from: ["in_approval", "objection", "under_appeal"],
    to: ["in_approval", "objection", "under_appeal"],
    stays: true,
  },
  escalated: { from: ["in_approval"], to: ["in_approval"] },
  tier_approved: { from: ["in_approval"], to: ["in_approval", "public_notice"] },
  advance_approved: { from: ["in_approval"], to: ["reserved"] },
  advance_paid: { from: ["batched"], to: ["needs_information"] },
  approved: { from: ["in_approval"], to: ["public_notice", "reserved", "post_review"] },
  approved_without_funds: { from: ["in_approval"], to: ["waiting_for_funds"] },
  funds_reserved: { from: ["waiting_for_funds"], to: ["public_notice", "reserved"] },
  refusal_confirmed_at_tier: { from: ["in_approval"], to: ["in_approval"] },
  refusal_confirmed: { from: ["in_approval"], to: ["ineligible"] },
  rejected: { from: ["in_approval"], to: ["rejected"] },
  returned: {
    from: ["in_acceptance", "in_verification", "in_approval"],
    to: ["needs_information"],
  },
  information_given: { from: ["needs_information"], to: ["submitted"] },
  lapsed: { from: ["needs_information", "payment_failed"], to: ["lapsed"] },
  withdrawn: { from: beforePayment, to: ["withdrawn"] },
  notice_ended: { from: ["public_notice"], to: ["in_approval", "reserved"] },
  objection_raised: { from: ["public_notice", "post_review"], to: ["objection"] },
  objection_dismissed: { from: ["objection"], to: ["public_notice", "post_review"] },
  objection_upheld: { from: ["objection"], to: ["rejected", "recovery_due"] },
  batched: { from: ["reserved"], to: ["batched"] },
  batch_voided: { from: ["batched"], to: ["reserved"] },
  paid: { from: ["batched"], to: ["paid", "post_review"] },
  payment_failed: { from: ["batched"], to: ["payment_failed"] },
  payment_requeued: { from: ["batched"], to: ["reserved"] },
  card_mended: { from: ["payment_failed"], to: ["payment_failed"] },
  card_checked: { from: ["payment_failed"], to: ["reserved"] },
  card_sent_back: { from: ["payment_failed"], to: ["payment_failed"] },
  // 退票: the bank's money came back after it had said that it paid (policy 6). Of what ended, only this and a claim open again.
  payment_returned: {
    from: paidOut,
    to: ["payment_failed", "reserved"],
  },
  reservation_released: { from: ["payment_failed"], to: ["lapsed", "post_review"] },
  // A payment found wrong later (追回): one person proposes to claim it back; until a second one agrees nothing moves.
  recovery_proposed: { from: paidOut, to: paidOut, stays: true },
  recovery_dropped: { from: paidOut, to: paidOut, stays: true },
  recovery_claimed: {
    from: ["needs_information", "in_approval", ...paidOut],
    to: ["recovery_due"],
  },
  recovered: { from: ["recovery_due"], to: ["recovery_due", "closed"] },
  write_off_proposed: { from: ["recovery_due"], to: ["recovery_due"] },
  appealed: { from: ["ineligible", "rejected"], to: ["under_appeal"] },
  appeal_upheld: { from: ["under_appeal"], to: ["in_approval", "needs_information"] },
  appeal_dismissed: { from: ["under_appeal"], to: ["ineligible", "rejected"] },
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

export const mayMove = (event: EventType, from: Status, to: Status): boolean => {
  const allowed = transitions[event];
  return allowed.from.includes(from) && allowed.to.includes(to) && (!allowed.stays || from === to);
};

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
