/** Policy 9, cases 1, 3, 4 and 14. L = 1,062.00, so for three people 12·n·L = 38,232 and 24·n·L = 76,464. */
import { exampleHousehold, examplePeople } from "#shared/domain/example-household.ts";
import type { Example } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import type { GoldenAutumnFacts } from "./form.ts";

const appliedOn = localDate("2026-07-20");

const firstCase: GoldenAutumnFacts = {
  ...exampleHousehold,
  householdSize: 3,
  annualIncome: yuan(54_000),
  medicalExpense: yuan(12_000),
  educationExpense: yuan(6_000),
  cause: "illness",
  studentName: "王小例",
  studentIdNumber: examplePeople.child,
  school: "示例大学",
  schoolLevel: "bachelor",
  enrolment: "new",
  studyKind: "regular",
  otherGrant: false,
};

const boundaryCase: GoldenAutumnFacts = {
  ...firstCase,
  annualIncome: yuan(86_464),
  medicalExpense: zeroFen,
  educationExpense: yuan(10_000),
  cause: "schooling",
  schoolLevel: "college",
};

const districtFinal = ["station", "district"] as const;

export const examples: readonly Example<GoldenAutumnFacts>[] = [
  {
    name: "1: severe hardship, a child enters university; 5,000 is still the district's to decide",
    line: "territorial",
    facts: firstCase,
    appliedOn,
    expected: {
      category: "DEEP",
      recommendation: "approve",
      amountFen: yuan(5_000),
      tiers: districtFinal,
      needsMinutes: false,
      fund: "CENTRAL",
    },
  },
  {
    name: "3: exactly at 2L, so not relative hardship; temporary by heavy schooling, a college entrant",
    line: "territorial",
    facts: boundaryCase,
    appliedOn,
    expected: {
      category: "TEMPORARY",
      recommendation: "approve",
      amountFen: yuan(4_000),
      tiers: districtFinal,
      needsMinutes: false,
      fund: "UNION",
    },
  },
  {
    name: "3, one fen below: relative hardship, although P prints as 2L",
    line: "territorial",
    facts: { ...boundaryCase, annualIncome: yuan(86_463.99) },
    appliedOn,
    expected: {
      category: "RELATIVE",
      recommendation: "approve",
      amountFen: yuan(5_000),
      tiers: districtFinal,
      needsMinutes: false,
      fund: "CENTRAL",
    },
  },
  {
    name: "4: as 1, but a free-tuition teacher trainee; the district confirms the refusal",
    line: "territorial",
    facts: { ...firstCase, studyKind: "free_tuition_teacher" },
    appliedOn,
    expected: {
      category: "DEEP",
      recommendation: "refuse",
      refusalCode: "GA_EXCLUDED_PROGRAMME",
      amountFen: zeroFen,
      tiers: districtFinal,
      needsMinutes: false,
      fund: null,
    },
  },
  {
    name: "14: as 1, but the means check shows a second flat",
    line: "territorial",
    facts: { ...firstCase, homes: 2 },
    appliedOn,
    expected: {
      category: null,
      recommendation: "refuse",
      refusalCode: "EXCLUDED_PROPERTY",
      amountFen: zeroFen,
      tiers: districtFinal,
      needsMinutes: false,
      fund: null,
    },
  },
];
