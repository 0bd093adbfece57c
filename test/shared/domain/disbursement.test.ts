import fc from "fast-check";
import { expect, test } from "vitest";
import {
  moveBatch,
  unreadReturn,
  type Batch,
  type BatchEventType,
} from "#shared/domain/disbursement.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { aBatch, checker, maker, monday } from "#test/support/disbursement.ts";

const types: readonly Exclude<BatchEventType, "created">[] = [
  "assembled",
  "found_empty",
  "authorised",
  "void_decided",
  "voided",
  "file_written",
  "return_given",
  "return_read",
  "closed",
];

const moved = (
  batch: Batch,
  type: (typeof types)[number],
  by: Batch["checkerId"] = null,
): Batch => {
  const move = moveBatch(batch, { type, at: monday, by });
  if (move.kind === "refused") throw new Error(`${type}: ${move.code}`);
  return move.batch;
};

test("the one who made a batch can't authorise it, nor can nobody", () => {
  const waiting = moved(aBatch(), "assembled");

  expect(moveBatch(waiting, { type: "authorised", at: monday, by: maker })).toEqual({
    kind: "refused",
    code: "own_batch",
  });
  expect(moveBatch(waiting, { type: "authorised", at: monday, by: null })).toEqual({
    kind: "refused",
    code: "own_batch",
  });
  expect(moved(waiting, "authorised", checker)).toMatchObject({
    status: "authorised",
    checkerId: checker,
    version: 3,
  });
});

test("whatever happens in whatever order, no batch is sent without two people, and none leaves voided", () => {
  const attempt = fc.record({
    type: fc.constantFrom(...types),
    by: fc.constantFrom(maker, checker, null),
  });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 40 }), (attempts) => {
      let batch = aBatch();
      for (const { type, by } of attempts) {
        const move = moveBatch(batch, { type, at: monday, by });
        if (move.kind === "refused") continue;
        expect(batch.status).not.toBe("voided");
        expect(move.batch.version).toBe(batch.version + 1);
        expect(move.batch.history).toHaveLength(batch.history.length + 1);
        ({ batch } = move);
        if (batch.status === "sent" || batch.status === "closed") {
          expect(batch.checkerId).toBe(checker);
          expect(batch.checkerId).not.toBe(batch.makerId);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("returns are read in the order they were given, and a closed batch still takes the bank's word down", () => {
  const later = addMinutes(monday, 5);
  const sent = aBatch({ status: "sent", returnKeys: ["a", "b"], returnsRead: 1 });

  expect(unreadReturn(sent)).toBe("b");
  expect(unreadReturn({ ...sent, returnsRead: 2 })).toBeNull();
  const closed = aBatch({ status: "closed", since: monday });
  expect(moveBatch(closed, { type: "return_given", at: later, by: maker })).toMatchObject({
    batch: { status: "closed", since: monday },
  });
  expect(moveBatch(closed, { type: "closed", at: later, by: null })).toMatchObject({
    kind: "refused",
  });
});
