/** 托育救助, childcare aid: a made-up programme for children in a nursery. */
import { householdSubject } from "#shared/domain/household.ts";
import { papersOf } from "#shared/domain/papers.ts";
import { defineProgramme } from "#shared/domain/programme.ts";
import { yearOf } from "#shared/kernel/calendar.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, policyFile, programmeId } from "./policy.ts";

export const programme = defineProgramme({
  id: programmeId,
  code: "CA",
  title: { zh: "托育救助", en: "Childcare aid" },
  summary: {
    zh: "困难职工家庭送婴幼儿入托的，按入托人数补助，每户每年一次。",
    en: "For households in hardship with small children in a nursery, by their number; once a household and year.",
  },
  policies,
  policyFile,
  form,
  papers: papersOf(programmeId),
  window: () => null,
  claim: (facts, { appliedOn }) => ({
    subject: householdSubject(facts),
    period: `year-${yearOf(appliedOn)}`,
  }),
  causeOf: (_facts, { appliedOn }) => ({ what: `nursery-${yearOf(appliedOn)}`, subject: null }),
  assess,
  grassRootsNotice: false,
  finalNotice: "before_payment",
  letters,
  examples,
});
