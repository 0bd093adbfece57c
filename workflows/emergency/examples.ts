/** Policy 9, cases 11 and 12. L = 1,062.00, so for two people 36·n·L = 76,464. */
import {
  exampleFamily,
  exampleHousehold,
  examplePeople,
} from "#shared/domain/example-household.ts";
import type { Example } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import type { EmergencyFacts } from "./form.ts";

export const examples: readonly Example<EmergencyFacts>[] = [
  {
    name: "11: a migrant's rented home has burnt out; 2,000 at once, 3,000 after the papers",
    line: "territorial",
    facts: {
      ...exampleHousehold,
      employmentMonths: 8,
      householdSize: 2,
      members: exampleFamily(2),
      annualIncome: yuan(72_000),
      cause: "disaster",
      homes: 0,
      eventDate: localDate("2026-05-10"),
      eventKind: "fire",
      affectedIdNumber: examplePeople.applicant,
      earnerDied: false,
      injuryGrade: "none",
      homeUninhabitable: true,
      lossBeforeRelief: yuan(46_000),
      reliefReceived: yuan(4_000),
      migrant: true,
    },
    appliedOn: localDate("2026-05-12"),
    expected: {
      category: "TEMPORARY",
      recommendation: "approve",
      amountFen: yuan(5_000),
      advanceFen: yuan(2_000),
      tiers: ["station", "district"],
      needsMinutes: false,
      fund: "UNION",
    },
  },
  {
    name: "12: a steel worker killed at work; no means test, 10,000 needs the city but no minutes",
    line: "industrial",
    facts: {
      ...exampleHousehold,
      householdSize: 4,
      members: exampleFamily(4),
      annualIncome: yuan(180_000),
      cause: "accident",
      eventDate: localDate("2026-04-20"),
      eventKind: "work_injury",
      affectedIdNumber: examplePeople.spouse,
      earnerDied: true,
      injuryGrade: "none",
      homeUninhabitable: false,
      lossBeforeRelief: zeroFen,
      reliefReceived: yuan(900_000),
      migrant: false,
    },
    appliedOn: localDate("2026-04-24"),
    expected: {
      category: null,
      recommendation: "approve",
      amountFen: yuan(10_000),
      advanceFen: yuan(2_000),
      tiers: ["grass_roots", "bureau", "industrial", "city"],
      needsMinutes: false,
      fund: "UNION",
    },
  },
];
