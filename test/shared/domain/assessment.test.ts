import { expect, test } from "vitest";
import { categoryTitles, isFiled, noHistory } from "#shared/domain/assessment.ts";

test("severe, relative and sudden hardship have a file; temporary hardship and none have not", () => {
  expect((["DEEP", "RELATIVE", "ACCIDENT"] as const).map(isFiled)).toEqual([true, true, true]);
  expect([isFiled("TEMPORARY"), isFiled(null)]).toEqual([false, false]);
});

test("the categories carry the names of the policy's glossary", () => {
  expect(Object.values(categoryTitles).map(({ zh }) => zh)).toEqual([
    "深度困难职工",
    "相对困难职工",
    "意外致困职工",
    "临时困难职工",
  ]);
});

test("without earlier awards nothing is taken from a limit", () => {
  expect(noHistory).toEqual({
    householdYearFen: 0,
    sameCauseFen: 0,
    programmeYearFen: 0,
    programmeYearCount: 0,
    personYearByFundFen: {},
  });
});
