import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readImport, type ImportRow } from "#shared/domain/archive-import.ts";
import { importColumns } from "#shared/domain/import-columns.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { householdRows, sheetCells } from "#test/support/archive-pages.ts";

const today = localDate("2026-07-20");
const units = new Map([
  ["chunfeng", "chunfeng"],
  ["春风街道工会服务站", "chunfeng"],
]);

const rowsOf = (cells: readonly (readonly string[])[]): readonly ImportRow[] =>
  cells.map((row, index) => ({
    line: index + 1,
    cells: row.map((text) => ({ text, isNumber: false })),
  }));

const read = (cells: readonly (readonly string[])[]) => readImport(rowsOf(cells), units, today);

test("headings are known in both languages, whatever their brackets, gaps and order", () => {
  const cells = sheetCells(householdRows(1));
  const english = [importColumns.map(({ title }) => ` ${title.en} `), ...cells.slice(1)];
  const turned = cells.map((row) => row.toReversed());
  const [one, other, third] = [read(cells), read(english), read(turned)];
  expect(one.errors).toEqual([]);
  expect(other.households).toEqual(one.households);
  expect(third.households).toEqual(one.households);
});

test("no two columns are known by the same heading", () => {
  for (const language of ["zh", "en"] as const) {
    const titles = importColumns.map(({ title }) => title[language]);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test("a member's row with its household's cells left empty takes them from the worker's", () => {
  const { households } = read(sheetCells(householdRows(1)));
  expect(households[0]?.declaration.facts).toMatchObject({
    unitId: "chunfeng",
    cause: "illness",
    housing: "rented",
    secondaryCause: "none",
    modelWorker: "none",
  });
  expect(households[0]?.memberLines).toEqual([2, 3]);
});

test("an error in one household doesn't hide those of another", () => {
  const wrong = householdRows(1, { idNumber: "370102198001010000" });
  const { errors, households } = read(
    sheetCells([...wrong, ...householdRows(2), ...householdRows(3, { homes: "-1", phone: "12" })]),
  );
  expect(errors.map(({ line, column }) => [line, column])).toEqual([
    [2, "idNumber"],
    [6, "phone"],
    [6, "homes"],
  ]);
  expect(households.map(({ number }) => number)).toEqual(["2"]);
});

test("whatever stands in the cells, every row is either read or named, and nothing throws", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ maxLength: 12 }), { maxLength: 40 }), { maxLength: 12 }),
      (cells) => {
        const { errors, households } = read([sheetCells([])[0] ?? [], ...cells]);
        expect(errors.length > 0 || households.length > 0 || cells.length === 0).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
