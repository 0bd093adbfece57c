import { expect, test } from "vitest";
import { decisionProblem } from "#shared/domain/decision-problem.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, approve, commonPolicy } from "#test/support/cases.ts";

test("what an approver types is refused with its own reason", () => {
  const check = (changes: Partial<typeof approve>, application = aCase(1)) =>
    decisionProblem(application, { ...approve, ...changes }, application.tier!, commonPolicy);
  expect(check({})).toBeNull();
  expect(check({ amountFen: yuan(5_000.01) })).toBe("amount_above_assessed");
  expect(check({ amountFen: yuan(0) })).toBe("amount_not_valid");
  expect(check({ amountFen: yuan(4_000) })).toBe("reason_required");
  expect(check({ amountFen: yuan(4_000), reason: "核减" })).toBeNull();
  expect(check({ kind: "return" })).toBe("reason_required");
  expect(check({ kind: "confirm_refusal" })).toBe("decision_not_offered");
  expect(check({ reason: "长".repeat(501) })).toBe("reason_too_long");
});

test("above 10,000.00 the city names its minutes; at 10,000.00 it need not", () => {
  const city = (amount: number) =>
    decisionProblem(
      aCase(1, { tier: "city", amountFen: yuan(amount) }),
      { ...approve, amountFen: yuan(amount) },
      "city",
      commonPolicy,
    );
  expect(city(10_000)).toBeNull();
  expect(city(10_000.01)).toBe("minutes_required");
});
