import * as fc from "fast-check";
import { expect, test } from "vitest";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";

test.each([
  ["王建国", "王*"],
  ["王伟", "王*"],
  ["欧阳修文", "欧阳*"],
  ["欧阳修", "欧阳*"],
  ["司马光", "司马*"],
  ["买买提·艾力", "买*"],
  ["𠮷田", "𠮷*"],
  ["Alice", "A*"],
])("%s is shown as %s", (name, shown) => {
  expect(maskedName(name)).toBe(shown);
});

test("two characters are a family name and a given name, even where they could be a family name", () => {
  expect(maskedName("欧阳")).toBe("欧*");
  expect(maskedName("长孙")).toBe("长*");
});

test("no name is no person", () => {
  expect(maskedName("")).toBe("*");
});

const character = fc.constantFrom(..."王李欧阳诸葛建国文明伟·𠮷");
const given = fc.string({ unit: character, minLength: 1, maxLength: 4 });

test("law: the mask doesn't tell how long a given name is, nor any of it", () => {
  const surname = fc.constantFrom("王", "李", "欧阳", "诸葛");
  fc.assert(
    fc.property(surname, given, (family, personal) => {
      // 欧 may be followed by 阳 of the given name only where the family name is 欧, which isn't drawn here.
      expect(maskedName(`${family}${personal}`)).toBe(`${family}*`);
    }),
  );
});

test("law: at least one character of every name of two and more stays hidden", () => {
  const name = fc.string({ unit: character, minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(name, (whole) => {
      const shown = maskedName(whole).slice(0, -1);
      expect(whole.startsWith(shown)).toBe(true);
      expect([...shown].length).toBeLessThan([...whole].length);
      expect([...shown].length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 1_000 },
  );
});

test("of a card its last four digits are shown, as banks print them, and nothing of its length", () => {
  expect(maskedCard("6222020000000000123")).toBe("****0123");
  const card = fc.stringMatching(/^\d{12,19}$/u);
  fc.assert(
    fc.property(card, (number) => {
      expect(maskedCard(number)).toMatch(/^\*{4}\d{4}$/u);
      expect(number.endsWith(maskedCard(number).slice(4))).toBe(true);
    }),
  );
});
