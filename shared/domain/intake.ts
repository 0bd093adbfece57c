/**
 * What an applicant does with a case: send it, give what was asked for, mend the card, withdraw. Pure: whoever
 * calls has loaded everything, has turned numbers into keyed hashes, and writes what comes back.
 */
import { deadlineAfter, type CalendarAdditions, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { BlindIndex, FileId } from "../kernel/ids.ts";
import type { AccountLimits } from "./account-limits.ts";
import { payableFen, type Application, type Claim } from "./application.ts";
import type { FlowClock } from "./common-policy.ts";
import { senderOf } from "./entrustment.ts";
import type { Answers, Fields } from "./form.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { mayMove, takeStep, type Step, type StepRefused } from "./lifecycle.ts";
import { isBaseUnit, type Unit } from "./organisation.ts";
import { answerOfCards, cardsIn, postedCards } from "./people-field.ts";
import type { PaperRequirement } from "./programme.ts";

/** The questions of a form, whatever their order and sections. */
export interface Questions {
  readonly fields: Fields;
}

/** What a browser sent to one question; "" for nothing. Cards become one answer. */
export const postedTo = (
  name: string,
  field: Fields[string] | undefined,
  posted: Answers,
): string => {
  const typed = Object.hasOwn(posted, name) ? (posted[name] ?? "") : "";
  if (field?.kind !== "people") return typed;
  const cards = typed === "" ? postedCards(name, field, posted) : cardsIn(typed);
  // What is no list of cards stays as it was sent, and is refused when it is read.
  return cards === null ? typed : answerOfCards(field, cards);
};

/** What was typed into the questions a form asks; anything else that was posted is left out. */
export const answersTo = (
  form: { readonly sections: readonly { readonly fields: readonly string[] }[] } & Questions,
  posted: Answers,
): Answers =>
  Object.fromEntries(
    form.sections
      .flatMap(({ fields }) => fields)
      .map((name) => [name, postedTo(name, form.fields[name], posted)] as const)
      .filter(([, typed]) => typed !== ""),
  );

const numbersOf = (fields: Fields, facts: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(fields).flatMap(([name, { kind, cards }]) => {
    const fact = facts[name];
    if (kind === "id_number") return typeof fact === "string" && fact !== "" ? [fact] : [];
    return kind === "people" && Array.isArray(fact)
      ? fact.flatMap((person: Readonly<Record<string, unknown>>) =>
          numbersOf(cards?.fields ?? {}, person),
        )
      : [];
  });

/** The ID numbers of everybody a form names, each once. Only their keyed hashes leave the form. */
export const idNumbersIn = (
  form: Questions,
  facts: Readonly<Record<string, unknown>>,
): readonly string[] => [...new Set(numbersOf(form.fields, facts))];

/** So many numbers can be claimed for at once: they are written in one transaction, which holds a hundred rows. */
export const claimNumbersMax = 60;

/** Who and what a case is about, by keyed hashes only. */
export interface Identity {
  /** The household's account: its file's, or the applicant's own without a file. */
  readonly household: BlindIndex;
  /** The file of the hardship archive that the case rests on; null in the second lane. */
  readonly fileId: FileId | null;
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
  readonly accountLimits?: AccountLimits;
}

/** Who acts here. */
export const actor = { kind: "applicant" } as const;

/** A case's claims under an identity. */
export const claimsFor = (application: Application, identity: Identity): readonly Claim[] =>
  identity.claims.map((claim) => ({ ...claim, applicationId: application.id }));

/** When the acceptance check is due. */
export const acceptanceEnds = ({ now, flowClock, calendar }: Moment): Instant =>
  deadlineAfter(now, flowClock.acceptance, calendar);

/** The office of an application, when it is one that takes them. */
export const baseUnitOf = (units: readonly Unit[], unitId: string): Unit | null =>
  units.find((unit) => unit.id === unitId && isBaseUnit(unit)) ?? null;

/** Where a case stands by the office that takes it. */
export const officeOf = (unit: Unit): Pick<Application, "unitId" | "line" | "atUnitId"> => {
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
    /** The version under which the answers stand; the draft's own unless they were gathered page by page. */
    readonly answersVersion?: number;
  },
): Intake | StepRefused => {
  const { unit, identity, moment, answersVersion = draft.answersVersion } = given;
  const sender = senderOf(draft);
  const taken = takeStep(
    draft,
    "submitted",
    {
      type: "submitted",
      at: moment.now,
      actor: sender.actor,
      detail: {
        ...sender.detail,
        ...(draft.renewedFrom === null ? {} : { renewedFrom: draft.renewedFrom }),
        programmeId: draft.programmeId,
        unitId: unit.id,
        answersVersion,
        papers: given.papers,
      },
    },
    {
      ...officeOf(unit),
      answersVersion,
      submittedAt: moment.now,
      household: identity.household,
      fileId: identity.fileId,
      persons: identity.persons,
      cause: identity.cause,
      deadlineAt: acceptanceEnds(moment),
    },
  );
  if (taken.kind === "refused") return taken;
  return { kind: "intake", step: taken.step, claims: claimsFor(draft, identity) };
};

/**
 * New card details after the bank's refusal, for a second person to check (card-check.ts); the money is still reserved,
 * and no day runs against the applicant meanwhile. The count of payments rose when the bank refused (settlement.ts).
 */
export const mendCard = (application: Application, moment: Moment): Intake | StepRefused => {
  if (application.deadlineAt === null) return { kind: "refused", code: "not_in_this_state" };
  const taken = takeStep(
    application,
    "payment_failed",
    {
      type: "card_mended",
      at: moment.now,
      actor,
      detail: { answersVersion: application.answersVersion + 1, attempt: application.attempt },
    },
    {
      answersVersion: application.answersVersion + 1,
      deadlineAt: null,
    },
  );
  return taken.kind === "refused" ? taken : { kind: "intake", step: taken.step };
};

/** Why a case can't be withdrawn any more. */
export type WithdrawalRefusal =
  /** It is with the bank, or it has ended. */
  | "too_late"
  /** Part of its money was paid at once (先救助后补手续): what is left is to complete it, or to pay it back. */
  | "advance_paid";

export const withdrawalRefusal = ({
  status,
  fastTrack,
  batchId,
}: Pick<Application, "status" | "fastTrack" | "batchId">): WithdrawalRefusal | null => {
  // An objection may be raised against what was paid already (policy 8.5 `er.notice`): its batch is known then.
  if (!mayMove("withdrawn", status, "withdrawn") || batchId !== null) return "too_late";
  return fastTrack === "follow_up" ? "advance_paid" : null;
};

export const mayWithdraw = (application: Application): boolean =>
  withdrawalRefusal(application) === null;

/** Withdraws before payment: money set aside goes back to its fund, and the claim is free for another time. */
export const withdraw = (
  application: Application,
  claims: readonly Claim[],
  now: Instant,
): Intake | StepRefused => {
  if (!mayWithdraw(application)) return { kind: "refused", code: "not_in_this_state" };
  const { id, cycle, fundId } = application;
  // What is reserved is what this payment would carry: on the fast track, the advance.
  const amountFen = payableFen(application);
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
    // A refused case holds no claims while its appeal is looked at: somebody else may hold them by now.
    releasedClaims: application.status === "under_appeal" ? [] : claims,
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
