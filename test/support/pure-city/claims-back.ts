/** Payments found wrong later: a claim is proposed, and dropped or confirmed by somebody else. */
import {
  claimBackOf,
  claimRefusal,
  confirmClaimBack,
  dropClaimBack,
  mayClaimBack,
  proposeClaimBack,
  wrongPaymentCauses,
} from "#shared/domain/claim-back.ts";
import { minFen, yuan } from "#shared/kernel/money.ts";
import { caseAttempt, oneOf, someone, type Command } from "./attempts.ts";
import type { City, Kept } from "./world.ts";

const claimOf = (city: City, { application, events }: Kept) => {
  const all = [...city.transfers.values()];
  return claimBackOf(
    events,
    all.filter(({ applicationId }) => applicationId === application.id),
  );
};

/** The whole of what is out, or a part. */
export const proposeClaim: Command = (city, kept, { who, what }) => {
  const claim = claimOf(city, kept);
  if (!mayClaimBack(kept.application, claim) || claim.proposal) return null;
  const cause = oneOf(wrongPaymentCauses, what)!;
  const { outstandingFen } = claim;
  const dueFen = what % 2 === 0 ? outstandingFen : minFen(outstandingFen, yuan(300));
  const given = { cause, dueFen, reason: "wrong", by: someone(city, who).id, at: city.now };
  const taken = proposeClaimBack(kept.application, claim, given);
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};

export const confirmClaim: Command = (city, kept, { who }) => {
  const claim = claimOf(city, kept);
  const by = someone(city, who).id;
  if (claimRefusal(claim, by)) return null;
  const taken = confirmClaimBack(kept.application, claim, { by, at: city.now });
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};

export const dropClaim: Command = (city, kept, { who }) => {
  if (!claimOf(city, kept).proposal) return null;
  const given = { by: someone(city, who).id, at: city.now };
  const taken = dropClaimBack(kept.application, given);
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};
