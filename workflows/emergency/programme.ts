/** 应急救助, emergency relief: fast help after a sudden event (policy 3.4, 8.5). */
import { householdSubject } from "#shared/domain/household.ts";
import { papersOf } from "#shared/domain/papers.ts";
import { inForce } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import { defineProgramme } from "#shared/domain/programme.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, policyFile, programmeId, type EmergencyFigures } from "./policy.ts";

export const programme = defineProgramme({
  id: programmeId,
  code: "ER",
  title: { zh: "应急救助", en: "Emergency relief" },
  summary: {
    zh: "灾害、火灾、事故、工伤、突发重病等造成家庭生活困难的，先行救助，后补手续。",
    en: "After a disaster, a fire, an accident, an injury at work or a sudden grave illness: help first, papers later.",
  },
  policies,
  policyFile,
  form,
  papers: papersOf(programmeId),
  window: () => null,
  claim: (facts) => ({ subject: householdSubject(facts), period: `event-${facts.eventDate}` }),
  causeOf: (facts) =>
    facts.eventKind === "sudden_illness"
      ? { what: "illness", subject: facts.affectedIdNumber }
      : { what: `event-${facts.eventDate}`, subject: null },
  assess,
  grassRootsNotice: false,
  finalNotice: "after_payment",
  fastTrack: ({ appliedOn, pack }) =>
    inForce(programmePolicies<EmergencyFigures>(pack, programmeId), appliedOn).figures.advance,
  letters,
  examples,
});
