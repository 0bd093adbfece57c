import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { assess } from "#workflows/winter-warmth/assess.ts";
import { examples } from "#workflows/winter-warmth/examples.ts";
import type { WinterWarmthFacts } from "#workflows/winter-warmth/form.ts";
import { policies } from "#workflows/winter-warmth/policy.ts";
import { programme } from "#workflows/winter-warmth/programme.ts";

const [sixth] = examples;
if (!sixth) throw new Error("the worked case is gone");

const appliedOn = localDate("2026-11-20");
const found = (over: Partial<WinterWarmthFacts>, history: Partial<AwardHistory> = {}) =>
  assess(
    { ...sixth.facts, ...over },
    {
      appliedOn,
      line: "industrial",
      pack: policyPack,
      onFile: true,
      history: { ...noHistory, ...history },
    },
  );

/** Two people: 12L = 25,488; 24L = 50,976; 36L = 76,464. No rigid expenditure. */
const means = (income: number): Partial<WinterWarmthFacts> => ({
  annualIncome: yuan(income),
  medicalExpense: yuan(0),
  cause: "low_income",
});

test.each([
  ["DEEP", means(25_487.99), 2_000],
  ["RELATIVE", means(25_488), 1_500],
  ["ACCIDENT", { ...means(60_000), netLoss: yuan(48_000.01) }, 1_500],
  ["TEMPORARY", means(76_464), 1_000],
] as const)("%s gets its flat sum, and 1,000 more as a model worker", (category, facts, amount) => {
  expect(found({ ...facts, modelWorker: "none" })).toMatchObject({
    category,
    amountFen: yuan(amount),
    fundOrder: ["SWN", "UNION"],
  });
  for (const modelWorker of ["national", "provincial", "city", "other"] as const) {
    expect(found({ ...facts, modelWorker }).amountFen).toBe(yuan(amount + 1_000));
  }
});

test("a model worker in no category gets nothing", () => {
  expect(found({ ...means(76_464.01), modelWorker: "national" }).refusal?.code).toBe(
    "NOT_IN_HARDSHIP",
  );
});

test("the fund's 6,000 a person and year cut the award and then refuse it", () => {
  const paid = (amount: number) => ({ personYearByFundFen: { SWN: yuan(amount) } });
  expect(found({}, paid(3_000)).amountFen).toBe(yuan(3_000));
  expect(found({}, paid(4_000)).amountFen).toBe(yuan(2_000));
  expect(found({}, paid(6_000)).refusal?.code).toBe("CAP_EXHAUSTED");
});

test("a second award of the same winter is set off in full", () => {
  expect(found({}, { sameCauseFen: yuan(3_000) }).refusal?.code).toBe("CAP_EXHAUSTED");
});

test("the figures are those of policy 8.3", () => {
  expect(policies[0]).toMatchObject({
    version: "winter-warmth-2025",
    effectiveFrom: "2025-01-01",
    figures: {
      window: { opens: "11-15", closes: "12-31" },
      deliverFrom: "12-16",
      modelWorkerSupplementFen: yuan(1_000),
      fundLimits: { SWN: { perAwardMaxFen: yuan(3_000), perPersonYearMaxFen: yuan(6_000) } },
      condolenceList: { kind: "goods", perPersonMaxFen: yuan(500) },
    },
  });
});

test("the season ends with December, delivery with the Lantern Festival", () => {
  expect(programme.window(2026, policyPack)).toMatchObject({
    opens: "2026-11-15",
    closes: "2026-12-31",
  });
  const delivery = { from: "2026-12-16", by: "2027-02-20" };
  expect(programme.delivery?.({ appliedOn, pack: policyPack })).toEqual(delivery);
  expect(programme.delivery?.({ appliedOn: localDate("2027-01-10"), pack: policyPack })).toEqual(
    delivery,
  );
});

test("the claim is the household's and the winter's, over New Year too", () => {
  const { facts } = sixth;
  expect(programme.claim(facts, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    subject: facts.applicantIdNumber,
    period: "winter-2026",
  });
  expect(
    programme.claim(facts, { appliedOn: localDate("2027-02-20"), pack: policyPack }).period,
  ).toBe("winter-2026");
  expect(
    programme.claim(facts, { appliedOn: localDate("2027-11-15"), pack: policyPack }).period,
  ).toBe("winter-2027");
  expect(
    programme.causeOf(facts, { appliedOn: localDate("2027-01-02"), pack: policyPack }),
  ).toEqual({
    what: "winter-2026",
    subject: null,
  });
});

test("only a model worker brings the certificate", () => {
  const kinds = (modelWorker: WinterWarmthFacts["modelWorker"]) =>
    programme
      .papers({ ...sixth.facts, modelWorker }, { appliedOn, pack: policyPack })
      .map(({ kind }) => kind);
  expect(kinds("city")).toContain("model_worker_certificate");
  expect(kinds("none")).not.toContain("model_worker_certificate");
});
