/** What an applicant tries: to send, to give what was asked for, to correct, to mend, to withdraw, to appeal. */
import { appeal } from "#shared/domain/appeal.ts";
import {
  correctAnswers,
  giveInformation,
  mayCorrect,
  type Correction,
} from "#shared/domain/correction.ts";
import { commonFields } from "#shared/domain/household.ts";
import { mendCard, submitDraft, withdraw, type Intake } from "#shared/domain/intake.ts";
import type { StepRefused } from "#shared/domain/lifecycle.ts";
import { raiseObjection } from "#shared/domain/notice.ts";
import { standingNotice } from "#shared/domain/public-notice.ts";
import { extensionStep } from "#shared/domain/supplement.ts";
import { units } from "#test/support/cases.ts";
import {
  applicantOf,
  caseAttempt,
  claimsHeldBy,
  oneOf,
  type Attempt,
  type Command,
  type Drawn,
} from "./attempts.ts";
import { applicants, identityOf, policy, type Applicant, type City, type Kept } from "./world.ts";

const baseUnits = units.filter(({ id }) => id === "spring" || id === "furnace");

const momentOf = ({ now }: City) => ({
  now,
  flowClock: policy.flowClock,
  calendar: policy.calendar,
});

/** Answers of the form as far as the model knows them: who applies. */
const answering = (applicant: Applicant) => ({ applicant });

const intakeAttempt = (
  given: Intake | StepRefused,
  answers: { readonly applicant: Applicant } | null,
): Attempt | null =>
  given.kind === "refused"
    ? null
    : caseAttempt({
        ...given,
        ...(answers ? { answers } : {}),
      });

export const submit: Command = (city, { application, way }, { what }) =>
  intakeAttempt(
    submitDraft(application, {
      unit: oneOf(baseUnits, what % 5 === 0 ? 1 : 0)!,
      identity: identityOf(city, way, applicantOf(city, application)),
      papers: 1,
      moment: momentOf(city),
    }),
    null,
  );

/** Changes of nothing that matters, of the bank, of the address, of the office, of who applies. */
const changes = ["phone", "bankName", "address", "unitId", "applicantIdNumber"] as const;

interface Change {
  readonly correction: Correction;
  readonly applicant: Applicant;
}

const changeOf = (city: City, { application, way }: Kept, { what }: Drawn): Change => {
  const name = oneOf(changes, what)!;
  const before = applicantOf(city, application);
  const applicant =
    name === "applicantIdNumber" ? oneOf(applicants, Math.trunc(what / 5))! : before;
  const isOffice = ({ id }: (typeof baseUnits)[number]): boolean =>
    name === "unitId" ? id !== application.unitId : id === application.unitId;
  const after = identityOf(city, way, applicant);
  return {
    applicant,
    correction: {
      form: { fields: commonFields },
      changed: [name],
      unit: baseUnits.find(isOffice) ?? baseUnits[0]!,
      before: { ...after, claims: claimsHeldBy(city, application) },
      after,
    },
  };
};

/** Papers only, or a changed answer with them. */
export const give: Command = (city, kept, drawn) => {
  const change = drawn.what % 3 === 0 ? changeOf(city, kept, drawn) : null;
  const given = giveInformation(kept.application, {
    correction: change?.correction ?? null,
    newPapers: 1,
    moment: momentOf(city),
  });
  return intakeAttempt(given, change && answering(change.applicant));
};

export const correct: Command = (city, kept, drawn) => {
  if (!mayCorrect(kept.application)) return null;
  const { correction, applicant } = changeOf(city, kept, drawn);
  const given = correctAnswers(kept.application, correction, momentOf(city));
  return intakeAttempt(given, answering(applicant));
};

export const mend: Command = (city, { application }) =>
  intakeAttempt(mendCard(application, momentOf(city)), answering(applicantOf(city, application)));

export const takeBack: Command = (city, { application }) =>
  intakeAttempt(withdraw(application, claimsHeldBy(city, application), city.now), null);

export const extend: Command = (city, { application, events }) => {
  const step = extensionStep(application, events, city.now, policy);
  return step && caseAttempt({ step });
};

export const fileAppeal: Command = (city, { application, events }) => {
  const recorded = events.map((event) => ({ ...event, previousHash: "", hash: "" }));
  const step = appeal({ application, events: recorded, words: "words", now: city.now, policy });
  return step && caseAttempt({ step });
};

/** Anybody, of a notice that stands; a further objection to a held case changes nothing of it. */
export const objectTo: Command = (city, { application, notices }) => {
  if (!standingNotice(application, notices, city.now)) return null;
  const taken = raiseObjection(application, city.now, policy);
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};
