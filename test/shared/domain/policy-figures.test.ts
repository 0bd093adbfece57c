import { expect, test } from "vitest";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import {
  changedFigures,
  dayOfDraft,
  figuresOf,
  firstUnconfirmedYear,
  listsOf,
  packAsOf,
} from "#shared/domain/policy-figures.ts";
import { livingStandardOn } from "#shared/domain/policy.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { yuan } from "#shared/kernel/money.ts";
import { commonPolicies, livingStandards, policyPack } from "#workflows/policy-pack.ts";

const [common] = commonPolicies;
const [standard] = livingStandards;
if (!common || !standard) throw new Error("the pack is empty");

const draft: PolicyPack = {
  ...policyPack,
  common: [
    common,
    {
      version: "common-2027",
      effectiveFrom: localDate("2027-03-01"),
      figures: { ...common.figures, homesMax: 2, householdAnnualCapFen: yuan(40_000) },
    },
  ],
  livingStandards: [
    standard,
    {
      version: "L-2028",
      effectiveFrom: localDate("2028-01-01"),
      figures: { monthlyFen: yuan(1_100), confirmedYears: [2028] },
    },
  ],
};

test("the rules of a day hold for every day, L too, whichever years it is confirmed for", () => {
  const pack = packAsOf(draft, localDate("2027-02-28"));
  expect(commonPolicyOn(pack, localDate("2031-01-01")).homesMax).toBe(1);
  expect(livingStandardOn(pack.livingStandards, localDate("2031-01-01"))).toBe(yuan(1_062));
  const next = packAsOf(draft, localDate("2028-01-01"));
  expect(commonPolicyOn(next, localDate("2020-01-01")).homesMax).toBe(2);
  expect(livingStandardOn(next.livingStandards, localDate("2020-01-01"))).toBe(yuan(1_100));
  expect(() => packAsOf(draft, localDate("2024-12-31"))).toThrow(PolicyNotConfirmed);
});

test("figures that differ on a day are named as the file names them, in yuan", () => {
  expect(changedFigures(policyPack, draft, localDate("2027-02-28"))).toEqual([]);
  expect(changedFigures(policyPack, draft, localDate("2027-03-01"))).toEqual([
    { list: "common", name: "homesMax", before: "1", after: "2" },
    { list: "common", name: "householdAnnualCapYuan", before: "30000.00", after: "40000.00" },
  ]);
  expect(changedFigures(policyPack, draft, localDate("2028-01-01"))).toHaveLength(4);
});

test("a figure that comes or goes is named with nothing on the other side", () => {
  const without = { ...policyPack, programmes: {} };
  const gone = changedFigures(policyPack, without, localDate("2026-07-20"));
  expect(gone.length).toBeGreaterThan(10);
  expect(gone.every(({ after }) => after === null)).toBe(true);
  expect(
    changedFigures(without, policyPack, localDate("2026-07-20")).every(
      ({ before }) => before === null,
    ),
  ).toBe(true);
});

test("the day of a draft is the last of its new entries; without any, the day that is given", () => {
  const today = localDate("2026-11-20");
  expect(dayOfDraft(policyPack, draft, today)).toBe("2028-01-01");
  expect(dayOfDraft(policyPack, { ...draft, livingStandards: [standard] }, today)).toBe(
    "2027-03-01",
  );
  expect(dayOfDraft(policyPack, policyPack, today)).toBe(today);
});

test("figures lie flat under the names of the file, lists and records of money among them", () => {
  const figures = listsOf(policyPack).flatMap(({ list, entries }) =>
    entries.flatMap((entry) => figuresOf(list, entry)),
  );
  const valueOf = (list: string, name: string): string | undefined =>
    figures.find((one) => one.list === list && one.name === name)?.value;
  expect(valueOf("common", "route.districtFinalMaxYuan")).toBe("5000.00");
  expect(valueOf("common", "fundLimits.CENTRAL.perAwardMaxYuan")).toBe("null");
  expect(valueOf("livingStandards", "monthlyYuan")).toBe("1062.00");
  expect(valueOf("golden-autumn", "filedYuan.secondary")).toBe("3000.00");
  expect(valueOf("critical-illness", "filed.bands")).toContain('"aboveYuan":"3000.00"');
  expect(figures.some(({ name, value }) => /Fen\b/u.test(name + value))).toBe(false);
});

test("the first year without a confirmed L is found from any day on", () => {
  expect(firstUnconfirmedYear(policyPack, localDate("2026-11-20"))).toBe(2028);
  expect(firstUnconfirmedYear(draft, localDate("2026-11-20"))).toBe(2029);
  expect(firstUnconfirmedYear(policyPack, localDate("2030-01-01"))).toBe(2030);
  // The entry of 2028 is in force then and doesn't know 2027.
  const early = { ...standard, figures: { ...standard.figures, confirmedYears: [2025, 2026] } };
  const gap = { livingStandards: [early, ...draft.livingStandards.slice(1)] };
  expect(firstUnconfirmedYear(gap, localDate("2026-11-20"))).toBe(2027);
});
