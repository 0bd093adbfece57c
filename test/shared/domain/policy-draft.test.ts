import { expect, test } from "vitest";
import { readPolicyPack, withDraft } from "#shared/domain/policy-draft.ts";
import { faultWords } from "#shared/domain/policy-faults.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";

const read = (draft: unknown) =>
  withDraft(policyPack, typeof draft === "string" ? draft : JSON.stringify(draft), programmes);

const packOf = (draft: unknown) => {
  const result = read(draft);
  if (result.kind === "faults") throw new Error(JSON.stringify(result.faults));
  return result.pack;
};

const faultsOf = (draft: unknown): readonly string[] => {
  const result = read(draft);
  return result.kind === "faults"
    ? result.faults.map(({ path, code, detail }) => [path, code, detail].join(" | "))
    : [];
};

const later = (figures: object, version = "common-2027") => ({
  version,
  effectiveFrom: "2027-01-01",
  basedOn: "common-2025",
  figures,
});

test("the pack of the repository can be read as it is written", () => {
  expect(readPolicyPack(policyPack.source, programmes)).toEqual({ kind: "pack", pack: policyPack });
});

test("an empty draft changes nothing", () => {
  expect(packOf({})).toEqual(policyPack);
});

test("a new version holds from its day, and everything before stays as it was", () => {
  const pack = packOf({ common: [later({ householdAnnualCapYuan: "40000.00" })] });
  expect(commonPolicyOn(pack, localDate("2026-12-31"))).toEqual(policyPack.common[0]?.figures);
  expect(commonPolicyOn(pack, localDate("2027-01-01"))).toEqual({
    ...policyPack.common[0]?.figures,
    householdAnnualCapFen: yuan(40_000),
  });
  expect(pack.livingStandards).toEqual(policyPack.livingStandards);
});

test("an entry with a version that is there takes its place", () => {
  const [present] = policyPack.source.livingStandards as readonly object[];
  const pack = packOf({
    livingStandards: [{ ...present, figures: { monthlyYuan: "1100", confirmedYears: [2026] } }],
  });
  expect(pack.livingStandards).toHaveLength(1);
  expect(pack.livingStandards[0]?.figures).toEqual({
    monthlyFen: yuan(1_100),
    confirmedYears: [2026],
  });
});

test("a version between two others is put in its place, whatever the order in the draft", () => {
  const pack = packOf({
    common: [
      { ...later({ homesMax: 3 }, "common-2029"), effectiveFrom: "2029-01-01" },
      later({ homesMax: 2 }),
    ],
  });
  expect(pack.common.map(({ version }) => version)).toEqual([
    "common-2025",
    "common-2027",
    "common-2029",
  ]);
});

test("a file that is no JSON, or no draft, is refused with the mend", () => {
  expect(faultsOf("{")[0]).toContain("draft | not_json");
  expect(faultsOf("[]")).toEqual(["draft | invalid_type | object"]);
  expect(faultsOf({ commen: [] })).toEqual(["draft | unrecognized_keys | commen"]);
  expect(faultsOf({ common: {} })).toEqual(["common | not_a_list | "]);
  expect(faultsOf({ programmes: [] })).toEqual(["programmes | invalid_type | object"]);
  expect(faultsOf({ programmes: { moon: [] } })).toEqual([
    "programmes.moon | unknown_programme | moon",
  ]);
  expect(faultsOf({ programmes: { "golden-autumn": 1 } })).toEqual([
    "programmes.golden-autumn | not_a_list | ",
  ]);
  expect(faultsOf('\uFEFF{ "common": [] }')).toEqual([]);
});

test("a new version without a base must have every figure", () => {
  const { basedOn: _none, ...alone } = later({ homesMax: 2 });
  expect(faultsOf({ common: [alone] })).toContain(
    "common[common-2027].figures.deepFactor | missing | number",
  );
});

const withPapers = (papers: readonly object[], more: object = {}) => ({
  programmes: {
    "golden-autumn": [
      {
        version: "golden-autumn-2027",
        effectiveFrom: "2027-01-01",
        basedOn: "golden-autumn-2025",
        figures: { papers, ...more },
      },
    ],
  },
});

const paper = (when: object) => ({
  kind: "school_letter",
  title: { zh: "学校证明", en: "Letter of the school" },
  required: true,
  when: [when],
});

test("conditions of papers ask what the form asks, with answers it offers", () => {
  expect(faultsOf(withPapers([paper({ field: "schoolLevel", is: "college" })]))).toEqual([]);
  expect(faultsOf(withPapers([paper({ field: "unionMember", is: false })]))).toEqual([]);
  expect(faultsOf(withPapers([paper({ field: "financialAssets", aboveYuan: "10" })]))).toEqual([]);
  const place = "programmes.golden-autumn[golden-autumn-2027].figures.papers[school_letter]";
  expect(faultsOf(withPapers([paper({ field: "shoeSize", is: "43" })]))).toEqual([
    `${place}.field | unknown_field | shoeSize`,
  ]);
  expect(faultsOf(withPapers([paper({ field: "unionMember", is: "yes" })]))).toEqual([
    `${place} | unknown_option | true, false`,
  ]);
  expect(faultsOf(withPapers([paper({ field: "enrolment", isNot: "old" })]))).toEqual([
    `${place} | unknown_option | new, enrolled`,
  ]);
});

test("only papers of the common list can be let follow later", () => {
  expect(faultsOf(withPapers([], { commonPapersRequired: ["id_cards"] }))).toEqual([]);
  expect(faultsOf(withPapers([], { commonPapersRequired: ["id_card"] }))).toEqual([
    "programmes.golden-autumn[golden-autumn-2027].figures.commonPapersRequired | unknown_paper | id_card",
  ]);
});

test("every fault is told in both languages, with what is wrong and what to do", () => {
  const drafts = [
    "{",
    { commen: [] },
    { common: {} },
    { programmes: { moon: [] } },
    { common: [later({ homesMax: -1 })] },
    { common: [later({ homesMax: 100 })] },
    { common: [later({ homesMax: "1" })] },
    { common: [later({ householdAnnualCapYuan: "1,000" })] },
    { common: [later({ householdAnnualCapYuan: 0 })] },
    { common: [later({ relativeFactor: 1 })] },
    { common: [later({ calendar: { holidays: ["2027-02-30"] } })] },
    { common: [later({ reportClock: { annualAuditPackBy: "02-29" } })] },
    { common: [{ ...later({}), basedOn: "common-1999" }] },
    { common: [{ ...later({}), effectiveFrom: "2025-01-01" }] },
    { common: [later({}), later({})] },
    { common: [later({ fundLimits: { SWN: { perPersonYearMaxYuan: "1" } } })] },
    withPapers([paper({ field: "shoeSize", is: "43" })]),
    withPapers([paper({ field: "enrolment", is: "old" })]),
    withPapers([paper({ field: "enrolment" })]),
    withPapers([{ kind: "X" }]),
    withPapers([], { commonPapersRequired: ["x"] }),
    withPapers([], { window: { opens: "09-01" } }),
    withPapers([], { allocation: { method: "quota" } }),
  ];
  const seen = new Set<string>();
  for (const draft of drafts) {
    const result = read(draft);
    expect(result.kind, JSON.stringify(draft)).toBe("faults");
    if (result.kind !== "faults") continue;
    for (const fault of result.faults) {
      seen.add(fault.code);
      const { zh, en } = faultWords(fault);
      expect(zh, fault.code).toMatch(/\p{Script=Han}.*。$/u);
      expect(en, fault.code).toMatch(/^[A-Z].*\.$/u);
      expect(zh, fault.code).not.toContain("请对照现行文件修改");
    }
  }
  expect(seen.size).toBeGreaterThan(18);
});

test("a fault that nobody foresaw is told too", () => {
  const words = faultWords({ path: "x", code: "something_new", value: "", detail: "" });
  expect(words.zh).toContain("对照现行文件");
});
