import type { Notice, Objection } from "#shared/domain/public-notice.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";

/** Public notices (公示) and the objections raised against them. */
export interface NoticeStore {
  /** Keeps a notice as published. @returns false when the notice that began by this event is there already. */
  readonly publish: (notice: Notice) => Promise<boolean>;
  /** The notices of a case, oldest first: the internal copy, kept after the page is down. */
  readonly noticesOf: (id: ApplicationId) => Promise<readonly Notice[]>;
  /**
   * Keeps a further objection to a case that one holds already; the first is written with the case's step
   * (`Commit.objection`). Words and contact are sealed.
   * @returns false when the case is held no more, or the number is taken.
   */
  readonly addObjection: (objection: Objection) => Promise<boolean>;
  /** Oldest first. */
  readonly objectionsOf: (id: ApplicationId) => Promise<readonly Objection[]>;
  /** How many notices and objections a case has had; nothing is opened for it. */
  readonly countsOf: (
    id: ApplicationId,
  ) => Promise<{ readonly notices: number; readonly objections: number }>;
  readonly markAnswered: (objection: Objection, at: Instant) => Promise<void>;
}
