import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDelimited } from "#shared/exports/delimited-text.ts";

interface Read {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A pair of quotes alone on its line is an empty line here and a row there: neither says anything. */
const saying = (rows: readonly Read[] | null): readonly Read[] | undefined =>
  rows?.filter(({ cells }) => cells.length > 1 || cells[0] !== "");

const theirs = (text: string, delimiter: string) => {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return null;
  }
};

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "行", " ", "1", ".", "'", "=") }),
  fc
    .string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "账") })
    .map((inside) => `"${inside.replaceAll('"', '""')}"`),
  fc.constantFrom('5" 屏', 'a"b"', ""),
);

test.each([",", "\t", ";", "|"])(
  "what is parted by %j is read as csv-parse reads it",
  (delimiter) => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        (rows, end, bom, last) => {
          const lines = rows.map((cells) =>
            cells
              .map((one) => (one.startsWith('"') ? one.replaceAll("\n", end) : one))
              .join(delimiter),
          );
          const text = `${bom ? "\uFEFF" : ""}${lines.join(end)}${last ? end : ""}`;
          const ours = saying(readDelimited(text, delimiter));
          const read = saying(theirs(text, delimiter));
          expect(ours?.map(({ cells }) => cells)).toEqual(read?.map(({ cells }) => cells));
          // A line end of two letters inside quotes is one line here and two there.
          if (end === "\n") expect(ours).toEqual(read);
        },
      ),
      { numRuns: 400 },
    );
  },
);

test("lines may end in any of three ways, and a quote must be closed", () => {
  expect(readDelimited("a,b\r\nc,d\re\n\n,f", ",")).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["c", "d"] },
    { line: 3, cells: ["e"] },
    { line: 5, cells: ["", "f"] },
  ]);
  expect(readDelimited('a,"b\nc', ",")).toBeNull();
  expect(readDelimited("", ",")).toEqual([]);
});

test("ten megabytes of one line, or of one cell, are read in no time", () => {
  const cells = readDelimited("7,".repeat(5_000_000), ",")?.[0]?.cells;
  expect(cells).toHaveLength(5_000_001);
  expect(readDelimited(`"${"x".repeat(10_000_000)}"`, ",")?.[0]?.cells[0]).toHaveLength(10_000_000);
});
