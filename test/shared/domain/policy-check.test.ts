import { expect, test } from "vitest";
import { checkPack, hasErrors, rehearse } from "#shared/domain/policy-check.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import { packAsOf } from "#shared/domain/policy-figures.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";

const today = localDate("2026-11-20");

const check = (pack: PolicyPack, options: { today?: typeof today; asDraft?: boolean } = {}) =>
  checkPack(pack, programmes, { today, asDraft: false, ...options });

const drafted = (draft: object): PolicyPack => {
  const read = withDraft(policyPack, JSON.stringify(draft), programmes);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.pack;
};

test("the pack of the repository is fit for use, and the first year without L is named", () => {
  const findings = check(policyPack);
  expect(hasErrors(findings)).toBe(false);
  expect(findings.map(({ level, says }) => [level, says.zh.slice(0, 5)])).toEqual([
    ["note", "2028年"],
  ]);
});

test("next year without L is a warning, this year without L an error", () => {
  const levelOn = (day: string) =>
    check(policyPack, { today: localDate(day) }).find(({ says }) =>
      says.zh.includes("低保标准（L）"),
    )?.level;
  expect(levelOn("2026-12-31")).toBe("note");
  expect(levelOn("2027-01-01")).toBe("warning");
  expect(levelOn("2028-01-01")).toBe("error");
});

test("before the common policy's first day nothing can be worked with", () => {
  const findings = check(policyPack, { today: localDate("2024-12-31") });
  expect(findings).toHaveLength(1);
  expect(hasErrors(findings)).toBe(true);
});

test("a programme without figures for a season is an error", () => {
  const late = Object.fromEntries(
    Object.entries(policyPack.programmes).map(([id, entries]) => [
      id,
      entries.map((entry) => ({ ...entry, effectiveFrom: localDate("2027-11-30") })),
    ]),
  );
  const findings = check({ ...policyPack, programmes: late });
  const seasons = findings.filter(({ says }) => says.zh.endsWith("没有生效的政策。"));
  // Of the two with a season, one has closed for 2027 by then; neither had any figures in 2026.
  expect(seasons.map(({ says }) => says.en)).toEqual([
    "Golden Autumn education aid: no figures hold for 2026.",
    "Golden Autumn education aid: no figures hold for 2027.",
    "Winter Warmth: no figures hold for 2026.",
  ]);
  expect(hasErrors(findings)).toBe(true);
});

const higherAmount = (version: string, effectiveFrom: string) => ({
  programmes: {
    "golden-autumn": [
      {
        ...(policyPack.source.programmes["golden-autumn"]?.[0] as object),
        version,
        effectiveFrom,
        basedOn: version === "golden-autumn-2025" ? undefined : "golden-autumn-2025",
      },
    ].map((entry) => ({
      ...entry,
      figures: {
        ...(entry as unknown as { figures: object }).figures,
        filedYuan: { higher: "6000.00", secondary: "3000.00" },
      },
    })),
  },
});

test("a figure that was edited where it stands shows in the worked cases: an error, or what a draft changes", () => {
  const edited = drafted(higherAmount("golden-autumn-2025", "2025-01-01"));
  const asPack = check(edited).filter(({ level }) => level === "error");
  // Cases 1 and 3b get 5,000; 6,000 is more than the district may decide (5,000), so the city does.
  expect(asPack).toHaveLength(2);
  expect(asPack[0]?.says.zh).toContain(
    "amount 5,000.00 → 6,000.00; tiers station+district → station+district+city",
  );
  const asDraft = check(edited, { asDraft: true });
  expect(hasErrors(asDraft)).toBe(false);
  expect(asDraft.filter(({ says }) => says.zh.includes("算例"))).toHaveLength(2);
});

test("a new version leaves past cases as they are; rehearsed by its day, they come out otherwise", () => {
  const next = drafted(higherAmount("golden-autumn-2027", "2027-01-01"));
  expect(check(next).filter(({ says }) => says.zh.includes("算例"))).toEqual([]);
  expect(rehearse(packAsOf(next, localDate("2026-12-31")), programmes)).toEqual([]);
  expect(rehearse(packAsOf(next, localDate("2027-01-01")), programmes)).toHaveLength(2);
});

test("a worked case whose year loses its L can't be assessed, and that is said", () => {
  const [standard] = policyPack.livingStandards;
  if (!standard) throw new Error("there is an L");
  const figures = { ...standard.figures, confirmedYears: [2025, 2027] };
  const findings = check({ ...policyPack, livingStandards: [{ ...standard, figures }] });
  const lost = findings.filter(({ says }) => says.zh.includes("不能核算"));
  expect(lost).toHaveLength(programmes.flatMap(({ examples }) => examples).length);
  expect(lost.every(({ level }) => level === "error")).toBe(true);
});

test("where several must agree, the offices' people are for a person to count", () => {
  const pack = drafted({
    common: [
      {
        version: "common-2026",
        effectiveFrom: "2026-01-01",
        basedOn: "common-2025",
        figures: { route: { approversNeeded: { city: 2, district: 1 } } },
      },
    ],
  });
  const notes = check(pack).filter(({ says }) => says.en.includes("approvals"));
  expect(notes.map(({ says }) => says.en)).toEqual([
    "city needs 2 approvals: see that each of its offices has so many approvers.",
  ]);
});
