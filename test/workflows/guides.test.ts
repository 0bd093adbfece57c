import { expect, test } from "vitest";
import { runPreCheck } from "#shared/domain/pre-check.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { guide as childcareGuide } from "#test/support/fifth-programme/childcare-aid/guide.ts";
import { programme as childcare } from "#test/support/fifth-programme/childcare-aid/programme.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { guideById, programmes } from "#workflows/registry.ts";

const day: PolicyDay = { appliedOn: localDate("2026-12-01"), pack: policyPack };

const guideOf = (id: string) => {
  const guide = guideById(id);
  if (!guide) throw new Error(`no guide of ${id}`);
  return guide;
};

const each = programmes.map((programme) => [programme.id, programme] as const);

test("a guide is found by its programme's id, and only by it", () => {
  expect(guideById("toString")).toBeUndefined();
  expect(guideById("no-such-programme")).toBeUndefined();
});

test.each(each)("%s says who, how much and who not, in both languages", (id) => {
  const guide = guideOf(id);
  const texts: readonly Text[] = [
    guide.upTo(day),
    ...guide.amounts(day).flatMap(({ whom, amount }) => [whom, amount]),
    ...guide.amountNotes(day),
    ...guide.who(day),
    ...guide.means(day),
    ...guide.notFor(day),
    ...guide.preCheck(day).ticks.map(({ label }) => label),
    ...Object.values(guide.preCheck(day).fields).map(({ label }) => label),
  ];
  expect(texts.length).toBeGreaterThan(15);
  for (const { zh, en } of texts) {
    expect(zh, en).toMatch(/\p{Script=Han}|^[\d, ]+ 元$/u);
    expect(en, zh).not.toMatch(/\p{Script=Han}|undefined|NaN/u);
    expect(zh).not.toMatch(/undefined|NaN/u);
  }
});

test.each(each)(
  "%s never carries consents over, and names only questions it asks",
  (id, programme) => {
    const { notRenewed } = guideOf(id);
    const asked = Object.keys(programme.form.fields);
    expect(asked).toEqual(expect.arrayContaining([...(notRenewed ?? [])]));
  },
);

/** The figures of a programme's own entries, doubled where they are money. */
const doubled = (value: unknown, name = ""): unknown => {
  if (typeof value === "number") return name.endsWith("Fen") ? value * 2 : value;
  if (Array.isArray(value)) return value.map((part) => doubled(part, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      // Amounts by stage or category stand one level deeper than the unit in their name.
      doubled(part, key.endsWith("Fen") || !name.endsWith("Fen") ? key : name),
    ]),
  );
};

test.each(each)("%s types no amount: twice the policy's figures give other words", (id) => {
  const twice: PolicyDay = {
    ...day,
    pack: {
      ...policyPack,
      programmes: {
        ...policyPack.programmes,
        [id]: (policyPack.programmes[id] ?? []).map((entry) => ({
          ...entry,
          figures: doubled(entry.figures),
        })),
      },
    },
  };
  const guide = guideOf(id);
  expect(guide.upTo(twice).zh).not.toBe(guide.upTo(day).zh);
  guide.amounts(day).forEach(({ amount }, place) => {
    expect(guide.amounts(twice)[place]?.amount.zh).not.toBe(amount.zh);
  });
});

test.each(each)(
  "%s: a pre-check with nothing typed names the questions and asks for no more",
  (id) => {
    const preCheck = guideOf(id).preCheck(day);
    const answer = runPreCheck(preCheck, {}, new Set(), day);
    expect(answer.kind).toBe("problems");
    if (answer.kind !== "problems") return;
    expect(Object.keys(preCheck.fields)).toEqual(
      expect.arrayContaining(Object.keys(answer.problems)),
    );
  },
);

test("a fifth programme's guide is its own: its pre-check goes by its own rules", () => {
  const programmesWithIt = { ...policyPack.programmes, [childcare.id]: childcare.policies };
  const fifth: PolicyDay = { ...day, pack: { ...policyPack, programmes: programmesWithIt } };
  const answers = { householdSize: "3", annualIncome: "30000", nurseryChildren: "2" };

  const answer = runPreCheck(childcareGuide.preCheck(fifth), answers, new Set(), fifth);

  expect(answer).toMatchObject({ kind: "result", result: { likely: true } });
  expect(childcareGuide.upTo(fifth).zh).toMatch(/^最高 [\d,]+ 元$/u);
});
