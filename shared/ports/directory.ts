import type { Organisation, Role, Staff, Unit } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";

/**
 * Whose session it is. An approver's was opened with a link and a PIN and shows that link's case only, or, opened
 * at the list of waiting cases, those of the list; it is no desk session, which takes a mailed link and a TOTP.
 */
export type SessionSubject =
  | { readonly kind: "staff"; readonly staffId: StaffId }
  | { readonly kind: "approver"; readonly staffId: StaffId; readonly linkHash: string }
  | { readonly kind: "approver_queue"; readonly staffId: StaffId }
  | { readonly kind: "applicant"; readonly applicationId: string };

/** A session of a person at the desk, or of an applicant with one case. The token itself is only in the cookie. */
export interface Session {
  readonly tokenHash: string;
  readonly subject: SessionSubject;
  readonly expiresAt: Instant;
  readonly createdAt: Instant;
}

/** A secret sent by mail: a sign-in link or a ten-minute code, used once, or the link to an approver's list. */
export interface MailedSecret {
  readonly hash: string;
  readonly purpose: "sign_in" | "set_pin" | "open_queue";
  readonly staffId: StaffId;
  readonly expiresAt: Instant;
  readonly triesLeft: number;
}

/** A change of an office or a person, as the record of changes keeps it: names of what changed, and roles. */
export interface OrganisationChange {
  readonly at: Instant;
  readonly by: StaffId;
  readonly subject: StaffId | UnitId;
  readonly fields: readonly string[];
  readonly rolesBefore: readonly Role[];
  readonly rolesAfter: readonly Role[];
}

/** Offices, people, and how people prove who they are. */
export interface Directory {
  /** As of now, but for the count of wrong PINs, which `staff` alone tells. */
  readonly organisation: () => Promise<Organisation>;
  readonly staff: (id: StaffId) => Promise<Staff | null>;
  readonly putUnit: (unit: Unit) => Promise<void>;
  readonly putStaff: (staff: Staff) => Promise<void>;
  /**
   * Appoints somebody (`before` null) or changes what is known of them, and keeps the change's record with it.
   * PIN and TOTP are left alone. @returns false when somebody else changed the person meanwhile.
   */
  readonly saveStaff: (
    before: Staff | null,
    after: Staff,
    change: OrganisationChange,
  ) => Promise<boolean>;
  /** Opens an office or changes it. @returns false when somebody else did meanwhile. */
  readonly saveUnit: (
    before: Unit | null,
    after: Unit,
    change: OrganisationChange,
  ) => Promise<boolean>;
  /** Changes of offices and people, the newest first. */
  readonly organisationChanges: (limit: number) => Promise<readonly OrganisationChange[]>;
  /** Counts a wrong PIN. @returns how many there are now. */
  readonly countWrongPin: (id: StaffId) => Promise<number>;
  /** Sets or resets the PIN and its count. */
  readonly setPin: (id: StaffId, pinHash: string) => Promise<void>;
  readonly clearWrongPins: (id: StaffId) => Promise<void>;
  readonly setTotp: (id: StaffId, totpSealed: string) => Promise<void>;
  /** @returns false when this TOTP step was used before: a code works once. */
  readonly useTotpStep: (id: StaffId, step: number) => Promise<boolean>;
  readonly putSession: (session: Session) => Promise<void>;
  readonly session: (tokenHash: string) => Promise<Session | null>;
  readonly endSession: (tokenHash: string) => Promise<void>;
  readonly putMailedSecret: (secret: MailedSecret) => Promise<void>;
  readonly mailedSecret: (hash: string) => Promise<MailedSecret | null>;
  /** Burns it. @returns false when it was used or has expired at `at`. */
  readonly useMailedSecret: (hash: string, at: Instant) => Promise<boolean>;
  /** A counter for rate limits: adds one in the window that `key` names. @returns the count including this one. */
  readonly countAttempt: (key: string, windowEndsAt: Instant) => Promise<number>;
}
