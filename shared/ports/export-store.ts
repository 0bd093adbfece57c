import type { ExportManifest, ExportTaking, FinanceExport } from "#shared/domain/finance-export.ts";
import type { Instant } from "#shared/kernel/calendar.ts";

/** Exports that were asked for, what came of each, and who took it. */
export interface ExportStore {
  /** @param password sealed, in a row of its own that goes when the file is made, or after a day. */
  readonly put: (asked: FinanceExport, password: string | null) => Promise<boolean>;
  readonly get: (id: string) => Promise<FinanceExport | null>;
  /** The newest first. */
  readonly list: (limit: number) => Promise<readonly FinanceExport[]>;
  /** @returns null when there is none, or not any more. */
  readonly password: (id: string) => Promise<string | null>;
  /** Takes down what was made and forgets the password; the first answer stands. */
  readonly finish: (id: string, made: ExportManifest) => Promise<boolean>;
  /** Takes down that a try failed; what is made stays made. */
  readonly fail: (id: string, at: Instant) => Promise<void>;
  /** Takes down that it is tried again. */
  readonly retry: (id: string, at: Instant) => Promise<boolean>;
  readonly noteTaking: (id: string, taking: ExportTaking) => Promise<void>;
  /** The newest first. */
  readonly takings: (id: string) => Promise<readonly ExportTaking[]>;
}
