/** The rules of batches beside their states: scope, lock, receipt, closing, holds, mended cards, money that came back. */
import { expect, test } from "vitest";
import { readAcceptance } from "#shared/domain/batch-acceptance.ts";
import { openPoints } from "#shared/domain/batch-closing.ts";
import { lockText } from "#shared/domain/batch-lock.ts";
import { inScope, wholeFund } from "#shared/domain/batch-scope.ts";
import {
  isCardToCheck,
  isCardToMend,
  passCard,
  refusedAnswersVersion,
  sendBackCard,
  sentBackWords,
} from "#shared/domain/card-check.ts";
import { moveBatch } from "#shared/domain/disbursement.ts";
import { mendedByApplicant } from "#shared/domain/failure-code.ts";
import { bookLateReturn, lateReturnRefusal } from "#shared/domain/late-return.ts";
import { isHeld } from "#shared/domain/payment-hold.ts";
import { addMinutes, noAdditions } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { commonPolicy } from "#test/support/cases.ts";
import {
  aBatch,
  aReservedCase,
  anItem,
  checker,
  maker,
  monday,
} from "#test/support/disbursement.ts";

const units = [
  { id: "city" as UnitId, parentId: null },
  { id: "west" as UnitId, parentId: "city" as UnitId },
  { id: "mill" as UnitId, parentId: "west" as UnitId },
].map((unit) => ({
  ...unit,
  name: { zh: unit.id, en: unit.id },
  tier: "station" as const,
  line: null,
}));
const organisation = { units, staff: [] };

test("a scope takes in a programme, an office and all under it, and both together", () => {
  const of = (programmeId: string, unitId: string | null) => ({
    programmeId,
    unitId: unitId as UnitId | null,
  });
  const west = inScope({ programmeId: null, unitId: "west" as UnitId }, organisation);
  expect([of("a", "west"), of("a", "mill"), of("a", "city"), of("a", null)].map(west)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const both = inScope({ programmeId: "b", unitId: "west" as UnitId }, organisation);
  expect([of("b", "mill"), of("a", "mill"), of("b", "city")].map(both)).toEqual([
    true,
    false,
    false,
  ]);
  expect(inScope(wholeFund, null)(of("a", null))).toBe(true);
});

test("the lock's text changes with every payment, whatever their order", () => {
  const one = anItem(1, { payeeHash: "h1" });
  const two = anItem(2, { payeeHash: "h2" });
  const text = lockText([one, two]);
  expect(lockText([two, one])).toBe(text);
  for (const changed of [
    { ...one, amountFen: fen(1) },
    { ...one, payeeHash: "h9" },
    { ...one, reference: "SN0000000001-2" },
  ]) {
    expect(lockText([changed, two])).not.toBe(text);
  }
  expect(lockText([one])).not.toBe(text);
});

test("a receipt is read as it is typed, or says which fields are wrong", () => {
  expect(readAcceptance({ number: " 2026-１ ", count: "2", sum: "10000.00" })).toEqual({
    kind: "read",
    number: "2026-1",
    count: 2,
    sumFen: yuan(10_000),
  });
  expect(readAcceptance({ number: "", count: "2.5", sum: "0" })).toEqual({
    kind: "problems",
    fields: ["number", "count", "sum"],
  });
});

test("a batch closes when batch, receipt, payments and ledger agree and nothing is open", () => {
  const items = [anItem(1, { status: "paid" }), anItem(2, { status: "failed" })];
  const receipt = { number: "1", count: 2, sumFen: yuan(10_000), by: maker, at: monday };
  const batch = aBatch({ status: "sent", count: 2, sumFen: yuan(10_000), acceptance: receipt });
  const given = { postedFen: yuan(5_000), exceptionsOpen: 0 };

  expect(openPoints(batch, items, given)).toEqual([]);
  expect(openPoints({ ...batch, acceptance: null }, items, given)).toEqual(["acceptance_missing"]);
  const short = { ...receipt, sumFen: yuan(9_999) };
  expect(openPoints({ ...batch, acceptance: short }, items, given)).toEqual(["acceptance_differs"]);
  expect(openPoints(batch, items, { ...given, exceptionsOpen: 1 })).toEqual(["exceptions_open"]);
  expect(openPoints(batch, items, { ...given, postedFen: yuan(1) })).toEqual(["ledger_differs"]);
  expect(openPoints(batch, items.slice(1), { ...given, postedFen: fen(0) })).toEqual([
    "items_differ",
  ]);
  const waiting = [items[0]!, anItem(2)];
  expect(openPoints(batch, waiting, given)).toEqual(["items_open"]);
});

test("a file refused as a whole is confirmed by another person, while the bank has it", () => {
  const said = { paperKey: "k", reason: "r", by: maker, at: monday };
  const sent = aBatch({ status: "sent", fileKey: "f", refusal: said });
  const confirmed = (by: typeof maker) =>
    moveBatch(sent, { type: "refusal_confirmed", at: monday, by });
  expect(confirmed(maker)).toEqual({ kind: "refused", code: "own_proposal" });
  expect(confirmed(checker)).toMatchObject({ kind: "moved", batch: { status: "voiding" } });
  const voided = aBatch({ status: "voided" });
  expect(moveBatch(voided, { type: "return_given", at: monday, by: maker })).toEqual({
    kind: "refused",
    code: "not_in_this_state",
  });
});

test("a hold covers its case or its programme until it is released", () => {
  const { id, programmeId } = aReservedCase(1);
  const hold = { id: "h", by: maker, at: monday, reason: "r", release: null };
  const ofCase = { ...hold, subject: { kind: "case", applicationId: id } as const };
  const ofProgramme = { ...hold, subject: { kind: "programme", programmeId } as const };
  const one = { id, programmeId };
  expect([[ofCase], [ofProgramme], []].map((holds) => isHeld(holds, one))).toEqual([
    true,
    true,
    false,
  ]);
  const release = { by: checker, at: monday, words: "w" };
  expect(isHeld([{ ...ofCase, release }], one)).toBe(false);
});

const failed = aReservedCase(1, { status: "payment_failed", failureCode: "account_not_found" });
const moment = { now: monday, flowClock: commonPolicy.flowClock, calendar: noAdditions };

test("a mended card is passed or sent back by a second person, and not by who entered the case", () => {
  expect([isCardToCheck(failed), isCardToMend(failed)]).toEqual([true, false]);
  expect(isCardToMend({ ...failed, deadlineAt: monday })).toBe(true);
  expect(passCard(failed, maker, moment, null)).toMatchObject({
    step: { after: { status: "reserved", failureCode: null, attempt: 1 } },
  });
  const clock = { repairWorkingDays: 5, calendar: noAdditions };
  const back = sendBackCard(failed, { by: maker, at: monday, words: "w" }, clock);
  expect(back).toMatchObject({ step: { after: { status: "payment_failed" } } });
  expect(back.kind === "step" && back.step.after.deadlineAt! > monday).toBe(true);
  expect(passCard({ ...failed, enteredBy: maker }, maker, moment, null)).toMatchObject({
    code: "own_entry",
  });
  expect(passCard({ ...failed, deadlineAt: monday }, maker, moment, null)).toMatchObject({
    code: "not_in_this_state",
  });
});

test("the refused details are those before the first mending, however often it was sent back", () => {
  const event = (type: "payment_failed" | "card_mended" | "card_sent_back", version?: number) => ({
    type,
    detail: version === undefined ? {} : { answersVersion: version },
    confidential: type === "card_sent_back" ? { reason: "户名" } : null,
  });
  const events = [
    event("payment_failed"),
    event("card_mended", 3),
    event("card_sent_back"),
    event("card_mended", 4),
  ];
  expect(refusedAnswersVersion(events)).toBe(2);
  expect(refusedAnswersVersion(events.slice(0, 1))).toBeNull();
  expect(sentBackWords(events)).toBe("户名");
  expect(sentBackWords([...events, event("payment_failed")])).toBeNull();
});

const lateReturn = {
  voucher: "V-1",
  failureCode: "account_status",
  by: maker,
  at: monday,
} as const;
const paid = aReservedCase(1, { status: "paid", batchId: anItem(1).batchId });
const item = anItem(1, { status: "paid", lateReturn });
const clock = {
  repairWorkingDays: 5,
  calendar: noAdditions,
  payBy: addMinutes(monday, 60),
};

test("money that came back is booked back and set aside anew, by two people, once for its cycle", () => {
  const booked = bookLateReturn(paid, item, { by: checker, at: monday }, clock);
  expect(booked).toMatchObject({
    step: { after: { status: "payment_failed", cycle: 2, attempt: 2, batchId: null } },
    item: { status: "returned" },
    refund: { kind: "refund", subject: `${paid.id}:1`, voucher: "V-1", amountFen: 500_000 },
    reserve: { kind: "reserve", subject: `${paid.id}:2`, amountFen: 500_000 },
  });
  expect(bookLateReturn(paid, item, { by: maker, at: monday }, clock)).toBeNull();
  const ours = { ...item, lateReturn: { ...lateReturn, failureCode: "payer_balance" as const } };
  expect(bookLateReturn(paid, ours, { by: checker, at: monday }, clock)).toMatchObject({
    step: { after: { status: "reserved", deadlineAt: clock.payBy } },
  });
  expect(mendedByApplicant).not.toContain("payer_balance");
});

test("only a case's last payment comes back, while nothing else is claimed of it", () => {
  expect(lateReturnRefusal(paid, item, [])).toBeNull();
  expect(lateReturnRefusal(paid, { ...item, status: "failed" }, [])).toBe("not_paid");
  expect(lateReturnRefusal(paid, { ...item, isAdvance: true }, [])).toBe("advance");
  for (const moved of [{ cycle: 2 }, { attempt: 2 }, { status: "recovery_due" as const }]) {
    expect(lateReturnRefusal({ ...paid, ...moved }, item, [])).toBe("case_moved");
  }
});
