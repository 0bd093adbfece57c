/** An approver's link: GET shows and never changes anything, POST decides (design 6). */
import { waitingFor } from "#shared/casework/approver-queue.ts";
import { askApprover, isAsked } from "#shared/casework/ask-approver.ts";
import { decisionContext } from "#shared/casework/decision-context.ts";
import { readLocator } from "#shared/casework/decision-link.ts";
import { pinForDecision, pinForReading } from "#shared/casework/decision-pin.ts";
import { policyOf } from "#shared/casework/load.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Application } from "#shared/domain/application.ts";
import { pinTriesMax, seatOf, type Approval } from "#shared/domain/approval.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import { decisionProblem } from "#shared/domain/decision-problem.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { log } from "#shared/lambda/logging.ts";
import type { Uses } from "../uses.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { casePage } from "./case.ts";
import { loadLink, type OpenLink } from "./link.ts";
import { readDecision, type TypedDecision } from "./decision-form.ts";
import { mayRead, openSession } from "./session.ts";
import { statePage, type LinkState } from "./states.ts";
import type { StillWaiting } from "./still-waiting.ts";

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
export const stateOf = (uses: Uses, link: OpenLink): LinkState | null => {
  if (link.isReplaced) return "replaced";
  const refusal = decisionRefusal(link, uses.clock.now());
  // The PIN was set anew since: only the link, which took the wrong ones, stays shut.
  return refusal === "pin_locked" && link.staff.pinTries < pinTriesMax ? "link_locked" : refusal;
};

/** What waits for the person besides; told as long as the link would have been good for deciding. */
const waitingBesides = async (uses: Uses, link: OpenLink): Promise<StillWaiting | null> => {
  const { approval, staff, locator } = link;
  if (approval.expiresAt <= uses.clock.now()) return null;
  const { asked, isCut } = await waitingFor(uses, staff);
  return { count: asked.length, isCut, href: paths.decideQueue(locator) };
};

const decidedPage = async (
  uses: Uses,
  request: PageRequest,
  link: OpenLink,
): Promise<PageResponse> =>
  statePage(uses, request.locale, link, "already_decided", await waitingBesides(uses, link));

export const showDecision = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
): Promise<PageResponse> => {
  const link = await loadLink(uses, readLocator(secret));
  if (!link) return notFoundPage(request.locale);
  const refusal = stateOf(uses, link);
  if (refusal === "already_decided") return decidedPage(uses, request, link);
  return refusal ? statePage(uses, request.locale, link, refusal) : shown(uses, request, link);
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
  const { id: staffId } = staff;
  const { linkHash } = approval;
  return redirect(link.path, [await openSession(uses, { kind: "approver", staffId, linkHash })]);
};

/** Sends a new link to the person the tier asks, for one that ran out or was locked. Whoever holds the old one learns nothing. */
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
  const context = await decisionContext(uses, application, staff, read.decision);
  const recorded = await recordDecision(uses, context, approval);
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
    return decidedPage(uses, request, stands);
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
  const mayRenew = refusal === "expired" || refusal === "link_locked";
  if (mayRenew && request.form["action"] === "renew") {
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
  if (request.form["intent"] === "language") {
    return shown(uses, request, link, { form: request.form, asked: "decide" });
  }
  return request.form["action"] === "open"
    ? openCase(uses, request, link)
    : decideCase(uses, request, link);
};
