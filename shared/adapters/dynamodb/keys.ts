/** Keys of the table; of what watches and what is taken out: oversight-keys.ts. Keys hold ids and keyed hashes, never personal data. */
import type { Application } from "#shared/domain/application.ts";
import type { Transfer, TransferKind } from "#shared/domain/ledger.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type {
  ApplicationId,
  BatchId,
  BlindIndex,
  FileId,
  FundId,
  StaffId,
  UnitId,
} from "#shared/kernel/ids.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { Key } from "./client.ts";

/** A number that sorts as text. */
export const padded = (value: number, digits: number): string =>
  String(value).padStart(digits, "0");

export const applicationPartition = (id: ApplicationId): string => `APP#${id}`;

export const applicationKey = (id: ApplicationId): Key => ({
  PK: applicationPartition(id),
  SK: "META",
});
export const answersKey = (id: ApplicationId, version: number): Key => ({
  PK: applicationPartition(id),
  SK: `FORM#${padded(version, 4)}`,
});
/** What was answered on one page of a draft's questions; gone a while after the draft was left. */
export const draftPageKey = (id: ApplicationId, page: string): Key => ({
  PK: applicationPartition(id),
  SK: `DRAFT#${page}`,
});
export const eventKey = (id: ApplicationId, version: number): Key => ({
  PK: applicationPartition(id),
  SK: `EV#${padded(version, 6)}`,
});
export const paperKey = (id: ApplicationId, number: number): Key => ({
  PK: applicationPartition(id),
  SK: `DOC#${padded(number, 3)}`,
});
/** `seat`: the how-manieth approver of the tier, where several must agree (N of M). */
export const approvalKey = (id: ApplicationId, round: number, tier: Tier, seat: number): Key => ({
  PK: applicationPartition(id),
  SK: `APPROVAL#${padded(round, 2)}#${tier}${seat > 1 ? `#${seat}` : ""}`,
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

/** What a household was granted in a policy year. */
export const awardAccountKey = (household: BlindIndex, year: number): Key => ({
  PK: `HH#${household}`,
  SK: `YEAR#${year}`,
});
/** An allocation: what was decided, and its inputs in parts, since a row holds 400 KB. */
export const allocationPartition = (id: string): string => `ALLOCATION#${id}`;
export const allocationKey = (id: string): Key => ({ PK: allocationPartition(id), SK: "META" });
export const allocationPartKey = (id: string, inputs: string, part: number): Key => ({
  PK: allocationPartition(id),
  SK: `PART#${inputs}#${padded(part, 4)}`,
});
/** The list of allocations by time. */
export const allocationListPartition = "ALLOCATIONS";
export const allocationListKey = (madeAt: Instant, id: string): Key => ({
  PK: allocationListPartition,
  SK: `${madeAt}#${id}`,
});

export const filePartition = (id: FileId): string => `FILE#${id}`;
export const fileKey = (id: FileId): Key => ({ PK: filePartition(id), SK: "META" });
export const fileVersionKey = (id: FileId, version: number): Key => ({
  PK: filePartition(id),
  SK: `V#${padded(version, 6)}`,
});
/** Which file names a person: one a person, so that nobody stands in two. */
export const filePersonKey = (person: BlindIndex): Key => ({ PK: `PERSON#${person}`, SK: "FILE" });
/** The claims of an account, a household's or a person's. */
export const accountPartition = (account: BlindIndex): string => `HH#${account}`;
export const nearPartition = (kind: string, hash: BlindIndex): string => `NEAR#${kind}#${hash}`;
export const nearKey = (kind: string, hash: BlindIndex, subject: string): Key => ({
  PK: nearPartition(kind, hash),
  SK: subject,
});
/** Two people who are not one; the smaller hash first. */
export const settledPairKey = (one: BlindIndex, other: BlindIndex): Key => ({
  PK: `NEAR-SETTLED#${one}`,
  SK: other,
});
/** Files of a unit by the day on which something is due; the first part of the queue index's key. */
export const fileListKey = (unitId: UnitId, state: string): string => `files#${unitId}#${state}`;

/** What applicants said after a payment, by the month in which it was made. */
export const feedbackPartition = (month: string): string => `FEEDBACK#${month}`;
export const feedbackKey = (month: string, id: ApplicationId): Key => ({
  PK: feedbackPartition(month),
  SK: id,
});

/** A notice by the event that began it. */
export const noticeKey = (id: ApplicationId, caseVersion: number): Key => ({
  PK: applicationPartition(id),
  SK: `NOTICE#${padded(caseVersion, 6)}`,
});
export const objectionKey = (id: ApplicationId, number: number): Key => ({
  PK: applicationPartition(id),
  SK: `OBJECTION#${padded(number, 3)}`,
});

/** A fund's balances: a partition of its own, since every reservation writes it. */
export const fundKey = (id: FundId): Key => ({ PK: `FUND#${id}`, SK: "BAL" });
/** The changes of a fund's paying account, counted from 1. */
export const payingAccountPrefix = "ACCOUNT#";
export const payingAccountKey = (id: FundId, number: number): Key => ({
  PK: fundKey(id).PK,
  SK: `${payingAccountPrefix}${padded(number, 6)}`,
});
/** The list of funds, written once for each. */
export const fundListKey = (id: FundId): Key => ({ PK: "FUNDS", SK: id });
/** A fund order, listed in the queue index until somebody decides it and by its time afterwards. */
export const fundOrderKey = (id: string): Key => ({ PK: `FUND-ORDER#${id}`, SK: "META" });
export const fundOrderQueueKey = (which: "open" | "done"): string => `fund-orders#${which}`;
/** The paper that moved money out of a fund: it does so once. */
export const fundVoucherKey = (id: FundId, voucher: string): Key => ({
  PK: `FUND-VOUCHER#${id}`,
  SK: voucher,
});
export const transferPartition = (subject: string): string => `XFER#${subject}`;
/** A payment may come back in parts: each is named by its voucher too. */
export const transferKey = (transfer: {
  readonly subject: string;
  readonly kind: TransferKind;
  readonly voucher?: string;
}): Key => ({
  PK: transferPartition(transfer.subject),
  SK: transfer.voucher === undefined ? transfer.kind : `${transfer.kind}#${transfer.voucher}`,
});
/** How much of a payment has come back: the guard that it is never more than was paid (quality I29). */
export const paidBackKey = (subject: string): Key => ({
  PK: transferPartition(subject),
  SK: "PAIDBACK",
});
/** Advances of the fast track by the year in which their money was set aside, with the time each took. */
export const advanceTimesPartition = (year: number): string => `ADVANCES#${year}`;
export const advanceTimeKey = (year: number, at: Instant, id: ApplicationId): Key => ({
  PK: advanceTimesPartition(year),
  SK: `${at}#${id}`,
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
export const batchRemarkKey = (id: BatchId, applicationId: ApplicationId): Key => ({
  PK: batchPartition(id),
  SK: `REMARK#${applicationId}`,
});
export const batchWaitKey = (id: BatchId, wait: string): Key => ({
  PK: batchPartition(id),
  SK: `WAIT#${wait}`,
});
/** Batches by whether anything is still to be done; the first part of the queue index's key. */
export const batchQueueKey = (which: "open" | "done"): string => `batches#${which}`;

export const unitKey = (id: UnitId): Key => ({ PK: "ORGANISATION", SK: `UNIT#${id}` });
export const staffKey = (id: StaffId): Key => ({ PK: "ORGANISATION", SK: `STAFF#${id}` });
/** What was changed in offices and people, by time; two changes of one subject in a millisecond are one. */
/** Which state offices and people are in: whoever knows the organisation by this mark needs not read it again. */
export const organisationMarkKey: Key = { PK: "ORGANISATION-MARK", SK: "M" };
export const organisationChangesPartition = "ORGANISATION-CHANGES";
export const organisationChangeKey = (at: Instant, subject: StaffId | UnitId): Key => ({
  PK: organisationChangesPartition,
  SK: `${at}#${subject}`,
});
export const sessionKey = (tokenHash: string): Key => ({ PK: `SESSION#${tokenHash}`, SK: "S" });
export const mailedSecretKey = (hash: string): Key => ({ PK: `SECRET#${hash}`, SK: "S" });
export const totpStepKey = (id: StaffId, step: number): Key => ({
  PK: `TOTP#${id}`,
  SK: String(step),
});
export const attemptKey = (key: string): Key => ({ PK: `ATTEMPTS#${key}`, SK: "C" });
/** Clients of the JSON API in one partition; each under the hash of its key. */
export const apiClientsPartition = "API-CLIENTS";
export const apiClientKey = (keyHash: string): Key => ({ PK: apiClientsPartition, SK: keyHash });
/** A request to the JSON API that names itself; the name is a keyed hash of client and idempotency key. */
export const apiRequestKey = (key: string): Key => ({ PK: `API-REQUEST#${key}`, SK: "S" });
export const masterKeyKey: Key = { PK: "KEYS", SK: "MASTER" };

const queueNameOf = (queue: Queue): string | undefined => {
  switch (queue.kind) {
    case "unit":
      return queue.unitId;
    case "status":
      return queue.status;
    case "payable":
      return queue.fundId;
    case "ended":
      return undefined;
  }
};

/**
 * Which part of the queue index a queue is: all queues of a kind stand in one partition one after the other, so that
 * a job walks them with one call and a desk page still reads its own.
 */
export const queueRange = (queue: Queue): { readonly key: string; readonly prefix: string } => {
  if (queue.kind === "ended") return { key: `ended#${queue.month}`, prefix: "" };
  const name = queueNameOf(queue);
  return { key: queue.kind, prefix: name === undefined ? "" : `${name}#` };
};

/**
 * Cases that ended without money, by the month in which they did, so that a report reads months and never the whole
 * table; paid ones are in the ledger (ADR 0026).
 */
const endedQueue = ({ since }: Application): Queue => ({
  kind: "ended",
  month: localDateOf(since).slice(0, 7),
});

/** Where a case waits, or in which month it ended without money; null for a draft, with a bank, and once it is paid. */
export const queueOf = (application: Application): Queue | null => {
  switch (application.status) {
    case "submitted":
    case "in_acceptance":
    case "in_verification":
    case "in_approval":
      return application.atUnitId ? { kind: "unit", unitId: application.atUnitId } : null;
    case "reserved":
      return application.fundId ? { kind: "payable", fundId: application.fundId } : null;
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
        : endedQueue(application);
    default:
      return null;
  }
};

export const queueIndex = (
  application: Application,
): { queueKey: string | null; queueSort: string | null } => {
  const queue = queueOf(application);
  if (!queue) return { queueKey: null, queueSort: null };
  const { key, prefix } = queueRange(queue);
  const since = application.submittedAt ?? application.createdAt;
  return { queueKey: key, queueSort: `${prefix}${since}#${application.id}` };
};

/** Seconds since 1970, as DynamoDB's time to live wants it. It only tidies: nothing relies on it (quality I24). */
export const timeToLive = (at: Instant): number => Math.ceil(Date.parse(at) / 1000);
