/**
 * Who may do what at the desk (policy 4.4, 7). To decide a case is no right here: that is a link
 * and a PIN.
 */
import type { Role, Staff } from "#shared/domain/organisation.ts";

export type Right =
  | "see_cases"
  /** Names, numbers and papers as they are; everybody else sees them masked. */
  | "see_facts"
  | "see_funds"
  /** Propose orders of money into, between and out of funds, and of their terms. */
  | "order_funds"
  /** Authorise and book what somebody else ordered. */
  | "authorise_funds"
  | "see_batches"
  | "assemble"
  | "authorise"
  | "void"
  | "bank_file"
  | "import_return"
  /** Check mended card details as a second person, and send them back. */
  | "check_card"
  /** Hold payments of a programme or a case, and release what somebody else holds. */
  | "hold_payments"
  | "export"
  /** Names, ID and card numbers of an export as they are, for a stated purpose. */
  | "export_full"
  /** Acceptance check, home visits, answers to objections in the offices of one's own branch. */
  | "handle"
  /** Enter an application for a worker who is present (代办). */
  | "apply_for"
  | "see_archive"
  | "keep_archive"
  | "manage_people"
  | "simulate_policy"
  /** Share a short pot by the policy's method. */
  | "allocate"
  | "second_look"
  /** Write what was done about a concern that a second look raised. */
  | "answer_concern"
  | "compare_branches"
  /** Keep somebody from help for a time, and lift it (policy 8.1 `fraud`). */
  | "bar_people"
  /** Advances of the fast track, and money that is claimed back. */
  | "see_recovery"
  /** Book money that was paid back. */
  | "recover"
  /** Propose that a rest isn't claimed any more; a second person, of finance, confirms it. */
  | "propose_write_off"
  | "confirm_write_off"
  /** Propose to claim back a payment that was found wrong; a second person, of finance, confirms it. */
  | "claim_back"
  | "confirm_claim_back"
  /** Say what a finding of the nightly audit was, and lift the fund's freeze. */
  | "clear_finding"
  /** Prove the trail, and see who read personal data. */
  | "see_trail";

const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  approver: [],
  handler: ["see_cases", "see_facts", "handle", "apply_for", "see_archive", "keep_archive"],
  reviewer: ["see_cases", "see_facts", "second_look"],
  finance_officer: [
    "see_cases",
    "see_funds",
    "see_batches",
    "assemble",
    "void",
    "bank_file",
    "import_return",
    "check_card",
    "hold_payments",
    "export",
    "export_full",
    "see_recovery",
    "recover",
    "claim_back",
    "propose_write_off",
  ],
  finance_authoriser: [
    "see_cases",
    "see_funds",
    "see_batches",
    "authorise",
    "authorise_funds",
    "void",
    "check_card",
    "hold_payments",
    "export",
    "see_recovery",
    "confirm_write_off",
    "confirm_claim_back",
  ],
  administrator: [
    "see_cases",
    "see_funds",
    "order_funds",
    "see_archive",
    "manage_people",
    "simulate_policy",
    "allocate",
    "answer_concern",
    "compare_branches",
    "bar_people",
    "clear_finding",
    "see_recovery",
    "propose_write_off",
  ],
  auditor: [
    "see_cases",
    "see_facts",
    "see_funds",
    "see_batches",
    "export",
    "export_full",
    "see_archive",
    "see_recovery",
    "see_trail",
  ],
};

export const hasRight = (staff: Staff, right: Right): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].includes(right));

/** Whether there is anything at the desk for this person; others get no sign-in link. */
export const worksAtDesk = (staff: Staff): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].length > 0);
