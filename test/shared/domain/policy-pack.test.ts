import { expect, test } from "vitest";
import {
  allocationPolicyOf,
  commonPolicyOf,
  commonPolicyOn,
  policyConfirmedOn,
  programmePolicies,
  type PolicyPack,
} from "#shared/domain/policy-pack.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";

const made = (figures: object): PolicyPack => ({
  ...policyPack,
  programmes: {
    made: [{ version: "made-1", effectiveFrom: localDate("2026-01-01"), figures }],
  },
});

test("a year is confirmed from its first day to its last, and the next one isn't", () => {
  expect(policyConfirmedOn(policyPack, localDate("2025-01-01"))).toBe(true);
  expect(policyConfirmedOn(policyPack, localDate("2027-12-31"))).toBe(true);
  expect(policyConfirmedOn(policyPack, localDate("2028-01-01"))).toBe(false);
});

test("before the first figures nothing is confirmed", () => {
  expect(policyConfirmedOn(policyPack, localDate("2024-12-31"))).toBe(false);
  expect(policyConfirmedOn({ ...policyPack, livingStandards: [] }, localDate("2026-07-20"))).toBe(
    false,
  );
  expect(policyConfirmedOn({ ...policyPack, common: [] }, localDate("2026-07-20"))).toBe(false);
});

test("a short pot goes to whoever came first, unless the programme's figures say otherwise", () => {
  const on = localDate("2026-07-20");
  expect(allocationPolicyOf(made({}), "made", on)).toEqual({ method: "first_come", quotas: {} });
  const quota = { method: "quota", quotas: { chunfeng: 3 } };
  expect(allocationPolicyOf(made({ allocation: quota }), "made", on)).toEqual(quota);
  expect(() => allocationPolicyOf(made({}), "made", localDate("2025-12-31"))).toThrow(
    PolicyNotConfirmed,
  );
  for (const { id } of programmes) {
    expect(allocationPolicyOf(policyPack, id, on).method).toBe("first_come");
  }
});

test("a case keeps the policy of the day it was sent; a draft has today's", () => {
  const later = { ...policyPack.common[0]!, effectiveFrom: localDate("2026-08-01") };
  const pack = {
    ...policyPack,
    common: [...policyPack.common, { ...later, figures: { ...later.figures, homesMax: 2 } }],
  };
  const now = instant("2026-09-01T00:00:00Z");
  expect(commonPolicyOf(pack, instant("2026-07-31T15:59:59Z"), now).homesMax).toBe(1);
  expect(commonPolicyOf(pack, instant("2026-07-31T16:00:00Z"), now).homesMax).toBe(2);
  expect(commonPolicyOf(pack, null, now).homesMax).toBe(2);
  expect(commonPolicyOn(pack, localDate("2026-07-31")).homesMax).toBe(1);
});

test("a pack without a programme's figures is a mistake", () => {
  expect(() => programmePolicies(policyPack, "unknown")).toThrow(InvariantBroken);
});
