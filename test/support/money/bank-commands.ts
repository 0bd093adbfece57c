/** What the bank says: lines in any order and number, right and wrong, early, late and twice. */
import { classifyReturn, type ReturnLine } from "#shared/domain/bank-return.ts";
import type { BatchItem } from "#shared/domain/disbursement.ts";
import { moveBatch, sumOfItems } from "#shared/domain/disbursement.ts";
import {
  isExplained,
  settleFailed,
  settlePaid,
  type Settlement,
} from "#shared/domain/settlement.ts";
import { fen } from "#shared/kernel/money.ts";
import { must, paidByBank, refusedByBank, stepped } from "./book.ts";
import { batchFor, moved } from "./batch-commands.ts";
import {
  loadCase,
  oneOf,
  policy,
  tick,
  type Command,
  type GivenReturn,
  type World,
} from "./world.ts";

/** One way in which a bank may write a payment's line. */
type Wording = (item: BatchItem, card: string) => readonly Omit<ReturnLine, "line">[];

const said = (
  { reference, amountFen }: BatchItem,
  account: string,
  result: ReturnLine["result"],
  changes: Partial<ReturnLine> = {},
): Omit<ReturnLine, "line"> => ({
  reference,
  account,
  amountFen,
  result,
  failureCode: "other",
  ...changes,
});

const paid: Wording = (item, card) => [said(item, card, "paid")];
const refused: Wording = (item, card) => [said(item, card, "failed")];
const shortOfMoney: Wording = (item, card) => [
  said(item, card, "failed", { failureCode: "payer_balance" }),
];

const wordings: readonly Wording[] = [
  paid,
  paid,
  paid,
  refused,
  refused,
  shortOfMoney,
  () => [],
  (item, card) => [said(item, card, "processing")],
  (item, card) => [said(item, card, "paid"), said(item, card, "paid")],
  (item, card) => [said(item, card, "paid"), said(item, card, "failed")],
  (item, card) => [said(item, card, "paid", { amountFen: fen(item.amountFen + 1) })],
  (item) => [said(item, "999999", "paid")],
  (item, card) => [said(item, card, null)],
  (item, card) => [said(item, card, "paid", { reference: "" })],
  (item, card) => [said(item, card, "failed", { amountFen: null })],
];

/** What the reference makes of a payment's lines: one word, the right amount, the right account; else nothing. */
const meantOf = (
  { lines }: GivenReturn,
  item: BatchItem,
  card: string,
): "paid" | "failed" | null => {
  const own = lines.filter(({ reference }) => reference === item.reference);
  const words = new Set(
    own.map(({ result, amountFen, account }) => `${result} ${amountFen} ${account}`),
  );
  const [first] = own;
  const isClear = words.size === 1 && first?.amountFen === item.amountFen && first.account === card;
  return isClear && (first.result === "paid" || first.result === "failed") ? first.result : null;
};

const strangers: readonly Omit<ReturnLine, "line">[] = [
  {
    reference: "SN00000000ZZ-1",
    account: "1",
    amountFen: fen(100),
    result: "paid",
    failureCode: "other",
  },
];

/** A file of the bank: a word for each payment as drawn, the order turned, now and then a stranger's line. */
const linesFor = (
  world: World,
  items: readonly BatchItem[],
  drawn: number,
): readonly ReturnLine[] => {
  const own = items.flatMap((item, index) => {
    const wording = oneOf(wordings, Math.trunc(drawn / (index * 13 + 1))) ?? paid;
    return wording(item, world.cards.get(item.reference) ?? "");
  });
  const all = drawn % 4 === 0 ? [...own, ...strangers] : own;
  const turned = drawn % 2 === 0 ? all : all.toReversed();
  return turned.map((line, index) => ({ ...line, line: index + 2 }));
};

/** The desk takes a file in. */
export const giveReturn: Command = async (world, application, { who, what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  world.serial += 1;
  const returnKey = `returns/${world.serial}.csv`;
  const items = await world.stores.batches.items(before.id);
  const lines = linesFor(world, items, who * 512 + what);
  const attempt = moved(
    world,
    before,
    moveBatch(
      before,
      { type: "return_given", at: tick(world), by: null },
      { returnKeys: [...before.returnKeys, returnKey] },
    ),
  );
  if (!attempt) return null;
  return async () => {
    const outcome = await attempt();
    if (outcome === "moved") world.returns.push({ batchId: before.id, returnKey, lines });
    return outcome;
  };
};

const settlementsOf = async (
  world: World,
  given: GivenReturn,
): Promise<readonly Settlement[] | null> => {
  const { batchId, returnKey } = given;
  const batch = await world.stores.batches.get(batchId);
  if (!batch) return null;
  const items = await world.stores.batches.items(batchId);
  const verdicts = classifyReturn(given, items, world.cards);
  const at = tick(world);
  const settlements: Settlement[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind !== "paid" && verdict.kind !== "failed") continue;
    const application = await loadCase(world, verdict.item.applicationId);
    const word = { batch, returnKey, line: verdict.line, at };
    const { calendar, flowClock } = policy;
    const settlement =
      verdict.kind === "paid"
        ? settlePaid(application, verdict.item, word, {
            finalNotice: "none",
            noticeWorkingDays: flowClock.finalNotice,
            fastTrack: null,
            calendar,
          })
        : settleFailed(application, verdict.item, verdict.failureCode, word, {
            repairWorkingDays: flowClock.failedPaymentRepair,
            calendar,
          });
    if (settlement) settlements.push(settlement);
  }
  return settlements;
};

const bookSettled = (world: World, given: GivenReturn, { item, step }: Settlement): void => {
  const { applicationId, batchId, reference, status } = item;
  const meant = meantOf(given, item, world.cards.get(reference) ?? "");
  must(meant === status, "I20: a line moved money that doesn't say so");
  if (status === "paid") paidByBank(world.book, applicationId, batchId);
  else refusedByBank(world.book, applicationId, batchId);
  stepped(world.book, applicationId, step.before.version);
};

/** Reads a file that was given, the newest or any earlier one again, and settles what it says. */
export const readReturn: Command = async (world, application, { who, what }) => {
  const own = world.returns.filter(({ batchId }) => batchId === application.batchId);
  const given = what % 4 === 0 ? oneOf(world.returns, who) : (own.at(-1) ?? world.returns.at(-1));
  if (!given) return null;
  const batch = await world.stores.batches.get(given.batchId);
  const items = await world.stores.batches.items(given.batchId);
  const settlements = await settlementsOf(world, given);
  if (!batch || !settlements) return null;
  const expected = items.filter(
    (item) =>
      item.status === "ready" &&
      meantOf(given, item, world.cards.get(item.reference) ?? "") !== null,
  );
  must(
    expected.length === settlements.length,
    "I20: what the bank says plainly is not what is settled",
  );
  if (settlements.length === 0) return null;
  return async () => {
    const outcomes = await world.stores.batches.settle(settlements, batch.fundId);
    for (const [index, settlement] of settlements.entries()) {
      if (outcomes[index] === "committed") bookSettled(world, given, settlement);
    }
    return outcomes.join(" ");
  };
};

/** Ends a batch of which every payment is explained. */
export const closeBatch: Command = async (world, application, { what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  const items = await world.stores.batches.items(before.id);
  if (!isExplained(items) || sumOfItems(items) !== before.sumFen) return null;
  return moved(world, before, moveBatch(before, { type: "closed", at: tick(world), by: null }));
};
