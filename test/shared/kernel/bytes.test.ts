import { expect, test } from "vitest";
import { joinBytes, latinBytes, latinText, viewOf } from "#shared/kernel/bytes.ts";

test("text of single bytes comes back as it was, each byte a character", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(latinText(all)).toHaveLength(256);
  expect(latinBytes(latinText(all))).toEqual(all);
});

test("runs of bytes are joined in their order", () => {
  expect(joinBytes([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])).toEqual(
    Uint8Array.of(1, 2, 3),
  );
  expect(joinBytes([])).toHaveLength(0);
});

test("a view of a part counts from the part's first byte, and ends with it", () => {
  const part = Uint8Array.of(9, 9, 1, 2, 9).subarray(2, 4);
  expect(viewOf(part).getUint16(0)).toBe(0x0102);
  expect(() => viewOf(part).getUint16(1)).toThrow(RangeError);
});
