import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commonPolicies } from "#workflows/policy-pack.ts";
import { inForce } from "#shared/domain/policy.ts";
import { type Line } from "#shared/domain/organisation.ts";
import { needsMinutes, nextTier, routeOf } from "#shared/domain/route.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, yuan, zeroFen } from "#shared/kernel/money.ts";

const { ladders } = commonPolicies[0]!.figures.route;

const limits = inForce(commonPolicies, localDate("2026-07-20")).figures.route;

test.each([
  ["territorial", 0, ["station", "district"]],
  ["territorial", 5_000, ["station", "district"]],
  ["territorial", 5_000.01, ["station", "district", "city"]],
  ["industrial", 0, ["grass_roots", "bureau", "industrial"]],
  ["industrial", 5_000, ["grass_roots", "bureau", "industrial"]],
  ["industrial", 5_000.01, ["grass_roots", "bureau", "industrial", "city"]],
] as const)("on the %s line %d yuan go through %o", (line, amount, tiers) => {
  expect(routeOf(line, yuan(amount), limits)).toEqual(tiers);
});

test("10,000 yuan need no minutes, a fen more does, and only the city holds the meeting", () => {
  expect(needsMinutes("city", yuan(10_000), limits)).toBe(false);
  expect(needsMinutes("city", yuan(10_000.01), limits)).toBe(true);
  expect(needsMinutes("district", yuan(10_000.01), limits)).toBe(false);
  expect(needsMinutes("city", zeroFen, limits)).toBe(false);
});

test("each tier hands on to the next, and the last decides", () => {
  const route = routeOf("industrial", yuan(10_600), limits);
  expect(nextTier(route, "grass_roots")).toBe("bureau");
  expect(nextTier(route, "industrial")).toBe("city");
  expect(nextTier(route, "city")).toBe(null);
});

test("a tier that is not on the route decides nothing", () => {
  expect(() => nextTier(["station", "district"], "city")).toThrow(InvariantBroken);
});

test("a larger award never takes fewer tiers, and every route climbs its ladder from the foot", () => {
  const line = fc.constantFrom<Line>("territorial", "industrial");
  const amount = fc.integer({ min: 0, max: 3_000_000 }).map(fen);
  fc.assert(
    fc.property(line, amount, amount, (on, one, other) => {
      const [small, large] = one <= other ? [one, other] : [other, one];
      const [shorter, longer] = [routeOf(on, small, limits), routeOf(on, large, limits)];
      expect(longer.length).toBeGreaterThanOrEqual(shorter.length);
      expect(ladders[on].slice(0, shorter.length)).toEqual(shorter);
    }),
  );
});
