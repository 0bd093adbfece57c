/**
 * One city's changes of a tier, an amount, a window, a paper list and its quotas: one draft, a text, and the same
 * program does other things with the same case. Figures are worked out by hand; dates on both sides of 1 June 2026.
 */
import { expect, test } from "vitest";
import { allocate, type Candidate } from "#shared/domain/allocation.ts";
import { noHistory } from "#shared/domain/assessment.ts";
import { decide, tierAbove, type Decided } from "#shared/domain/decision.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import { changedFigures } from "#shared/domain/policy-figures.ts";
import { allocationPolicyOf, commonPolicyOn, type PolicyPack } from "#shared/domain/policy-pack.ts";
import { routeOf } from "#shared/domain/route.ts";
import { seasonOn } from "#shared/domain/season.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, applicationIdOf, approve, deciding, monday } from "#test/support/cases.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

const draft = `{
  "common": [
    {
      "version": "common-2026-06", "effectiveFrom": "2026-06-01", "basedOn": "common-2025",
      "figures": {
        "route": {
          "districtFinalMaxYuan": "5500.00",
          "ladders": { "industrial": ["grass_roots", "industrial", "city"] },
          "approversNeeded": { "district": 2 }
        }
      }
    }
  ],
  "programmes": {
    "golden-autumn": [
      {
        "version": "golden-autumn-2026-06", "effectiveFrom": "2026-06-01",
        "basedOn": "golden-autumn-2025",
        "figures": {
          "filedYuan": { "higher": "5800.00" },
          "window": { "opens": "06-20", "closes": "08-10" },
          "papers": [
            { "kind": "school_letter", "title": { "zh": "学校证明", "en": "Letter of the school" }, "required": true }
          ],
          "commonPapersRequired": ["id_cards"],
          "allocation": { "method": "quota", "quotas": { "spring": 1, "furnace": 1 } }
        }
      }
    ]
  }
}`;

const packOf = (text: string): PolicyPack => {
  const read = withDraft(policyPack, text, programmes);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.pack;
};

const drafted = packOf(draft);
const summer = localDate("2026-07-20");
const dayBefore = localDate("2026-05-31");
const present = commonPolicyOn(policyPack, summer);
const changed = commonPolicyOn(drafted, summer);

const programme = programmeById("golden-autumn");
const example = programme?.examples[0];
if (!programme || !example) throw new Error("the worked case is gone");

test("what the draft names is all that changes, and only from its day on", () => {
  const names = changedFigures(policyPack, drafted, summer).map(
    ({ list, name }) => `${list} ${name}`,
  );
  expect(names.toSorted()).toEqual([
    "common route.approversNeeded.district",
    "common route.districtFinalMaxYuan",
    "common route.ladders.industrial",
    "golden-autumn allocation.method",
    "golden-autumn allocation.quotas.furnace",
    "golden-autumn allocation.quotas.spring",
    "golden-autumn commonPapersRequired",
    "golden-autumn filedYuan.higher",
    "golden-autumn papers",
    "golden-autumn window.closes",
    "golden-autumn window.opens",
  ]);
  expect(changedFigures(policyPack, drafted, dayBefore)).toEqual([]);
});

test("a tier: without the bureau the base office's approval goes to the industrial union", () => {
  expect(routeOf("industrial", yuan(5_500), present.route)).toEqual([
    "grass_roots",
    "bureau",
    "industrial",
    "city",
  ]);
  expect(routeOf("industrial", yuan(5_500), changed.route)).toEqual(["grass_roots", "industrial"]);
  const application = aCase(1, {
    line: "industrial",
    unitId: "furnace" as UnitId,
    atUnitId: "furnace" as UnitId,
    tier: "grass_roots",
    decidedBy: {},
  });
  const after = (policy: typeof present) =>
    stepOf(decide(deciding(application, { policy, staffId: "furnace-1" as StaffId }))).after;
  expect(after(present)).toMatchObject({ tier: "bureau", atUnitId: "steel" });
  expect(after(changed)).toMatchObject({ tier: "industrial", atUnitId: "metal" });
});

const stepOf = (decided: Decided) => {
  if (decided.kind !== "step") throw new Error(decided.kind);
  return decided.step;
};

test("a tier's limit: 5,500.00 was the city's, and is now the district's; a fen more still is the city's", () => {
  const at = (amount: number, policy: typeof present) => tierAbove(aCase(1), yuan(amount), policy);
  expect([at(5_000, present), at(5_000.01, present), at(5_500, present)]).toEqual([
    null,
    "city",
    "city",
  ]);
  expect([at(5_000.01, changed), at(5_500, changed), at(5_500.01, changed)]).toEqual([
    null,
    null,
    "city",
  ]);
});

test("a tier's people: one of the district was enough, now the first leaves the case to a second", () => {
  const first = { staffId: "east-1" as StaffId };
  expect(decide(deciding(aCase(1), { ...first, policy: present })).kind).toBe("final_approval");
  const { event, after } = stepOf(decide(deciding(aCase(1), { ...first, policy: changed })));
  expect(event.type).toBe("co_approved");
  const second = { staffId: "east-2" as StaffId, policy: changed, decision: approve };
  expect(decide(deciding(after, second)).kind).toBe("final_approval");
});

test("an amount: 5,000 for a university entrant become 5,800, which is then the city's to decide", () => {
  const assess = (pack: PolicyPack, appliedOn = summer) =>
    programme.assess(example.facts, {
      appliedOn,
      line: "territorial",
      pack,
      onFile: true,
      history: noHistory,
    });
  expect(assess(policyPack).amountFen).toBe(yuan(5_000));
  // Below the cap of ten months of L, 10,620.
  expect(assess(drafted)).toMatchObject({
    amountFen: yuan(5_800),
    policyVersion: "golden-autumn-2026-06 common-2026-06 L-2025",
  });
  expect(assess(drafted, dayBefore).amountFen).toBe(yuan(5_000));
  expect(routeOf("territorial", assess(drafted).amountFen, changed.route)).toEqual([
    "station",
    "district",
    "city",
  ]);
});

test("a window: 1 July to 31 August becomes 20 June to 10 August, both days included", () => {
  const open = (pack: PolicyPack) =>
    ["06-19", "06-20", "06-30", "07-01", "08-10", "08-11", "08-31", "09-01"].filter(
      (day) => seasonOn(programme, localDate(`2026-${day}`), pack).kind === "open",
    );
  expect(open(policyPack)).toEqual(["07-01", "08-10", "08-11", "08-31"]);
  expect(open(drafted)).toEqual(["06-20", "06-30", "07-01", "08-10"]);
});

test("a paper list: the school's letter instead of two papers, and of the common ones only the ID cards at once", () => {
  const papers = (pack: PolicyPack, appliedOn = summer) =>
    programme
      .papers(example.facts, { appliedOn, pack })
      .map(({ kind, required }) => (required ? kind : `(${kind})`));
  const now = [
    "admission_letter",
    "school_fee_receipt",
    "id_cards",
    "hukou_book",
    "income_certificate",
    "(bank_card_copy)",
    "diagnosis",
    "medical_settlement",
  ];
  expect(papers(policyPack)).toEqual(now);
  expect(papers(drafted, dayBefore)).toEqual(now);
  expect(papers(drafted)).toEqual([
    "school_letter",
    "id_cards",
    "(hukou_book)",
    "(income_certificate)",
    "(bank_card_copy)",
    "(diagnosis)",
    "(medical_settlement)",
  ]);
});

test("a quota: of three who came first two were of one office; now each office has its one place", () => {
  const candidate = (number: number, unitId: string, perCapitaFen: number): Candidate => ({
    applicationId: applicationIdOf(number),
    unitId: unitId as UnitId,
    submittedAt: monday,
    amountFen: yuan(5_000),
    perCapitaFen,
  });
  // Of one moment, so that the reference tells who came first.
  const candidates = [
    candidate(1, "spring", 90_000),
    candidate(2, "spring", 60_000),
    candidate(3, "furnace", 80_000),
  ];
  const awarded = (pack: PolicyPack) => {
    const { method, quotas } = allocationPolicyOf(pack, programme.id, summer);
    const pot = { potFen: yuan(10_000), candidates, secondRound: false };
    return allocate({ method, quotas, ...pot }).map(({ applicationId }) => applicationId);
  };
  expect(awarded(policyPack)).toEqual([applicationIdOf(1), applicationIdOf(2)]);
  // The spring office's place goes to the one in greater need.
  expect(awarded(drafted).toSorted()).toEqual([applicationIdOf(2), applicationIdOf(3)]);
});
