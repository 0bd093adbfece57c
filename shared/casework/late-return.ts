/** A payment that came back after the bank had said that it paid (退票): one person says it, a second one agrees. */
import type { Application } from "#shared/domain/application.ts";
import { isMendedByApplicant } from "#shared/domain/bank-words.ts";
import {
  moveBatch,
  type Batch,
  type BatchItem,
  type LateReturn,
} from "#shared/domain/disbursement.ts";
import {
  bookLateReturn,
  lateReturnRefusal,
  type LateReturnRefusal,
} from "#shared/domain/late-return.ts";
import { paymentDeadline } from "#shared/domain/season.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { cardToMendMail } from "#shared/web/mails/card-to-mend.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deliveryOf, loadCase, loadFacts, policyOf } from "./load.ts";
import { momentAt } from "./moment.ts";
import { loadBatch } from "./move-batch.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "mailer" | "policy" | "siteUrl">;

/** One payment of a batch with its case, and whether it can be booked as returned. */
export interface PaymentOfBatch {
  readonly batch: Batch;
  readonly item: BatchItem;
  readonly application: Application;
  readonly refusal: LateReturnRefusal | null;
}

/** @returns null when the batch has no such payment. */
export const loadPayment = async (
  uses: Pick<Uses, "batches" | "cases">,
  batch: Batch,
  reference: string,
): Promise<PaymentOfBatch | null> => {
  const items = await uses.batches.items(batch.id);
  const item = items.find((one) => one.reference === reference);
  if (!item) return null;
  const application = await loadCase(uses, item.applicationId);
  const events = await uses.cases.events(application);
  return { batch, item, application, refusal: lateReturnRefusal(application, item, events) };
};

/** "moved": it was said, taken back or agreed to by somebody else meanwhile, or the case has gone on. */
export type LateReturning = "done" | "moved" | "own_proposal";

/** Takes down that a payment came back. Nothing is booked until a second person agrees. */
export const sayReturned = async (
  uses: Uses,
  { item, refusal }: PaymentOfBatch,
  said: Pick<LateReturn, "voucher" | "failureCode" | "by">,
): Promise<LateReturning> => {
  const { lateReturn } = item;
  if (lateReturn?.voucher === said.voucher && lateReturn.by === said.by) return "done";
  if (refusal !== null) return "moved";
  const noted = await uses.batches.noteLateReturn(item, { ...said, at: uses.clock.now() });
  return noted ? "done" : "moved";
};

/** Takes it back: it was said by mistake. */
export const unsayReturned = async (
  uses: Uses,
  { item }: PaymentOfBatch,
): Promise<LateReturning> => {
  if (item.lateReturn === null) return "done";
  return (await uses.batches.dropLateReturn(item, item.lateReturn)) ? "done" : "moved";
};

/** Whoever can mend it hears of it where there is an address; the status page says the same. */
const tell = async (uses: Uses, application: Application): Promise<void> => {
  if (application.status !== "payment_failed") return;
  const { email } = await loadFacts(uses, application);
  if (email === "") return;
  await uses.mailer.send(
    cardToMendMail({
      to: email,
      locale: application.locale,
      applicationId: application.id,
      attempt: application.attempt - 1,
      deadlineAt: application.deadlineAt,
      link: absolute(uses.siteUrl, paths.card(application.id)),
    }),
  );
};

const triesMax = 4;

/**
 * Agrees, as another person, and books it: paid back to the fund by the bank's voucher and set aside anew, the case to
 * be mended or payable again, all in one transaction. Sent twice, it is booked once.
 */
export const agreeReturned = async (
  uses: Uses,
  payment: PaymentOfBatch,
  shown: Pick<LateReturn, "voucher">,
  by: StaffId,
): Promise<LateReturning> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const batch = await loadBatch(uses, payment.batch.id);
    const now = await loadPayment(uses, batch, payment.item.reference);
    if (!now) return "moved";
    const { item, application } = now;
    if (item.lateReturn?.voucher !== shown.voucher) return "moved";
    if (item.status === "returned") return "done";
    if (item.lateReturn.by === by) return "own_proposal";
    if (now.refusal !== null) return "moved";
    const at = uses.clock.now();
    const moment = momentAt(uses, application.submittedAt);
    const returned = bookLateReturn(
      application,
      item,
      { by, at },
      {
        repairWorkingDays: policyOf(uses, application).flowClock.failedPaymentRepair,
        calendar: policyOf(uses, application).calendar,
        payBy: paymentDeadline(at, moment, deliveryOf(uses, application)),
      },
    );
    const moved = moveBatch(batch, { type: "payment_returned", at, by });
    if (!returned || moved.kind === "refused") return "moved";
    const change = { before: batch, after: moved.batch };
    if ((await uses.batches.bookLateReturn(returned, change)) === "stale") continue;
    if (isMendedByApplicant(item.lateReturn.failureCode)) {
      await tell(uses, returned.step.after).catch(() => undefined);
    }
    return "done";
  }
  return "moved";
};
