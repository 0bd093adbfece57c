/** Policy 9, case 8. L = 1,062.00, so for three people 24·n·L = 76,464. */
import { exampleHousehold, examplePeople } from "#shared/domain/example-household.ts";
import type { Example } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import type { CriticalIllnessFacts } from "./form.ts";

export const examples: readonly Example<CriticalIllnessFacts>[] = [
  {
    name: "8: a net cost of 44,000 makes it relative hardship; above 10,000 the city decides with minutes",
    line: "territorial",
    facts: {
      ...exampleHousehold,
      householdSize: 3,
      annualIncome: yuan(120_000),
      educationExpense: yuan(6_000),
      cause: "illness",
      patientName: "李示例",
      patientIdNumber: examplePeople.spouse,
      diagnosis: "示例诊断",
      accidentDate: null,
      treatmentFrom: localDate("2025-06-02"),
      treatmentTo: localDate("2026-02-26"),
      invoiceNumbers: "37010026000001, 37010026000002",
      totalBill: yuan(186_400),
      basicInsurance: yuan(112_300),
      seriousIllnessInsurance: yuan(18_600),
      supplementaryInsurance: zeroFen,
      mutualAid: yuan(6_500),
      otherAid: yuan(5_000),
    },
    appliedOn: localDate("2026-03-10"),
    expected: {
      category: "RELATIVE",
      recommendation: "approve",
      amountFen: yuan(10_600),
      tiers: ["station", "district", "city"],
      needsMinutes: true,
      fund: "CENTRAL",
    },
  },
];
