/** The trail as it lies in the table, read for anchors, exports and proofs; and the anchors and proofs themselves. */
import type { BatchRow } from "#shared/domain/trail-row.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, BatchId, FileId, UnitId } from "#shared/kernel/ids.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { KeptAnchor, TrailProofRun, TrailStore } from "#shared/ports/trail-store.ts";
import { chunksOf } from "./batch-chunks.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  queryRows,
  rowsUnder,
  updateRow,
  type Key,
  type Row,
  type Table,
} from "./client.ts";
import {
  applicationKey,
  batchPartition,
  batchQueueKey,
  fileKey,
  fileListKey,
  queueRange,
} from "./keys.ts";
import {
  anchorKey,
  anchorsPartition,
  trailProofKey,
  trailProofsPartition,
} from "./oversight-keys.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";
import {
  chainPartition,
  headOf,
  isFileId,
  linkOf,
  linkPrefixOf,
  trailBatchOf,
  trailItemOf,
} from "./trail-rows.ts";

const partsAtOnce = 8;

/** Partitions of what a part of the queue index lists. */
async function* listed(table: Table, queueKey: string, isBackwards = false): AsyncGenerator<Key> {
  for await (const { PK, SK } of queryRows(table, {
    IndexName: "queue",
    KeyConditionExpression: "queueKey = :queue",
    values: { ":queue": queueKey },
    ScanIndexForward: !isBackwards,
  })) {
    yield { PK: PK as string, SK: SK as string };
  }
}

const idOf = ({ PK }: Key): string => PK.slice(PK.indexOf("#") + 1);

async function* casesIn(table: Table, queues: readonly Queue[]): AsyncGenerator<ApplicationId> {
  for (const queue of queues) {
    for await (const key of listed(table, queueRange(queue).key)) {
      yield idOf(key) as ApplicationId;
    }
  }
}

async function* filesIn(table: Table, units: readonly UnitId[]): AsyncGenerator<string> {
  for (const unit of units) {
    for (const state of ["open", "prevention"]) {
      for await (const key of listed(table, fileListKey(unit, state))) yield idOf(key);
    }
  }
}

async function* batchesIn(table: Table, which: "open" | "done"): AsyncGenerator<BatchRow> {
  for await (const key of listed(table, batchQueueKey(which), true)) {
    const row = await getRow(table, key);
    if (row) yield trailBatchOf(row);
  }
}

const withoutKeys = ({ PK: _partition, SK: _sortKey, ...stored }: Row): Row => stored;

const anchorOf = (row: Row): KeptAnchor =>
  ({ previous: "", mailedAt: null, ...withoutKeys(row), date: row["SK"] }) as unknown as KeptAnchor;

const proofOf = (row: Row): TrailProofRun =>
  ({ done: null, ...withoutKeys(row) }) as unknown as TrailProofRun;

const newest = async (table: Table, PK: string, limit: number): Promise<readonly Row[]> => {
  const { rows } = await queryPage(table, {
    KeyConditionExpression: "PK = :pk",
    values: { ":pk": PK },
    ScanIndexForward: false,
    Limit: limit,
  });
  return rows;
};

type Reading = Pick<
  TrailStore,
  "waitingCases" | "endedCases" | "listedFiles" | "heads" | "links" | "batches" | "items"
>;

const readingOf = (table: Table): Reading => ({
  waitingCases: () => casesIn(table, [{ kind: "unit" }, { kind: "status" }, { kind: "payable" }]),
  endedCases: (month) => casesIn(table, [{ kind: "ended", month }]),
  listedFiles: (units) => filesIn(table, units),
  heads: async (ids) => {
    const keys = [...new Set(ids)].map((id) =>
      isFileId(id) ? fileKey(id as FileId) : applicationKey(id as ApplicationId),
    );
    const parts = await inParallel(chunksOf(keys, rowsAtOnceMax), partsAtOnce, (part) =>
      getRows(table, part),
    );
    return parts.flat().map(headOf);
  },
  links: async (id) =>
    (await rowsUnder(table, chainPartition(id), linkPrefixOf(id))).map((row) => linkOf(id, row)),
  batches: (which) => batchesIn(table, which),
  items: async (batchId) =>
    (await rowsUnder(table, batchPartition(batchId as BatchId), "ITEM#")).map((row) =>
      trailItemOf(batchId as BatchId, row),
    ),
});

export const createTrailStore = (table: Table): TrailStore => ({
  ...readingOf(table),
  anchor: async (date) => {
    const row = await getRow(table, anchorKey(date));
    return row && anchorOf(row);
  },
  anchors: async (limit) => (await newest(table, anchorsPartition, limit)).map(anchorOf),
  putAnchor: ({ date, ...anchor }) => putRow(table, { ...anchorKey(date), ...anchor }, absent),
  markAnchorMailed: async (date, at) => {
    await updateRow(table, anchorKey(date), {
      update: "SET mailedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(mailedAt)",
      values: { ":at": at },
    });
  },
  putProof: (run) => putRow(table, { ...trailProofKey(run.askedAt, run.id), ...run }, absent),
  finishProof: async ({ askedAt, id }, done) => {
    await updateRow(table, trailProofKey(askedAt, id), {
      update: "SET done = :done",
      expression: "attribute_exists(PK) AND attribute_not_exists(done)",
      values: { ":done": done },
    });
  },
  proof: async (askedAt, id) => {
    const row = await getRow(table, trailProofKey(askedAt, id));
    return row && proofOf(row);
  },
  proofs: async (limit) => (await newest(table, trailProofsPartition, limit)).map(proofOf),
});
