/** What an applicant does when something went otherwise: another card, no application after all, an appeal. */
import * as z from "zod";
import { appealableNow, fileAppeal } from "#shared/casework/appeal.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { mendCardDetails } from "#shared/casework/mend-card.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import { withdrawApplication } from "#shared/casework/withdraw-application.ts";
import { problemText } from "#shared/web/messages.ts";
import {
  appealClosedWords,
  appealWordsProblem,
  sameCardWords,
  withdrawalWords,
} from "#shared/web/refusal-words.ts";
import { operation, ownCase, refused, tooOften, type Operation } from "../operation.ts";
import { answerCaseNow } from "./drafts.ts";
import { changedMeanwhile, logUntold, nothing } from "./steps.ts";

const mendCard = operation<{ readonly bankName: string; readonly bankCardNumber: string }>({
  id: "mendCard",
  method: "POST",
  path: ["applications", ":applicationId", "card"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: () => z.strictObject({ bankName: z.string().max(60), bankCardNumber: z.string().max(30) }),
  answer: async (call, card) => {
    const own = ownCase(call);
    const mended = await mendCardDetails(call.uses, own, card);
    switch (mended.kind) {
      case "mended":
        return answerCaseNow(call);
      case "not_asked":
        return refused({ code: "state_conflict" });
      case "same_card":
        return refused({ code: "nothing_new", detail: sameCardWords });
      case "too_often":
        return tooOften(mended.minutes);
      case "changed_meanwhile":
        return changedMeanwhile;
      case "problems": {
        const { fields } = programmeOf(own).form;
        const errors = Object.entries(mended.problems).flatMap(([name, problem]) => {
          const field = fields[name];
          return field
            ? [{ pointer: `/${name}`, code: problem, detail: problemText(problem, field) }]
            : [];
        });
        return refused({ code: "invalid", errors });
      }
    }
  },
});

const withdrawal = operation({
  id: "withdrawApplication",
  method: "POST",
  path: ["applications", ":applicationId", "withdrawal"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: nothing,
  answer: async (call) => {
    const withdrawn = await withdrawApplication(call.uses, ownCase(call));
    switch (withdrawn.kind) {
      case "withdrawn":
        logUntold(call, withdrawn.untold);
        return answerCaseNow(call);
      case "refused":
        return refused({
          code: "state_conflict",
          reason: withdrawn.why,
          detail: withdrawalWords[withdrawn.why],
        });
      case "moved":
        return changedMeanwhile;
    }
  },
});

/** Longer than any letter; what a person counts as characters may be several units each. */
const wordsMax = 20_000;

const appeal = operation<{ readonly words: string }>({
  id: "appeal",
  method: "POST",
  path: ["applications", ":applicationId", "appeal"],
  scope: "applications:write",
  ofCase: true,
  once: true,
  body: () => z.strictObject({ words: z.string().max(wordsMax) }),
  answer: async (call, given) => {
    const { uses } = call;
    const own = ownCase(call);
    const words = given.words.trim();
    const wrong = appealWordsProblem(words);
    if (wrong) {
      const code = words === "" ? "required" : "too_long";
      return refused({ code: "invalid", errors: [{ pointer: "/words", code, detail: wrong }] });
    }
    const open = await appealableNow(uses, own);
    if (open.kind !== "open") {
      const detail = appealClosedWords(open);
      return refused({ code: "state_conflict", reason: open.kind, detail });
    }
    const minutes = await overLimit(uses, limits.changeByCase, own.id);
    if (minutes !== null) return tooOften(minutes);
    const filed = await fileAppeal(uses, own, words);
    return filed.kind === "filed" ? answerCaseNow(call) : changedMeanwhile;
  },
});

export const remedyOperations: readonly Operation[] = [mendCard, withdrawal, appeal];
