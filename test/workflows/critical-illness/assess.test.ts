import { policyPack } from "#workflows/policy-pack.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, yuan, zeroFen } from "#shared/kernel/money.ts";
import { assess, netSelfPaid } from "#workflows/critical-illness/assess.ts";
import { examples } from "#workflows/critical-illness/examples.ts";
import { invoicesOf, type CriticalIllnessFacts } from "#workflows/critical-illness/form.ts";
import { policies } from "#workflows/critical-illness/policy.ts";
import { programme } from "#workflows/critical-illness/programme.ts";

const [eighth] = examples;
if (!eighth) throw new Error("the worked case is gone");

const appliedOn = localDate("2026-03-10");
const found = (over: Partial<CriticalIllnessFacts>, history: Partial<AwardHistory> = {}) =>
  assess(
    { ...eighth.facts, ...over },
    {
      appliedOn,
      line: "territorial",
      pack: policyPack,
      onFile: true,
      history: { ...noHistory, ...history },
    },
  );

/** A bill that nobody else paid anything of, so that it is the net cost. */
const bill = (net: number): Partial<CriticalIllnessFacts> => ({
  totalBill: yuan(net),
  basicInsurance: zeroFen,
  seriousIllnessInsurance: zeroFen,
  mutualAid: zeroFen,
  otherAid: zeroFen,
});

/** Without income the household has a file whatever the bill; three people, so 12L = 38,232. */
const filed = (net: number) => found({ ...bill(net), annualIncome: zeroFen });

/** An income of 3L (114,696 for three) with nothing deducted but the bill: temporary while the bill is ≤ 38,232. */
const temporary = (net: number, people = 3) =>
  found({
    ...bill(net),
    educationExpense: zeroFen,
    householdSize: people,
    annualIncome: yuan(people * 38_232),
  });

test.each([
  // Nothing of the first 3,000.
  [3_000, 0, "CI_BELOW_THRESHOLD"],
  // 20 % of 0.01 is nothing; the minimum of 500 holds above the threshold.
  [3_000.01, 500, undefined],
  // 20 % of 2,500 = 500.
  [5_500, 500, undefined],
  // 20 % of 2,505 = 501.
  [5_505, 501, undefined],
  // 20 % of 2,504.99 = 500.998, down to 500.
  [5_504.99, 500, undefined],
  // 20 % of 17,000 = 3,400.
  [20_000, 3_400, undefined],
  // 3,400 + 30 % of 10 = 3,403.
  [20_010, 3_403, undefined],
  // 3,400 + 30 % of 30,000 = 9,000.
  [50_000, 12_400, undefined],
  // 12,400 + 40 % of 10 = 4.
  [50_010, 12_404, undefined],
  // 12,400 + 40 % of 18,999.99 = 7,599.996, down to 19,999.
  [68_999.99, 19_999, undefined],
  // 12,400 + 40 % of 19,000 = 7,600: the cap itself.
  [69_000, 20_000, undefined],
  [69_000.01, 20_000, undefined],
  [500_000, 20_000, undefined],
])("with a file, %d yuan of own cost give %d", (net, amount, code) => {
  const assessment = filed(net);
  expect(assessment.category).toBe("DEEP");
  expect(assessment.amountFen).toBe(yuan(amount));
  expect(assessment.refusal?.code).toBe(code);
});

test.each([
  [15_000, 3, 0, "CI_BELOW_THRESHOLD"],
  // 10 % of 0.01 is nothing; the minimum of 500 holds.
  [15_000.01, 3, 500, undefined],
  // 10 % of 5,000 = 500.
  [20_000, 3, 500, undefined],
  // 10 % of 5,010 = 501.
  [20_010, 3, 501, undefined],
  // 10 % of 99,999.99 = 9,999.999, down to 9,999. Ten people: 36L less 24L are 127,440, so the
  // bill leaves them above 2L.
  [114_999.99, 10, 9_999, undefined],
  // 10 % of 100,000 = 10,000: the cap itself.
  [115_000, 10, 10_000, undefined],
  [116_000, 10, 10_000, undefined],
])(
  "in temporary hardship, %d yuan of own cost (%d people) give %d",
  (net, people, amount, code) => {
    const assessment = temporary(net, people);
    expect(assessment.category).toBe("TEMPORARY");
    expect(assessment.amountFen).toBe(yuan(amount));
    expect(assessment.refusal?.code).toBe(code);
  },
);

test("the net cost is what nobody else paid", () => {
  // 186,400 − 112,300 − 18,600 − 6,500 − 5,000 = 44,000.
  expect(netSelfPaid(eighth.facts)).toBe(yuan(44_000));
  expect(netSelfPaid({ ...eighth.facts, supplementaryInsurance: yuan(4_000) })).toBe(yuan(40_000));
});

test("the net cost is rigid expenditure, beside the other members' medical cost", () => {
  const rigidOf = (over: Partial<CriticalIllnessFacts>) =>
    found(over).steps.find(({ rule }) => rule === "deep.maxP")?.inputs["rigidFen"];
  expect(rigidOf({})).toBe(yuan(44_000 + 6_000));
  expect(rigidOf({ medicalExpense: yuan(1_000) })).toBe(yuan(44_000 + 6_000 + 1_000));
});

test("others who paid more than the bill leave no cost, and a person is told to check", () => {
  const assessment = found({ basicInsurance: yuan(999_999) });
  expect(netSelfPaid({ ...eighth.facts, basicInsurance: yuan(999_999) })).toBe(0);
  expect(assessment.recommendation).toBe("refuse");
  expect(assessment.flags).toHaveLength(1);
});

test("the household's 20,000 a year leave what earlier awards have left", () => {
  const year = (amount: number) => ({
    programmeYearFen: yuan(amount),
    householdYearFen: yuan(amount),
  });
  expect(found({}, year(9_400)).amountFen).toBe(yuan(10_600));
  expect(found({}, year(9_401)).amountFen).toBe(yuan(10_599));
  expect(found({}, year(20_000)).refusal?.code).toBe("CAP_EXHAUSTED");
});

test("emergency relief for the same illness or event is taken off", () => {
  const earlier = { sameCauseFen: yuan(2_000), householdYearFen: yuan(2_000) };
  expect(found({}, earlier).amountFen).toBe(yuan(8_600));
});

test("bills count for twelve months: older ones are flagged, only older ones refused", () => {
  expect(found({ treatmentFrom: localDate("2025-03-10") }).flags).toEqual([]);
  expect(found({ treatmentFrom: localDate("2025-03-09") }).flags).toHaveLength(1);
  const old = { treatmentFrom: localDate("2024-01-01"), treatmentTo: localDate("2025-03-09") };
  expect(found(old).refusal?.code).toBe("CI_BILLS_TOO_OLD");
  expect(found({ ...old, treatmentTo: localDate("2025-03-10") }).refusal).toBe(null);
});

test("days of bills out of order, or after the application, are flagged", () => {
  expect(found({ treatmentTo: appliedOn }).flags).toEqual([]);
  expect(found({ treatmentTo: localDate("2026-03-11") }).flags).toHaveLength(1);
  expect(found({ treatmentFrom: localDate("2026-02-27") }).flags).toHaveLength(1);
});

test("the award is never more than the own cost, and grows with it", () => {
  const net = fc.integer({ min: 0, max: 20_000_000 }).map((amount) => amount / 100);
  fc.assert(
    fc.property(net, net, (one, other) => {
      const [less, more] = [filed(Math.min(one, other)), filed(Math.max(one, other))];
      expect(more.amountFen).toBeLessThanOrEqual(yuan(Math.max(one, other)));
      expect(less.amountFen).toBeLessThanOrEqual(more.amountFen);
      expect(more.amountFen).toBeLessThanOrEqual(yuan(20_000));
    }),
    { numRuns: 300 },
  );
});

test("the bands agree with exact arithmetic to the yuan", () => {
  const net = fc.integer({ min: 300_001, max: 6_900_000 });
  fc.assert(
    fc.property(net, (amount) => {
      const part = (from: number, to: number) =>
        BigInt(Math.max(0, Math.min(amount, to * 100) - from * 100));
      const hundredths =
        20n * part(3_000, 20_000) + 30n * part(20_000, 50_000) + 40n * part(50_000, 999_999);
      const whole = hundredths / 10_000n;
      const expected = whole < 500n ? 500n : whole;
      expect(BigInt(filed(amount / 100).amountFen)).toBe(expected * 100n);
    }),
    { numRuns: 500 },
  );
});

test("the figures are those of policy 8.4", () => {
  expect(policies[0]).toMatchObject({
    version: "critical-illness-2025",
    effectiveFrom: "2025-01-01",
    figures: {
      lookbackMonths: 12,
      filed: { capFen: yuan(20_000), funds: ["CENTRAL", "FISCAL_MATCH", "UNION"] },
      temporary: { capFen: yuan(10_000), funds: ["UNION", "DONATION"] },
      minimumFen: yuan(500),
    },
  });
});

test("applications are taken all year", () => {
  expect(programme.window(2026, policyPack)).toBe(null);
});

test("the claim is the patient's and the year's; each invoice is a claim for ever", () => {
  expect(programme.claim(eighth.facts, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    subject: eighth.facts.patientIdNumber,
    period: "2026",
  });
  const facts = { ...eighth.facts, invoiceNumbers: "a1，B2、a1; c3" };
  expect(invoicesOf(facts)).toEqual(["A1", "B2", "C3"]);
  expect(programme.furtherClaims?.(facts)).toEqual(
    ["A1", "B2", "C3"].map((subject) => ({ subject, period: "ever" })),
  );
});

test("an illness is the patient's cause, an accident the household's event", () => {
  expect(programme.causeOf(eighth.facts, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    what: "illness",
    subject: eighth.facts.patientIdNumber,
  });
  const accident = { ...eighth.facts, accidentDate: localDate("2026-01-05") };
  expect(programme.causeOf(accident, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    what: "event-2026-01-05",
    subject: null,
  });
});

test("whoever paid a part has left a settlement sheet, and only then it is wanted", () => {
  const kinds = (over: Partial<CriticalIllnessFacts>) =>
    programme
      .papers({ ...eighth.facts, ...over }, { appliedOn, pack: policyPack })
      .map(({ kind }) => kind);
  expect(kinds({})).toEqual(expect.arrayContaining(["mutual_aid_settlement", "other_aid_proof"]));
  expect(kinds({ mutualAid: fen(0) })).not.toContain("mutual_aid_settlement");
  expect(kinds({ otherAid: fen(0) })).not.toContain("other_aid_proof");
  expect(kinds({ cause: "low_income" })).toContain("diagnosis");
});
