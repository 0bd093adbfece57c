/**
 * The hardship archive (困难职工档案, policy 2.7, 2.8): one file a household. What a file says of people is sealed
 * in its versions; here is what may be seen and decided on.
 */
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type { BlindIndex, FileId, StaffId, UnitId } from "../kernel/ids.ts";
import type { FileContent, FiledCategory } from "./file-content.ts";
import type { Line } from "./organisation.ts";

/** On file (在档); out of hardship but watched (防困对象); closed (退档). */
export type FileState = "open" | "prevention" | "closed";

/** Why a file is closed (policy 1: 脱困 and 解困; 2.5(e)). */
export const closingReasons = [
  "out_of_hardship",
  "relieved",
  "moved_away",
  "deceased",
  "opened_by_mistake",
  "false_declaration",
] as const;
export type ClosingReason = (typeof closingReasons)[number];

export interface HardshipFile {
  readonly id: FileId;
  /** Rises with every change; every version is kept. */
  readonly version: number;
  readonly state: FileState;
  readonly unitId: UnitId;
  readonly line: Line;
  readonly category: FiledCategory;
  readonly openedOn: LocalDate;
  /** The day of the last declaration: the opening, or the last renewal. */
  readonly declaredOn: LocalDate;
  /** The last day on which the file still counts without being declared again (policy 8.1 `archive.validMonths`). */
  readonly validUntil: LocalDate;
  /** The household's account: every claim of its members is held under it. */
  readonly account: BlindIndex;
  /** Keyed hashes of the members' ID numbers, the worker's first. */
  readonly persons: readonly BlindIndex[];
  /** Months in a row, up to `verifiedOn`, in which the income a head was above L (policy 8.1 `archive.exit`). */
  readonly monthsAboveLine: number;
  readonly causeGone: boolean;
  /** The day of the last re-verification (动态管理), or null before the first. */
  readonly verifiedOn: LocalDate | null;
  readonly closedFor: ClosingReason | null;
  /**
   * The day of which the office was last told, so that it is told once: the last day of validity, then the day
   * after, from which nothing may rest on the file.
   */
  readonly remindedOf: LocalDate | null;
  /** Random; without it nothing sealed in this file can be opened again. */
  readonly salt: string;
  /** Hash of the last version: the head of the file's chain. */
  readonly chainHead: string;
}

/** What happened to a file. */
export type FileChange =
  | "opened"
  | "imported"
  | "changed"
  | "renewed"
  | "verified"
  | "to_prevention"
  | "closed"
  | "reopened";

/** A version of a file: who changed it, when and why, and what it says since then. Never changed, never deleted. */
export interface FileVersion {
  readonly fileId: FileId;
  readonly version: number;
  readonly change: FileChange;
  readonly at: Instant;
  readonly by: StaffId;
  /** Codes, counts and ids. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** In a person's words: sealed at rest, as the content is. */
  readonly reason: string;
  readonly content: FileContent;
}

/** A version as it is stored: with its place in the file's hash chain. */
export interface RecordedVersion extends FileVersion {
  readonly previousHash: string;
  readonly hash: string;
}

/** The season of re-declaration: so many days before its validity ends a file is put before its office. */
export const reminderDays = 30;

/** Whether a claim may rest on the file on a day. */
export const isValidOn = (file: HardshipFile, on: LocalDate): boolean =>
  file.state === "open" && file.openedOn <= on && on <= file.validUntil;

/**
 * Whether a case may rest on the file: it counted on the day of application, or it was opened or declared anew
 * before the case is looked at. So a file that runs out while the case is under way doesn't let it fall into the
 * second lane, and one that is closed bears nothing from then on.
 */
export const bears = (file: HardshipFile, appliedOn: LocalDate, today: LocalDate): boolean =>
  file.state === "open" && file.openedOn <= today && appliedOn <= file.validUntil;

/** An open file whose validity has run out: it stays open, and nothing may rest on it until it is declared anew. */
export const hasExpired = (file: HardshipFile, on: LocalDate): boolean =>
  file.state === "open" && on > file.validUntil;
