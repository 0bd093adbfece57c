/** Asking whoever decides a case next: a record with the link's hash, then the mail with the link. */
import type { Application } from "#shared/domain/application.ts";
import { pinTriesMax, seatOf, type Approval } from "#shared/domain/approval.ts";
import {
  decisionWorkingDays,
  eligibleApprovers,
  isOfOffice,
  mayDecide,
  whomToAsk,
  type Choice,
} from "#shared/domain/approver.ts";
import { isAdvance, underDecisionFen } from "#shared/domain/fast-track.ts";
import { isReviewed, whoReviews } from "#shared/domain/review.ts";
import { standInEnds, standInNow } from "#shared/domain/silence.ts";
import { deadlineAfter, localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { ApproverNotAvailable, StoreContended } from "#shared/kernel/errors.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { approvalRequestMail } from "#shared/web/mails/approval-request.ts";
import { linkOf, linkSecret } from "./decision-link.ts";
import { fastTrackOf, policyOf, programmeOf } from "./load.ts";

/** What asking takes. */
export type AskUses = Pick<
  Dependencies,
  "cases" | "directory" | "vault" | "mailer" | "clock" | "siteUrl" | "policy"
>;

/** Whether a case waits for one person's answer to a link. */
export const isAsked = ({ status }: Pick<Application, "status">): boolean =>
  status === "in_approval" || isReviewed(status);

/** The record of the turn that a case is at; null while nobody was asked. */
export const presentApproval = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
): Promise<Approval | null> =>
  application.tier === null
    ? null
    : cases.approval(application.id, application.round, application.tier, seatOf(application));

/** A link ends with the case's limit; whoever is asked after it has a stand-in's time. */
const linkExpiry = (
  uses: Pick<AskUses, "policy" | "clock">,
  application: Application,
  now: Instant,
): Instant => {
  const { deadlineAt, tier } = application;
  if (deadlineAt !== null && deadlineAt > now) return deadlineAt;
  invariant(tier !== null, "a case that waits for a decision has a tier");
  const policy = policyOf(uses, application);
  return deadlineAt === null
    ? deadlineAfter(now, decisionWorkingDays(tier, policy), policy.calendar)
    : standInEnds(application, now, policy, fastTrackOf(uses, application));
};

/**
 * Whom the case's last event names as stand-in for somebody silent. Read only where the record says that its
 * person was asked, didn't decide, and the case moved by one event since.
 */
const namedStandIn = async (
  uses: AskUses,
  application: Application,
  previous: Approval | null,
): Promise<Choice | null> => {
  const silent =
    previous !== null &&
    previous.decidedAt === null &&
    previous.caseVersion === application.version - 1;
  if (!silent) return null;
  const named = standInNow(await uses.cases.events(application));
  if (!named) return null;
  const staff = await uses.directory.staff(named.standInId);
  invariant(application.tier !== null, "a case that waits for a decision has a tier");
  return staff && mayDecide(application, staff, application.tier)
    ? { staff, insteadOf: named.silentId }
    : null;
};

const choose = async (
  uses: AskUses,
  application: Application,
  previous: Approval | null,
  avoid: readonly StaffId[],
): Promise<Choice> => {
  const { tier, id } = application;
  invariant(tier !== null, "a case that waits for a decision has a tier");
  const named = await namedStandIn(uses, application, previous);
  if (named && !avoid.includes(named.staff.id)) return named;
  const organisation = await uses.directory.organisation();
  const today = localDateOf(uses.clock.now());
  const policy = policyOf(uses, application);
  const chosen = isReviewed(application.status)
    ? whoReviews({
        application,
        events: await uses.cases.events(application),
        organisation,
        policy,
        today,
        avoid,
      })
    : whomToAsk(organisation, application, tier, { today, avoid });
  if (chosen) return chosen;
  // Everybody is away and nobody stands in: the link reaches the first of them all the same.
  const [away] = isReviewed(application.status)
    ? []
    : eligibleApprovers(organisation, application, tier).filter(
        ({ id: one }) => !avoid.includes(one),
      );
  if (away) return { staff: away, insteadOf: null };
  throw new ApproverNotAvailable(`no eligible approver at ${tier} for ${id}`);
};

/** Whether the person asked still works where the case is decided, and still may. */
export const stillFit = async (
  { directory }: Pick<AskUses, "directory">,
  application: Application,
  approval: Approval,
): Promise<boolean> => {
  const staff = await directory.staff(approval.approverId);
  if (!staff || !mayDecide(application, staff, approval.tier)) return false;
  const insteadOf = approval.insteadOf && (await directory.staff(approval.insteadOf));
  return isOfOffice({ application, approval, staff, insteadOf });
};

/**
 * Whether an approval record still asks for what the case needs: this version, not decided, not expired. A link that
 * took too many wrong PINs opens nothing any more: asked again, the person gets another one.
 */
const stillAsks = (approval: Approval, application: Application, now: Instant): boolean =>
  approval.decidedAt === null &&
  approval.caseVersion === application.version &&
  approval.pinTries < pinTriesMax &&
  approval.expiresAt > now;

const mailLink = async (
  uses: AskUses,
  application: Application,
  approval: Approval,
): Promise<void> => {
  const approver = await uses.directory.staff(approval.approverId);
  invariant(approver, "the person who was asked is known");
  await uses.mailer.send(
    approvalRequestMail({
      to: approver.email,
      locale: approver.locale,
      approval,
      asks: isReviewed(application.status)
        ? application.status
        : isAdvance(application)
          ? "advance"
          : "decision",
      agreed: application.coApprovedBy.length,
      programmeTitle: programmeOf(application).title,
      amountFen: underDecisionFen(application),
      link: await linkOf(uses, approval),
    }),
  );
  await uses.cases.markMailed(approval, uses.clock.now());
};

/** Whether the record tells of what came after the case was read: it was asked about or decided since. */
const knowsMore = (approval: Approval, { version }: Application): boolean =>
  approval.caseVersion > version ||
  (approval.caseVersion === version && approval.decidedAt !== null);

/** So many dead links are still told apart from guesses; a case is seldom asked about so often. */
const replacedMax = 5;

const newAsk = async (
  uses: AskUses,
  application: Application,
  previous: Approval | null,
  given: { readonly taskToken: string; readonly avoid: readonly StaffId[] },
): Promise<Approval> => {
  const { tier } = application;
  invariant(tier !== null, "a case that waits for a decision has a tier");
  const { staff, insteadOf } = await choose(uses, application, previous, given.avoid);
  const now = uses.clock.now();
  const asked = {
    applicationId: application.id,
    round: application.round,
    tier,
    seat: seatOf(application),
    ask: (previous?.ask ?? 0) + 1,
    approverId: staff.id,
    requestedAt: now,
  };
  return {
    ...asked,
    caseVersion: application.version,
    linkHash: uses.vault.digest(await linkSecret(uses, asked)),
    replaced: previous ? [...previous.replaced, previous.linkHash].slice(-replacedMax) : [],
    expiresAt: linkExpiry(uses, application, now),
    mailedAt: null,
    remindedAt: null,
    insteadOf,
    taskToken: given.taskToken,
    pinTries: 0,
    decidedAt: null,
    decision: null,
  };
};

/**
 * Sees to it that exactly one person has a live link to decide the case as it stands, or to answer its objection
 * or appeal, and that the record holds `taskToken`. Run again, it mails nobody twice: a record that was mailed
 * only gets the new token, as long as the person asked is still fit and isn't one to `avoid`.
 * @throws ApproverNotAvailable when nobody may decide this case.
 * @throws StoreContended when another run asked at the same time, or the case was decided meanwhile.
 */
export const askApprover = async (
  uses: AskUses,
  application: Application,
  taskToken: string,
  avoid: readonly StaffId[] = [],
): Promise<Approval> => {
  const now = uses.clock.now();
  const previous = await presentApproval(uses, application);
  if (previous && knowsMore(previous, application)) {
    throw new StoreContended("the case moved while its tier was asked", null);
  }
  const kept =
    previous &&
    stillAsks(previous, application, now) &&
    !avoid.includes(previous.approverId) &&
    (await stillFit(uses, application, previous));
  const approval = kept
    ? { ...previous, taskToken }
    : await newAsk(uses, application, previous, { taskToken, avoid });
  if (!(await uses.cases.putApproval(approval, previous))) {
    throw new StoreContended("another run asked this tier at the same time", null);
  }
  if (approval.mailedAt === null) await mailLink(uses, application, approval);
  return approval;
};
