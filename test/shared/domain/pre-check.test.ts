import { expect, test } from "vitest";
import { commonQuestions, commonTicks, limitsOn } from "#shared/domain/pre-check-questions.ts";
import { runPreCheck, type PreCheckResult } from "#shared/domain/pre-check.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { guideById } from "#workflows/registry.ts";

const day: PolicyDay = { appliedOn: localDate("2026-07-20"), pack: policyPack };

const preCheckOf = (programmeId: string) => {
  const guide = guideById(programmeId);
  if (!guide) throw new Error(`no guide of ${programmeId}`);
  return guide.preCheck(day);
};

const checked = (
  programmeId: string,
  answers: Readonly<Record<string, string>>,
  ...ticks: readonly string[]
): PreCheckResult => {
  const answer = runPreCheck(preCheckOf(programmeId), answers, new Set(ticks), day);
  if (answer.kind === "problems") throw new Error(JSON.stringify(answer.problems));
  return answer.result;
};

const missed = ({ conditions }: PreCheckResult): readonly string[] =>
  conditions.filter(({ met }) => !met).map(({ says }) => says.zh);

/** Policy 9, case 1: three people, 54,000 less 18,000, a child at university. */
const student = {
  householdSize: "3",
  annualIncome: "54000",
  rigidExpense: "18000",
  netLoss: "",
  schoolLevel: "bachelor",
};

test("a household as of worked case 1 looks eligible, with and without a file", () => {
  const result = checked("golden-autumn", student);

  expect(result).toMatchObject({
    likely: true,
    refusal: null,
    onFileFen: yuan(5_000),
    unfiledFen: yuan(4_000),
  });
  expect(missed(result)).toEqual([]);
  expect(result.conditions.length).toBeGreaterThan(4);
});

test("a second home is missed first, and named without a number that nobody was asked for", () => {
  const result = checked("golden-autumn", student, "homes");

  expect(result).toMatchObject({ likely: false, onFileFen: zeroFen, unfiledFen: null });
  expect(result.refusal).toEqual({
    code: "EXCLUDED_PROPERTY",
    says: {
      zh: "家庭住房超过 1 套，属于排除情形。",
      en: "More than 1 home(s); that excludes the household.",
    },
  });
  expect(missed(result)).toEqual(["家庭住房超过 1 套，属于排除情形。"]);
  expect(result.conditions[0]?.met).toBe(false);
});

test.each([
  ["short_work", "EMPLOYMENT_TOO_SHORT"],
  ["business", "EXCLUDED_BUSINESS"],
  ["schooling", "EXCLUDED_SCHOOLING"],
  ["conduct", "EXCLUDED_CONDUCT"],
  ["excluded_study", "GA_EXCLUDED_PROGRAMME"],
  ["other_grant", "GA_OTHER_GRANT"],
])("what is ticked counts: %s", (tick, code) => {
  expect(checked("golden-autumn", student, tick).refusal?.code).toBe(code);
});

test("an income above every line is told with each line that was missed", () => {
  const result = checked("golden-autumn", { ...student, annualIncome: "300000" });

  expect(result.refusal?.code).toBe("NOT_IN_HARDSHIP");
  expect(missed(result)).toHaveLength(4);
});

test("a category once found, the lines missed on the way to it are not told", () => {
  const relative = checked("golden-autumn", { ...student, annualIncome: "80000" });

  expect(relative.likely).toBe(true);
  expect(missed(relative)).toEqual([]);
});

test("who meets a filed standard only is told to have a file opened: nothing without one", () => {
  const casualty = checked(
    "golden-autumn",
    { ...student, annualIncome: "200000", rigidExpense: "" },
    "casualty",
  );

  expect(casualty).toMatchObject({ likely: true, unfiledFen: null });
});

test("illness: the share of what the household paid itself, as in worked case 8", () => {
  const answers = {
    householdSize: "3",
    annualIncome: "120000",
    patientCost: "44000",
    rigidExpense: "6000",
  };

  expect(checked("critical-illness", answers)).toMatchObject({
    likely: true,
    onFileFen: yuan(10_600),
  });
  const little = checked("critical-illness", { ...answers, patientCost: "900", annualIncome: "1" });
  expect(little.refusal?.code).toBe("CI_BELOW_THRESHOLD");
});

test("an emergency: a home that burnt down, and a death without a look at the income", () => {
  const answers = {
    eventKind: "fire",
    harm: "home",
    eventLoss: "42000",
    householdSize: "2",
    annualIncome: "72000",
    rigidExpense: "",
  };

  expect(checked("emergency", answers)).toMatchObject({ likely: true, onFileFen: yuan(5_000) });
  expect(checked("emergency", { ...answers, harm: "death", annualIncome: "900000" })).toMatchObject(
    { likely: true, onFileFen: yuan(10_000), unfiledFen: yuan(10_000) },
  );
  const days = checked("emergency", answers).conditions.map(({ says }) => says.zh);
  expect(days).toContain("在事发后 90 天内申请（请自己核对）。");
});

test("winter: a model worker in severe hardship gets the supplement on top", () => {
  const answers = {
    householdSize: "2",
    annualIncome: "30000",
    rigidExpense: "8000",
    netLoss: "",
    cause: "illness",
    modelWorker: "city",
  };

  expect(checked("winter-warmth", answers)).toMatchObject({ onFileFen: yuan(3_000) });
});

test("what can't be read is named field by field, and nothing is assessed", () => {
  const answer = runPreCheck(preCheckOf("golden-autumn"), { annualIncome: "很多" }, new Set(), day);

  expect(answer).toEqual({
    kind: "problems",
    problems: {
      householdSize: "required",
      annualIncome: "not_an_amount",
      schoolLevel: "required",
    },
  });
});

test("no question of a pre-check is personal, and each programme asks seven at most", () => {
  const limits = limitsOn(day, ({ employmentMonthsFiled }) => employmentMonthsFiled);
  expect(Object.keys(commonQuestions(["netLoss"]))).not.toContain("netLoss");
  expect(commonTicks(limits, 12).map(({ name }) => name)).toContain("short_work");
  for (const id of ["golden-autumn", "winter-warmth", "critical-illness", "emergency"]) {
    const { fields } = preCheckOf(id);
    expect(Object.values(fields).some(({ personal }) => personal)).toBe(false);
    // The ticks are one more question.
    expect(Object.keys(fields).length + 1).toBeLessThanOrEqual(7);
  }
});
