import { expect, test } from "vitest";
import { portionsOf } from "#shared/exports/portions.ts";

const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_number, index) => index);

async function* slowly(values: readonly number[]): AsyncGenerator<number> {
  for (const value of values) yield await Promise.resolve(value);
}

const sizesAndRows = async (rows: Iterable<number> | AsyncIterable<number>) => {
  const portions: (readonly number[])[] = [];
  for await (const portion of portionsOf(rows)) portions.push(portion);
  return { sizes: portions.map(({ length }) => length), rows: portions.flat() };
};

test.each([
  [0, []],
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [240, [100, 100, 40]],
])(
  "%i rows, at once or slowly, come whole and in order in portions of %j",
  async (count, sizes) => {
    expect(await sizesAndRows(numbers(count))).toEqual({ sizes, rows: numbers(count) });
    expect(await sizesAndRows(slowly(numbers(count)))).toEqual({ sizes, rows: numbers(count) });
  },
);

test("no more rows are asked for than a portion holds beyond what is wanted", async () => {
  let asked = 0;
  const endless = function* (): Generator<number> {
    for (;;) yield (asked += 1);
  };
  for await (const portion of portionsOf(endless())) {
    expect(portion).toHaveLength(100);
    break;
  }
  expect(asked).toBe(100);
});
