/**
 * After a handler moved a case: its base office is asked, or its execution told. The step is committed by then,
 * so whatever fails here loses nothing: resume-stalled finds the case and does the same.
 */
import type { Application } from "#shared/domain/application.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { askApprover } from "./ask-approver.ts";
import { signal } from "./signal.ts";

export type TellUses = Pick<
  Dependencies,
  "cases" | "directory" | "vault" | "mailer" | "workflow" | "clock" | "siteUrl" | "policy"
>;

/** "left": nobody was told now; the sweep does it within minutes. */
export type Told = "told" | "left";

/**
 * Asks the case's tier with the token that its execution left when it began to wait for a handler: the machine
 * takes no step for it. Without a token the execution is just on its way there, and asks by itself.
 */
const askWithKeptToken = async (uses: TellUses, application: Application): Promise<Told> => {
  const wait = await uses.cases.wait(application.id, "handling");
  if (!wait) return "left";
  await askApprover(uses, application, wait.taskToken);
  return "told";
};

/** Answers whichever task of the execution waits. */
const signalWaiting = async (uses: TellUses, application: Application): Promise<Told> => {
  for (const token of await uses.cases.waitingTokens(application.id)) {
    if (await signal(uses, application, token)) return "told";
  }
  return "left";
};

/** The applicant's wait goes on over a step that is none of theirs: one wait, one mail. */
const keepWaiting = async (uses: TellUses, { id, version }: Application): Promise<Told> => {
  const wait = await uses.cases.wait(id, "information");
  if (!wait) return "left";
  await uses.cases.putWait(id, "information", { ...wait, caseVersion: version });
  return "told";
};

/** Tells whoever has to know of a handler's step. Never fails. */
export const tellOfHandling = async (
  uses: TellUses,
  before: Application,
  after: Application,
): Promise<Told> => {
  try {
    if (after.status === "in_approval") return await askWithKeptToken(uses, after);
    if (after.status !== "needs_information") return "told";
    return before.status === after.status
      ? await keepWaiting(uses, after)
      : await signalWaiting(uses, after);
  } catch {
    // Nobody eligible, a lost connection, another run at the same moment: the sweep tries again.
    return "left";
  }
};
