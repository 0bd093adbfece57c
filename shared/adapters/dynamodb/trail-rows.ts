/** Rows of cases, files and batches as the trail has them: sealed parts as they lie, and nothing that can be read. */
import type { BatchRow, HeadRow, ItemRow, LinkRow } from "#shared/domain/trail-row.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { batchOf, itemOf } from "./batch-rows.ts";
import { sealedText } from "./case-rows.ts";
import type { Key, Row } from "./client.ts";
import { applicationPartition, filePartition } from "./keys.ts";

const casePrefix = applicationPartition("" as Parameters<typeof applicationPartition>[0]);
const filePrefix = filePartition("" as Parameters<typeof filePartition>[0]);

/** Numbers of files begin otherwise than those of cases. */
export const isFileId = (id: string): boolean => id.startsWith("HF");

/** The partition that a chain lies in. */
export const chainPartition = (id: string): string =>
  `${isFileId(id) ? filePrefix : casePrefix}${id}`;

export const headOf = (row: Row): HeadRow & { readonly fileId: string | null } => {
  const { PK, version, chainHead, status, fileId } = row as Row & Key;
  const isFile = PK.startsWith(filePrefix);
  return {
    kind: isFile ? "file" : "case",
    id: PK.slice((isFile ? filePrefix : casePrefix).length),
    version: version as number,
    head: (chainHead as string | undefined) ?? "",
    status: isFile ? "" : (status as string),
    fileId: (fileId as string | undefined) ?? null,
  };
};

const eventPrefix = "EV#";
const versionPrefix = "V#";

/** What the sort keys of a chain's links begin with. */
export const linkPrefixOf = (id: string): string => (isFileId(id) ? versionPrefix : eventPrefix);

export const linkOf = (id: string, row: Row): LinkRow => {
  const { PK: _partition, SK, sealed: _sealed, previousHash, hash, ...said } = row as Row & Key;
  return {
    kind: isFileId(id) ? "version" : "event",
    id,
    version: Number(SK.slice(linkPrefixOf(id).length)),
    said,
    sealed: sealedText(row),
    previousHash: (previousHash as string | undefined) ?? "",
    hash: (hash as string | undefined) ?? "",
  };
};

/** Without the words of whoever voided it, and without how it is listed. */
export const trailBatchOf = (row: Row): BatchRow => {
  const batch = batchOf(row);
  const { id, version, status, fundId, makerId, checkerId, createdAt } = batch;
  const { count, sumFen, fileSha256 } = batch;
  return {
    kind: "batch",
    id,
    version,
    status,
    fundId,
    makerId,
    checkerId,
    createdAt,
    count,
    sumFen,
    fileSha256,
    history: batch.history.map(({ type, at, by }) => ({ type, at, by })),
  };
};

export const trailItemOf = (batchId: BatchId, row: Row): ItemRow => {
  const { reference, applicationId, cycle, attempt, amountFen, status } = itemOf(row);
  return { kind: "item", batchId, reference, applicationId, cycle, attempt, amountFen, status };
};
