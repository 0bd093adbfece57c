/**
 * An officer applies for a worker who is present (代办): whoever entered a case neither handles nor decides it
 * (policy 4.4), and what the worker agreed to stands on a signed paper of the case, since no box was ticked by the
 * worker's own hand (PIPL 14, 29). Pure.
 */
import type { Application, CaseEvent } from "./application.ts";
import type { PaperRequirement } from "./programme.ts";

/** The worker's signed authorisation and consents. */
export const entrustmentPaper: PaperRequirement = {
  kind: "entrustment",
  title: {
    zh: "代办委托和知情同意书（职工本人签字）",
    en: "Authorisation and consents, signed by the worker",
  },
  required: true,
};

export const isEntrusted = ({ enteredBy }: Pick<Application, "enteredBy">): boolean =>
  enteredBy !== null;

/** A case's papers: with the signed authorisation first where an officer entered it, also on a fast track. */
export const withEntrustment = (
  application: Pick<Application, "enteredBy">,
  papers: readonly PaperRequirement[],
): readonly PaperRequirement[] =>
  isEntrusted(application) ? [entrustmentPaper, ...papers] : papers;

/** Who sends a draft, and by what consent: what the trail says of it. */
export const senderOf = ({
  enteredBy,
}: Pick<Application, "enteredBy">): Pick<CaseEvent, "actor" | "detail"> =>
  enteredBy === null
    ? { actor: { kind: "applicant" }, detail: {} }
    : {
        actor: { kind: "staff", staffId: enteredBy },
        detail: { onBehalf: true, workerPresent: true, consent: entrustmentPaper.kind },
      };
