/**
 * Answers changed after sending: because something was asked for (补正), or on the applicant's own initiative
 * (更正). Pure, as intake.ts.
 */
import { noAccountLimits } from "./account-limits.ts";
import type { Application, Claim } from "./application.ts";
import type { Answers, Fields } from "./form.ts";
import {
  acceptanceEnds,
  actor,
  claimsFor,
  officeOf,
  type Identity,
  type Intake,
  type Moment,
  type Questions,
} from "./intake.ts";
import { takeStep, transitions, type Step, type StepRefused } from "./lifecycle.ts";
import type { Unit } from "./organisation.ts";

const typedIn = (answers: Answers, name: string): string =>
  Object.hasOwn(answers, name) ? (answers[name] ?? "") : "";

/** Names of the fields whose answers differ. */
export const changedFields = (
  form: Questions,
  before: Answers,
  after: Answers,
): readonly string[] =>
  Object.keys(form.fields).filter(
    (name) => typedIn(before, name).trim() !== typedIn(after, name).trim(),
  );

/** Answers that say who is helped, who is paid and which office decides. */
const decisiveNames = ["applicantName", "bankName"];
const decisiveKinds: readonly Fields[string]["kind"][] = ["id_number", "bank_card", "unit"];

/**
 * Whether a change voids what earlier tiers approved: they must have seen whom the money goes to. A change of
 * other facts shows in the assessment, which sends the case back by itself when it comes out otherwise.
 */
export const voidsApprovals = (form: Questions, changed: readonly string[]): boolean =>
  changed.some((name) => {
    const kind = form.fields[name]?.kind;
    return decisiveNames.includes(name) || (kind !== undefined && decisiveKinds.includes(kind));
  });

const sameClaim = (one: Claim, other: Claim): boolean =>
  one.household === other.household &&
  one.subject === other.subject &&
  one.programmeId === other.programmeId &&
  one.period === other.period;

/** Answers changed, with what they make of the case. */
export interface Correction {
  readonly form: Questions;
  readonly changed: readonly string[];
  readonly unit: Unit;
  readonly before: Identity;
  readonly after: Identity;
}

/** Answers that say where and how the household lives: what a home visit looked at. */
const visitedNames = ["address", "householdSize", "homes", "applicantName"];
const visitedKinds: readonly Fields[string]["kind"][] = ["id_number", "unit", "people"];

/** Whether a change asks for another home visit; any other leaves one that was made standing. */
export const voidsVisit = (form: Questions, changed: readonly string[]): boolean =>
  changed.some((name) => {
    const kind = form.fields[name]?.kind;
    return visitedNames.includes(name) || (kind !== undefined && visitedKinds.includes(kind));
  });

const answeredAnew = (application: Application, { after }: Correction): Partial<Application> => ({
  answersVersion: application.answersVersion + 1,
  household: after.household,
  fileId: after.fileId,
  persons: after.persons,
  cause: after.cause,
});

/** The case without its approvals: another round, from the base office on. */
const begunAgain = (application: Application, { unit }: Correction): Partial<Application> => ({
  ...officeOf(unit),
  round: application.round + 1,
  tier: null,
  decidedBy: {},
  coApprovedBy: [],
});

const changedClaims = (
  application: Application,
  correction: Correction,
): Required<Pick<Intake, "claims" | "releasedClaims">> => {
  const held = claimsFor(application, correction.before);
  const wanted = claimsFor(application, correction.after);
  return {
    claims: wanted.filter((claim) => !held.some((other) => sameClaim(claim, other))),
    releasedClaims: held.filter((claim) => !wanted.some((other) => sameClaim(claim, other))),
  };
};

/** Nothing is awarded here: an advance that was paid only moves to the account of another household. */
const intakeOf = (application: Application, step: Step, correction: Correction | null): Intake =>
  correction
    ? {
        kind: "intake",
        step,
        ...changedClaims(application, correction),
        accountLimits: noAccountLimits,
      }
    : { kind: "intake", step };

/** Gives what was asked for: further papers, changed answers, or both. The case is assessed anew. */
export const giveInformation = (
  application: Application,
  given: {
    readonly correction: Correction | null;
    readonly newPapers: number;
    readonly moment: Moment;
  },
): Intake | StepRefused => {
  const { correction, moment } = given;
  const changes: Partial<Application> = correction
    ? {
        ...answeredAnew(application, correction),
        ...(voidsApprovals(correction.form, correction.changed)
          ? begunAgain(application, correction)
          : {}),
      }
    : {};
  const taken = takeStep(
    application,
    "submitted",
    {
      type: "information_given",
      at: moment.now,
      actor,
      detail: {
        answersVersion: changes.answersVersion ?? application.answersVersion,
        changedAnswers: correction?.changed.length ?? 0,
        newPapers: given.newPapers,
        ...(correction && voidsVisit(correction.form, correction.changed)
          ? { visitAgain: true }
          : {}),
      },
    },
    { ...changes, deadlineAt: acceptanceEnds(moment) },
  );
  return taken.kind === "refused" ? taken : intakeOf(application, taken.step, correction);
};

/**
 * Corrects answers unasked, as long as nothing is decided finally. Assessed and accepted anew: what was approved
 * so far is void, and open links end with the version they were made for (policy 4.1, quality I11).
 */
export const correctAnswers = (
  application: Application,
  correction: Correction,
  moment: Moment,
): Intake | StepRefused => {
  const taken = takeStep(
    application,
    "submitted",
    {
      type: "corrected",
      at: moment.now,
      actor,
      detail: {
        answersVersion: application.answersVersion + 1,
        changedAnswers: correction.changed.length,
        ...(voidsVisit(correction.form, correction.changed) ? { visitAgain: true } : {}),
      },
    },
    {
      ...answeredAnew(application, correction),
      ...begunAgain(application, correction),
      deadlineAt: acceptanceEnds(moment),
    },
  );
  return taken.kind === "refused" ? taken : intakeOf(application, taken.step, correction);
};

/** Whether the applicant may correct the answers now without having been asked. */
export const mayCorrect = ({ status }: Pick<Application, "status">): boolean =>
  transitions.corrected.from.includes(status);
