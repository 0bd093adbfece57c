/** When something happens to a case, and which working days count then. */
import type { Moment } from "#shared/domain/intake.ts";
import { commonPolicyOf } from "#shared/domain/policy-pack.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** Now, with the working days of the policy of a case's day; of a draft (null), of today's. */
export const momentAt = (
  { clock, policy }: Pick<Dependencies, "clock" | "policy">,
  submittedAt: Instant | null,
): Moment => {
  const now = clock.now();
  const { flowClock, calendar } = commonPolicyOf(policy, submittedAt, now);
  return { now, flowClock, calendar };
};
