/**
 * Batches in the table. What lets a payment leave once only are the conditions here, not the care
 * of a caller.
 */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { ItemStep, Settlement } from "#shared/domain/settlement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { addFen, fen, type Fen } from "#shared/kernel/money.ts";
import type { BatchEntry, BatchStore, Payee } from "#shared/ports/batch-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { commitAll, countedIn, nothingShared, paidFromFund } from "./batch-chunks.ts";
import {
  answerScope,
  batchOf,
  batchRow,
  exceptionOf,
  itemOf,
  itemRow,
  payeeHashOf,
  payeeScope,
  remarkOf,
} from "./batch-rows.ts";
import { applicationChange } from "./case-change.ts";
import { notFrozen, sealEvent, transferPut } from "./case-rows.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  rowsUnder,
  transact,
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
import { lateReturnsIn } from "./late-returns.ts";
import { getManyRows } from "./rows-by-key.ts";

const stepWrites = async (
  vault: Vault,
  { step }: ItemStep,
): Promise<readonly TransactionItem[]> => {
  const sealed = await sealEvent(vault, step.before, step.event);
  return [
    applicationChange(step.before, { ...step.after, chainHead: sealed.hash }),
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
      const hash = await payeeHashOf(vault, payee);
      const row = { put: itemRow(item, sealed, hash), condition: absent };
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

const payeesIn = async (
  table: Table,
  vault: Vault,
  items: readonly BatchItem[],
  salts: ReadonlyMap<ApplicationId, string>,
): Promise<ReadonlyMap<string, Payee>> => {
  const keys = items.map(({ batchId, reference }) => batchItemKey(batchId, reference));
  const rows = await getManyRows(table, keys, { expression: "SK, sealedPayee" });
  invariant(rows.length === items.length, "a batch's item is never deleted");
  const sealed = new Map(rows.map(({ SK, sealedPayee }) => [SK, sealedPayee as string]));
  return new Map(
    await Promise.all(
      items.map(async (item) => {
        const salt = salts.get(item.applicationId) ?? "";
        const { SK } = batchItemKey(item.batchId, item.reference);
        const payee = await vault.open(payeeScope(item, salt), sealed.get(SK) ?? "");
        return [item.reference, JSON.parse(payee) as Payee] as const;
      }),
    ),
  );
};

const postedFenIn = async (table: Table, items: readonly BatchItem[]): Promise<Fen> => {
  const keys = items.map(({ applicationId, cycle }) =>
    transferKey({ subject: `${applicationId}:${cycle}`, kind: "post" }),
  );
  const rows = await getManyRows(table, keys, { expression: "amountFen" });
  return addFen(...rows.map((row) => fen(row["amountFen"] as number)));
};

const tokenScope = (id: BatchId, wait: string) => ({
  owner: batchPartition(id),
  attribute: `wait.${wait}`,
  salt: "",
});

/** Two people, whatever a page offered: maker and checker, and for a file refused as a whole who says it and who agrees. */
const updateCondition = (before: Batch, after: Batch) => {
  const last = after.history.at(-1);
  const agrees = last?.type === "refusal_confirmed" ? last.by : null;
  return {
    expression: `#version = :version${after.checkerId ? " AND makerId <> :checker" : ""}${agrees ? " AND refusal.#by <> :agrees" : ""}`,
    names: { "#version": "version", ...(agrees ? { "#by": "by" } : {}) },
    values: {
      ":version": before.version,
      ...(after.checkerId ? { ":checker": after.checkerId } : {}),
      ...(agrees ? { ":agrees": agrees } : {}),
    },
  };
};

type Payments = Pick<BatchStore, "items" | "payee" | "payees" | "postedFen" | "markMailed">;

const paymentsIn = (table: Table, vault: Vault): Payments => ({
  items: async (id) => (await rowsUnder(table, batchPartition(id), "ITEM#")).map(itemOf),
  payee: async (item, salt) => {
    const row = await getRow(table, batchItemKey(item.batchId, item.reference));
    invariant(row, "a batch's item is never deleted");
    const payee = JSON.parse(
      await vault.open(payeeScope(item, salt), row["sealedPayee"] as string),
    ) as Payee;
    const hash = row["payeeHash"];
    const isHashed = hash !== undefined;
    invariant(
      !isHashed || hash === (await payeeHashOf(vault, payee)),
      "a payee is as it was hashed",
    );
    return payee;
  },
  payees: (items, salts) => payeesIn(table, vault, items, salts),
  postedFen: (items) => postedFenIn(table, items),
  markMailed: async (item, at) => {
    await updateRow(table, batchItemKey(item.batchId, item.reference), {
      update: "SET mailedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(mailedAt)",
      values: { ":at": at },
    });
  },
});

export const createBatchStore = (table: Table, vault: Vault): BatchStore => ({
  get: async (id) => {
    const row = await getRow(table, batchKey(id));
    return row && batchOf(row);
  },
  create: async (batch) => {
    const items = [{ put: batchRow(batch), condition: absent }, notFrozen(batch.fundId)];
    const outcome = await transact(table, items);
    if (outcome.kind === "committed") return "created";
    // The same form sent twice finds its batch, whatever the fund has come to since.
    return outcome.failed[0] ? "taken" : "fund_frozen";
  },
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
  ...lateReturnsIn(table, vault),
  ...paymentsIn(table, vault),
  putExceptions: async (id, returnKey, exceptions) => {
    for (const { line, code, reference } of exceptions) {
      // Read again, a line keeps the answer that somebody gave.
      await updateRow(table, batchExceptionKey(id, returnKey, line), {
        update: "SET code = :code, #reference = :reference",
        expression: "",
        names: { "#reference": "reference" },
        values: { ":code": code, ":reference": reference },
      });
    }
  },
  exceptions: async (id) => {
    const rows = await rowsUnder(table, batchPartition(id), "EXCEPTION#");
    return Promise.all(rows.map((row) => exceptionOf(vault, row)));
  },
  answerException: async (id, { returnKey, line }, { by, at, words }) => {
    const sealed = await vault.seal(answerScope(id, returnKey, line), words);
    const answered = await updateRow(table, batchExceptionKey(id, returnKey, line), {
      update: "SET answeredBy = :by, answeredAt = :at, sealedAnswer = :sealed",
      expression: "attribute_exists(PK) AND attribute_not_exists(sealedAnswer)",
      values: { ":by": by, ":at": at, ":sealed": sealed },
    });
    return answered !== null;
  },
  putRemarks: async (id, remarks) => {
    for (const { applicationId, code } of remarks) {
      await putRow(table, { ...batchRemarkKey(id, applicationId), code });
    }
  },
  remarks: async (id) => (await rowsUnder(table, batchPartition(id), "REMARK#")).map(remarkOf),
});
