/** What an applicant does with a case: sends it, gives what was asked for, corrects, withdraws, appeals. */
import * as z from "zod";
import { extendSupplement } from "#shared/casework/extend-supplement.ts";
import { correctUnasked, giveAsked, type HandedIn } from "#shared/casework/hand-in.ts";
import { policyDayOf, policyOf, programmeOf } from "#shared/casework/load.ts";
import type { PapersNotReady } from "#shared/casework/paper-files.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { submitApplication } from "#shared/casework/submit-application.ts";
import { mayCorrect } from "#shared/domain/correction.ts";
import { papersMax } from "#shared/domain/paper-file.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { extensionRefusal } from "#shared/domain/supplement.ts";
import { fieldsOfError, log } from "#shared/lambda/logging.ts";
import type { ApiError } from "#shared/web/api-problem.ts";
import {
  barredWords,
  extensionWords,
  handInWords,
  papersNotReadyWords,
} from "#shared/web/refusal-words.ts";
import { outOfSeason } from "#shared/web/season.ts";
import { answersFrom, answersSchema, problemsOf, type AnswersJson } from "../answers-json.ts";
import {
  operation,
  ownCase,
  refused,
  tooOften,
  type Answer,
  type Call,
  type Operation,
} from "../operation.ts";
import { answerCaseNow } from "./drafts.ts";

export const changedMeanwhile = refused({ code: "changed_meanwhile" });

const papersMissing = (missing: readonly PaperRequirement[]): Answer =>
  refused({
    code: "papers_missing",
    errors: missing.map(({ kind, title }) => ({
      code: `paper:${kind}`,
      detail: { zh: `请上传“${title.zh}”`, en: `Send “${title.en}”` },
    })),
  });

const papersNotReady = ({ why }: PapersNotReady): Answer =>
  refused({
    code: "state_conflict",
    reason: `papers_${why}`,
    detail: papersNotReadyWords[why],
  });

/** The case is safe when its execution can't be told: resume-stalled finds it. */
export const logUntold = (call: Call, untold: unknown): void => {
  if (untold === null) return;
  log.warn("signal failed", { applicationId: ownCase(call).id, ...fieldsOfError(untold) });
};

export const nothing = (): z.ZodType<object> => z.strictObject({});

const fileNames = z.array(z.string().max(80)).max(papersMax);

const errorsNow = async (call: Call): Promise<readonly ApiError[]> => {
  const { uses } = call;
  const own = ownCase(call);
  const { answers } = await uses.cases.draftAnswers(own);
  const { units } = await uses.directory.organisation();
  return problemsOf(programmeOf(own), answers, units, policyDayOf(uses, own).appliedOn);
};

const submit = operation<{ readonly leaveOut?: readonly string[] | undefined }>({
  id: "submitApplication",
  method: "POST",
  path: ["applications", ":applicationId", "submission"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: () => z.strictObject({ leaveOut: fileNames.optional() }),
  answer: async (call, { leaveOut = [] }) => {
    const sent = await submitApplication(call.uses, ownCase(call), leaveOut);
    switch (sent.kind) {
      case "sent":
        logUntold(call, sent.untold);
        return answerCaseNow(call);
      case "sent_before":
        return answerCaseNow(call);
      case "out_of_season":
        return refused({ code: "out_of_season", detail: outOfSeason(sent.season) });
      case "problems":
        return refused({ code: "invalid", errors: await errorsNow(call) });
      case "missing":
        return papersMissing(sent.missing);
      case "papers_not_ready":
        return papersNotReady(sent);
      case "barred":
        return refused({ code: "barred", detail: barredWords(sent.bar) });
      case "too_often":
        return tooOften(sent.minutes);
      case "claim_exists":
        return refused({ code: "claim_exists" });
      case "changed_meanwhile":
        return changedMeanwhile;
    }
  },
});

const answerHandedIn = (call: Call, handed: HandedIn, asked: boolean): Promise<Answer> | Answer => {
  switch (handed.kind) {
    case "done":
      logUntold(call, handed.untold);
      return answerCaseNow(call);
    case "missing":
      return papersMissing(handed.missing);
    case "papers_not_ready":
      return papersNotReady(handed);
    case "nothing_new":
      return refused({
        code: "nothing_new",
        detail: asked ? handInWords.nothing : handInWords.unchanged,
      });
    case "too_often":
      return tooOften(handed.minutes);
    case "claim_exists":
      return refused({ code: "claim_exists", detail: handInWords.claimed });
    case "changed_meanwhile":
      return changedMeanwhile;
  }
};

/** Whole answers as read, or what is wrong with them. `json` undefined: as they are stored. */
const readGiven = async (call: Call, json: AnswersJson | undefined) => {
  const { uses } = call;
  const own = ownCase(call);
  const programme = programmeOf(own);
  const typed = json && answersFrom(programme, json);
  const answers = typed ?? (await uses.cases.answers(own)) ?? {};
  const { units } = await uses.directory.organisation();
  const { appliedOn } = policyDayOf(uses, own);
  const read = readAnswers(programme, answers, units, typed ? appliedOn : null);
  return read.kind === "facts"
    ? ({ kind: "given", answers: { typed: typed ?? null, read } } as const)
    : ({
        kind: "wrong",
        answer: refused({
          code: "invalid",
          errors: problemsOf(programme, answers, units, appliedOn),
        }),
      } as const);
};

const giveInformation = operation<{
  readonly answers?: AnswersJson | undefined;
  readonly leaveOut?: readonly string[] | undefined;
}>({
  id: "giveInformation",
  method: "POST",
  path: ["applications", ":applicationId", "information"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: ({ programme }) =>
    z.strictObject({
      answers: answersSchema(programme).optional(),
      leaveOut: fileNames.optional(),
    }),
  answer: async (call, { answers, leaveOut = [] }) => {
    const own = ownCase(call);
    if (own.status !== "needs_information") return refused({ code: "state_conflict" });
    const given = await readGiven(call, answers);
    if (given.kind === "wrong") return given.answer;
    return answerHandedIn(call, await giveAsked(call.uses, own, given.answers, leaveOut), true);
  },
});

const correctAnswers = operation<{ readonly answers: AnswersJson }>({
  id: "correctAnswers",
  method: "POST",
  path: ["applications", ":applicationId", "correction"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: ({ programme }) => z.strictObject({ answers: answersSchema(programme) }),
  answer: async (call, { answers }) => {
    const own = ownCase(call);
    if (!mayCorrect(own)) return refused({ code: "state_conflict" });
    const given = await readGiven(call, answers);
    if (given.kind === "wrong") return given.answer;
    return answerHandedIn(call, await correctUnasked(call.uses, own, given.answers), false);
  },
});

const extendTime = operation({
  id: "extendTime",
  method: "POST",
  path: ["applications", ":applicationId", "extension"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: nothing,
  answer: async (call) => {
    const { uses } = call;
    const own = ownCase(call);
    if (own.status === "draft") return refused({ code: "state_conflict", reason: "not_asked" });
    switch (await extendSupplement(uses, own)) {
      case "extended":
        return answerCaseNow(call);
      case "moved":
        return changedMeanwhile;
      case "refused": {
        const events = await uses.cases.events(own);
        const policy = policyOf(uses, own);
        const reason = extensionRefusal(own, events, uses.clock.now(), policy) ?? "not_asked";
        return refused({ code: "state_conflict", reason, detail: extensionWords[reason] });
      }
    }
  },
});

export const stepOperations: readonly Operation[] = [
  submit,
  giveInformation,
  correctAnswers,
  extendTime,
];
