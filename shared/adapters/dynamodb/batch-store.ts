/**
 * Batches in the table. What lets a payment leave once only are the conditions here, not the care
 * of a caller.
 */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { ItemStep, Settlement } from "#shared/domain/settlement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { addFen, fen, type Fen } from "#shared/kernel/money.ts";
import type { BatchEntry, BatchStore, Payee } from "#shared/ports/batch-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { chunksOf, commitAll, countedIn, nothingShared, paidFromFund } from "./batch-chunks.ts";
import {
  batchOf,
  batchRow,
  exceptionOf,
  itemOf,
  itemRow,
  payeeScope,
  remarkOf,
} from "./batch-rows.ts";
import { applicationPut, sealEvent, transferPut } from "./case-rows.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  rowsUnder,
  updateRow,
  type Table,
  type TransactionItem,
} from "./client.ts";
import {
  batchExceptionKey,
  batchItemKey,
  batchKey,
  batchPartition,
  batchQueueKey,
  batchRemarkKey,
  batchWaitKey,
  transferKey,
} from "./keys.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";

const stepWrites = async (
  vault: Vault,
  { step }: ItemStep,
): Promise<readonly TransactionItem[]> => {
  const sealed = await sealEvent(vault, step.before, step.event);
  return [
    applicationPut(step.before, { ...step.after, chainHead: sealed.hash }),
    { put: sealed.row, condition: absent },
  ];
};

/** Only an item that nothing has settled yet. */
const itemChange = (item: BatchItem): TransactionItem => ({
  update: batchItemKey(item.batchId, item.reference),
  change: {
    update: `SET #status = :status${item.failureCode ? ", failureCode = :code" : ""}${item.settledBy ? ", settledBy = :by" : ""}`,
    expression: "#status = :ready AND amountFen = :amount",
    names: { "#status": "status" },
    values: {
      ":status": item.status,
      ":ready": "ready",
      ":amount": item.amountFen,
      ...(item.failureCode ? { ":code": item.failureCode } : {}),
      ...(item.settledBy ? { ":by": item.settledBy } : {}),
    },
  },
});

type Movements = Pick<BatchStore, "addItems" | "voidItems" | "settle">;

const movementsIn = (table: Table, vault: Vault): Movements => ({
  addItems: (batchId, entries) =>
    commitAll(table, entries, countedIn(batchId), async (entry: BatchEntry) => {
      const { item, payee, step } = entry;
      invariant(item.batchId === batchId, "an item enters its own batch");
      const sealed = await vault.seal(payeeScope(item, step.before.salt), JSON.stringify(payee));
      const row = { put: itemRow(item, sealed), condition: absent };
      return {
        items: [...(await stepWrites(vault, entry)), row],
        amountFen: item.amountFen,
        transfer: null,
      };
    }),
  voidItems: (entries) =>
    commitAll(table, entries, nothingShared, async (entry: ItemStep) => ({
      items: [...(await stepWrites(vault, entry)), itemChange(entry.item)],
      amountFen: entry.item.amountFen,
      transfer: null,
    })),
  settle: (settlements, fundId) =>
    commitAll(table, settlements, paidFromFund, async (settlement: Settlement) => {
      const { item, transfer } = settlement;
      invariant(!transfer || transfer.fundId === fundId, "a batch pays out of one fund");
      const booking = transfer ? [transferPut(transfer)] : [];
      return {
        items: [...(await stepWrites(vault, settlement)), itemChange(item), ...booking],
        amountFen: item.amountFen,
        transfer,
      };
    }),
});

const postedFenIn = async (table: Table, items: readonly BatchItem[]): Promise<Fen> => {
  let sumFen = fen(0);
  for (const chunk of chunksOf(items, rowsAtOnceMax)) {
    const keys = chunk.map(({ applicationId, cycle }) =>
      transferKey({ subject: `${applicationId}:${cycle}`, kind: "post" }),
    );
    const rows = await getRows(table, keys);
    sumFen = addFen(sumFen, ...rows.map((row) => fen(row["amountFen"] as number)));
  }
  return sumFen;
};

const tokenScope = (id: BatchId, wait: string) => ({
  owner: batchPartition(id),
  attribute: `wait.${wait}`,
  salt: "",
});

const updateCondition = (before: Batch, after: Batch) => ({
  expression: `#version = :version${after.checkerId ? " AND makerId <> :checker" : ""}`,
  names: { "#version": "version" },
  values: {
    ":version": before.version,
    ...(after.checkerId ? { ":checker": after.checkerId } : {}),
  },
});

export const createBatchStore = (table: Table, vault: Vault): BatchStore => ({
  get: async (id) => {
    const row = await getRow(table, batchKey(id));
    return row && batchOf(row);
  },
  create: (batch) => putRow(table, batchRow(batch), absent),
  update: (before, after) => putRow(table, batchRow(after), updateCondition(before, after)),
  list: async (which, limit) => {
    const page = await queryPage(table, {
      IndexName: "queue",
      KeyConditionExpression: "queueKey = :which",
      values: { ":which": batchQueueKey(which) },
      ScanIndexForward: false,
      Limit: limit,
    });
    const rows = await Promise.all(
      page.rows.map(({ PK, SK }) => getRow(table, { PK: PK as string, SK: SK as string })),
    );
    return rows.filter((row) => row !== null).map(batchOf);
  },
  putWait: async (id, wait, taskToken) => {
    const sealed = await vault.seal(tokenScope(id, wait), taskToken);
    await putRow(table, { ...batchWaitKey(id, wait), sealed });
  },
  wait: async (id, wait) => {
    const row = await getRow(table, batchWaitKey(id, wait));
    return row && vault.open(tokenScope(id, wait), row["sealed"] as string);
  },
  ...movementsIn(table, vault),
  items: async (id) => (await rowsUnder(table, batchPartition(id), "ITEM#")).map(itemOf),
  payee: async (item, salt) => {
    const row = await getRow(table, batchItemKey(item.batchId, item.reference));
    invariant(row, "a batch's item is never deleted");
    return JSON.parse(
      await vault.open(payeeScope(item, salt), row["sealedPayee"] as string),
    ) as Payee;
  },
  postedFen: (items) => postedFenIn(table, items),
  markMailed: async (item, at) => {
    await updateRow(table, batchItemKey(item.batchId, item.reference), {
      update: "SET mailedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(mailedAt)",
      values: { ":at": at },
    });
  },
  putExceptions: async (id, returnKey, exceptions) => {
    for (const { line, ...said } of exceptions) {
      await putRow(table, { ...batchExceptionKey(id, returnKey, line), ...said });
    }
  },
  exceptions: async (id) =>
    (await rowsUnder(table, batchPartition(id), "EXCEPTION#")).map(exceptionOf),
  putRemarks: async (id, remarks) => {
    for (const { applicationId, code } of remarks) {
      await putRow(table, { ...batchRemarkKey(id, applicationId), code });
    }
  },
  remarks: async (id) => (await rowsUnder(table, batchPartition(id), "REMARK#")).map(remarkOf),
});
