/** Policy 9, case 6. L = 1,062.00, so for two people 12·n·L = 25,488. */
import { exampleFamily, exampleHousehold } from "#shared/domain/example-household.ts";
import type { Example } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { WinterWarmthFacts } from "./form.ts";

export const examples: readonly Example<WinterWarmthFacts>[] = [
  {
    name: "6: a city model worker in severe hardship; 2,000 + 1,000 is exactly the fund's per-time cap",
    line: "industrial",
    facts: {
      ...exampleHousehold,
      householdSize: 2,
      members: exampleFamily(2),
      annualIncome: yuan(30_000),
      medicalExpense: yuan(8_000),
      cause: "illness",
      modelWorker: "city",
    },
    appliedOn: localDate("2026-11-20"),
    expected: {
      category: "DEEP",
      recommendation: "approve",
      amountFen: yuan(3_000),
      tiers: ["grass_roots", "bureau", "industrial"],
      needsMinutes: false,
      fund: "SWN",
    },
  },
];
