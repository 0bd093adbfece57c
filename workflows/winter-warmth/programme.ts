/** 冬送温暖, Winter Warmth: help in the cold months around New Year and Spring Festival (policy 3.2, 8.3). */
import { householdSubject } from "#shared/domain/household.ts";
import { papersOf } from "#shared/domain/papers.ts";
import { dayInYear, seasonFigures, type Window } from "#shared/domain/policy.ts";
import { programmePolicies, type PolicyPack } from "#shared/domain/policy-pack.ts";
import { defineProgramme, type Delivery } from "#shared/domain/programme.ts";
import { lanternFestivalOf, yearOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, policyFile, programmeId, type WinterWarmthFigures } from "./policy.ts";

/** The year in whose November a winter begins: until the summer it is still last year's. */
const winterOf = (on: LocalDate): number => (on.slice(5) < "07-01" ? yearOf(on) - 1 : yearOf(on));

const figuresOf = (winter: number, pack: PolicyPack): WinterWarmthFigures =>
  seasonFigures(programmePolicies<WinterWarmthFigures>(pack, programmeId), winter);

const deliveryOf = (winter: number, pack: PolicyPack): Delivery => ({
  from: dayInYear(winter, figuresOf(winter, pack).deliverFrom),
  by: lanternFestivalOf(winter + 1),
});

/** Papers asked for are taken as long as money is handed out. */
const windowOf = (year: number, pack: PolicyPack): Window => {
  const { window } = figuresOf(year, pack);
  return {
    opens: dayInYear(year, window.opens),
    closes: dayInYear(year, window.closes),
    supplementsTo: deliveryOf(year, pack).by,
  };
};

export const programme = defineProgramme({
  id: programmeId,
  code: "WW",
  title: { zh: "冬送温暖", en: "Winter Warmth" },
  summary: {
    zh: "元旦、春节前后慰问帮扶困难职工家庭，困难劳模另有补助；每户每冬一次。",
    en: "Help for households in hardship around New Year and Spring Festival, with a supplement for model workers; once a household and winter.",
  },
  policies,
  policyFile,
  form,
  papers: papersOf(programmeId),
  window: windowOf,
  claim: (facts, { appliedOn }) => ({
    subject: householdSubject(facts),
    period: `winter-${winterOf(appliedOn)}`,
  }),
  causeOf: (_facts, { appliedOn }) => ({ what: `winter-${winterOf(appliedOn)}`, subject: null }),
  delivery: ({ appliedOn, pack }) => deliveryOf(winterOf(appliedOn), pack),
  assess,
  grassRootsNotice: true,
  finalNotice: "none",
  letters,
  examples,
});
