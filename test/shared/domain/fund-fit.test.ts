import { expect, test } from "vitest";
import type { Fund, FundTerms } from "#shared/domain/fund.ts";
import {
  expectedFund,
  fundFit,
  passedOverCodes,
  reservedUnder,
  spendableFen,
  termsRefuse,
  type FundClaim,
} from "#shared/domain/fund-fit.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, aFund, organisation } from "#test/support/cases.ts";

const claim = (changes: Partial<FundClaim> = {}): FundClaim => ({
  application: aCase(1, {
    programmeId: "golden-autumn",
    category: "DEEP",
    unitId: "spring" as UnitId,
    amountFen: yuan(5_000),
    fundOrder: ["CENTRAL", "UNION"],
  }),
  year: 2026,
  organisation,
  mayUseReserve: false,
  personYearFen: {},
  ...changes,
});

const fund = (id: string, terms: Partial<FundTerms> = {}, availableYuan = 10_000): Fund => ({
  ...aFund(id, terms.code ?? "CENTRAL"),
  availableFen: yuan(availableYuan),
  grantedFen: yuan(availableYuan),
  ...terms,
});

const any = { programmes: null, categories: null, files: null, purpose: null };

test("a plain fund pays whatever its kind may pay", () => {
  expect(termsRefuse(fund("plain"), claim())).toBeNull();
});

test.each<[string, Partial<FundTerms>, string]>([
  ["another year's", { year: 2025 }, "other_year"],
  ["another office's", { unitId: "WEST" as UnitId }, "other_office"],
  [
    "one for another programme",
    { earmark: { ...any, programmes: ["emergency"] } },
    "other_programme",
  ],
  ["one for another category", { earmark: { ...any, categories: ["RELATIVE"] } }, "other_category"],
  ["one for households without a file", { earmark: { ...any, files: "unfiled" } }, "unfiled_only"],
  [
    "one with a low limit for one award",
    { limits: { perAwardMaxFen: yuan(4_999.99), perPersonYearMaxFen: null } },
    "award_too_large",
  ],
  [
    "one with a low limit for the year",
    { limits: { perAwardMaxFen: null, perPersonYearMaxFen: yuan(4_999) } },
    "person_year_used_up",
  ],
])("a fund is passed over when it is %s", (_which, terms, why) => {
  expect(termsRefuse(fund("f", terms), claim())).toBe(why);
});

test("limits hold at their edge: the whole of them may be used, and not a fen more", () => {
  const limits = { perAwardMaxFen: yuan(5_000), perPersonYearMaxFen: yuan(6_000) };
  expect(termsRefuse(fund("f", { limits }), claim())).toBeNull();
  const had = (amount: number) => claim({ personYearFen: { CENTRAL: yuan(amount) } });
  expect(termsRefuse(fund("f", { limits }), had(1_000))).toBeNull();
  expect(termsRefuse(fund("f", { limits }), had(1_000.01))).toBe("person_year_used_up");
});

test("what fits stays: this year's, the office's own and the one above it, the programme's, filed ones'", () => {
  const earmark = {
    ...any,
    programmes: ["golden-autumn"],
    categories: ["DEEP"],
    files: "filed" as const,
  };
  for (const unitId of ["spring", "east", "city"] as UnitId[]) {
    expect(termsRefuse(fund("f", { unitId, year: 2026, earmark }), claim())).toBeNull();
  }
});

test("a closed fund pays nobody, whatever else it says", () => {
  expect(termsRefuse({ ...fund("f", { year: 2025 }), open: false }, claim())).toBe("closed");
});

test("a case without a file is refused by filed money only", () => {
  const { application } = claim();
  const unfiled = claim({ application: { ...application, category: "TEMPORARY" } });
  const filedOnly = fund("f", { earmark: { ...any, files: "filed" } });
  expect(termsRefuse(filedOnly, unfiled)).toBe("filed_only");
  expect(termsRefuse(fund("u", { earmark: { ...any, files: "unfiled" } }), unfiled)).toBeNull();
});

test("codes come in the policy's order, funds of a code by their own order, and then by name", () => {
  const funds = [
    fund("union", { code: "UNION" }),
    fund("b", { useOrder: 20 }),
    fund("a", { useOrder: 20 }),
    fund("z", { useOrder: 3 }),
    fund("donation", { code: "DONATION" }),
    fund("old", { year: 2025 }),
  ];
  const fit = fundFit(claim(), funds);
  expect(fit.funds.map(({ id }) => id)).toEqual(["z", "a", "b", "union"]);
  expect(passedOverCodes(fit.passedOver)).toBe("old:other_year");
});

test("the first fund with the money is expected, and each one before it says why not", () => {
  const funds = [
    fund("short", { useOrder: 1 }, 4_999),
    fund("kept", { useOrder: 2, reserveLineFen: yuan(5_001) }),
    fund("pays", { useOrder: 3, reserveLineFen: yuan(5_000) }),
    fund("after", { useOrder: 4 }),
  ];
  const { fund: chosen, passedOver } = expectedFund(claim(), funds);
  expect(chosen?.id).toBe("pays");
  expect(passedOverCodes(passedOver)).toBe("short:short kept:short");
  // Emergency relief may use what is kept in reserve.
  expect(expectedFund(claim({ mayUseReserve: true }), funds).fund?.id).toBe("kept");
  expect(expectedFund(claim(), []).fund).toBeNull();
});

test("of a fund with a reserve line an ordinary award may take what is above it, never less than nothing", () => {
  const kept = fund("f", { reserveLineFen: yuan(9_000) });
  expect(spendableFen(kept, false)).toBe(yuan(1_000));
  expect(spendableFen(kept, true)).toBe(yuan(10_000));
  expect(spendableFen({ ...kept, availableFen: yuan(1) }, false)).toBe(zeroFen);
  expect(reservedUnder({ ...kept, termsVersion: 7 }, false)).toEqual({
    termsVersion: 7,
    keepFen: yuan(9_000),
  });
  expect(reservedUnder(kept, true).keepFen).toBe(zeroFen);
});
