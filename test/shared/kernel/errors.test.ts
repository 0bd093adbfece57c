import { expect, test } from "vitest";
import * as errors from "#shared/kernel/errors.ts";

const thrown: readonly Error[] = [
  new errors.ApplicationNotFound(),
  new errors.ApproverNotAvailable("nobody"),
  new errors.PolicyNotConfirmed("no L"),
  new errors.StoreContended("busy", new Error("cause")),
  new errors.BankReturnUnreadable("torn"),
  new errors.NoticeWouldLeak("id_number"),
];

test("every error has a literal name of its own, on which a state machine can match", () => {
  const classes = new Set(Object.keys(errors).filter((name) => name !== "ReliefError"));
  expect(new Set(thrown.map(({ name }) => name))).toEqual(classes);
});

test("every error is a relief error with a code of its own", () => {
  const codes = thrown.map((error) => (error instanceof errors.ReliefError ? error.code : null));
  expect(codes).not.toContain(null);
  expect(new Set(codes).size).toBe(thrown.length);
});

test("what lay behind a contended store is kept", () => {
  const cause = new Error("cause");
  expect(new errors.StoreContended("busy", cause).cause).toBe(cause);
});
