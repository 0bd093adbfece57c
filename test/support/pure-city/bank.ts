/** What the finance office tries: batches, the bank's word on them, and money that comes back. */
import { isOverYear } from "#shared/domain/account-limits.ts";
import { addAccounts } from "#shared/domain/award-account.ts";
import { passCard, sendBackCard } from "#shared/domain/card-check.ts";
import { moveBatch, newBatch, type Batch } from "#shared/domain/disbursement.ts";
import {
  bookRefund,
  confirmRefusal,
  confirmWriteOff,
  proposeWriteOff,
  recoveryAccount,
  refundProblems,
} from "#shared/domain/recovery.ts";
import { enterBatch, leaveBatch, settleFailed, settlePaid } from "#shared/domain/settlement.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import {
  caseAttempt,
  claimsHeldBy,
  itemAttempt,
  oneOf,
  someone,
  yearOfCase,
  type Command,
} from "./attempts.ts";
import { policy, type City, type Kept } from "./world.ts";

/** What is asked once more before a payment (check-payable.ts). */
const isPayable = (city: City, { application }: Kept): boolean => {
  const { own, others } = yearOfCase(city, application);
  const holds = claimsHeldBy(city, application).some(
    ({ household }) => household === application.household,
  );
  return holds && !isOverYear(addAccounts(own, others), application, [policy]);
};

/** A batch of one, filled and locked. */
export const enter: Command = (city, kept, { who }) => {
  const { application } = kept;
  const fundId = who % 4 === 0 ? oneOf([...city.funds.keys()], who) : application.fundId;
  if (!fundId || !isPayable(city, kept)) return null;
  city.serial += 1;
  const made = newBatch(`B${city.serial}` as BatchId, {
    fundId: fundId as Batch["fundId"],
    makerId: someone(city, who).id,
    at: city.now,
  });
  const entering = enterBatch(application, made, city.now);
  if (!entering) return null;
  const filled = { count: 1, sumFen: entering.item.amountFen };
  const locked = moveBatch(made, { type: "assembled", at: city.now, by: null }, filled);
  return locked.kind === "moved" ? itemAttempt({ ...entering, opens: locked.batch }) : null;
};

/** Somebody looks at a mended card: mostly it is right. */
export const checkCard: Command = (city, { application }, { who, what }) => {
  const by = someone(city, who).id;
  const looked =
    what % 4 === 0
      ? sendBackCard(
          application,
          { by, at: city.now, words: "words" },
          { repairWorkingDays: policy.flowClock.failedPaymentRepair, calendar: policy.calendar },
        )
      : passCard(
          application,
          by,
          { now: city.now, flowClock: policy.flowClock, calendar: policy.calendar },
          null,
        );
  return looked.kind === "refused" ? null : caseAttempt({ step: looked.step });
};

const itemOf = (city: City, { application }: Kept, what: number) => {
  const items = [...city.items.values()].filter((item) => item.applicationId === application.id);
  const item = what % 4 === 0 ? oneOf(items, what) : items.at(-1);
  const batch = item && city.batches.get(item.batchId);
  return item && batch ? { item, batch } : null;
};

/** Somebody authorises the batch, its maker among those who try; then its file is written. */
export const authorise: Command = (city, kept, { who, what }) => {
  const found = itemOf(city, kept, what);
  if (!found) return null;
  const by = someone(city, who).id;
  const authorised = moveBatch(found.batch, { type: "authorised", at: city.now, by });
  if (authorised.kind === "refused") return null;
  const sent = moveBatch(authorised.batch, { type: "file_written", at: city.now, by: null });
  if (sent.kind === "moved") city.batches.set(sent.batch.id, sent.batch);
  return null;
};

export const voidBatch: Command = (city, kept, { what }) => {
  const found = itemOf(city, kept, what);
  if (!found) return null;
  const decided = moveBatch(found.batch, { type: "void_decided", at: city.now, by: null });
  if (decided.kind === "moved") city.batches.set(decided.batch.id, decided.batch);
  const batch = city.batches.get(found.batch.id);
  if (batch?.status !== "voiding") return null;
  const leaving = leaveBatch(kept.application, found.item, city.now);
  return leaving && itemAttempt(leaving);
};

/** The bank's word on a payment of the case, at times of an earlier one. */
export const settle: Command = (city, kept, { what }) => {
  const found = itemOf(city, kept, what);
  if (!found || found.batch.status !== "sent" || found.item.status !== "ready") return null;
  const { application, way } = kept;
  const word = { batch: found.batch, returnKey: "return", line: 1, at: city.now };
  const { calendar, flowClock } = policy;
  const settlement =
    what % 5 > 1
      ? settlePaid(application, found.item, word, {
          finalNotice: way.finalNotice,
          noticeWorkingDays: flowClock.finalNotice,
          fastTrack: way.fastTrack,
          calendar,
        })
      : settleFailed(
          application,
          found.item,
          what % 5 === 0 ? "payer_balance" : "account_not_found",
          word,
          { repairWorkingDays: flowClock.failedPaymentRepair, calendar },
        );
  return settlement && itemAttempt(settlement);
};

const transfersOf = (city: City, { application }: Kept) =>
  [...city.transfers.values()].filter(({ applicationId }) => applicationId === application.id);

const dueOf = (city: City, kept: Kept) => recoveryAccount(kept.events, transfersOf(city, kept));

/** Money that comes back, in parts, at times more than is due or under a slip's number that was used. */
export const refund: Command = (city, kept, { who, what }) => {
  if (kept.application.status !== "recovery_due") return null;
  const account = dueOf(city, kept);
  const amountFen: Fen = what % 3 === 0 ? account.leftFen : yuan(500 * (1 + (what % 5)));
  const voucher = `HD-${what % 9}`;
  if (refundProblems(account, { amountFen, voucher }).length > 0) return null;
  const given = { amountFen, voucher, by: someone(city, who).id, at: city.now };
  const booked = bookRefund(kept.application, account, transfersOf(city, kept), given);
  return booked && caseAttempt(booked);
};

export const proposeWriteOffOf: Command = (city, kept, { who }) => {
  if (kept.application.status !== "recovery_due") return null;
  const given = { reason: "gone", by: someone(city, who).id, at: city.now };
  const taken = proposeWriteOff(kept.application, dueOf(city, kept), given);
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};

export const confirmWriteOffOf: Command = (city, kept, { who }) => {
  const account = dueOf(city, kept);
  const by = someone(city, who).id;
  if (kept.application.status !== "recovery_due" || confirmRefusal(account, by)) return null;
  const taken = confirmWriteOff(kept.application, account, { by, at: city.now });
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};
