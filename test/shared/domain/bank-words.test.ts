import fc from "fast-check";
import { expect, test } from "vitest";
import { failureCodeOf, isMendedByApplicant, resultOf } from "#shared/domain/bank-words.ts";
import { failureTitles, type FailureCode } from "#shared/domain/failure-code.ts";

test("our own words for a failure are read back as that failure", () => {
  for (const [code, title] of Object.entries(failureTitles)) {
    expect(failureCodeOf(title.zh)).toBe(code);
  }
});

test("what a person can't mend is not laid at their door", () => {
  const codes = Object.keys(failureTitles) as FailureCode[];
  expect(codes.filter((code) => !isMendedByApplicant(code))).toEqual([
    "no_cross_bank_agreement",
    "limit_exceeded",
    "file_format",
    "payer_balance",
  ]);
});

test("no text but a whole known word is ever a payment", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (around, reason) => {
      const result = resultOf(`${around}成功x`, reason);
      expect(result).not.toBe("paid");
    }),
  );
  expect(resultOf("SUCCESS", "")).toBe("paid");
  expect(resultOf("冲正", "")).toBe("failed");
});
