import * as fc from "fast-check";
import { expect, test } from "vitest";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import {
  newAccessCode,
  newApplicationId,
  newBatchId,
  newStaffId,
  parseAccessCode,
  parseApplicationId,
  parseBatchId,
  parseFundId,
} from "#shared/kernel/ids.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test("a reference can be copied by hand: ten characters without I, L, O and U", () => {
  fc.assert(
    fc.property(bytes(10), (random) => {
      expect(newApplicationId(random)).toMatch(/^SN[0-9A-HJKMNP-TV-Z]{10}$/u);
    }),
  );
});

test("a reference is read back whatever case and gaps it is typed with", () => {
  fc.assert(
    fc.property(bytes(10), (random) => {
      const id = newApplicationId(random);
      expect(parseApplicationId(id)).toBe(id);
      expect(parseApplicationId(` ${id.slice(0, 6).toLowerCase()}-${id.slice(6)} `)).toBe(id);
    }),
  );
});

test("O is read as 0, I and L as 1", () => {
  expect(parseApplicationId("SNOIL0000000")).toBe("SN0110000000");
  expect(parseAccessCode("oil0-0000-0000")).toBe("0110-0000-0000");
});

test.each([
  "",
  "SN",
  "SN123456789",
  "SN12345678901",
  "AB1234567890",
  "SN123456789U",
  "SN12345678<>",
])("%j is no reference", (typed) => {
  expect(parseApplicationId(typed)).toBeNull();
});

test("an access code is printed in three groups and read with or without them", () => {
  fc.assert(
    fc.property(bytes(12), (random) => {
      const code = newAccessCode(random);
      expect(code).toMatch(/^.{4}-.{4}-.{4}$/u);
      expect(parseAccessCode(code.replaceAll("-", "").toLowerCase())).toBe(code);
    }),
  );
});

test("a short access code is none", () => {
  expect(parseAccessCode("0000-0000-000")).toBeNull();
});

test("a batch number carries its day and reads back", () => {
  const id = newBatchId("2026-07-20", new Uint8Array(6));
  expect(id).toBe("B20260720-000000");
  expect(parseBatchId(id)).toBe(id);
  expect(parseBatchId("B2026072-000000")).toBeNull();
});

test("a fund's id reads back; what no key could hold is none", () => {
  for (const id of ["central", "union-2026", "CENTRAL_2026", "9"]) expect(parseFundId(id)).toBe(id);
  for (const text of ["", "-a", "a b", "a\0", "a/b", "中央", "__proto__", "x".repeat(65), "a\n"]) {
    expect(parseFundId(text), text).toBeNull();
  }
});

test("different random bytes give different ids: no bit of the 50 is lost", () => {
  const zero = new Uint8Array(10);
  for (let place = 0; place < 10; place += 1) {
    for (let bit = 0; bit < 5; bit += 1) {
      const other = new Uint8Array(10);
      other[place] = 1 << bit;
      expect(newApplicationId(other)).not.toBe(newApplicationId(zero));
    }
  }
});

test("an id is never made from too few random bytes", () => {
  expect(() => newApplicationId(new Uint8Array(9))).toThrow(InvariantBroken);
  expect(() => newStaffId(new Uint8Array(7))).toThrow(InvariantBroken);
  expect(() => newAccessCode(new Uint8Array(11))).toThrow(InvariantBroken);
});
