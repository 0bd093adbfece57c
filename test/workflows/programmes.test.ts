import { commonPolicies, policyPack } from "#workflows/policy-pack.ts";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answersOf } from "#shared/domain/answers.ts";
import { isFiled, noHistory, type AssessmentContext } from "#shared/domain/assessment.ts";
import { readForm } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { inForce } from "#shared/domain/policy.ts";
import type { EveryProgramme, Example } from "#shared/domain/programme.ts";
import { needsMinutes, routeOf } from "#shared/domain/route.ts";
import { addMonths, daysBetween, localDate } from "#shared/kernel/calendar.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { programmeFolders, registrySource } from "#infra/tools/generate-registry.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

type Facts = Parameters<EveryProgramme["assess"]>[0];

const contextOf = (example: Example<Facts>): AssessmentContext => ({
  appliedOn: example.appliedOn,
  line: example.line,
  pack: policyPack,
  onFile: isFiled(example.expected.category),
  history: noHistory,
  ...example.context,
});

const worked = programmes.flatMap((programme) =>
  programme.examples.map(
    (example) => [`${programme.code} ${example.name}`, programme, example] as const,
  ),
);
const each = programmes.map((programme) => [programme.id, programme] as const);

/** Every text of a value, however deep it lies. */
const textsOf = (value: unknown): readonly Text[] => {
  if (typeof value !== "object" || value === null) return [];
  if ("zh" in value && "en" in value) return [value as Text];
  return Object.values(value).flatMap(textsOf);
};

const expectBothLanguages = (texts: readonly Text[]) => {
  for (const { zh, en } of texts) {
    expect(zh, en).toMatch(/\p{Script=Han}/u);
    expect(en, zh).toMatch(/[A-Za-z]/u);
    expect(en, zh).not.toMatch(/\p{Script=Han}/u);
  }
};

test("the registry is what the generator writes from the folders", () => {
  const committed = readFileSync(new URL("../../workflows/registry.ts", import.meta.url), "utf8");
  expect(committed).toBe(registrySource(programmeFolders()));
  expect(programmes.map(({ id }) => id)).toEqual(programmeFolders());
});

test("a fifth folder is one more line of the registry and nothing else", () => {
  const five = registrySource([...programmeFolders(), "living-aid-2"]);
  expect(five).toContain('import { programme as livingAid2 } from "./living-aid-2/programme.ts";');
  expect(five).toContain("  livingAid2,\n];");
});

test("a programme is found by its id, and only by its id", () => {
  for (const programme of programmes) expect(programmeById(programme.id)).toBe(programme);
  expect(programmeById("toString")).toBeUndefined();
  expect(new Set(programmes.map(({ code }) => code)).size).toBe(programmes.length);
});

test("all worked cases of policy 9 are here", () => {
  const cases = worked.map(([name]) => /^\w+ \d+/u.exec(name)?.[0]);
  // Number 3 is printed with its variant a fen below the limit.
  expect(cases).toEqual([
    "CI 8",
    "ER 11",
    "ER 12",
    "GA 1",
    "GA 3",
    "GA 3",
    "GA 4",
    "GA 14",
    "WW 6",
  ]);
});

test.each(worked)("%s", (_name, programme, example) => {
  const { expected } = example;
  const found = programme.assess(example.facts, contextOf(example));
  const limits = inForce(commonPolicies, example.appliedOn).figures.route;
  const tiers = routeOf(example.line, found.amountFen, limits);
  expect({
    category: found.category,
    recommendation: found.recommendation,
    refusalCode: found.refusal?.code,
    amountFen: found.amountFen,
    advanceFen: found.advanceFen,
    tiers,
    needsMinutes: needsMinutes(tiers.at(-1) ?? "station", found.amountFen, limits),
    fund: found.fundOrder[0] ?? null,
  }).toEqual({
    ...expected,
    refusalCode: expected.refusalCode,
    advanceFen: expected.advanceFen ?? zeroFen,
  });
});

test.each(worked)(
  "assessed again, it is the same, word for word: %s",
  (_name, programme, example) => {
    const once = programme.assess(example.facts, contextOf(example));
    expect(programme.assess(structuredClone(example.facts), contextOf(example))).toEqual(once);
  },
);

test.each(worked)(
  "it explains itself with rule, clause and words: %s",
  (_name, programme, example) => {
    const found = programme.assess(example.facts, contextOf(example));
    expect(found.steps.length).toBeGreaterThan(3);
    for (const step of found.steps) {
      expect(step.rule).not.toBe("");
      expect(step.clause).toMatch(/^\d\.\d/u);
    }
    expectBothLanguages(textsOf(found));
    expect(found.policyVersion.split(" ")).toHaveLength(3);
    if (found.refusal) expect(found.refusal.suggests).toBeDefined();
  },
);

test.each(worked)("it names nobody, in no rule and no word: %s", (_name, programme, example) => {
  const told = JSON.stringify(programme.assess(example.facts, contextOf(example)));
  const scope = programme.causeOf(example.facts, {
    appliedOn: example.appliedOn,
    pack: policyPack,
  });
  for (const [name, field] of Object.entries(programme.form.fields)) {
    const value = (example.facts as Readonly<Record<string, unknown>>)[name];
    if (!field.personal || typeof value !== "string" || value === "") continue;
    expect(told.includes(value), name).toBe(false);
    expect(scope.what.includes(value), name).toBe(false);
  }
});

test.each(worked)("its facts can be typed into its form: %s", (_name, programme, example) => {
  const answers = answersOf(programme.form, example.facts);
  expect(readForm(programme.form, answers)).toEqual({ kind: "facts", facts: example.facts });
});

test.each(worked)("it is open for applications on its day: %s", (_name, programme, example) => {
  const window = programme.window(Number(example.appliedOn.slice(0, 4)), policyPack);
  if (!window) return;
  expect(window.opens <= example.appliedOn && example.appliedOn <= window.closes).toBe(true);
});

test.each(each)("%s has all its words in both languages", (_id, programme) => {
  const { title, summary, letters, form } = programme;
  expectBothLanguages(textsOf({ title, summary, letters, sections: form.sections }));
  expectBothLanguages(
    Object.values(form.fields).flatMap(({ label, hint, options }) =>
      textsOf({ label, hint, options }),
    ),
  );
});

test.each(each)(
  "%s writes letters of a sentence or more, and no figures into them",
  (_id, programme) => {
    for (const { zh, en } of Object.values(programme.letters) as readonly Text[]) {
      expect(zh.length).toBeGreaterThan(20);
      expect(en.length).toBeGreaterThan(60);
      expect(`${zh}${en}`).not.toMatch(/\d|[{}]/u);
    }
  },
);

test.each(each)("%s asks the common questions and each of its own once", (_id, programme) => {
  const { fields, sections } = programme.form;
  const asked = sections.flatMap((section) => section.fields);
  expect(new Set(asked).size).toBe(asked.length);
  for (const name of Object.keys(commonFields)) expect(fields).toHaveProperty(name);
  const unasked = Object.keys(fields).filter((name) => !asked.includes(name));
  // What is not asked must read as nothing, or no application could ever be complete.
  for (const name of unasked) expect(fields[name]?.optional, name).toBe(true);
  expect(asked.every((name) => name in fields)).toBe(true);
});

test.each(worked)("it wants papers, each kind once: %s", (_name, programme, example) => {
  const papers = programme.papers(example.facts, {
    appliedOn: localDate("2026-07-20"),
    pack: policyPack,
  });
  const kinds = papers.map(({ kind }) => kind);
  expect(papers.some(({ required }) => required)).toBe(true);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const kind of kinds) expect(kind).toMatch(/^[a-z][a-z_]+$/u);
  expectBothLanguages(textsOf(papers));
});

test.each(each)(
  "%s has a season that opens, closes and takes supplements in that order",
  (_id, programme) => {
    for (const year of [2025, 2026, 2027]) {
      const window = programme.window(year, policyPack);
      if (!window) continue;
      expect(window.opens.startsWith(String(year))).toBe(true);
      expect(window.opens < window.closes).toBe(true);
      expect(window.closes <= window.supplementsTo).toBe(true);
      expect(daysBetween(window.opens, window.closes)).toBeLessThan(366);
      const delivery = programme.delivery?.({ appliedOn: window.opens, pack: policyPack });
      expect(delivery && delivery.by > window.closes).toBe(true);
      expect((delivery?.from ?? "") < (delivery?.by ?? "")).toBe(true);
    }
  },
);

test.each(worked)(
  "the same claim a year later is another claim: %s",
  (_name, programme, example) => {
    const { facts, appliedOn } = example;
    const first = programme.claim(facts, { appliedOn: appliedOn, pack: policyPack });
    expect(
      programme.claim(structuredClone(facts), { appliedOn: appliedOn, pack: policyPack }),
    ).toEqual(first);
    expect(first.subject).not.toBe("");
    expect(first.period).toMatch(/^[a-z0-9-]+$/u);
    const later = programme.claim(facts, { appliedOn: addMonths(appliedOn, 12), pack: policyPack });
    // An event stays the event it was; whatever comes back every year is claimed anew.
    expect(later.period === first.period).toBe(first.period.startsWith("event-"));
  },
);

test.each(each)("%s refuses a day of a year whose L is not confirmed", (_id, programme) => {
  const example = programme.examples[0];
  expect(example).toBeDefined();
  if (!example) return;
  const context = { ...contextOf(example), appliedOn: localDate("2031-07-20") };
  expect(() => programme.assess(example.facts, context)).toThrow("not confirmed");
});

test.each(each)(
  "%s: what is paid at once doesn't wait for a notice before payment",
  (_id, programme) => {
    if (programme.fastTrack) expect(programme.finalNotice).not.toBe("before_payment");
    else expect(["before_payment", "after_payment", "none"]).toContain(programme.finalNotice);
  },
);
