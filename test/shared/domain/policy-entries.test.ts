import * as z from "zod";
import { expect, test } from "vitest";
import { entriesOf, readEntries } from "#shared/domain/policy-entries.ts";
import { figures, yuanAmount } from "#shared/domain/policy-schema.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { yuan } from "#shared/kernel/money.ts";

const schema = figures({
  capYuan: yuanAmount,
  days: z.int().min(1).max(9),
  byLevel: figures({ highYuan: yuanAmount, lowYuan: yuanAmount }),
  funds: z.array(z.string()),
});

const first = {
  version: "one",
  effectiveFrom: "2025-01-01",
  figures: {
    capYuan: "100.00",
    days: 5,
    byLevel: { highYuan: "20", lowYuan: 10 },
    funds: ["A", "B"],
  },
};

const read = (...entries: readonly unknown[]) => readEntries(entries, schema, "made");

const faultsOf = (...entries: readonly unknown[]) => {
  const result = read(...entries);
  return result.kind === "faults"
    ? result.faults.map(({ path, code, value, detail }) => [path, code, value, detail].join(" | "))
    : [];
};

test("amounts in yuan are read as fen, under the names that the rules know", () => {
  expect(read(first)).toEqual({
    kind: "entries",
    entries: [
      {
        version: "one",
        effectiveFrom: "2025-01-01",
        figures: {
          capFen: yuan(100),
          days: 5,
          byLevel: { highFen: yuan(20), lowFen: yuan(10) },
          funds: ["A", "B"],
        },
      },
    ],
  });
});

test("an entry that builds on another holds only what changes: objects word by word, lists whole", () => {
  const second = {
    version: "two",
    effectiveFrom: "2026-01-01",
    basedOn: "one",
    sources: { "byLevel.highYuan": "INF" },
    figures: { byLevel: { highYuan: "30.50" }, funds: ["C"] },
  };
  const third = {
    version: "three",
    effectiveFrom: "2027-01-01",
    basedOn: "two",
    figures: { days: 6 },
  };
  const entries = entriesOf({ source: [first, second, third], schema }, "made");
  expect(entries[1]?.figures).toEqual({
    capFen: yuan(100),
    days: 5,
    byLevel: { highFen: yuan(30.5), lowFen: yuan(10) },
    funds: ["C"],
  });
  expect(entries[2]?.figures).toMatchObject({ days: 6, byLevel: { highFen: yuan(30.5) } });
});

test.each([
  ["5,000", "not_yuan"],
  ["5000.001", "not_yuan"],
  [-1, "not_yuan"],
  [true, "not_yuan"],
  [0.1 + 0.2, "not_yuan"],
])("%s is no amount", (capYuan, code) => {
  const wrong = { ...first, figures: { ...first.figures, capYuan } };
  expect(faultsOf(wrong)).toEqual([
    `made[one].figures.capYuan | ${code} | ${JSON.stringify(capYuan)} | `,
  ]);
});

test("whatever is wrong is named with its place, its value and its limit", () => {
  const wrong = {
    version: "one",
    effectiveFrom: "2025-02-30",
    figures: { capYuan: "1", days: 10, byLevel: { highYuan: "1", lowYan: "2" }, funds: "A" },
  };
  expect(faultsOf({ ...wrong, effectiveFrom: "2025-02-28" })).toEqual([
    "made[one].figures.days | too_big | 10 | 9",
    "made[one].figures.byLevel.lowYuan | missing |  | ",
    'made[one].figures.byLevel | unrecognized_keys | {"highYuan":"1","lowYan":"2"} | lowYan',
    'made[one].figures.funds | invalid_type | "A" | array',
  ]);
  expect(faultsOf(wrong)).toContain('made[one].effectiveFrom | not_a_day | "2025-02-30" | ');
});

test("unknown words of an entry are refused too", () => {
  expect(faultsOf({ ...first, effectiveTo: "2026-01-01" })[0]).toContain("unrecognized_keys");
});

test("versions are names of their own, and each takes effect after the one before", () => {
  expect(faultsOf(first, { ...first, effectiveFrom: "2026-01-01" })).toEqual([
    "made[one].version | version_twice | one | one",
  ]);
  expect(faultsOf(first, { ...first, version: "two" })).toEqual([
    "made[two].effectiveFrom | not_after_the_one_before | 2025-01-01 | 2025-01-01",
  ]);
  expect(faultsOf(first, { ...first, version: "two", effectiveFrom: "2025-01-02" })).toEqual([]);
  expect(faultsOf({ ...first, version: "" })[0]).toContain("invalid_format");
});

test("an entry can build on an earlier one only", () => {
  const later = { version: "two", effectiveFrom: "2026-01-01", basedOn: "three", figures: {} };
  expect(faultsOf(first, later)).toContain("made[two].basedOn | unknown_base | three | three");
});

test("a list that is none, or empty, is refused", () => {
  for (const source of [[], {}, "x", undefined]) {
    expect(readEntries(source, schema, "made")).toMatchObject({
      kind: "faults",
      faults: [{ path: "made", code: "not_a_list" }],
    });
  }
});

test("a file under version control that is wrong stops the start, and says where", () => {
  const wrong = { ...first, figures: { ...first.figures, days: 0 } };
  expect(() => entriesOf({ source: [wrong], schema }, "made")).toThrow(
    new InvariantBroken("a policy file is wrong: made[one].figures.days too_small"),
  );
});
