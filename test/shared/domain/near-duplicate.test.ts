import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  normalisedCard,
  normalisedName,
  normalisedPhone,
  pairOf,
} from "#shared/domain/near-duplicate.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";

test.each([
  ["王 小明", "王小明"],
  ["阿不都·热合曼", "阿不都热合曼"],
  ["阿不都•热合曼", "阿不都热合曼"],
  ["Ｌｉ Ｍing", "LIMING"],
])("the names %s and %s are one", (one, other) => {
  expect(normalisedName(one)).toBe(normalisedName(other));
});

test("names that differ stay different", () => {
  expect(normalisedName("王小明")).not.toBe(normalisedName("王晓明"));
});

test.each([
  ["+86 138-0013-8000", "13800138000"],
  ["8613800138000", "13800138000"],
  ["0531 8888 0000", "053188880000"],
])("the phone %s is %s", (typed, phone) => {
  expect(normalisedPhone(typed)).toBe(phone);
});

test("a card is its digits", () => {
  expect(normalisedCard("6222 0200-0000 0000 018")).toBe("6222020000000000018");
});

test("a pair has one order, whichever of the two is named first", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const [a, b] = [one as BlindIndex, other as BlindIndex];
      expect(pairOf(a, b)).toEqual(pairOf(b, a));
      expect([...pairOf(a, b)].toSorted()).toEqual([a, b].toSorted());
    }),
  );
});
