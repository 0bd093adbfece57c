import { expect, test } from "vitest";
import { commonFigures, livingStandardFigures } from "#shared/domain/common-figures.ts";
import { policyPack } from "#workflows/policy-pack.ts";

type Tree = Record<string, unknown>;

const present = (policyPack.source.common[0] as { readonly figures: Tree }).figures;

const codesOf = (changes: Tree): readonly string[] => {
  const read = commonFigures.safeParse({ ...present, ...changes });
  return read.success
    ? []
    : read.error.issues.map(({ code, message, path }) =>
        [path.join("."), code === "custom" ? message : code].join(" "),
      );
};

test("the common figures of the file can be taken", () => {
  expect(codesOf({})).toEqual([]);
});

const ladders = (territorial: readonly string[], industrial: readonly string[]) => ({
  route: { ...(present["route"] as Tree), ladders: { territorial, industrial } },
});
const whole = ["grass_roots", "bureau", "industrial", "city"];

test("a ladder begins at its line's base, rises, and ends with the city", () => {
  expect(codesOf(ladders(["station", "city"], whole))).toEqual([]);
  expect(codesOf(ladders(["station", "district", "city"], ["grass_roots", "city"]))).toEqual([]);
  const wrong = ["route.ladders.territorial ladder_not_in_order"];
  expect(codesOf(ladders(["district", "city"], whole))).toEqual(wrong);
  expect(codesOf(ladders(["station", "district"], whole))).toEqual(wrong);
  expect(codesOf(ladders(["station", "city", "district"], whole))).toEqual(wrong);
  expect(codesOf(ladders(["station", "district", "district", "city"], whole))).toEqual(wrong);
  expect(codesOf(ladders(["station", "bureau", "city"], whole))).toEqual(wrong);
  expect(codesOf(ladders(["station", "city"], ["bureau", "city"]))).toEqual([
    "route.ladders.industrial ladder_not_in_order",
  ]);
});

test("one to nine people of a tier must agree", () => {
  const needed = (district: number) => ({
    route: { ...(present["route"] as Tree), approversNeeded: { district } },
  });
  expect([1, 9].flatMap((number) => codesOf(needed(number)))).toEqual([]);
  expect(codesOf(needed(0))).toEqual(["route.approversNeeded.district too_small"]);
  expect(codesOf(needed(10))).toEqual(["route.approversNeeded.district too_big"]);
});

test("the line of relative hardship lies above that of severe hardship", () => {
  expect(codesOf({ deepFactor: 23 })).toEqual([]);
  expect(codesOf({ deepFactor: 24 })).toEqual(["relativeFactor not_rising"]);
});

test("a share is at most 100 per cent", () => {
  expect(codesOf({ accidentLossPercent: 100 })).toEqual([]);
  expect(codesOf({ accidentLossPercent: 101 })).toEqual(["accidentLossPercent too_big"]);
});

test("a day can't be off and made up for at once", () => {
  const calendar = (makeUpWorkingDays: readonly string[]) => ({
    calendar: { holidays: ["2027-10-04"], makeUpWorkingDays },
  });
  expect(codesOf(calendar(["2027-10-09"]))).toEqual([]);
  expect(codesOf(calendar(["2027-10-04"]))).toEqual(["calendar.holidays.0 day_in_both_lists"]);
});

test("every fund has limits, and none that isn't known", () => {
  const { SWN: _without, ...others } = present["fundLimits"] as Tree;
  expect(codesOf({ fundLimits: others })).toEqual(["fundLimits.SWN invalid_type"]);
  expect(codesOf({ fundLimits: { ...(present["fundLimits"] as Tree), GOLD: null } })).toEqual([
    "fundLimits unrecognized_keys",
  ]);
});

test("L is above nothing and confirmed for a year at least", () => {
  const takes = (monthlyYuan: string, confirmedYears: readonly number[]): boolean =>
    livingStandardFigures.safeParse({ monthlyYuan, confirmedYears }).success;
  expect(takes("0.01", [2026])).toBe(true);
  expect(takes("0", [2026])).toBe(false);
  expect(takes("1062.00", [])).toBe(false);
  expect(takes("1062.00", [26])).toBe(false);
});
