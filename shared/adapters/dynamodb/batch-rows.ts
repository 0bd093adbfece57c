/**
 * A batch's rows: the batch with its history, its items with their sealed payees, what a return
 * could not settle.
 */
import type { ExceptionCode } from "#shared/domain/bank-return.ts";
import { wholeFund } from "#shared/domain/batch-scope.ts";
import { unreadReturn, type Batch, type BatchItem } from "#shared/domain/disbursement.ts";
import type { PaymentRemark } from "#shared/domain/payment-check.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import type { ExceptionAnswer, ListedException, Payee } from "#shared/ports/batch-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import type { Key, Row } from "./client.ts";
import { batchItemKey, batchKey, batchPartition, batchQueueKey } from "./keys.ts";

/** Where nothing waits for anybody any more. */
const isDone = (batch: Batch): boolean =>
  (batch.status === "voided" || batch.status === "closed") &&
  unreadReturn(batch) === null &&
  batch.exceptions <= batch.exceptionsAnswered;

export const batchRow = (batch: Batch): Row & Key => {
  const { id, status, scope, ...rest } = batch;
  return {
    ...batchKey(id),
    ...rest,
    scope: scope.programmeId === null && scope.unitId === null ? null : scope,
    // Not "status": the index carries that one, and would be written with every change of it.
    batchStatus: status,
    queueKey: batchQueueKey(isDone(batch) ? "done" : "open"),
    queueSort: `${batch.createdAt}#${id}`,
  };
};

export const batchOf = (row: Row): Batch => {
  const {
    PK,
    SK: _sortKey,
    queueKey: _queueKey,
    queueSort: _queueSort,
    batchStatus,
    history,
    ...stored
  } = row as Row & { PK: string; history: readonly Batch["history"][number][] };
  return {
    scope: wholeFund,
    payingAccount: null,
    checkerId: null,
    itemsSha256: null,
    exceptionsAnswered: 0,
    acceptance: null,
    refusal: null,
    fileKey: null,
    fileSha256: null,
    voidReason: null,
    ...stored,
    id: PK.slice(batchPartition("" as BatchId).length),
    status: batchStatus,
    history: history.map((event) => ({ ...event, by: event.by ?? null })),
  } as unknown as Batch;
};

export const itemRow = (item: BatchItem, sealedPayee: string, payeeHash: string): Row & Key => {
  const { batchId, reference, isAdvance, ...rest } = item;
  return {
    ...batchItemKey(batchId, reference),
    ...rest,
    payeeHash,
    isAdvance: isAdvance ? true : null,
    sealedPayee,
  };
};

export const itemOf = (row: Row): BatchItem => {
  const { PK, SK, sealedPayee: _sealed, ...stored } = row as Row & Key;
  return {
    isAdvance: false,
    failureCode: null,
    settledBy: null,
    payeeHash: "",
    lateReturn: null,
    mailedAt: null,
    ...stored,
    batchId: PK.slice(batchPartition("" as BatchId).length),
    reference: SK.slice("ITEM#".length),
  } as unknown as BatchItem;
};

/** The payee of an item can be opened in its own row only, and only with its case's salt. */
export const payeeScope = (item: Pick<BatchItem, "batchId" | "reference">, salt: string) => ({
  owner: batchPartition(item.batchId),
  attribute: `payee.${item.reference}`,
  salt,
});

/** What somebody wrote of a line may name people: it can be opened in its own row only. */
export const answerScope = (id: BatchId, returnKey: string, line: number) => ({
  owner: batchPartition(id),
  attribute: `answer.${returnKey}.${line}`,
  salt: "",
});

const answerOf = async (
  vault: Vault,
  scope: ReturnType<typeof answerScope>,
  row: Row,
): Promise<ExceptionAnswer | null> => {
  const { answeredBy, answeredAt, sealedAnswer } = row;
  if (typeof sealedAnswer !== "string") return null;
  const words = await vault.open(scope, sealedAnswer);
  return { by: answeredBy, at: answeredAt, words } as ExceptionAnswer;
};

export const exceptionOf = async (vault: Vault, row: Row): Promise<ListedException> => {
  const [, returnKey = "", line = ""] = (row["SK"] as string).split("#");
  const id = (row["PK"] as string).slice(batchPartition("" as BatchId).length) as BatchId;
  return {
    returnKey,
    line: Number(line),
    code: row["code"] as ExceptionCode,
    reference: (row["reference"] as string | undefined) ?? "",
    answer: await answerOf(vault, answerScope(id, returnKey, Number(line)), row),
  };
};

/** What a payee is known by without being opened: whoever holds the key makes the same of the same name and account. */
export const payeeHashOf = (vault: Vault, { name, cardNumber }: Payee): Promise<string> =>
  vault.blindIndex("payee", `${cardNumber}|${name}`);

export const remarkOf = (row: Row): PaymentRemark =>
  ({
    applicationId: (row["SK"] as string).slice("REMARK#".length),
    code: row["code"],
  }) as PaymentRemark;
