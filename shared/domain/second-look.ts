/**
 * The second look (抽查复核): a set share of decisions is drawn at random and looked at by another person. The
 * draw hangs on a recorded seed, the case and its version alone, so that an auditor can draw again.
 */
import { localDateOf, type Instant } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId } from "../kernel/ids.ts";
import type { Application, RecordedEvent } from "./application.ts";
import type { SecondLook as SecondLookShare } from "./common-policy.ts";
import type { Step } from "./lifecycle.ts";
import type { Staff } from "./organisation.ts";

/** A decision drawn for a second look. */
export interface SecondLook {
  readonly applicationId: ApplicationId;
  /** The version the case has by the decision. */
  readonly caseVersion: number;
  readonly decision: LookedAt;
  readonly drawnAt: Instant;
  /** Name and value of the month's seed, and the number drawn with it. */
  readonly seedName: string;
  readonly seed: string;
  readonly drawn: number;
  readonly lookedAt: Instant | null;
  readonly lookedBy: StaffId | null;
  readonly finding: "confirmed" | "concern" | null;
  /** Sealed at rest. */
  readonly reason: string;
  /** What was done about a concern, by whom and when; sealed at rest. */
  readonly answeredAt: Instant | null;
  readonly answeredBy: StaffId | null;
  readonly answer: string;
}

export type LookedAt = "approved" | "refused";

/** The seed of the month in which a decision falls: "second-look|2026-07". */
export const seedNameOn = (at: Instant): string => `second-look|${localDateOf(at).slice(0, 7)}`;

/** SHA-256 of a text, base64url. */
export type Digest = (text: string) => string;

/** Eight characters of base64url are 48 bits, the first twelve hexadecimal digits of the hash. */
const drawnCharacters = 8;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * A number from 0 up to 1, always the same for a seed, a case and a version: the first 48 bits of
 * SHA-256("seed|SN…|version") over 2^48.
 */
export const drawOf = (
  digest: Digest,
  seed: string,
  applicationId: ApplicationId,
  caseVersion: number,
): number =>
  Array.from(digest(`${seed}|${applicationId}|${caseVersion}`).slice(0, drawnCharacters)).reduce(
    (sum, character, index) => sum + alphabet.indexOf(character) / 64 ** (index + 1),
    0,
  );

/**
 * Which share a step falls under, or null when it decides nothing finally. An advance is looked at with the
 * award it is part of; what a reviewer decided was looked at by another person already.
 */
export const lookedAtBy = ({ event }: Pick<Step, "event">): LookedAt | null => {
  switch (event.type) {
    case "approved":
    case "approved_without_funds":
      return "approved";
    case "refusal_confirmed":
    case "rejected":
      return "refused";
    default:
      return null;
  }
};

/** Whether a drawn number falls into the share of its kind, in percent (policy 8.1 `secondLook`). */
export const isDrawn = (drawn: number, decision: LookedAt, share: SecondLookShare): boolean =>
  drawn * 100 < (decision === "approved" ? share.approvedPercent : share.refusedPercent);

/** What is written for a decision that was drawn. */
export const drawnLook = (
  { after, event }: Step,
  decision: LookedAt,
  by: { readonly seedName: string; readonly seed: string; readonly drawn: number },
): SecondLook => ({
  applicationId: after.id,
  caseVersion: after.version,
  decision,
  drawnAt: event.at,
  ...by,
  lookedAt: null,
  lookedBy: null,
  finding: null,
  reason: "",
  answeredAt: null,
  answeredBy: null,
  answer: "",
});

/**
 * Whether somebody has a part in a case: their own, of a relative, entered, handled or decided by them. Such a
 * person neither looks a second time nor reviews an appeal (policy 4.4).
 */
export const hasTouched = (
  application: Application,
  events: readonly Pick<RecordedEvent, "actor">[],
  staff: Staff,
): boolean =>
  [staff.identity, ...staff.kin].some(
    (person) => person !== null && application.persons.includes(person),
  ) ||
  application.enteredBy === staff.id ||
  application.excluded.includes(staff.id) ||
  application.coApprovedBy.includes(staff.id) ||
  Object.values(application.decidedBy).includes(staff.id) ||
  events.some(({ actor }) => actor.kind === "staff" && actor.staffId === staff.id);

/** Everybody of the staff who has moved a case, for the list of those who may not decide it (again). */
export const staffOf = (
  application: Application,
  events: readonly Pick<RecordedEvent, "actor">[],
): readonly StaffId[] => [
  ...new Set([
    ...application.excluded,
    ...application.coApprovedBy,
    ...Object.values(application.decidedBy),
    ...events.flatMap(({ actor }) => (actor.kind === "staff" ? [actor.staffId] : [])),
  ]),
];
