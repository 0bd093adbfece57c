import { expect, test } from "vitest";
import {
  hashedText,
  keyCheckProgramme,
  listColumns,
  matchesIn,
  readList,
  scopeOf,
} from "#shared/domain/branch-comparison.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { applicationIdOf } from "#test/support/cases.ts";

const hash = (letter: string): string => letter.repeat(43);
const rows = (...lines: readonly (readonly string[])[]) =>
  [listColumns, ...lines].map((cells) => ({ cells }));
const check = [keyCheckProgramme, "", hash("k")];

test("a list is read with its key check, hashes that a spreadsheet guarded too", () => {
  const guarded = `'-${"a".repeat(42)}`;
  expect(
    readList(rows(check, ["golden-autumn", "2026-2027", hash("a")], ["emergency", "e-1", guarded])),
  ).toEqual({
    keyCheck: hash("k"),
    hashes: [
      { programmeId: "golden-autumn", period: "2026-2027", hash: hash("a") },
      { programmeId: "emergency", period: "e-1", hash: guarded.slice(1) },
    ],
  });
});

test.each([
  ["nothing", []],
  ["other columns", [{ cells: ["受理编号", "金额", "处理结果"] }, { cells: check }]],
  ["no key check", rows(["golden-autumn", "2026", hash("a")])],
  ["a hash that is none", rows(check, ["golden-autumn", "2026", "370102198001010013"])],
  ["a case without a period", rows(check, ["golden-autumn", "", hash("a")])],
  ["markup", rows(check, ["<script>", "2026", hash("a")])],
])("what is no list is refused whole: %s", (_what, table) => {
  expect(readList(table)).toBeNull();
});

test("our cases on both lists, each once however many of its people are on the other", () => {
  const own = ["a", "b", "c"].map((letter, index) => ({
    applicationId: applicationIdOf(index < 2 ? 1 : 2),
    programmeId: "golden-autumn",
    period: "2026-2027",
    hash: hash(letter),
  }));
  const theirs = ["a", "b", "x"].map((letter) => ({
    programmeId: "golden-autumn",
    period: "2026-2027",
    hash: hash(letter),
  }));
  expect(matchesIn(own, theirs).map(({ applicationId }) => applicationId)).toEqual([
    applicationIdOf(1),
  ]);
  expect(matchesIn(own, [])).toEqual([]);
});

test("what is hashed differs by programme, period and person, and not by how a number was typed", () => {
  const text = hashedText("golden-autumn", "2026-2027", "37010219800101001x");
  expect(text).toBe(hashedText("golden-autumn", "2026-2027", " 37010219800101001X "));
  expect(text).not.toBe(hashedText("golden-autumn", "2025-2026", "37010219800101001X"));
  expect(text).not.toBe(hashedText("winter-warmth", "2026-2027", "37010219800101001X"));
  const days = { from: localDate("2026-07-01"), to: localDate("2026-08-31") };
  expect(scopeOf(days)).not.toBe(scopeOf({ ...days, to: localDate("2026-09-01") }));
});
