/** 大病救助, critical-illness aid: a share of the medical cost that nobody else paid (policy 3.3, 8.4). */
import { papersOf } from "#shared/domain/papers.ts";
import { defineProgramme } from "#shared/domain/programme.ts";
import { yearOf } from "#shared/kernel/calendar.ts";
import { assess } from "./assess.ts";
import { examples } from "./examples.ts";
import { form, invoicesOf } from "./form.ts";
import { letters } from "./letters.ts";
import { policies, policyFile, programmeId } from "./policy.ts";

export const programme = defineProgramme({
  id: programmeId,
  code: "CI",
  title: { zh: "大病救助", en: "Critical-illness aid" },
  summary: {
    zh: "职工本人或家庭成员患大病，医保、互助保障和其他救助之后个人负担仍重的，按比例救助；每名患者每年一次。",
    en: "When a worker or a family member is gravely ill and much is still to pay after insurance, mutual aid and other aid: a share of it, once a patient and year.",
  },
  policies,
  policyFile,
  form,
  papers: papersOf(programmeId),
  window: () => null,
  claim: (facts, { appliedOn }) => ({
    subject: facts.patientIdNumber,
    period: String(yearOf(appliedOn)),
  }),
  furtherClaims: (facts) =>
    invoicesOf(facts).map((number) => ({ subject: number, period: "ever" })),
  causeOf: (facts) =>
    facts.accidentDate === null
      ? { what: "illness", subject: facts.patientIdNumber }
      : { what: `event-${facts.accidentDate}`, subject: null },
  assess,
  grassRootsNotice: true,
  finalNotice: "before_payment",
  letters,
  examples,
});
