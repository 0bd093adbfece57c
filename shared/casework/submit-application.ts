/** Sending a draft: everything is read and checked once more, then case, event and claim are written as one. */
import type { Application } from "#shared/domain/application.ts";
import type { Bar } from "#shared/domain/bar.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import { answersTo, missingPapers, submitDraft } from "#shared/domain/intake.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import type { DraftAnswers } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { isOpen, seasonNow, type SeasonNow } from "#shared/web/season.ts";
import { isBarred } from "./bar-list.ts";
import { identify } from "./identify.ts";
import { policyDayOf, programmeOf } from "./load.ts";
import { momentAt } from "./moment.ts";
import {
  acceptFiles,
  areConverting,
  filesChosen,
  landedFiles,
  type AcceptedPapers,
  type PapersNotReady,
} from "./paper-files.ts";
import { limits, overLimit } from "./rate-limit.ts";
import { readAnswers, type AnswersRead } from "./read-answers.ts";
import type { Untold } from "./tell-execution.ts";

type Uses = Pick<
  Dependencies,
  | "archive"
  | "cases"
  | "clock"
  | "directory"
  | "oversight"
  | "papers"
  | "policy"
  | "vault"
  | "workflow"
>;

export type Submitted =
  /** `untold`: what kept its execution from starting; resume-stalled finds and starts it then. */
  | { readonly kind: "sent"; readonly application: Application; readonly untold: Untold }
  /** The same person's other tap has sent it: its receipt is the answer. */
  | { readonly kind: "sent_before"; readonly application: Application }
  | { readonly kind: "out_of_season"; readonly season: SeasonNow }
  | Extract<AnswersRead, { kind: "problems" }>
  | { readonly kind: "missing"; readonly missing: readonly PaperRequirement[] }
  | PapersNotReady
  | { readonly kind: "barred"; readonly bar: Bar }
  | { readonly kind: "too_often"; readonly minutes: number }
  /** This household, student, patient or invoice has its application of the period already (quality I7). */
  | { readonly kind: "claim_exists" }
  | { readonly kind: "changed_meanwhile" };

/** The draft's papers, or those that are missing. Only tries in vain are counted. */
const takePapers = async (
  uses: Uses,
  application: Application,
  wanted: readonly PaperRequirement[],
  leaveOut: readonly string[],
): Promise<
  | ({ readonly kind: "taken" } & AcceptedPapers)
  | Extract<Submitted, { kind: "missing" | "too_often" | "papers_not_ready" }>
> => {
  const landed = await landedFiles(uses, application);
  if (areConverting(landed, leaveOut)) return { kind: "papers_not_ready", why: "converting" };
  const files = filesChosen(landed, leaveOut);
  const sent = files.map(({ kind }) => kind);
  const before = await uses.cases.papers(application.id);
  const missing = missingPapers(wanted, [...sent, ...before.map(({ kind }) => kind)]);
  if (missing.length === 0) {
    const papers = await acceptFiles(uses, application, files);
    const refused = missingPapers(wanted, papers.kinds);
    if (refused.length > 0) return { kind: "missing", missing: refused };
    // Nothing is left out in silence: the list says which it is, and handed in again the case goes without it.
    return papers.refused > 0
      ? { kind: "papers_not_ready", why: "refused" }
      : { kind: "taken", ...papers };
  }
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  return minutes === null ? { kind: "missing", missing } : { kind: "too_often", minutes };
};

/** Refused now; but when the same person's other tap has sent the case meanwhile, that is the answer. */
const unlessSent = async (
  { cases }: Pick<Uses, "cases">,
  { id }: Application,
  otherwise: Submitted,
): Promise<Submitted> => {
  const application = await cases.get(id);
  if (!application) throw new ApplicationNotFound();
  return application.status === "draft" ? otherwise : { kind: "sent_before", application };
};

/** A draft as it was read, and what of its files stays behind. */
interface Whole {
  readonly read: Extract<AnswersRead, { kind: "facts" }>;
  readonly draft: DraftAnswers;
  readonly leaveOut: readonly string[];
}

const sendWhole = async (
  uses: Uses,
  application: Application,
  { read: { facts, unit }, draft, leaveOut }: Whole,
): Promise<Submitted> => {
  const programme = programmeOf(application);
  const day = policyDayOf(uses, application);
  const wanted = withEntrustment(application, papersToSend(programme, facts, day));
  const papers = await takePapers(uses, application, wanted, leaveOut);
  if (papers.kind !== "taken") return papers;
  const identity = await identify(uses, programme, facts, day);
  const bar = await isBarred(uses, identity.persons, day.appliedOn);
  if (bar) return { kind: "barred", bar };
  const minutes = await overLimit(uses, limits.submitByPerson, identity.household);
  if (minutes !== null) return unlessSent(uses, application, { kind: "too_often", minutes });
  const moment = momentAt(uses, null);
  const answersVersion = draft.version;
  const given = { unit, identity, papers: papers.total, moment, answersVersion };
  const step = submitDraft(application, given);
  if (step.kind === "refused") return { kind: "sent_before", application };
  const answers = answersTo(programme.form, draft.answers);
  const kept = draft.stored || (await uses.cases.keepAnswers(application, answersVersion, answers));
  const outcome = await uses.cases.commit({ ...step, ...(kept ? {} : { answers }) });
  if (outcome !== "committed") {
    const kind = outcome === "claim_exists" ? "claim_exists" : "changed_meanwhile";
    return unlessSent(uses, application, { kind });
  }
  const untold = await uses.workflow
    .start("application", application.id, { applicationId: application.id })
    .then(
      () => null,
      (error: unknown) => error,
    );
  return { kind: "sent", application: step.step.after, untold };
};

/**
 * Sends a draft with the files that have landed for it.
 * @param leaveOut names of files that stay behind.
 * @throws ApplicationNotFound when the draft is gone.
 */
export const submitApplication = async (
  uses: Uses,
  application: Application,
  leaveOut: readonly string[],
): Promise<Submitted> => {
  if (application.status !== "draft") return { kind: "sent_before", application };
  const programme = programmeOf(application);
  const season = seasonNow(uses, programme);
  if (!isOpen(season)) return { kind: "out_of_season", season };
  const { units } = await uses.directory.organisation();
  const draft = await uses.cases.draftAnswers(application);
  const { appliedOn } = policyDayOf(uses, application);
  const read = readAnswers(programme, draft.answers, units, appliedOn);
  return read.kind === "problems" ? read : sendWhole(uses, application, { read, draft, leaveOut });
};
