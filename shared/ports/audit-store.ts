import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { Coverage } from "#shared/domain/audit-coverage.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { BatchId, FundId, StaffId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";

/** A finding nobody has cleared yet. */
export interface OpenFinding extends Finding {
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

/** A finding that a person has dealt with; it stays for ever. */
export interface ClearedFinding extends OpenFinding {
  readonly clearedAt: Instant;
  readonly clearedBy: StaffId;
  /** What it was and what was done about it. */
  readonly words: string;
}

/** One run of the audit, and what it looked at. */
export interface AuditRun extends Coverage {
  readonly at: Instant;
  readonly durationMs: number;
  readonly transfers: number;
  readonly funds: number;
  readonly cases: number;
  readonly accounts: number;
  readonly batches: number;
  readonly findings: number;
  /** What moved all the time it was looked at: nothing is said of it until the next run. */
  readonly unsettled: number;
}

/** Which version of a batch was last found in order, and when. */
export interface CheckedBatch {
  readonly version: number;
  readonly at: Instant;
}

export interface Clearing {
  readonly fundId: FundId;
  /** The fund's freeze as it was shown: a finding made since then keeps the fund frozen. */
  readonly frozenAt: Instant;
  readonly by: StaffId;
  readonly at: Instant;
  readonly words: string;
}

/** What the audit reads beside the stores' own reads, and what it keeps. */
export interface AuditStore {
  /** Every batch there is, as it stands now. */
  readonly batches: () => AsyncIterable<Batch>;
  readonly checkedBatches: () => Promise<ReadonlyMap<BatchId, CheckedBatch>>;
  readonly markChecked: (batch: Batch, at: Instant) => Promise<void>;
  /** What the ledger paid for these items, by application and cycle; a strong read. */
  readonly posted: (items: readonly BatchItem[]) => Promise<ReadonlyMap<string, Fen>>;
  /**
   * Takes down a finding and freezes its fund for new batches, in one write. Found again, it keeps the day on which it
   * was first seen.
   */
  readonly report: (finding: Finding, at: Instant) => Promise<void>;
  readonly open: () => Promise<readonly OpenFinding[]>;
  /** Cleared findings from that instant on, the newest first. */
  readonly cleared: (since: Instant) => Promise<readonly ClearedFinding[]>;
  /**
   * Moves a fund's findings among the cleared ones, with a person's words, and takes the freeze from the fund.
   * @returns "stale" when the audit has found something since the page was shown; the fund then stays frozen.
   */
  readonly clear: (clearing: Clearing) => Promise<"cleared" | "stale">;
  readonly putRun: (run: AuditRun) => Promise<void>;
  /** The newest first. */
  readonly runs: (limit: number) => Promise<readonly AuditRun[]>;
}
