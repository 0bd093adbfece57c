/** Keys of what the audit finds, who read what, the trail's anchors and proofs, and the files that finance took. */
import type { Finding } from "#shared/domain/ledger-audit.ts";
import type { Instant, LocalDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId, BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { Key } from "./client.ts";
import { applicationPartition, padded } from "./keys.ts";

/** What the nightly audit found and nobody has cleared, found again under the same key. */
export const auditOpenPartition = "AUDIT-OPEN";
export const auditOpenKey = ({ code, place, detail, fundId }: Finding): Key => ({
  PK: auditOpenPartition,
  SK: [fundId, place.kind, place.id, code, detail].join("#"),
});
/** Findings that a person has cleared, by when. */
export const auditClearedPartition = "AUDIT-CLEARED";
export const auditClearedKey = (finding: Finding, at: Instant): Key => ({
  PK: auditClearedPartition,
  SK: `${at}#${auditOpenKey(finding).SK}`,
});
/** Which version of a batch the audit last found in order. */
export const auditCheckedPartition = "AUDIT-CHECKED";
export const auditCheckedKey = (id: BatchId): Key => ({ PK: auditCheckedPartition, SK: id });
export const auditRunsPartition = "AUDIT-RUNS";
export const auditRunKey = (at: Instant): Key => ({ PK: auditRunsPartition, SK: at });

/** Reads of sensitive fields, under what was read; listed in the queue index by day. */
export const accessPartition = (subject: string): string => `ACCESS#${subject}`;
export const accessKey = (subject: string, staffId: StaffId, page: string, at: Instant): Key => ({
  PK: accessPartition(subject),
  SK: `${staffId}#${page}#${at}`,
});
export const accessDayKey = (day: string): string => `access#${day}`;
/** Daily anchors of the trail, all in one partition: one a day. */
export const anchorsPartition = "ANCHORS";
export const anchorKey = (date: string): Key => ({ PK: anchorsPartition, SK: date });
/** Proofs of the whole trail that somebody asked for, by time. */
export const trailProofsPartition = "TRAIL-PROOFS";
export const trailProofKey = (askedAt: Instant, id: string): Key => ({
  PK: trailProofsPartition,
  SK: `${askedAt}#${id}`,
});

/** An export that finance asked for, its password while it is being made, and who took it. */
export const exportPartition = (id: string): string => `EXPORT#${id}`;
export const exportKey = (id: string): Key => ({ PK: exportPartition(id), SK: "META" });
export const exportPasswordKey = (id: string): Key => ({ PK: exportPartition(id), SK: "PASSWORD" });
export const exportTakingPrefix = "TAKEN#";
export const exportTakingKey = (id: string, at: Instant, by: StaffId): Key => ({
  PK: exportPartition(id),
  SK: `${exportTakingPrefix}${at}#${by}`,
});
/** The list of exports by time. */
export const exportListPartition = "EXPORTS";
export const exportListKey = (askedAt: Instant, id: string): Key => ({
  PK: exportListPartition,
  SK: `${askedAt}#${id}`,
});

/** A decision drawn for a second look; listed in the queue index until it is done with. */
export const secondLookKey = (id: ApplicationId, caseVersion: number): Key => ({
  PK: applicationPartition(id),
  SK: `SECONDLOOK#${padded(caseVersion, 6)}`,
});
/** What another branch's list says of a case. */
export const branchMatchKey = (
  id: ApplicationId,
  match: { readonly branch: string; readonly programmeId: string; readonly period: string },
): Key => ({
  PK: applicationPartition(id),
  SK: `MATCH#${match.programmeId}#${match.period}#${match.branch}`,
});
/** All bars in one partition: a city has few, and each is found by its person. */
export const barsPartition = "BARS";
export const barKey = (person: BlindIndex, from: LocalDate): Key => ({
  PK: barsPartition,
  SK: `${person}#${from}`,
});
/** Payments that finance holds, all in one partition; each under what was drawn with its form. */
export const holdsPartition = "PAYMENT-HOLDS";
export const holdKey = (id: string): Key => ({ PK: holdsPartition, SK: id });
/** Lists of the desk's oversight pages; the first part of the queue index's key. */
export const oversightQueueKey = (which: "second-look" | "concern" | "match"): string =>
  `oversight#${which}`;
