/** A payment that came back after the bank had said that it paid: said by one, agreed to by another. */
import type { Application } from "#shared/domain/application.ts";
import { moveBatch } from "#shared/domain/disbursement.ts";
import { bookLateReturn, lateReturnRefusal } from "#shared/domain/late-return.ts";
import { returnedByBank, stepped } from "./book.ts";
import { oneOf, people, policy, tick, type Command, type World } from "./world.ts";

const paidIn = async (world: World, application: Application) => {
  const { batchId, id } = application;
  if (batchId === null) return null;
  const batch = await world.stores.batches.get(batchId);
  const items = await world.stores.batches.items(batchId);
  const item = items.find(({ applicationId }) => applicationId === id);
  if (!batch || !item) return null;
  const events = await world.stores.cases.events(application);
  return lateReturnRefusal(application, item, events) === null ? { batch, item } : null;
};

export const sayReturned: Command = async (world, application, { who, what }) => {
  const found = await paidIn(world, application);
  if (!found) return null;
  const said = {
    voucher: `TP-${what % 5}`,
    failureCode: what % 2 === 0 ? "account_not_found" : "payer_balance",
    by: oneOf(people, who) ?? people[0],
    at: tick(world),
  } as const;
  return async () =>
    (await world.stores.batches.noteLateReturn(found.item, said)) ? "said" : "stale";
};

export const agreeReturned: Command = async (world, application, { who }) => {
  const found = await paidIn(world, application);
  if (!found) return null;
  const { batch, item } = found;
  const at = tick(world);
  const by = oneOf(people, who) ?? people[0];
  const returned = bookLateReturn(
    application,
    item,
    { by, at },
    {
      repairWorkingDays: policy.flowClock.failedPaymentRepair,
      calendar: policy.calendar,
      payBy: at,
    },
  );
  const moved = moveBatch(batch, { type: "payment_returned", at, by });
  if (!returned || moved.kind === "refused") return null;
  return async () => {
    const change = { before: batch, after: moved.batch };
    const outcome = await world.stores.batches.bookLateReturn(returned, change);
    if (outcome === "committed") {
      returnedByBank(world.book, application.id, batch.id);
      stepped(world.book, application.id, application.version);
    }
    return outcome;
  };
};
