import type { FileStep } from "#shared/domain/file-steps.ts";
import type { FileState, HardshipFile, RecordedVersion } from "#shared/domain/hardship-file.ts";
import type { NearIndex, NearRecord, SettledPair } from "#shared/domain/near-duplicate.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, FileId, UnitId } from "#shared/kernel/ids.ts";
import type { Page } from "./case-store.ts";

/** A change of a file, with what stands or falls with it. */
export interface FileWrite {
  readonly step: FileStep;
  /** Under what the file is found as a near-duplicate from now on, and under what no longer. */
  readonly near: readonly NearIndex[];
  readonly formerNear: readonly NearIndex[];
}

/** Why nothing was written. */
export type FileOutcome =
  | "written"
  /** There is a file of this number already: this very step was taken before. */
  | "already_there"
  /** Somebody else changed the file, or a claim of its household, since it was read. */
  | "stale"
  /** A member stands in another file: one person, one file. */
  | "person_in_other_file";

/** Files by the day on which something is due: the end of validity, or for watched ones the last look. */
export interface FileList {
  readonly unitId: UnitId;
  readonly state: Exclude<FileState, "closed">;
  /** Both days included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** The hardship archive. Reads are strong, except of lists. */
export interface Archive {
  readonly get: (id: FileId) => Promise<HardshipFile | null>;
  /** The file that names this person now, whatever its state; a person stands in one file at most. */
  readonly fileOf: (person: BlindIndex) => Promise<HardshipFile | null>;
  /** Writes a change: file, version, its persons, and the claims they bring into the household's account. */
  readonly write: (write: FileWrite) => Promise<FileOutcome>;
  /** Every version, the oldest first. */
  readonly versions: (file: HardshipFile) => Promise<readonly RecordedVersion[]>;
  /** What the file says now. */
  readonly newest: (file: HardshipFile) => Promise<RecordedVersion>;
  /** Eventually consistent, the soonest due first. */
  readonly list: (list: FileList, limit: number, after?: string) => Promise<Page<FileId>>;
  /** How many files a list holds, counted by the index; eventually consistent. */
  readonly count: (list: FileList) => Promise<number>;
  /** Takes down of which day the office is told. @returns false when the file moved, or was marked, meanwhile. */
  readonly markReminded: (file: HardshipFile, of: LocalDate) => Promise<boolean>;
  /** Files and applications under the same name and birth date, card or phone. */
  readonly near: (index: Pick<NearIndex, "kind" | "hash">) => Promise<readonly NearRecord[]>;
  /** Makes an application findable; written twice it is there once. */
  readonly putNear: (subject: string, indexes: readonly NearIndex[]) => Promise<void>;
  readonly settled: (one: BlindIndex, other: BlindIndex) => Promise<SettledPair | null>;
  /** Remembers that two people are not one. @returns false when that was said before. */
  readonly settle: (pair: SettledPair) => Promise<boolean>;
}
