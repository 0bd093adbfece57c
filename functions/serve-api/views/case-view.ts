/** A case as its applicant follows it: where it stands, what comes next, what can be done, how it came out. */
import { policyDayOf, policyOf, programmeOf } from "#shared/casework/load.ts";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { askedPapers } from "#shared/domain/acceptance.ts";
import { appealable } from "#shared/domain/appeal.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { toldToApplicant } from "#shared/domain/claim-back.ts";
import { isCardToMend } from "#shared/domain/card-check.ts";
import { mayCorrect } from "#shared/domain/correction.ts";
import { mayWithdraw } from "#shared/domain/intake.ts";
import { extensionRefusal } from "#shared/domain/supplement.ts";
import {
  askedFor,
  eventWords,
  failureWords,
  meaningOf,
  nextStepOf,
} from "#shared/web/case-words.ts";
import { askedAfterAdvance } from "#shared/web/fast-track-words.ts";
import { statusNames } from "#shared/web/messages.ts";
import { problemsOf } from "../answers-json.ts";
import { say, type Call, type OperationId } from "../operation.ts";
import type { CaseBody } from "../document/schemas.ts";
import { versionOf } from "../version.ts";
import { errorBodies } from "./errors.ts";
import { outcomeBody } from "./outcome-view.ts";

/** What may be called now, so that a program offers nothing that would be refused. */
const allowedNow = (
  { uses }: Call,
  application: Application,
  events: readonly RecordedEvent[],
): readonly OperationId[] => {
  const { status } = application;
  if (status === "draft") return ["replaceAnswers", "permitUpload", "submitApplication"];
  const policy = policyOf(uses, application);
  const now = uses.clock.now();
  const mayExtend = extensionRefusal(application, events, now, policy) === null;
  return [
    ...(status === "needs_information" ? (["giveInformation", "permitUpload"] as const) : []),
    ...(mayExtend ? (["extendTime"] as const) : []),
    ...(mayCorrect(application) ? (["correctAnswers"] as const) : []),
    ...(isCardToMend(application) ? (["mendCard"] as const) : []),
    ...(mayWithdraw(application) ? (["withdrawApplication"] as const) : []),
    ...(appealable(application, events, now, policy).kind === "open" ? (["appeal"] as const) : []),
  ];
};

const askedBody = async (
  call: Call,
  application: Application,
  events: readonly RecordedEvent[],
): Promise<CaseBody["asked"]> => {
  if (application.status !== "needs_information") return null;
  const titles = await paperTitlesOf(call.uses, application);
  return {
    words: askedAfterAdvance(events, call.locale) ?? askedFor(events),
    papers: askedPapers(events).map((kind) => ({
      kind,
      title: say(call, titles.get(kind) ?? otherPaper),
    })),
    until: application.deadlineAt,
  };
};

const draftProblems = async (
  call: Call,
  application: Application,
  answers: Answers,
): Promise<CaseBody["problems"]> => {
  const { units } = await call.uses.directory.organisation();
  const { appliedOn } = policyDayOf(call.uses, application);
  return errorBodies(call, problemsOf(programmeOf(application), answers, units, appliedOn));
};

export const caseBody = async (call: Call, application: Application): Promise<CaseBody> => {
  const { status, failureCode } = application;
  const { cases } = call.uses;
  const isDraft = status === "draft";
  const events = isDraft ? [] : await cases.events(application);
  const draft = isDraft ? (await cases.draftAnswers(application)).answers : undefined;
  const next = nextStepOf(application);
  const bankSays = status === "payment_failed" ? failureWords(failureCode) : null;
  return {
    id: application.id,
    programmeId: application.programmeId,
    status,
    statusName: say(call, statusNames[status]),
    meaning: say(call, meaningOf(application, events)),
    nextStep: next && say(call, next),
    version: await versionOf(call.uses, application, draft),
    createdAt: application.createdAt,
    submittedAt: application.submittedAt,
    deadlineAt: application.deadlineAt,
    allowed: [...allowedNow(call, application, events)],
    problems: draft ? await draftProblems(call, application, draft) : [],
    asked: await askedBody(call, application, events),
    bankSays: bankSays && say(call, bankSays),
    outcome: outcomeBody(call, application, events),
    timeline: toldToApplicant(events).map((event) => ({
      at: event.at,
      type: event.type,
      words: say(call, eventWords(event)),
    })),
  };
};
