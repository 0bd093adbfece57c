/** 应急救助, emergency relief: fast help after a sudden event (policy 3.4, 8.5). */
import { householdSubject } from "#shared/domain/household.ts";
import { defineProgramme } from "#shared/domain/programme.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form, papers } from "./form.ts";
import { letters } from "./letters.ts";
import { programmeId } from "./policy.ts";

export const programme = defineProgramme({
  id: programmeId,
  code: "ER",
  title: { zh: "应急救助", en: "Emergency relief" },
  summary: {
    zh: "灾害、火灾、事故、工伤、突发重病等造成家庭生活困难的，先行救助，后补手续。",
    en: "After a disaster, a fire, an accident, an injury at work or a sudden grave illness: help first, papers later.",
  },
  form,
  papers,
  window: () => null,
  claim: (facts) => ({ subject: householdSubject(facts), period: `event-${facts.eventDate}` }),
  causeOf: (facts) =>
    facts.eventKind === "sudden_illness"
      ? { what: "illness", subject: facts.affectedIdNumber }
      : { what: `event-${facts.eventDate}`, subject: null },
  assess,
  finalNotice: "after_payment",
  letters,
  examples,
});
