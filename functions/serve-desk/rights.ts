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
  | "export";

const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  approver: [],
  finance_officer: [
    "see_cases",
    "see_funds",
    "see_batches",
    "assemble",
    "void",
    "bank_file",
    "import_return",
    "export",
  ],
  finance_authoriser: ["see_cases", "see_funds", "see_batches", "authorise", "void", "export"],
  administrator: ["see_cases", "see_funds", "grant"],
  auditor: ["see_cases", "see_facts", "see_funds", "see_batches", "export"],
};

export const hasRight = (staff: Staff, right: Right): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].includes(right));

/** Whether there is anything at the desk for this person; others get no sign-in link. */
export const worksAtDesk = (staff: Staff): boolean =>
  staff.active && staff.roles.some((role) => rightsOf[role].length > 0);
