import { expect, test } from "vitest";
import { settledFindings, type Look } from "#shared/casework/settled-findings.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import type { FundId } from "#shared/kernel/ids.ts";

const finding: Finding = {
  code: "batch_sum",
  fundId: "union" as FundId,
  place: { kind: "batch", id: "B1" },
  detail: "",
  unit: "fen",
  expected: 1,
  found: 2,
};

const looking = (looks: readonly Look[]) => {
  let at = 0;
  return {
    look: () => Promise.resolve(looks[Math.min(at++, looks.length - 1)] as Look),
    looked: () => at,
  };
};
const wrong = (mark: string): Look => ({ mark, findings: [finding] });
const sound = (mark: string): Look => ({ mark, findings: [] });

test("what stands still and is wrong twice is a finding; what is right at once is none", async () => {
  const still = looking([wrong("1"), wrong("1")]);
  expect(await settledFindings(still.look)).toEqual([finding]);
  expect(still.looked()).toBe(2);
  const right = looking([sound("1")]);
  expect(await settledFindings(right.look)).toEqual([]);
  expect(right.looked()).toBe(1);
});

test("what moved between two looks is looked at again, and what never stands still is left to the next night", async () => {
  expect(await settledFindings(looking([wrong("1"), wrong("2"), sound("3")]).look)).toEqual([]);
  expect(await settledFindings(looking([wrong("1"), wrong("2"), wrong("2")]).look)).toEqual([
    finding,
  ]);
  let mark = 0;
  expect(await settledFindings(() => Promise.resolve(wrong(String((mark += 1)))))).toBeNull();
});
