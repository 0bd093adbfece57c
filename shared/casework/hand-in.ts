/** What an applicant hands in after sending: what was asked for, or a correction nobody asked for. */
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { askedPapers } from "#shared/domain/acceptance.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import {
  changedFields,
  correctAnswers,
  giveInformation,
  mayCorrect,
  type Correction,
} from "#shared/domain/correction.ts";
import type { Answers } from "#shared/domain/form.ts";
import { missingPapers, type Intake } from "#shared/domain/intake.ts";
import type { StepRefused } from "#shared/domain/lifecycle.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { waitBegan } from "#shared/domain/supplement.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { identify } from "./identify.ts";
import { policyDayOf, programmeOf } from "./load.ts";
import { momentAt } from "./moment.ts";
import {
  acceptFiles,
  areConverting,
  filesChosen,
  landedFiles,
  type Landing,
  type PapersNotReady,
} from "./paper-files.ts";
import { limits, overLimit } from "./rate-limit.ts";
import type { AnswersRead } from "./read-answers.ts";
import { tellExecution, type Untold } from "./tell-execution.ts";

type Uses = Pick<
  Dependencies,
  "archive" | "cases" | "clock" | "directory" | "papers" | "policy" | "vault" | "workflow"
>;

/** Answers as read, and as typed anew; null where they stay as they are stored. */
export interface GivenAnswers {
  readonly typed: Answers | null;
  readonly read: Extract<AnswersRead, { kind: "facts" }>;
}

export type HandedIn =
  /** `untold`: what kept the case's execution from hearing of it; resume-stalled tells it then. */
  | { readonly kind: "done"; readonly untold: Untold }
  /** Neither a new paper nor a changed answer. */
  | { readonly kind: "nothing_new" }
  | { readonly kind: "missing"; readonly missing: readonly PaperRequirement[] }
  | PapersNotReady
  | { readonly kind: "too_often"; readonly minutes: number }
  /** A changed number belongs to another application of the period. */
  | { readonly kind: "claim_exists" }
  | { readonly kind: "changed_meanwhile" };

const done: HandedIn = { kind: "done", untold: null };

/** Files count from the version at which they were asked for: a prolonged wait keeps what was sent before. */
export const landingOf = (application: Application, events: readonly RecordedEvent[]): Landing => ({
  from: "applicant",
  sinceVersion: waitBegan(events)?.version ?? application.version,
});

/** The correction of a case's answers, or null when nothing was changed. */
const correctionOf = async (
  uses: Uses,
  application: Application,
  { typed, read }: GivenAnswers,
): Promise<Correction | null> => {
  if (typed === null) return null;
  const programme = programmeOf(application);
  const stored = (await uses.cases.answers(application)) ?? {};
  const changed = changedFields(programme.form, stored, typed);
  if (changed.length === 0) return null;
  const day = policyDayOf(uses, application);
  const today = localDateOf(uses.clock.now());
  const after = await identify(uses, programme, read.facts, day, today);
  return {
    form: programme.form,
    changed,
    unit: read.unit,
    // What the case really holds: a file may have been opened or closed since it was sent.
    before: { ...after, claims: await claimsHeldBy(uses, application) },
    after,
  };
};

/** Writes the step, and tells the execution. Pressed twice, it happens once. */
const save = async (
  uses: Uses,
  { id, status }: Application,
  given: Intake | StepRefused,
  answers: Answers | null,
): Promise<HandedIn> => {
  if (given.kind === "refused") return done;
  const outcome = await uses.cases.commit({ ...given, ...(answers ? { answers } : {}) });
  if (outcome === "committed") {
    return { kind: "done", untold: await tellExecution(uses, given.step.after) };
  }
  if (outcome === "claim_exists") return { kind: "claim_exists" };
  const now = await uses.cases.get(id);
  return now?.status === status ? { kind: "changed_meanwhile" } : done;
};

/** Hands in new papers and changed answers as one step. `leaveOut`: names of landed files that stay behind. */
export const giveAsked = async (
  uses: Uses,
  application: Application,
  answers: GivenAnswers,
  leaveOut: readonly string[],
): Promise<HandedIn> => {
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "too_often", minutes };
  const correction = await correctionOf(uses, application, answers);
  const events = await uses.cases.events(application);
  const landed = await landedFiles(uses, application, landingOf(application, events));
  if (areConverting(landed, leaveOut)) return { kind: "papers_not_ready", why: "converting" };
  const files = filesChosen(landed, leaveOut);
  if (!correction && files.length === 0) return { kind: "nothing_new" };
  const programme = programmeOf(application);
  const wanted = withEntrustment(
    application,
    programme.papers(answers.read.facts, policyDayOf(uses, application)),
  );
  const sent = files.map(({ kind }) => kind);
  const before = (await uses.cases.papers(application.id)).map(({ kind }) => kind);
  const asked = askedPapers(events);
  const missing = wanted.filter(
    (paper) =>
      (asked.includes(paper.kind) && !sent.includes(paper.kind)) ||
      missingPapers([paper], [...before, ...sent]).length > 0,
  );
  if (missing.length > 0) return { kind: "missing", missing };
  // Whole files are read only now; one that turns out to be none is missing after all.
  const papers = await acceptFiles(uses, application, files);
  const refused = missingPapers(wanted, papers.kinds);
  if (refused.length > 0) return { kind: "missing", missing: refused };
  if (papers.refused > 0) return { kind: "papers_not_ready", why: "refused" };
  if (!correction && papers.added === 0) return { kind: "nothing_new" };
  const moment = momentAt(uses, application.submittedAt);
  const given = giveInformation(application, { correction, newPapers: papers.added, moment });
  return save(uses, application, given, correction && answers.typed);
};

/** Hands in a correction that nobody asked for; papers it makes necessary are asked for at the acceptance check. */
export const correctUnasked = async (
  uses: Uses,
  application: Application,
  answers: GivenAnswers,
): Promise<HandedIn> => {
  if (!mayCorrect(application)) return done;
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "too_often", minutes };
  const correction = await correctionOf(uses, application, answers);
  if (!correction) return { kind: "nothing_new" };
  const moment = momentAt(uses, application.submittedAt);
  return save(uses, application, correctAnswers(application, correction, moment), answers.typed);
};
