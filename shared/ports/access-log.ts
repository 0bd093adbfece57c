import type { AccessEvent } from "#shared/domain/access.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";

/** Who read sensitive fields. Rows are only ever added. */
export interface AccessLog {
  /** Takes a read down, unless the same was taken down within the last minutes. */
  readonly note: (event: AccessEvent) => Promise<void>;
  /** Who read of a case, a file or a batch; the newest first. */
  readonly ofSubject: (subject: string, limit: number) => Promise<readonly AccessEvent[]>;
  /** All of a day of China, in the order of `accessOrder`; eventually consistent. */
  readonly ofDay: (day: LocalDate) => Promise<readonly AccessEvent[]>;
}
