import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { noHistory, type Finding } from "#shared/domain/assessment.ts";
import {
  conclude,
  condition,
  employedFor,
  flagged,
  memberBeforeApproval,
  nothingFound,
  rulesOn,
} from "#shared/domain/eligibility.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { percentOf, yuan } from "#shared/kernel/money.ts";

const policies = [
  { version: "made-up-2025", effectiveFrom: localDate("2025-01-01"), figures: { amount: 1 } },
  { version: "made-up-2026", effectiveFrom: localDate("2026-07-01"), figures: { amount: 2 } },
];
const appliedOn = localDate("2026-07-20");
const pack = { ...policyPack, programmes: { "made-up": policies } };
const rules = rulesOn("made-up", { pack, appliedOn });
const context = {
  appliedOn,
  line: "territorial",
  pack,
  onFile: true,
  history: noHistory,
} as const;

const missed = (code: string): Finding =>
  condition({
    met: false,
    rule: `rule.${code}`,
    clause: "8.1",
    inputs: {},
    threshold: null,
    says: { zh: "符合", en: "met" },
    refusal: { code, says: { zh: "不符合", en: "missed" } },
  });

const award = {
  rate: { hundredths: percentOf(yuan(5_000), 100), steps: [] },
  fundOrder: ["UNION"],
} as const;

test("an assessment names the version of every policy it used", () => {
  expect(rules.policyVersion).toBe("made-up-2026 common-2025 L-2025");
  expect(rulesOn("made-up", { pack, appliedOn: localDate("2026-06-30") }).policyVersion).toBe(
    "made-up-2025 common-2025 L-2025",
  );
});

test("a year without a confirmed L is refused", () => {
  expect(() => rulesOn("made-up", { pack, appliedOn: localDate("2028-01-01") })).toThrow(
    PolicyNotConfirmed,
  );
});

test.each([
  [11, 12, "EMPLOYMENT_TOO_SHORT"],
  [12, 12, undefined],
  [5, 6, "EMPLOYMENT_TOO_SHORT"],
  [6, 6, undefined],
])("%d months of work where %d are wanted: %s", (months, monthsMin, code) => {
  expect(employedFor(months, monthsMin).refusal?.code).toBe(code);
});

test("whoever is no member yet is flagged and not refused, for one may join before the decision", () => {
  const found = memberBeforeApproval(false, true);
  expect(found.refusal).toBe(null);
  expect(found.flags).toHaveLength(1);
  expect(found.steps[0]?.outcome).toBe("flagged");
  expect(memberBeforeApproval(true, true)).toBe(nothingFound);
  expect(memberBeforeApproval(false, false)).toBe(nothingFound);
});

test("the first refusal is the reason, and every condition is shown", () => {
  const found = conclude({
    rules,
    context,
    category: "DEEP",
    findings: [nothingFound, missed("FIRST"), missed("SECOND")],
    award,
  });
  expect(found).toMatchObject({ recommendation: "refuse", amountFen: 0, advanceFen: 0 });
  expect(found.refusal?.code).toBe("FIRST");
  expect(found.steps.map(({ rule }) => rule)).toEqual(["rule.FIRST", "rule.SECOND"]);
  expect(found.category).toBe("DEEP");
});

test("without a refusal the award is recommended, and flags go with it", () => {
  const flag = flagged({
    rule: "flag",
    inputs: {},
    threshold: null,
    clause: "8.1",
    says: { zh: "请核实", en: "look into it" },
  });
  const found = conclude({ rules, context, category: "DEEP", findings: [flag], award });
  expect(found).toMatchObject({
    programmeId: "made-up",
    recommendation: "approve",
    refusal: null,
    amountFen: yuan(5_000),
    fundOrder: ["UNION"],
  });
  expect(found.flags).toEqual([{ zh: "请核实", en: "look into it" }]);
});

test("an award of which nothing is left is a refusal", () => {
  const spent = { ...context, history: { ...noHistory, householdYearFen: yuan(30_000) } };
  const found = conclude({ rules, context: spent, category: "DEEP", findings: [], award });
  expect(found).toMatchObject({ recommendation: "refuse", amountFen: 0, fundOrder: [] });
  expect(found.refusal?.code).toBe("CAP_EXHAUSTED");
});

test("that a later fund could have paid is among the flags, of an award that was cut and of one that is refused", () => {
  const warm = { ...award, fundOrder: ["SWN", "UNION"] } as const;
  const flagsAfter = (paidYuan: number) =>
    conclude({
      rules,
      context: {
        ...context,
        history: { ...noHistory, personYearByFundFen: { SWN: yuan(paidYuan) } },
      },
      category: "DEEP",
      findings: [],
      award: { ...warm, rate: { hundredths: percentOf(yuan(2_000), 100), steps: [] } },
    });
  expect(flagsAfter(5_000)).toMatchObject({ recommendation: "approve", amountFen: yuan(1_000) });
  expect(flagsAfter(6_000)).toMatchObject({ refusal: { code: "CAP_EXHAUSTED" } });
  for (const paid of [5_000, 6_000]) {
    expect(flagsAfter(paid).flags.map(({ en }) => en)).toEqual([
      expect.stringContaining("could carry all 2,000.00 yuan"),
    ]);
  }
  expect(flagsAfter(4_000).flags).toEqual([]);
});

test("a case that nothing refuses and that has no terms is a mistake in the programme", () => {
  expect(() => conclude({ rules, context, category: "DEEP", findings: [], award: null })).toThrow(
    InvariantBroken,
  );
});
