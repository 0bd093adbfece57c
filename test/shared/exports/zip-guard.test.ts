import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { isZipWithin } from "#shared/exports/zip-guard.ts";

const bytes = (size: number): Uint8Array => new Uint8Array(size);

test("all that is in a ZIP counts, to the byte", () => {
  const zip = zipSync({ a: bytes(600), b: [bytes(400), { level: 0 }] });
  expect(isZipWithin(zip, 1_000)).toBe(true);
  expect(isZipWithin(zip, 999)).toBe(false);
});

test("a ZIP that lies about its sizes is counted all the same", () => {
  const zip = zipSync({ a: bytes(100_000) });
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  view.setUint32(22, 10, true);
  expect(isZipWithin(zip, 50_000)).toBe(false);
});

test("too many parts, and what is no ZIP", () => {
  const many = Object.fromEntries(
    Array.from({ length: 201 }, (_part, index) => [`${index}`, bytes(1)]),
  );
  expect(isZipWithin(zipSync(many), 1_000_000)).toBe(false);
  expect(isZipWithin(bytes(1_000), 1_000_000)).toBe(false);
  expect(isZipWithin(bytes(0), 1_000_000)).toBe(false);
});
