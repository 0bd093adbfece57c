/** An approver's link: GET shows and never changes anything, POST decides (design 6). */
import { deliveryOf, fastTrackOf, policyOf, programmeOf, seasonOf } from "#shared/casework/load.ts";
import { askApprover, isAsked } from "#shared/casework/ask-approver.ts";
import { readLocator } from "#shared/casework/decision-link.ts";
import { pinForDecision, pinForReading } from "#shared/casework/decision-pin.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Application } from "#shared/domain/application.ts";
import { seatOf, type Approval } from "#shared/domain/approval.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import { decisionProblem } from "#shared/domain/decision-problem.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { log } from "#shared/lambda/logging.ts";
import type { Uses } from "../uses.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import {
  cookie,
  cookieOf,
  redirect,
  type PageRequest,
  type PageResponse,
} from "#shared/web/page.ts";
import { casePage } from "./case.ts";
import { loadLink, type OpenLink } from "./link.ts";
import { readDecision, type TypedDecision } from "./decision-form.ts";
import { statePage, type LinkState } from "./states.ts";

const readingMinutes = 15;
const sessionCookie = "approver";

/** Whether this browser has opened the whole case of this link with the PIN, within the last minutes. */
const mayRead = async (uses: Uses, request: PageRequest, link: OpenLink): Promise<boolean> => {
  const token = cookieOf(request, sessionCookie);
  if (token === undefined) return false;
  const session = await uses.directory.session(uses.vault.digest(token));
  return (
    session?.subject.kind === "approver" &&
    session.subject.linkHash === link.approval.linkHash &&
    session.expiresAt > uses.clock.now()
  );
};

const shown = async (
  uses: Uses,
  request: PageRequest,
  link: OpenLink,
  typed: TypedDecision = {},
  status = 200,
): Promise<PageResponse> =>
  casePage(uses, {
    link,
    policy: policyOf(uses, link.application),
    locale: request.locale,
    whole: await mayRead(uses, request, link),
    antiForgery: await antiForgery(uses, link),
    typed,
    status,
  });

const antiForgery = ({ vault }: Pick<Uses, "vault">, { approval }: OpenLink) =>
  vault.sign("decide", `${approval.linkHash}|${approval.caseVersion}`);

/** Why a link doesn't decide now, the first reason; null when it does. */
const stateOf = (uses: Uses, link: OpenLink): LinkState | null =>
  link.isReplaced ? "replaced" : decisionRefusal(link, uses.clock.now());

export const showDecision = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
): Promise<PageResponse> => {
  const link = await loadLink(uses, readLocator(secret));
  if (!link) return notFoundPage(request.locale);
  const refusal = stateOf(uses, link);
  return refusal ? statePage(uses, request.locale, link, refusal) : shown(uses, request, link);
};

/** A paper of the case, once the whole case was opened: sent on to a download that holds for a minute. */
export const downloadPaper = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
  number: string,
): Promise<PageResponse> => {
  const link = await loadLink(uses, readLocator(secret));
  if (!link || !(await mayRead(uses, request, link))) return notFoundPage(request.locale);
  // A person who left, moved or turned out to be of the family sees no more of the case from that moment.
  const refusal = stateOf(uses, link);
  if (refusal !== null && refusal !== "already_decided") return notFoundPage(request.locale);
  const papers = await uses.cases.papers(link.application.id);
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!paper) return notFoundPage(request.locale);
  const fileName = `${link.application.id}-${paper.number}.${paper.objectKey.split(".").pop()}`;
  return {
    status: 303,
    body: "",
    headers: { location: await uses.papers.downloadLink(paper.objectKey, fileName) },
  };
};

const openCase = async (
  uses: Uses,
  request: PageRequest,
  link: OpenLink,
): Promise<PageResponse> => {
  const { approval, staff } = link;
  const answer = await pinForReading(uses, approval, staff, request.form["pin"] ?? "");
  if (answer.kind === "locked") return statePage(uses, request.locale, link, "pin_locked");
  if (answer.kind !== "right") {
    return shown(uses, request, link, { pin: answer, asked: "open" }, 422);
  }
  if (staff.pinTries > 0) await uses.directory.clearWrongPins(staff.id);
  const token = Buffer.from(uses.random(32)).toString("base64url");
  const now = uses.clock.now();
  await uses.directory.putSession({
    tokenHash: uses.vault.digest(token),
    subject: { kind: "approver", staffId: staff.id, linkHash: approval.linkHash },
    createdAt: now,
    expiresAt: addMinutes(now, readingMinutes),
  });
  return redirect(link.path, [cookie(sessionCookie, token, readingMinutes * 60)]);
};

/** Sends a new link to the person the tier asks, for one that ran out. Whoever holds the old one learns nothing. */
const renewLink = async (
  uses: Uses,
  request: PageRequest,
  link: OpenLink,
): Promise<PageResponse> => {
  const { application, approval } = link;
  if (isAsked(application) && application.tier === approval.tier) {
    await askApprover(uses, application, approval.taskToken);
  }
  return statePage(uses, request.locale, link, "renewed");
};

/** Whether the same seat is asked again, of somebody else: by then the record tells of that one. */
const asksAgain = (application: Application, { tier, round, seat }: Approval): boolean =>
  isAsked(application) &&
  application.tier === tier &&
  application.round === round &&
  seatOf(application) === seat;

const decideCase = async (
  uses: Uses,
  request: PageRequest,
  link: OpenLink,
): Promise<PageResponse> => {
  const { application, approval, staff } = link;
  const policy = policyOf(uses, application);
  const read = readDecision(request.form, application);
  const tier = approval.tier;
  const problem =
    read.kind === "problem"
      ? read.problem
      : decisionProblem(application, read.decision, tier, policy);
  const asked = request.form["action"] === "recuse" ? "recuse" : "decide";
  const typed: TypedDecision = { form: request.form, asked };
  if (problem !== null) return shown(uses, request, link, { ...typed, problem }, 422);
  invariant(read.kind === "decision", "what has no problem was read");
  const pin = await pinForDecision(uses, approval, staff, request.form["pin"] ?? "");
  if (pin.kind === "locked") return statePage(uses, request.locale, link, "pin_locked");
  if (pin.kind !== "right") return shown(uses, request, link, { ...typed, pin }, 422);
  if (staff.pinTries > 0) await uses.directory.clearWrongPins(staff.id);
  const recorded = await recordDecision(
    uses,
    {
      application,
      staffId: staff.id,
      decision: read.decision,
      now: uses.clock.now(),
      policy,
      organisation: await uses.directory.organisation(),
      grassRootsNotice: programmeOf(application).grassRootsNotice,
      finalNotice: programmeOf(application).finalNotice,
      delivery: deliveryOf(uses, application),
      season: seasonOf(uses, application),
      advanceClock: fastTrackOf(uses, application),
    },
    approval,
  );
  if (recorded.kind === "claim_exists") {
    return shown(uses, request, link, { ...typed, claimTaken: true }, 422);
  }
  if (recorded.kind === "cap_exceeded") {
    return shown(uses, request, link, { ...typed, leftFen: recorded.leftFen }, 422);
  }
  if (recorded.kind === "recorded" && !recorded.signalled) {
    log.warn("decision recorded, execution not told yet", { applicationId: application.id });
  }
  if (recorded.kind === "recorded" && asksAgain(recorded.application, approval)) {
    const decided = { ...approval, decision: read.decision.kind, decidedAt: uses.clock.now() };
    const stands = { ...link, application: recorded.application, approval: decided };
    return statePage(uses, request.locale, stands, "already_decided");
  }
  // Everybody is led to what stands now: the same answer for one post, two, or fifty at once.
  return redirect(link.path);
};

export const answerDecision = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
): Promise<PageResponse> => {
  const link = await loadLink(uses, readLocator(secret));
  if (!link) return notFoundPage(request.locale);
  const refusal = stateOf(uses, link);
  if (refusal === "expired" && request.form["action"] === "renew") {
    return renewLink(uses, request, link);
  }
  if (refusal === "already_decided") return redirect(link.path);
  if (refusal) return statePage(uses, request.locale, link, refusal);
  if (request.form["token"] !== (await antiForgery(uses, link))) {
    return statePage(uses, request.locale, link, "case_changed");
  }
  if (request.form["version"] !== String(link.application.version)) {
    return statePage(uses, request.locale, link, "case_changed");
  }
  return request.form["action"] === "open"
    ? openCase(uses, request, link)
    : decideCase(uses, request, link);
};
