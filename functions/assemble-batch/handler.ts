import * as z from "zod";
import type { BankProfile } from "#shared/domain/bank-profile.ts";
import { bankCheckOf, fitsBankFile, rowsMaxOf, type BankCheck } from "#shared/domain/bank-row.ts";
import { inScope, type InScope } from "#shared/domain/batch-scope.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { repeatedPayments, type PaymentRemark } from "#shared/domain/payment-check.ts";
import { enterBatch } from "#shared/domain/settlement.ts";
import { bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import { oneAhead } from "#shared/kernel/one-ahead.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { barredOn, type BarredOn } from "#shared/casework/check-payable.ts";
import { lookAtPayments } from "#shared/casework/look-at-payment.ts";
import { lockBatch } from "#shared/casework/lock-batch.ts";
import { loadBatch } from "#shared/casework/move-batch.ts";
import { payeesOf } from "#shared/casework/payees.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { BatchEntry } from "#shared/ports/batch-store.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<
  Dependencies,
  "archive" | "batches" | "cases" | "clock" | "directory" | "oversight" | "policy" | "vault"
>;

/** Ten transactions' worth of entries. */
const pageSize = 330;

/** What came of a page of the queue: ways into the batch, and why others are left out. */
interface Looked {
  readonly entries: readonly BatchEntry[];
  readonly held: readonly PaymentRemark[];
}

/** What a whole filling looks at alike. */
interface Filling {
  readonly batch: Batch;
  readonly isOfScope: InScope;
  readonly isBarred: BarredOn;
  readonly bankCheck: BankCheck;
}

/**
 * The queue only says where to look: whether a case is payable, its own row says, read strongly (quality I22), and
 * what was asked when it was decided is asked once more. What is wrong with one keeps no other from its money.
 */
const lookAt = async (
  uses: Uses,
  { batch, isOfScope, isBarred, bankCheck }: Filling,
  rows: readonly QueueEntry[],
): Promise<Looked> => {
  const ids = rows.filter(isOfScope).map(({ applicationId }) => applicationId);
  const stored = new Map((await uses.cases.getAll(ids)).map((one) => [one.id, one]));
  const entering = ids.flatMap((id) => {
    const application = stored.get(id);
    const step = application && enterBatch(application, batch, uses.clock.now());
    return step ? [{ application, step }] : [];
  });
  const applications = entering.map(({ application }) => application);
  const looks = await lookAtPayments(uses, applications, isBarred, bankCheck);
  const entries: BatchEntry[] = [];
  const held: PaymentRemark[] = [];
  for (const [index, { application, step }] of entering.entries()) {
    const look = looks[index];
    if (look?.kind === "payable") entries.push({ ...step, payee: look.payee });
    if (look?.kind === "held") held.push({ applicationId: application.id, code: look.code });
  }
  return { entries, held };
};

interface Payment {
  readonly applicationId: ApplicationId;
  readonly amountFen: Fen;
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
  const payees = await payeesOf(uses, items);
  return items.map(({ applicationId, amountFen, reference }) => ({
    applicationId,
    amountFen,
    cardNumber: payees.get(reference)?.cardNumber ?? "",
  }));
};

const sumOf = (payments: readonly Payment[]): Fen =>
  addFen(...payments.map(({ amountFen }) => amountFen));

/** Those that the bank takes in one file beside what is in it; the others wait for the next batch. */
const withinFile = (
  profile: BankProfile,
  sumFen: Fen,
  entries: readonly BatchEntry[],
): readonly BatchEntry[] => {
  let sum = sumFen;
  return entries.filter(({ item: { amountFen } }) => {
    if (!fitsBankFile(profile, sum, amountFen)) return false;
    sum = addFen(sum, amountFen);
    return true;
  });
};

const scopeOf = async (uses: Uses, { scope }: Batch): Promise<InScope> =>
  inScope(scope, scope.unitId === null ? null : await uses.directory.organisation());

/** The queue's pages with what came of them. `limit`: as many as there is room for now. */
async function* lookedAt(
  uses: Uses,
  filling: Filling,
  limit: () => number,
): AsyncGenerator<Looked> {
  const queue = { kind: "payable", fundId: filling.batch.fundId } as const;
  let after: string | undefined;
  do {
    const page = await uses.cases.queue(queue, limit(), after);
    yield await lookAt(uses, filling, page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
}

const fill = async (uses: Uses, batch: Batch): Promise<void> => {
  const profile = bankProfileOf(batch.payingAccount);
  const filling: Filling = {
    batch,
    isOfScope: await scopeOf(uses, batch),
    isBarred: await barredOn(uses, localDateOf(uses.clock.now())),
    bankCheck: bankCheckOf(profile, batch.payingAccount),
  };
  const payments = [...(await paymentsIn(uses, batch))];
  let room = rowsMaxOf(profile) - batch.count;
  const limit = (): number => Math.max(1, Math.min(pageSize, room));
  for await (const looked of oneAhead(lookedAt(uses, filling, limit))) {
    await uses.batches.putRemarks(batch.id, looked.held);
    const entries = withinFile(profile, sumOf(payments), looked.entries.slice(0, room));
    const outcomes = await uses.batches.addItems(batch.id, entries);
    const added = entries.filter((_entry, index) => outcomes[index] === "committed");
    payments.push(...added.map(paymentOf));
    room -= added.length;
    if (room <= 0) break;
  }
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
      const assembled = await lockBatch(uses, id);
      return { outcome: assembled.status };
    },
  );
