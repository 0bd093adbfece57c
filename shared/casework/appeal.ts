/** An appeal as it is filed: the case's step, then its execution is got going again. */
import { appeal, appealable, type Appealable } from "#shared/domain/appeal.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { mailUpheld } from "./applicant-mail.ts";
import { presentApproval } from "./ask-approver.ts";
import { loadFacts, policyOf } from "./load.ts";
import { resume } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "workflow" | "clock" | "policy">;

/** Whether and until when an appeal may be filed. */
export const appealableNow = async (
  uses: Pick<Dependencies, "cases" | "clock" | "policy">,
  application: Application,
): Promise<Appealable> =>
  application.submittedAt === null
    ? { kind: "not_refused" }
    : appealable(
        application,
        await uses.cases.events(application),
        uses.clock.now(),
        policyOf(uses, application),
      );

export type Filed =
  | { readonly kind: "filed"; readonly application: Application }
  | { readonly kind: "refused"; readonly why: Exclude<Appealable, { kind: "open" }> }
  /** Somebody moved the case meanwhile: nothing was filed. */
  | { readonly kind: "case_changed" };

/**
 * Files an appeal with these words. Sent twice it is filed once: the second finds it filed. That the execution
 * can't be told is no fault of the appeal, which stands; resume-stalled finds it.
 */
export const fileAppeal = async (
  uses: Uses,
  application: Application,
  words: string,
): Promise<Filed> => {
  const events = await uses.cases.events(application);
  const policy = policyOf(uses, application);
  const now = uses.clock.now();
  const step = appeal({ application, events, words, now, policy });
  if (!step) {
    // Another tap may have filed it since the case was read: then that is the answer.
    const stands = (await uses.cases.get(application.id)) ?? application;
    if (stands.status === "under_appeal") return { kind: "filed", application: stands };
    const why = appealable(application, events, now, policy);
    return why.kind === "open" ? { kind: "case_changed" } : { kind: "refused", why };
  }
  if ((await uses.cases.commit({ step })) !== "committed") {
    const stands = await uses.cases.get(application.id);
    return stands?.status === "under_appeal"
      ? { kind: "filed", application: stands }
      : { kind: "case_changed" };
  }
  await resume(uses, step.after).catch(() => null);
  return { kind: "filed", application: step.after };
};

/**
 * Tells the applicant that an appeal was upheld and other people decide now. Called before its tier is asked: a
 * crash in between repeats the same mail, and once the tier's own mail is out it isn't sent any more.
 */
export const tellUpheld = async (
  uses: Pick<Dependencies, "cases" | "mailer" | "siteUrl">,
  application: Application,
): Promise<void> => {
  // Every appeal opens a round: on the straight way nothing is looked up.
  if (application.status !== "in_approval" || application.round === 1) return;
  const approval = await presentApproval(uses, application);
  if (approval?.caseVersion === application.version && approval.mailedAt !== null) return;
  const events = await uses.cases.events(application);
  if (events.at(-1)?.type !== "appeal_upheld") return;
  await mailUpheld(uses, application, (await loadFacts(uses, application)).email);
};
