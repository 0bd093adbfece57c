import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRowDeflate } from "#shared/exports/row-deflate.ts";

const deflated = (lines: readonly Uint8Array[]): Buffer => {
  const parts: Uint8Array[] = [];
  const deflate = createRowDeflate((bytes) => parts.push(bytes));
  for (const line of lines) deflate.push(line, line.length);
  deflate.end();
  return Buffer.concat(parts);
};

test("zlib reads back whatever lines were written, alike or not, short or longer than the window", () => {
  const markup = fc
    .array(fc.constantFrom("<c r=", '"', "A12", "王芳", "<", ">", "</t></is></c>", "62220", "x"))
    .map((parts) => Buffer.from(parts.join("")));
  const long = fc
    .tuple(fc.constantFrom("ab", '<"', "王"), fc.integer({ min: 1, max: 60_000 }))
    .map(([unit, times]) => Buffer.from(unit.repeat(times)));
  const line = fc.oneof(
    { weight: 5, arbitrary: markup },
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: long },
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      // Each line twice, so that there is something to refer to.
      const twice = lines.flatMap((one) => [one, Buffer.from(one)]);
      expect(inflateRawSync(deflated(twice)).equals(Buffer.concat(twice))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("every length of a match from 3 to 258, and every distance up to the window's, comes out right", () => {
  const lines: Buffer[] = [];
  for (let length = 1; length <= 600; length += 1) {
    lines.push(Buffer.from(`<${"a".repeat(length)}`), Buffer.from(`<${"a".repeat(length)}b<`));
  }
  for (let length = 1_000; length < 40_000; length += 1_777) {
    const line = Buffer.from(Array.from({ length }, (_, index) => 32 + ((index * 31) % 90)));
    lines.push(line, line);
  }
  expect(inflateRawSync(deflated(lines)).equals(Buffer.concat(lines))).toBe(true);
});

test("lines that resemble each other take a small part of their room", () => {
  const lines = Array.from({ length: 2_000 }, (_, index) =>
    Buffer.from(
      `<row r="${index}"><c r="A${index}" t="inlineStr"><is><t>6222${index}</t></is></c></row>`,
    ),
  );
  expect(deflated(lines).length).toBeLessThan(Buffer.concat(lines).length / 4);
});
