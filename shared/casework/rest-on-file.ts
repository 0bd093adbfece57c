/** What file a case rests on when it is looked at again: one may have been opened, or closed, since it was sent. */
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Assessment, RefusalReason } from "#shared/domain/assessment.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import type { Identity } from "#shared/domain/intake.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { identify } from "./identify.ts";
import { policyDayOf, programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "policy" | "vault">;

export interface RestingCase {
  /** The case as it was read, but for file, household and persons as they are today. */
  readonly application: Application;
  /** Claims that it doesn't hold yet: to be written with whatever step comes of it. */
  readonly claims: readonly Claim[];
}

const missingClaims = async (
  uses: Uses,
  application: Application,
  { claims }: Identity,
): Promise<readonly Claim[]> => {
  const held = await claimsHeldBy(uses, application);
  const isHeld = (wanted: Omit<Claim, "applicationId">): boolean =>
    held.some(
      (claim) =>
        claim.household === wanted.household &&
        claim.subject === wanted.subject &&
        claim.period === wanted.period,
    );
  return claims
    .filter((wanted) => !isHeld(wanted))
    .map((claim) => ({ ...claim, applicationId: application.id }));
};

/** The case by the archive of today. Nothing is written. */
export const restingOnFile = async (
  uses: Uses,
  application: Application,
  facts: CommonFacts,
): Promise<RestingCase> => {
  const day = policyDayOf(uses, application);
  const today = localDateOf(uses.clock.now());
  const identity = await identify(uses, programmeOf(application), facts, day, today);
  if (identity.fileId === application.fileId) return { application, claims: [] };
  const { fileId, household, persons } = identity;
  return {
    application: { ...application, fileId, household, persons },
    claims: await missingClaims(uses, application, identity),
  };
};

const claimedByHousehold: RefusalReason = {
  code: "CLAIMED_BY_HOUSEHOLD",
  says: {
    zh: "同一困难职工档案的另一名家庭成员在本期已经申请了同样的救助，一户只能享受一次。",
    en: "Another member of the same hardship file has applied for the same aid in this period; it is given once a household.",
  },
  suggests: {
    zh: "请以先提交的那份申请为准；那份申请撤回或未获批准后，可以重新申请。",
    en: "The application that was sent first counts; if it is withdrawn or refused, you may apply again.",
  },
};

/** The same assessment, refused: a file was opened for the household since, and another member holds its claim. */
export const refusedAsClaimed = (assessment: Assessment): Assessment => ({
  ...assessment,
  recommendation: "refuse",
  refusal: claimedByHousehold,
  amountFen: zeroFen,
  advanceFen: zeroFen,
  fundOrder: [],
  steps: [
    ...assessment.steps,
    {
      rule: "claim.household",
      inputs: {},
      threshold: null,
      outcome: "missed",
      clause: "8.1 sameCauseOffset, 8.3 ww.perHousehold (INF)",
      says: claimedByHousehold.says,
    },
  ],
});
