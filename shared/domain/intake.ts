/**
 * What an applicant does with a case: send it, give what was asked for, mend the card, withdraw. Pure: whoever
 * calls has loaded everything, has turned numbers into keyed hashes, and writes what comes back.
 */
import { deadlineAfter, type CalendarAdditions, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { BlindIndex } from "../kernel/ids.ts";
import type { Application, Claim } from "./application.ts";
import type { FlowClock } from "./common-policy.ts";
import type { Answers, Fields } from "./form.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { mayMove, takeStep, type Step, type StepRefused } from "./lifecycle.ts";
import { isBaseUnit, type Unit } from "./organisation.ts";
import type { PaperRequirement } from "./programme.ts";

/** The questions of a form, whatever their order and sections. */
export interface Questions {
  readonly fields: Fields;
}

/** What was typed into the questions a form asks; anything else that was posted is left out. */
export const answersTo = (
  form: { readonly sections: readonly { readonly fields: readonly string[] }[] },
  posted: Answers,
): Answers =>
  Object.fromEntries(
    form.sections
      .flatMap(({ fields }) => fields)
      .filter((name) => Object.hasOwn(posted, name) && posted[name] !== "")
      .map((name) => [name, posted[name] ?? ""]),
  );

/** The ID numbers of everybody a form names, each once. Only their keyed hashes leave the form. */
export const idNumbersIn = (
  form: Questions,
  facts: Readonly<Record<string, unknown>>,
): readonly string[] => [
  ...new Set(
    Object.entries(form.fields)
      .filter(([, field]) => field.kind === "id_number")
      .map(([name]) => facts[name])
      .filter((fact): fact is string => typeof fact === "string" && fact !== ""),
  ),
];

/** So many numbers can be claimed for at once: they are written in one transaction, which holds a hundred rows. */
export const claimNumbersMax = 60;

/** Who and what a case is about, by keyed hashes only. */
export interface Identity {
  readonly household: BlindIndex;
  readonly persons: readonly BlindIndex[];
  readonly cause: string;
  readonly claims: readonly Omit<Claim, "applicationId">[];
}

/** What happens to a case, when, and which working days count. */
export interface Moment {
  readonly now: Instant;
  readonly flowClock: FlowClock;
  readonly calendar: CalendarAdditions;
}

/** A step of the applicant, and the claims, money and answers that stand or fall with it. */
export interface Intake {
  readonly kind: "intake";
  readonly step: Step;
  readonly claims?: readonly Claim[];
  readonly releasedClaims?: readonly Claim[];
  readonly transfer?: Transfer;
}

const actor = { kind: "applicant" } as const;

const claimsFor = (application: Application, identity: Identity): readonly Claim[] =>
  identity.claims.map((claim) => ({ ...claim, applicationId: application.id }));

const acceptanceEnds = ({ now, flowClock, calendar }: Moment): Instant =>
  deadlineAfter(now, flowClock.acceptance, calendar);

/** The office of an application, when it is one that takes them. */
export const baseUnitOf = (units: readonly Unit[], unitId: string): Unit | null =>
  units.find((unit) => unit.id === unitId && isBaseUnit(unit)) ?? null;

const officeOf = (unit: Unit): Pick<Application, "unitId" | "line" | "atUnitId"> => {
  invariant(unit.line, "an office that takes applications stands on a line");
  return { unitId: unit.id, line: unit.line, atUnitId: unit.id };
};

/** Sends a draft: from here on it is a case with a claim of its own. */
export const submitDraft = (
  draft: Application,
  given: {
    readonly unit: Unit;
    readonly identity: Identity;
    readonly papers: number;
    readonly moment: Moment;
  },
): Intake | StepRefused => {
  const { unit, identity, moment } = given;
  const taken = takeStep(
    draft,
    "submitted",
    {
      type: "submitted",
      at: moment.now,
      actor,
      detail: {
        programmeId: draft.programmeId,
        unitId: unit.id,
        answersVersion: draft.answersVersion,
        papers: given.papers,
      },
    },
    {
      ...officeOf(unit),
      submittedAt: moment.now,
      household: identity.household,
      persons: identity.persons,
      cause: identity.cause,
      deadlineAt: acceptanceEnds(moment),
    },
  );
  if (taken.kind === "refused") return taken;
  return { kind: "intake", step: taken.step, claims: claimsFor(draft, identity) };
};

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

/** Answers changed on request, with what they make of the case. */
export interface Correction {
  readonly form: Questions;
  readonly changed: readonly string[];
  readonly unit: Unit;
  readonly before: Identity;
  readonly after: Identity;
}

const correctedCase = (
  application: Application,
  { form, changed, unit, after }: Correction,
): Partial<Application> => ({
  answersVersion: application.answersVersion + 1,
  household: after.household,
  persons: after.persons,
  cause: after.cause,
  ...(voidsApprovals(form, changed)
    ? { ...officeOf(unit), round: application.round + 1, tier: null, decidedBy: {} }
    : {}),
});

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
  const changes = correction ? correctedCase(application, correction) : {};
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
      },
    },
    { ...changes, deadlineAt: acceptanceEnds(moment) },
  );
  if (taken.kind === "refused") return taken;
  if (!correction) return { kind: "intake", step: taken.step };
  const [held, wanted] = [
    claimsFor(application, correction.before),
    claimsFor(application, correction.after),
  ];
  return {
    kind: "intake",
    step: taken.step,
    claims: wanted.filter((claim) => !held.some((other) => sameClaim(claim, other))),
    releasedClaims: held.filter((claim) => !wanted.some((other) => sameClaim(claim, other))),
  };
};

/**
 * New card details after the bank's refusal: payable again under the same approval, the money still reserved.
 * The count of payments rose when the bank refused (settlement.ts), so it stays as it is here.
 */
export const mendCard = (application: Application, moment: Moment): Intake | StepRefused => {
  const taken = takeStep(
    application,
    "reserved",
    {
      type: "card_mended",
      at: moment.now,
      actor,
      detail: { answersVersion: application.answersVersion + 1, attempt: application.attempt },
    },
    {
      answersVersion: application.answersVersion + 1,
      batchId: null,
      failureCode: null,
      deadlineAt: deadlineAfter(moment.now, moment.flowClock.payment, moment.calendar),
    },
  );
  return taken.kind === "refused" ? taken : { kind: "intake", step: taken.step };
};

export const mayWithdraw = (application: Application): boolean =>
  mayMove("withdrawn", application.status, "withdrawn");

/** Withdraws before payment: money set aside goes back to its fund, and the claim is free for another time. */
export const withdraw = (
  application: Application,
  claims: readonly Claim[],
  now: Instant,
): Intake | StepRefused => {
  const { id, cycle, fundId, amountFen } = application;
  const taken = takeStep(
    application,
    "withdrawn",
    { type: "withdrawn", at: now, actor, detail: { fundId, amountFen: fundId ? amountFen : 0 } },
    {
      atUnitId: null,
      deadlineAt: null,
      // That it was approved may have been told; that it is withdrawn was not.
      outcomeMailedAt: null,
      ...(fundId ? { fundId: null, cycle: cycle + 1 } : {}),
    },
  );
  if (taken.kind === "refused") return taken;
  return {
    kind: "intake",
    step: taken.step,
    releasedClaims: claims,
    ...(fundId
      ? { transfer: caseTransfer(id, cycle, { kind: "release", fundId, amountFen, at: now }) }
      : {}),
  };
};

/** Required papers of which nothing usable is there. */
export const missingPapers = (
  requirements: readonly PaperRequirement[],
  kinds: readonly string[],
): readonly PaperRequirement[] =>
  requirements.filter(({ kind, required }) => required && !kinds.includes(kind));
