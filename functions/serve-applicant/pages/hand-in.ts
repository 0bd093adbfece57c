/** What an applicant hands in after sending: what was asked for, or a correction nobody asked for. */
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { identify } from "#shared/casework/identify.ts";
import { policyDayOf } from "#shared/casework/load.ts";
import { acceptFiles, landedFiles, type Landing } from "#shared/casework/paper-files.ts";
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
import type { EveryProgramme, PaperRequirement } from "#shared/domain/programme.ts";
import { waitBegan } from "#shared/domain/supplement.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { PageRequest } from "#shared/web/page.ts";
import { limits, overLimit } from "../rate-limit.ts";
import type { AnswersRead } from "../read-answers.ts";
import type { OwnCase } from "../session.ts";
import { tellExecution } from "../tell-execution.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { chosenFiles } from "./paper-list.ts";
import { storedAnswers } from "./papers.ts";
import { momentAt } from "./submit.ts";

const words = {
  nothing: {
    zh: "还没有新的材料，填写的内容也没有改动。请按要求补充后再提交。",
    en: "There is no new paper and no changed answer yet. Please add what was asked for and hand it in then.",
  },
  unchanged: {
    zh: "填写的内容没有改动，所以没有提交。",
    en: "No answer was changed, so nothing was handed in.",
  },
  claimed: {
    zh: "改后的号码（学生、患者或发票）在本期已经有另一份申请，请检查。",
    en: "The changed number (student, patient or invoice) belongs to another application of this period; please check it.",
  },
} as const satisfies Record<string, Text>;

/** Answers as read, and as typed anew; null where they stay as they are stored. */
export interface GivenAnswers {
  readonly typed: Answers | null;
  readonly read: Extract<AnswersRead, { kind: "facts" }>;
}

export type HandedIn =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly status: number; readonly notice: Text }
  | { readonly kind: "missing"; readonly missing: readonly PaperRequirement[] };

/** Files count from the version at which they were asked for: a prolonged wait keeps what was sent before. */
export const landingOf = (application: Application, events: readonly RecordedEvent[]): Landing => ({
  from: "applicant",
  sinceVersion: waitBegan(events)?.version ?? application.version,
});

/** The correction of a case's answers, or null when nothing was changed. */
const correctionOf = async (
  uses: Uses,
  own: OwnCase,
  programme: EveryProgramme,
  { typed, read }: GivenAnswers,
): Promise<Correction | null> => {
  if (typed === null) return null;
  const stored = await storedAnswers(uses, own);
  const changed = changedFields(programme.form, stored, typed);
  if (changed.length === 0) return null;
  const day = policyDayOf(uses, own.application);
  const today = localDateOf(uses.clock.now());
  const after = await identify(uses, programme, read.facts, day, today);
  return {
    form: programme.form,
    changed,
    unit: read.unit,
    // What the case really holds: a file may have been opened or closed since it was sent.
    before: { ...after, claims: await claimsHeldBy(uses, own.application) },
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
  if (given.kind === "refused") return { kind: "done" };
  const outcome = await uses.cases.commit({ ...given, ...(answers ? { answers } : {}) });
  if (outcome === "committed") {
    await tellExecution(uses, given.step.after);
    return { kind: "done" };
  }
  if (outcome === "claim_exists") return { kind: "refused", status: 409, notice: words.claimed };
  const now = await uses.cases.get(id);
  return now?.status === status
    ? { kind: "refused", status: 409, notice: changedElsewhere }
    : { kind: "done" };
};

/** Hands in new papers and changed answers as one step. */
export const giveAsked = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  answers: GivenAnswers,
): Promise<HandedIn> => {
  const { application } = own;
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "refused", status: 429, notice: tooOften(minutes) };
  const correction = await correctionOf(uses, own, programme, answers);
  const events = await uses.cases.events(application);
  const landed = await landedFiles(uses, application, landingOf(application, events));
  const files = chosenFiles(landed, request.form);
  if (!correction && files.length === 0) {
    return { kind: "refused", status: 422, notice: words.nothing };
  }
  const wanted = programme.papers(answers.read.facts, policyDayOf(uses, application));
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
  if (!correction && papers.added === 0) {
    return { kind: "refused", status: 422, notice: words.nothing };
  }
  const moment = momentAt(uses, application.submittedAt);
  const given = giveInformation(application, { correction, newPapers: papers.added, moment });
  return save(uses, application, given, correction && answers.typed);
};

/** Hands in a correction that nobody asked for; papers it makes necessary are asked for at the acceptance check. */
export const correctUnasked = async (
  uses: Uses,
  own: OwnCase,
  programme: EveryProgramme,
  answers: GivenAnswers,
): Promise<HandedIn> => {
  const { application } = own;
  if (!mayCorrect(application)) return { kind: "done" };
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "refused", status: 429, notice: tooOften(minutes) };
  const correction = await correctionOf(uses, own, programme, answers);
  if (!correction) return { kind: "refused", status: 422, notice: words.unchanged };
  const moment = momentAt(uses, application.submittedAt);
  return save(uses, application, correctAnswers(application, correction, moment), answers.typed);
};
