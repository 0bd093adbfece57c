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
  | "grant"
  | "see_batches"
  | "assemble"
  | "authorise"
  | "void"
  | "bank_file"
  | "import_return"
  | "export"
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
  | "confirm_write_off";

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
    "export",
    "see_recovery",
    "recover",
    "propose_write_off",
  ],
  finance_authoriser: [
    "see_cases",
    "see_funds",
    "see_batches",
    "authorise",
    "void",
    "export",
    "see_recovery",
    "confirm_write_off",
  ],
  administrator: [
    "see_cases",
    "see_funds",
    "grant",
    "see_archive",
    "manage_people",
    "simulate_policy",
    "allocate",
    "answer_concern",
    "compare_branches",
    "bar_people",
    "see_recovery",
    "propose_write_off",
  ],
  auditor: [
    "see_cases",
    "see_facts",
    "see_funds",
    "see_batches",
    "export",
    "see_archive",
    "see_recovery",
  ],
};

export const hasRight = (staff: Staff, right: Right): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].includes(right));

/** Whether there is anything at the desk for this person; others get no sign-in link. */
export const worksAtDesk = (staff: Staff): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].length > 0);
