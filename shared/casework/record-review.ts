/** Recording the answer to an objection or an appeal: the link burnt, the case moved, its money and claims, all in one. */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { decideReview, type ReviewContext, type Reviewed } from "#shared/domain/review.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Commit } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { answerObjections } from "./answer-objections.ts";
import { claimsHeldBy, claimsWantedBy } from "./held-claims.ts";
import { refusedAs, tell, type Recorded } from "./recorded.ts";
import { resume } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  "archive" | "cases" | "notices" | "vault" | "mailer" | "workflow" | "clock" | "siteUrl" | "policy"
>;

const claimsOf = async (
  uses: Uses,
  application: Application,
  { claims }: Reviewed,
): Promise<Pick<Commit, "claims" | "releasedClaims">> => {
  if (claims === "keep") return {};
  return claims === "retake"
    ? { claims: await claimsWantedBy(uses, application) }
    : { releasedClaims: await claimsHeldBy(uses, application) };
};

/** An answer sent twice finds the claims taken by itself: then the case has moved. */
const claimTaken = async (
  { cases }: Pick<Uses, "cases">,
  { id, version }: Application,
): Promise<Recorded> =>
  (await cases.get(id))?.version === version ? { kind: "claim_exists" } : { kind: "case_changed" };

/** A notice whose time isn't over goes on, and the execution sleeps as long: nobody has to wake it. */
const sleepsOn = ({ status, noticeEndsAt }: Application, now: Instant): boolean =>
  (status === "public_notice" || status === "post_review") &&
  noticeEndsAt !== null &&
  noticeEndsAt > now;

/**
 * Records an answer that was checked. Given twice, or by two at once, it is recorded once. A case whose execution
 * doesn't wait any more gets another one, so that it goes on, or its applicant is told.
 */
export const recordReview = async (
  uses: Uses,
  context: ReviewContext,
  approval: Approval,
): Promise<Recorded> => {
  const { application, decision, now } = context;
  const reviewed = decideReview(context);
  if (!reviewed) return { kind: "case_changed" };
  const { step, transfer } = reviewed;
  const outcome = await uses.cases.commit({
    step,
    usedLink: { approval, decision: decision.kind, at: now },
    ...(transfer ? { transfer } : {}),
    ...(await claimsOf(uses, application, reviewed)),
  });
  if (outcome === "claim_exists") return claimTaken(uses, application);
  if (outcome !== "committed") return refusedAs(outcome);
  if (application.status === "objection") {
    await answerObjections(uses, step.after).catch(() => 0);
  }
  const told = await tell(uses, step.after, approval);
  if (told.kind !== "recorded" || told.signalled || sleepsOn(step.after, now)) return told;
  // That it can't be started now is found by resume-stalled, as anything that got lost.
  const resumed = await resume(uses, step.after).catch(() => null);
  return { ...told, signalled: resumed !== null };
};
