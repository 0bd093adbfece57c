import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { encodeGbk, fitsGbk } from "#shared/kernel/gbk.ts";

test("every character that is written is read back as itself by another's code page 936, and written so by it", () => {
  let written = 0;
  for (let codePoint = 0; codePoint < 0x3_0000; codePoint += 1) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const character = String.fromCodePoint(codePoint);
    const bytes = encodeGbk(character);
    expect(fitsGbk(character)).toBe(bytes !== null);
    if (bytes === null) continue;
    written += 1;
    if (iconv.decode(Buffer.from(bytes), "cp936") !== character) throw new Error(character);
    if (!iconv.encode(character, "cp936").equals(bytes)) throw new Error(character);
  }
  // The 20,902 characters of Unicode 1.1, the 128 of ASCII, and GBK's signs.
  expect(written).toBeGreaterThan(21_800);
});

test("names with a dot or rare characters are written, and those beyond GBK are no question marks", () => {
  const text = "阿依古丽·买买提,喆煊堃囍 A-1\r\n";
  expect(iconv.decode(Buffer.from(encodeGbk(text) ?? []), "cp936")).toBe(text);
  for (const name of ["王㛃", "𠮷田", "龦", "€", "\uE78D", "\uD842"]) {
    expect(fitsGbk(name), name).toBe(false);
    expect(encodeGbk(name), name).toBeNull();
  }
});
