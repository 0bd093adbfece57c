import { expect, test } from "vitest";
import type { Fund } from "#shared/domain/fund.ts";
import { closingLinesMax } from "#shared/domain/fund-order.ts";
import {
  closingLines,
  closingLinesNow,
  nextYearId,
  nextYearTerms,
  openedByClose,
  toClose,
} from "#shared/domain/year-end.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aFund } from "#test/support/cases.ts";

const ofYear = (id: string, availableYuan: number, changes: Partial<Fund> = {}): Fund => ({
  ...aFund(id, "UNION"),
  year: 2026,
  grantedFen: yuan(availableYuan),
  availableFen: yuan(availableYuan),
  ...changes,
});

test("a fund's successor has the year after in its id and its name, and the same terms", () => {
  expect(nextYearId("central-2026" as FundId, 2026)).toBe("central-2027");
  expect(nextYearId("swn" as FundId, 2026)).toBe("swn-2027");
  const terms = nextYearTerms(ofYear("u", 1, { name: { zh: "2026年经费", en: "Dues 2026" } }));
  expect(terms).toMatchObject({ year: 2027, name: { zh: "2027年经费", en: "Dues 2027" } });
});

test("what is left is carried over or goes back, as the fund's terms say; others are left alone", () => {
  const funds = [
    ofYear("union-2026", 100),
    ofYear("central-2026", 50, { carryOver: false }),
    ofYear("union-2025", 7, { year: 2025 }),
    ofYear("always", 9, { year: null }),
  ];
  const lines = closingLines(funds, 2026);
  expect(lines).toEqual([
    { fromFundId: "central-2026", toFundId: null, amountFen: yuan(50) },
    { fromFundId: "union-2026", toFundId: "union-2027", amountFen: yuan(100) },
  ]);
  expect(openedByClose(lines, funds).map(({ id, terms }) => [id, terms.year])).toEqual([
    ["union-2027", 2027],
  ]);
  expect(openedByClose(lines, [...funds, ofYear("union-2027", 0, { year: 2027 })])).toEqual([]);
});

test("an empty fund is closed all the same; a closed one comes again only when money came back", () => {
  const empty = ofYear("a-2026", 0);
  const swept = ofYear("b-2026", 0, { open: false });
  const late = ofYear("c-2026", 3, { open: false });
  expect(toClose([late, swept, empty], 2026).map(({ id }) => id)).toEqual(["a-2026", "c-2026"]);
});

test("one order closes so many funds as fit in one transaction, and takes what is left when it is booked", () => {
  const many = Array.from({ length: 30 }, (_fund, index) => ofYear(`f${100 + index}-2026`, 1));
  const lines = closingLines(many, 2026);
  expect(lines).toHaveLength(closingLinesMax);
  const now = closingLinesNow(
    lines,
    many.map((fund) => ({ ...fund, availableFen: yuan(2) })),
  );
  expect(now.every(({ amountFen }) => amountFen === yuan(2))).toBe(true);
});
