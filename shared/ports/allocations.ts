import type { Allocation } from "#shared/domain/allocation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";

/** What the list tells of an allocation without reading its inputs. */
export type ListedAllocation = Omit<Allocation, "candidates" | "awards"> & {
  readonly awardCount: number;
  readonly candidateCount: number;
};

/** How short pots were shared; each one can be run again by an auditor. */
export interface Allocations {
  /** @returns false when the id is taken. */
  readonly put: (allocation: Allocation) => Promise<boolean>;
  readonly get: (id: string) => Promise<Allocation | null>;
  /** The newest first. */
  readonly list: (limit: number) => Promise<readonly ListedAllocation[]>;
  /** Takes down that every award of it has been tried. */
  readonly markCarriedOut: (id: string, at: Instant) => Promise<void>;
}
