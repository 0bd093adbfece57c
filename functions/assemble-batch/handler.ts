import * as z from "zod";
import { batchItemsMax, moveBatch, type Batch } from "#shared/domain/disbursement.ts";
import { repeatedPayments, type PaymentRemark } from "#shared/domain/payment-check.ts";
import { enterBatch } from "#shared/domain/settlement.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { barredOn, type BarredOn } from "#shared/casework/check-payable.ts";
import { lookAtPayment } from "#shared/casework/look-at-payment.ts";
import { changeBatch, loadBatch } from "#shared/casework/move-batch.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { BatchEntry } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "archive" | "batches" | "cases" | "clock" | "oversight" | "policy">;

const pageSize = 100;
const readsAtOnce = 16;

/** A case's way into the batch, or why it is left out; null where it isn't payable out of this fund any more. */
type Looked =
  | { readonly kind: "entry"; readonly entry: BatchEntry }
  | { readonly kind: "held"; readonly remark: PaymentRemark };

/**
 * The queue only says where to look: whether a case is payable, its own row says, read strongly (quality I22), and
 * what was asked when it was decided is asked once more. What is wrong with one keeps no other from its money.
 */
const lookAt = async (
  uses: Uses,
  batch: Batch,
  applicationId: ApplicationId,
  isBarred: BarredOn,
): Promise<Looked | null> => {
  const application = await uses.cases.get(applicationId);
  const step = application && enterBatch(application, batch, uses.clock.now());
  if (!step) return null;
  const look = await lookAtPayment(uses, application, isBarred);
  return look.kind === "payable"
    ? { kind: "entry", entry: { ...step, payee: look.payee } }
    : { kind: "held", remark: { applicationId, code: look.code } };
};

interface Payment {
  readonly applicationId: ApplicationId;
  readonly amountFen: number;
  readonly cardNumber: string;
}

const paymentOf = ({ item, payee }: BatchEntry): Payment => ({
  applicationId: item.applicationId,
  amountFen: item.amountFen,
  cardNumber: payee.cardNumber,
});

/** What a run that was cut off has put in before. */
const paymentsIn = async (uses: Uses, batch: Batch): Promise<readonly Payment[]> => {
  if (batch.count === 0) return [];
  const items = await uses.batches.items(batch.id);
  const payments = await inParallel(items, readsAtOnce, async (item) => {
    const application = await uses.cases.get(item.applicationId);
    if (!application) return null;
    const { cardNumber } = await uses.batches.payee(item, application.salt);
    return { applicationId: item.applicationId, amountFen: item.amountFen, cardNumber };
  });
  return payments.filter((payment) => payment !== null);
};

const fill = async (uses: Uses, batch: Batch): Promise<void> => {
  const isBarred = await barredOn(uses, localDateOf(uses.clock.now()));
  const payments = [...(await paymentsIn(uses, batch))];
  let room = batchItemsMax - batch.count;
  let after: string | undefined;
  do {
    const queue = { kind: "payable", fundId: batch.fundId } as const;
    const page = await uses.cases.queue(queue, Math.min(pageSize, room), after);
    const looked = await inParallel(page.rows, readsAtOnce, ({ applicationId }) =>
      lookAt(uses, batch, applicationId, isBarred),
    );
    const entries = looked.flatMap((one) => (one?.kind === "entry" ? [one.entry] : []));
    await uses.batches.putRemarks(
      batch.id,
      looked.flatMap((one) => (one?.kind === "held" ? [one.remark] : [])),
    );
    const outcomes = await uses.batches.addItems(batch.id, entries);
    const added = entries.filter((_entry, index) => outcomes[index] === "committed");
    payments.push(...added.map(paymentOf));
    room -= added.length;
    after = page.next ?? undefined;
  } while (after !== undefined && room > 0);
  await uses.batches.putRemarks(batch.id, repeatedPayments(payments));
};

/**
 * Fills a batch with its fund's payable cases, oldest first, and fixes it. A batch that found none
 * is voided. Run again it goes on filling until the batch is fixed, and then only says so.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "assemble-batch", input: z.object({ batchId: z.string() }) },
    async ({ batchId }) => {
      const id = batchId as BatchId;
      const batch = await loadBatch(uses, id);
      if (batch.status === "assembling") await fill(uses, batch);
      const assembled = await changeBatch(uses, id, (before) => {
        if (before.status !== "assembling") return null;
        const type = before.count === 0 ? "found_empty" : "assembled";
        return moveBatch(before, { type, at: uses.clock.now(), by: null });
      });
      return { outcome: assembled.batch.status };
    },
  );
