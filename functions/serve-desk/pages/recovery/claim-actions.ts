/** What finance does with a payment that was found wrong; each form sent twice happens once. */
import {
  confirmClaim,
  dropClaim,
  proposeClaim,
  type ClaimableCase,
  type Claiming,
} from "#shared/casework/claim-back.ts";
import {
  claimBackProblem,
  claimRefusal,
  isWrongPaymentCause,
  mayClaimBack,
} from "#shared/domain/claim-back.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, forbidden, mayDo, type Desk } from "../../frame.ts";
import { claimableAt, claimPage } from "./claim.ts";
import { claimProblemWords, claimWords } from "./claim-words.ts";

const moved = (desk: Desk, { application }: ClaimableCase): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "案件刚有变化", en: "The case has just changed" },
    happened: {
      zh: "您打开页面后案件有了变化，这次没有办理。",
      en: "The case changed after you opened the page; nothing was done this time.",
    },
    next: { zh: "请打开案件核对后再办理。", en: "Open the case and look at it again." },
    link: { href: paths.desk("case", application.id), label: claimWords.backToCase },
  });

const answer = (
  desk: Desk,
  claimable: ClaimableCase,
  outcome: Claiming,
  page: string,
): PageResponse => (outcome === "done" ? redirect(page) : moved(desk, claimable));

/** Proposes a claim. */
export const proposeBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const claimable = await claimableAt(desk, typed);
  if (!claimable) return notFoundPage(desk.request.locale);
  const { application, claim } = claimable;
  if (!mayClaimBack(application, claim)) return moved(desk, claimable);
  const { amount = "", cause = "", reason: written = "" } = desk.request.form;
  const amountFen = parseYuan(amount);
  const reason = written.trim();
  const problem = claimBackProblem(claim, { amountFen, cause, reason });
  if (problem !== null || amountFen === null || !isWrongPaymentCause(cause)) {
    const values = { amount, cause, reason };
    return claimPage(desk, claimable, { values, problem: problem && claimProblemWords[problem] });
  }
  const by = desk.session.staff.id;
  const page = paths.desk("recovery", application.id, "claim");
  const { proposal } = claim;
  if (proposal) {
    // The same form sent twice.
    const isSame =
      proposal.by === by &&
      proposal.dueFen === amountFen &&
      proposal.cause === cause &&
      proposal.reason === reason;
    return isSame ? redirect(page) : moved(desk, claimable);
  }
  const given = { cause, dueFen: amountFen, reason, by };
  return answer(desk, claimable, await proposeClaim(desk.uses, claimable, given), page);
};

/** Whether the proposal is still the one that the page showed. */
const isAsShown = ({ request }: Desk, { application, claim }: ClaimableCase): boolean =>
  claim.proposal !== null && request.form["version"] === String(application.version);

/** Confirms a claim as another person than who proposed it. */
export const confirmBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const claimable = await claimableAt(desk, typed);
  if (!claimable) return notFoundPage(desk.request.locale);
  const by = desk.session.staff.id;
  if (claimRefusal(claimable.claim, by) === "own_proposal") return forbidden(desk, "own_proposal");
  if (!isAsShown(desk, claimable)) return moved(desk, claimable);
  const page = paths.desk("recovery", claimable.application.id);
  return answer(desk, claimable, await confirmClaim(desk.uses, claimable, by), page);
};

/** Takes one's own proposal back, or turns somebody else's down. */
export const dropBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const claimable = await claimableAt(desk, typed);
  if (!claimable) return notFoundPage(desk.request.locale);
  const by = desk.session.staff.id;
  if (claimable.claim.proposal?.by !== by && !mayDo(desk, "confirm_claim_back")) {
    return forbidden(desk, "confirm_claim_back");
  }
  if (!isAsShown(desk, claimable)) return moved(desk, claimable);
  const page = paths.desk("case", claimable.application.id);
  return answer(desk, claimable, await dropClaim(desk.uses, claimable, by), page);
};
