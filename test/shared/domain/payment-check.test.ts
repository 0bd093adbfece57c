import { expect, test } from "vitest";
import { isFlag, remarkTitles, repeatedPayments } from "#shared/domain/payment-check.ts";
import { applicationIdOf } from "#test/support/cases.ts";

const payment = (number: number, cardNumber: string, amountFen: number) => ({
  applicationId: applicationIdOf(number),
  cardNumber,
  amountFen,
});

test("of payments with the same card and amount the second and further ones are flagged", () => {
  expect(
    repeatedPayments([
      payment(1, "6222", 500_000),
      payment(2, "6222", 300_000),
      payment(3, "6222", 500_000),
      payment(4, "6228", 500_000),
      payment(5, "6222", 500_000),
    ]),
  ).toEqual([
    { applicationId: applicationIdOf(3), code: "same_card_and_amount" },
    { applicationId: applicationIdOf(5), code: "same_card_and_amount" },
  ]);
});

test("only the flag is about a payment that is in the batch", () => {
  const codes = Object.keys(remarkTitles) as (keyof typeof remarkTitles)[];
  expect(codes.filter(isFlag)).toEqual(["same_card_and_amount"]);
});
