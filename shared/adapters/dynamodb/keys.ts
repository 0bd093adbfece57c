/** Every key of the table, in one place. Keys hold ids and keyed hashes, never personal data. */
import type { Application } from "#shared/domain/application.ts";
import type { Transfer, TransferKind } from "#shared/domain/ledger.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type {
  ApplicationId,
  BatchId,
  BlindIndex,
  FundId,
  StaffId,
  UnitId,
} from "#shared/kernel/ids.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { Key } from "./client.ts";

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

export const applicationPartition = (id: ApplicationId): string => `APP#${id}`;

export const applicationKey = (id: ApplicationId): Key => ({
  PK: applicationPartition(id),
  SK: "META",
});
export const answersKey = (id: ApplicationId, version: number): Key => ({
  PK: applicationPartition(id),
  SK: `FORM#${padded(version, 4)}`,
});
export const eventKey = (id: ApplicationId, version: number): Key => ({
  PK: applicationPartition(id),
  SK: `EV#${padded(version, 6)}`,
});
export const paperKey = (id: ApplicationId, number: number): Key => ({
  PK: applicationPartition(id),
  SK: `DOC#${padded(number, 3)}`,
});
export const approvalKey = (id: ApplicationId, round: number, tier: Tier): Key => ({
  PK: applicationPartition(id),
  SK: `APPROVAL#${padded(round, 2)}#${tier}`,
});
export const waitKey = (id: ApplicationId, wait: string): Key => ({
  PK: applicationPartition(id),
  SK: `WAIT#${wait}`,
});
export const claimKey = (
  household: BlindIndex,
  programmeId: string,
  period: string,
  subject: BlindIndex,
): Key => ({ PK: `HH#${household}`, SK: `CLAIM#${programmeId}#${period}#${subject}` });

/** A fund's balances: a partition of its own, since every reservation writes it. */
export const fundKey = (id: FundId): Key => ({ PK: `FUND#${id}`, SK: "BAL" });
/** The list of funds, written once for each. */
export const fundListKey = (id: FundId): Key => ({ PK: "FUNDS", SK: id });
export const transferKey = (transfer: {
  readonly subject: string;
  readonly kind: TransferKind;
}): Key => ({
  PK: `XFER#${transfer.subject}`,
  SK: transfer.kind,
});
export const ledgerIndex = (transfer: Transfer): { ledgerKey: string; ledgerSort: string } => ({
  ledgerKey: `${transfer.fundId}#${transfer.at.slice(0, 7)}`,
  ledgerSort: `${transfer.at}#${transfer.subject}#${transfer.kind}`,
});

export const batchPartition = (id: BatchId): string => `BATCH#${id}`;
export const batchKey = (id: BatchId): Key => ({ PK: batchPartition(id), SK: "META" });
export const batchItemKey = (id: BatchId, reference: string): Key => ({
  PK: batchPartition(id),
  SK: `ITEM#${reference}`,
});
export const batchExceptionKey = (id: BatchId, returnKey: string, line: number): Key => ({
  PK: batchPartition(id),
  SK: `EXCEPTION#${returnKey}#${padded(line, 6)}`,
});
export const batchWaitKey = (id: BatchId, wait: string): Key => ({
  PK: batchPartition(id),
  SK: `WAIT#${wait}`,
});
/** Batches by whether anything is still to be done; the first part of the queue index's key. */
export const batchQueueKey = (which: "open" | "done"): string => `batches#${which}`;

export const unitKey = (id: UnitId): Key => ({ PK: "ORGANISATION", SK: `UNIT#${id}` });
export const staffKey = (id: StaffId): Key => ({ PK: "ORGANISATION", SK: `STAFF#${id}` });
export const sessionKey = (tokenHash: string): Key => ({ PK: `SESSION#${tokenHash}`, SK: "S" });
export const mailedSecretKey = (hash: string): Key => ({ PK: `SECRET#${hash}`, SK: "S" });
export const totpStepKey = (id: StaffId, step: number): Key => ({
  PK: `TOTP#${id}`,
  SK: String(step),
});
export const attemptKey = (key: string): Key => ({ PK: `ATTEMPTS#${key}`, SK: "C" });
export const masterKeyKey: Key = { PK: "KEYS", SK: "MASTER" };

export const queueKeyOf = (queue: Queue): string => {
  switch (queue.kind) {
    case "unit":
      return `unit#${queue.unitId}`;
    case "status":
      return `status#${queue.status}`;
    case "payable":
      return `payable#${queue.fundId}`;
  }
};

/** Where a case waits, or null where it waits for nobody: then it isn't in the index at all. */
export const queueOf = (application: Application): Queue | null => {
  switch (application.status) {
    case "submitted":
    case "in_approval":
      return application.atUnitId ? { kind: "unit", unitId: application.atUnitId } : null;
    case "reserved":
      return application.fundId ? { kind: "payable", fundId: application.fundId } : null;
    case "draft":
    case "needs_information":
    case "waiting_for_funds":
    case "public_notice":
    case "objection":
    case "payment_failed":
    case "under_appeal":
    case "post_review":
    case "recovery_due":
      return { kind: "status", status: application.status };
    case "ineligible":
    case "rejected":
    case "withdrawn":
    case "lapsed":
      // It has ended, but nobody may be left without word of it: it stays listed until the applicant was told.
      return application.outcomeMailedAt === null
        ? { kind: "status", status: application.status }
        : null;
    default:
      return null;
  }
};

export const queueIndex = (
  application: Application,
): { queueKey: string | null; queueSort: string | null } => {
  const queue = queueOf(application);
  return queue
    ? {
        queueKey: queueKeyOf(queue),
        queueSort: `${application.submittedAt ?? application.createdAt}#${application.id}`,
      }
    : { queueKey: null, queueSort: null };
};

/** Seconds since 1970, as DynamoDB's time to live wants it. It only tidies: nothing relies on it (quality I24). */
export const timeToLive = (at: Instant): number => Math.ceil(Date.parse(at) / 1000);
