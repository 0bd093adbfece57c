/** L = 1,062.00, so for four people 24·n·L = 101,952 and 36·n·L = 152,928. */
import { exampleFamily, exampleHousehold } from "#shared/domain/example-household.ts";
import type { Example } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { ChildcareFacts } from "./form.ts";

export const examples: readonly Example<ChildcareFacts>[] = [
  {
    name: "1: three children in a nursery, two of them count; 6,000 is the city's to decide",
    line: "industrial",
    facts: {
      ...exampleHousehold,
      householdSize: 4,
      members: exampleFamily(4),
      annualIncome: yuan(120_000),
      nurseryChildren: 3,
    },
    appliedOn: localDate("2026-07-20"),
    expected: {
      category: "TEMPORARY",
      recommendation: "approve",
      amountFen: yuan(6_000),
      tiers: ["grass_roots", "bureau", "industrial", "city"],
      needsMinutes: false,
      fund: "UNION",
    },
  },
];
