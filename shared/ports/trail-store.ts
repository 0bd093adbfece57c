import type { Anchor } from "#shared/domain/trail.ts";
import type { BatchRow, HeadRow, ItemRow, LinkRow } from "#shared/domain/trail-row.ts";
import type { Verdict } from "#shared/domain/trail-fault.ts";
import type { Instant, LocalDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, StaffId, UnitId } from "#shared/kernel/ids.ts";

/** An anchor with where its leaves lie, and what the next one is made from. */
export interface KeptAnchor extends Anchor {
  readonly fileKey: string;
  /** When the auditors were mailed the root; null until then. */
  readonly mailedAt: Instant | null;
}

/** A proof of the whole trail that somebody asked for at the desk. */
export interface TrailProofRun {
  readonly id: string;
  readonly askedAt: Instant;
  readonly askedBy: StaffId;
  /** null until it is done. */
  readonly done: {
    readonly at: Instant;
    readonly fileKey: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly verdict: Verdict;
  } | null;
}

/** The trail as it lies in the table: sealed parts stay sealed. Heads, links and anchors are read strongly. */
export interface TrailStore {
  /** Every case that stands in a list of the queue index now. */
  readonly waitingCases: () => AsyncIterable<ApplicationId>;
  /** Cases that ended without money in a month "2026-07". */
  readonly endedCases: (month: string) => AsyncIterable<ApplicationId>;
  /** Files of offices' lists, closed ones in none of them. */
  readonly listedFiles: (units: readonly UnitId[]) => AsyncIterable<string>;
  /** Where chains of cases and files stand, in no order; with the file that a case rests on. */
  readonly heads: (
    ids: readonly string[],
  ) => Promise<readonly (HeadRow & { readonly fileId: string | null })[]>;
  /** The links of a case or a file, the first one first. */
  readonly links: (id: string) => Promise<readonly LinkRow[]>;
  /** Batches, those made last first. */
  readonly batches: (which: "open" | "done") => AsyncIterable<BatchRow>;
  /** A batch's payments by their references. */
  readonly items: (batchId: string) => Promise<readonly ItemRow[]>;
  readonly anchor: (date: LocalDate) => Promise<KeptAnchor | null>;
  /** The newest first. */
  readonly anchors: (limit: number) => Promise<readonly KeptAnchor[]>;
  /** @returns false when that day has an anchor. */
  readonly putAnchor: (anchor: KeptAnchor) => Promise<boolean>;
  readonly markAnchorMailed: (date: LocalDate, at: Instant) => Promise<void>;
  readonly putProof: (run: TrailProofRun) => Promise<boolean>;
  /** Takes down what came of a proof; the first answer stands. */
  readonly finishProof: (
    run: Pick<TrailProofRun, "id" | "askedAt">,
    done: NonNullable<TrailProofRun["done"]>,
  ) => Promise<void>;
  readonly proof: (askedAt: Instant, id: string) => Promise<TrailProofRun | null>;
  /** The newest first. */
  readonly proofs: (limit: number) => Promise<readonly TrailProofRun[]>;
}
