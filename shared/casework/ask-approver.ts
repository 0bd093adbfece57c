/** Asking the approver of a case's tier: a record with the link's hash, then the mail with the link. */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { decisionWorkingDays, eligibleApprovers } from "#shared/domain/approver.ts";
import type { Staff, Tier } from "#shared/domain/organisation.ts";
import { deadlineAfter, type Instant } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { ApproverNotAvailable, StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { approvalRequestMail } from "#shared/web/mails/approval-request.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { policyOf, programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "vault" | "mailer" | "clock" | "siteUrl">;

type Asked = Pick<
  Approval,
  "applicationId" | "round" | "tier" | "ask" | "approverId" | "requestedAt"
>;

/**
 * The link's secret: 256 bits that nobody can compute without the master key, and that this function can
 * compute again after a crash, so that the same mail goes out again and not a second, different one.
 */
const linkSecret = ({ vault }: Pick<Uses, "vault">, asked: Asked): Promise<string> =>
  vault.sign(
    "link",
    [
      asked.applicationId,
      asked.round,
      asked.tier,
      asked.ask,
      asked.approverId,
      asked.requestedAt,
    ].join("|"),
  );

/** What stands in the link: where the record is, and the secret that opens it. */
export interface LinkLocator {
  readonly applicationId: ApplicationId;
  readonly round: number;
  readonly tier: Tier;
  readonly secret: string;
}

const locatorText = ({ applicationId, round, tier, secret }: LinkLocator): string =>
  [applicationId, round, tier, secret].join(".");

const locatorPattern =
  /^(?<id>SN[0-9A-HJKMNP-TV-Z]{10})\.(?<round>\d{1,3})\.(?<tier>station|district|grass_roots|bureau|industrial|city)\.(?<secret>[\w-]{43})$/u;

/** @returns null for anything but a link of ours. */
export const readLocator = (text: string): LinkLocator | null => {
  const parts = locatorPattern.exec(text)?.groups;
  if (!parts) return null;
  return {
    applicationId: parts["id"] as ApplicationId,
    round: Number(parts["round"]),
    tier: parts["tier"] as Tier,
    secret: parts["secret"] ?? "",
  };
};

const linkExpiry = (application: Application, tier: Tier, now: Instant): Instant => {
  const policy = policyOf(application);
  return deadlineAfter(now, decisionWorkingDays(tier, policy), policy.calendar);
};

const chooseApprover = async (
  { directory }: Pick<Uses, "directory">,
  application: Application,
  tier: Tier,
): Promise<Staff> => {
  const [approver] = eligibleApprovers(await directory.organisation(), application, tier);
  if (!approver) {
    throw new ApproverNotAvailable(`no eligible approver at ${tier} for ${application.id}`);
  }
  return approver;
};

/** Whether an approval record still asks for what the case needs: this version, not decided, not expired. */
const stillAsks = (approval: Approval, application: Application, now: Instant): boolean =>
  approval.decidedAt === null &&
  approval.caseVersion === application.version &&
  approval.expiresAt > now;

const mailLink = async (
  uses: Uses,
  application: Application,
  approval: Approval,
): Promise<void> => {
  const secret = await linkSecret(uses, approval);
  const approver = await uses.directory.staff(approval.approverId);
  invariant(approver, "the person who was asked is known");
  const { applicationId, round, tier } = approval;
  await uses.mailer.send(
    approvalRequestMail({
      to: approver.email,
      locale: approver.locale,
      approval,
      programmeTitle: programmeOf(application).title,
      amountFen: application.amountFen,
      link: absolute(
        uses.siteUrl,
        paths.decide(locatorText({ applicationId, round, tier, secret })),
      ),
    }),
  );
  await uses.cases.markMailed(approval, uses.clock.now());
};

/** Whether the record tells of what came after the case was read: it was asked about or decided since. */
const knowsMore = (approval: Approval, { version }: Application): boolean =>
  approval.caseVersion > version ||
  (approval.caseVersion === version && approval.decidedAt !== null);

/**
 * Sees to it that exactly one approver of the case's tier has a live link, and that the record holds
 * `taskToken`. Run again, it mails nobody twice: a record that was mailed only gets the new token.
 * @throws ApproverNotAvailable when nobody at the tier may decide this case.
 * @throws StoreContended when another run asked at the same time, or the case was decided meanwhile.
 */
export const askApprover = async (
  uses: Uses,
  application: Application,
  taskToken: string,
): Promise<Approval> => {
  const { tier } = application;
  invariant(tier !== null, "a case in approval has a tier");
  const now = uses.clock.now();
  const previous = await uses.cases.approval(application.id, application.round, tier);
  if (previous && knowsMore(previous, application)) {
    throw new StoreContended("the case moved while its tier was asked", null);
  }
  let approval: Approval;
  if (previous && stillAsks(previous, application, now)) {
    approval = { ...previous, taskToken };
  } else {
    const approver = await chooseApprover(uses, application, tier);
    const asked = {
      applicationId: application.id,
      round: application.round,
      tier,
      ask: (previous?.ask ?? 0) + 1,
      approverId: approver.id,
      requestedAt: now,
    };
    approval = {
      ...asked,
      caseVersion: application.version,
      linkHash: uses.vault.digest(await linkSecret(uses, asked)),
      expiresAt: linkExpiry(application, tier, now),
      mailedAt: null,
      taskToken,
      pinTries: 0,
      decidedAt: null,
      decision: null,
    };
  }
  if (!(await uses.cases.putApproval(approval, previous))) {
    throw new StoreContended("another run asked this tier at the same time", null);
  }
  if (approval.mailedAt === null) await mailLink(uses, application, approval);
  return approval;
};
