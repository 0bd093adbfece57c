/** What the rules say is data: each of these changes is a few lines of a draft, and no line of code. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { noHistory } from "#shared/domain/assessment.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import {
  allocationPolicyOf,
  commonPolicyOn,
  policyConfirmedOn,
  type PolicyPack,
} from "#shared/domain/policy-pack.ts";
import { approversNeeded, needsMinutes, routeOf } from "#shared/domain/route.ts";
import { seasonOn } from "#shared/domain/season.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

const pack = (draft: object): PolicyPack => {
  const read = withDraft(policyPack, JSON.stringify(draft), programmes);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.pack;
};

const common = (figures: object): PolicyPack =>
  pack({
    common: [
      { version: "common-2027", effectiveFrom: "2027-01-01", basedOn: "common-2025", figures },
    ],
  });

const goldenAutumn = (figures: object): PolicyPack =>
  pack({
    programmes: {
      "golden-autumn": [
        {
          version: "golden-autumn-2027",
          effectiveFrom: "2027-01-01",
          basedOn: "golden-autumn-2025",
          figures,
        },
      ],
    },
  });

const programme = programmeById("golden-autumn");
const example = programme?.examples[0];
if (!programme || !example) throw new Error("the worked case is gone");

const [before, after] = [localDate("2026-12-31"), localDate("2027-01-01")];
const summer = localDate("2027-07-20");

test("a tier is taken out of a ladder, and another limit set for the district", () => {
  const changed = common({
    route: {
      districtFinalMaxYuan: "8000.00",
      ladders: { industrial: ["grass_roots", "industrial", "city"] },
    },
  });
  const routeOn = (day: typeof before) =>
    routeOf("industrial", yuan(6_000), commonPolicyOn(changed, day).route);
  expect(routeOn(before)).toEqual(["grass_roots", "bureau", "industrial", "city"]);
  expect(routeOn(after)).toEqual(["grass_roots", "industrial"]);
});

test("two people of a tier must agree, and a meeting is held above another amount", () => {
  const changed = common({
    route: { approversNeeded: { city: 2 }, collectiveAboveYuan: "6000.00" },
  });
  const [old, fresh] = [before, after].map((day) => commonPolicyOn(changed, day).route);
  if (!old || !fresh) throw new Error("there is a route");
  expect([approversNeeded("city", old), approversNeeded("city", fresh)]).toEqual([1, 2]);
  expect(needsMinutes("city", yuan(6_000.01), old)).toBe(false);
  expect(needsMinutes("city", yuan(6_000.01), fresh)).toBe(true);
});

test("an amount changes from its day on, and the assessment names the version", () => {
  const changed = goldenAutumn({ filedYuan: { higher: "5500.00" } });
  const assess = (appliedOn: typeof before) =>
    programme.assess(example.facts, {
      appliedOn,
      line: "territorial",
      pack: changed,
      onFile: true,
      history: noHistory,
    });
  expect(assess(before)).toMatchObject({
    amountFen: yuan(5_000),
    policyVersion: "golden-autumn-2025 common-2025 L-2025",
  });
  expect(assess(after)).toMatchObject({
    amountFen: yuan(5_500),
    policyVersion: "golden-autumn-2027 common-2025 L-2025",
  });
});

test("a window moves for the seasons to come, and not for the one that was", () => {
  const changed = goldenAutumn({ window: { opens: "06-15", closes: "08-15" } });
  const kindOn = (day: string) => seasonOn(programme, localDate(day), changed).kind;
  expect(["2026-06-20", "2026-08-20"].map(kindOn)).toEqual(["shut", "open"]);
  expect(["2027-06-20", "2027-08-20"].map(kindOn)).toEqual(["open", "shut"]);
});

test("a paper is asked for, for certain answers", () => {
  const present = policyPack.source.programmes["golden-autumn"]?.[0] as {
    readonly figures: { readonly papers: readonly object[] };
  };
  const changed = goldenAutumn({
    papers: [
      ...present.figures.papers,
      {
        kind: "loan_contract",
        title: { zh: "助学贷款合同", en: "Student loan contract" },
        required: false,
        when: [{ field: "schoolLevel", is: ["college", "bachelor"] }],
      },
    ],
  });
  const kinds = (schoolLevel: string, appliedOn: typeof before) => {
    const facts = { ...example.facts, schoolLevel };
    return programme.papers(facts, { appliedOn, pack: changed }).map(({ kind }) => kind);
  };
  expect(kinds("bachelor", summer)).toContain("loan_contract");
  expect(kinds("bachelor", before)).not.toContain("loan_contract");
  expect(kinds("senior_secondary", summer)).not.toContain("loan_contract");
});

test("places are given to offices", () => {
  const changed = goldenAutumn({
    allocation: { method: "quota", quotas: { chunfeng: 20, liangang: 12 } },
  });
  expect(allocationPolicyOf(changed, "golden-autumn", before).method).toBe("first_come");
  expect(allocationPolicyOf(changed, "golden-autumn", after)).toEqual({
    method: "quota",
    quotas: { chunfeng: 20, liangang: 12 },
  });
});

test("a year is opened by its L", () => {
  const changed = pack({
    livingStandards: [
      {
        version: "L-2028",
        effectiveFrom: "2028-01-01",
        figures: { monthlyYuan: "1100.00", confirmedYears: [2028] },
      },
    ],
  });
  expect(policyConfirmedOn(policyPack, localDate("2028-01-01"))).toBe(false);
  expect(policyConfirmedOn(changed, localDate("2028-01-01"))).toBe(true);
  expect(policyConfirmedOn(changed, localDate("2027-12-31"))).toBe(true);
});

const guide = readFileSync(new URL("../../docs/policy-guide.md", import.meta.url), "utf8");
const drafts = [...guide.matchAll(/^```json\n(?<draft>.*?)^```/gmsu)].map(
  ({ groups }) => groups?.["draft"] ?? "",
);

test.each(drafts.map((draft) => [draft.slice(0, 60).replaceAll(/\s+/gu, " "), draft]))(
  "a draft of the guide can be taken as it stands: %s",
  (_words, draft) => {
    expect(drafts.length).toBeGreaterThanOrEqual(6);
    const read = withDraft(policyPack, draft, programmes);
    expect(read.kind === "faults" ? read.faults : []).toEqual([]);
    expect(read.kind === "pack" && read.pack).not.toEqual(policyPack);
  },
);
