import { expect, test } from "vitest";
import {
  enterBatch,
  isExplained,
  leaveBatch,
  settleFailed,
  settlePaid,
  type AfterPayment,
} from "#shared/domain/settlement.ts";
import { noAdditions } from "#shared/kernel/calendar.ts";
import type { BatchId, FundId, StaffId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import {
  aBatch,
  anItem,
  aReservedCase,
  checker,
  maker,
  monday,
} from "#test/support/disbursement.ts";

const batch = aBatch({ status: "sent", checkerId: checker });
const word = { batch, returnKey: "r.csv", line: 2, at: monday };
const clock = { repairWorkingDays: 5, calendar: noAdditions };
const after: AfterPayment = {
  finalNotice: "none",
  noticeWorkingDays: 5,
  fastTrack: { hoursMax: 24, visitWorkingDays: 3, fullPapersWorkingDays: 10, papersAtOnce: [] },
  calendar: noAdditions,
};
const batched = aReservedCase(1, { status: "batched", batchId: batch.id });

test("a payable case enters a batch of its fund with an item for this payment", () => {
  const entered = enterBatch(aReservedCase(1, { attempt: 3 }), batch, monday);

  expect(entered?.step.after).toMatchObject({ status: "batched", batchId: batch.id, version: 6 });
  expect(entered?.step.event.actor).toEqual({ kind: "staff", staffId: maker });
  expect(entered?.item).toMatchObject({
    reference: "SN0000000001-3",
    amountFen: 500_000,
    status: "ready",
  });
});

test("a case of another fund, or one that is not payable, enters no batch", () => {
  expect(enterBatch(aReservedCase(1, { fundId: "swn" as FundId }), batch, monday)).toBeNull();
  for (const status of ["batched", "paid", "payment_failed", "in_approval", "withdrawn"] as const) {
    expect(enterBatch(aReservedCase(1, { status }), batch, monday)).toBeNull();
  }
});

test("paid posts the reservation under the key of application and cycle", () => {
  const settled = settlePaid(batched, anItem(1), word, after);

  expect(settled?.step.after).toMatchObject({ status: "paid", batchId: batch.id });
  expect(settled?.item).toMatchObject({ status: "paid", settledBy: "r.csv#2" });
  expect(settled?.transfer).toMatchObject({
    subject: "SN0000000001:1",
    kind: "post",
    credit: "reserved",
    debit: "paid",
    amountFen: 500_000,
    by: checker,
  });
});

test("a fault of the payee's account waits five working days for the applicant, with the money reserved", () => {
  const settled = settleFailed(batched, anItem(1), "name_mismatch", word, clock);

  expect(settled?.step.after).toMatchObject({
    status: "payment_failed",
    attempt: 2,
    batchId: null,
    failureCode: "name_mismatch",
    // Monday 20 July 2026 and five working days: until the end of Monday 27 July in China.
    deadlineAt: "2026-07-27T16:00:00.000Z",
    fundId: batched.fundId,
  });
  expect(settled?.transfer).toBeNull();
});

test("a fault of the payer is payable again at once, as another attempt", () => {
  const settled = settleFailed(batched, anItem(1), "payer_balance", word, clock);

  expect(settled?.step.event.type).toBe("payment_requeued");
  expect(settled?.step.after).toMatchObject({ status: "reserved", attempt: 2, batchId: null });
  expect(settled?.transfer).toBeNull();
});

test("a case that is no longer in the batch as the item says is never moved by it", () => {
  const elsewhere = [
    { ...batched, batchId: "B20260721-AAAAAA" as BatchId },
    { ...batched, status: "reserved" as const },
    { ...batched, attempt: 2 },
    { ...batched, cycle: 2 },
    { ...batched, amountFen: fen(1) },
  ];
  for (const application of elsewhere) {
    expect(settlePaid(application, anItem(1), word, after)).toBeNull();
    expect(settleFailed(application, anItem(1), "other", word, clock)).toBeNull();
    expect(leaveBatch(application, anItem(1), monday)).toBeNull();
  }
});

test("voiding puts the case back as it was, under the same attempt", () => {
  const left = leaveBatch(batched, anItem(1), monday);

  expect(left?.step.after).toMatchObject({ status: "reserved", batchId: null, attempt: 1 });
  expect(left?.item.status).toBe("voided");
});

test("a batch is explained when no item is open", () => {
  expect(isExplained([anItem(1, { status: "paid" }), anItem(2, { status: "failed" })])).toBe(true);
  expect(isExplained([anItem(1, { status: "paid" }), anItem(2)])).toBe(false);
});

test("where the notice follows the payment, the case goes to it in the step that books the payment", () => {
  const settled = settlePaid(batched, anItem(1), word, { ...after, finalNotice: "after_payment" });

  expect(settled?.step.event.type).toBe("paid");
  expect(settled?.step.after).toMatchObject({
    status: "post_review",
    // Monday 20 July 2026 and five working days.
    noticeEndsAt: "2026-07-27T16:00:00.000Z",
    deadlineAt: "2026-07-27T16:00:00.000Z",
  });
});

const advanced = {
  amountFen: yuan(5_000),
  fastTrack: "advance",
  advanceFen: yuan(2_000),
  decidedBy: { station: "ST00000001" as StaffId, district: "ST00000006" as StaffId },
  tier: "district",
  attempt: 2,
} as const;

test("an advance enters a batch with its own amount, and is marked as one", () => {
  expect(enterBatch(aReservedCase(1, advanced), batch, monday)?.item).toMatchObject({
    amountFen: yuan(2_000),
    isAdvance: true,
  });
  const rest = { ...advanced, fastTrack: "follow_up", cycle: 2 } as const;
  expect(enterBatch(aReservedCase(1, rest), batch, monday)?.item).toMatchObject({
    amountFen: yuan(3_000),
    isAdvance: false,
  });
});

test("an advance that is paid: its papers follow, and the award is decided anew under the next cycle", () => {
  const { item, step: entering } = enterBatch(aReservedCase(1, advanced), batch, monday)!;
  const settled = settlePaid(entering.after, item, word, {
    ...after,
    finalNotice: "after_payment",
  })!;

  expect(settled.transfer).toMatchObject({
    subject: "SN0000000001:1",
    kind: "post",
    amountFen: yuan(2_000),
  });
  expect(settled.step.event).toMatchObject({ type: "advance_paid", to: "needs_information" });
  expect(settled.step.after).toMatchObject({
    fastTrack: "follow_up",
    amountFen: yuan(5_000),
    cycle: 2,
    // The bank has seen attempt 2: the rest must not go by the same reference.
    attempt: 3,
    round: 2,
    tier: null,
    decidedBy: {},
    fundId: null,
    batchId: null,
    outcomeMailedAt: null,
    // Monday 20 July 2026 and ten working days: until the end of Monday 3 August in China.
    deadlineAt: "2026-08-03T16:00:00.000Z",
  });
  // The bank's return once more, or that of another batch: the case has moved on from that payment.
  expect(settlePaid(settled.step.after, item, word, after)).toBeNull();
});
