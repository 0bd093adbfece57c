/** Whether a case's money is shared out at the desk instead of being set aside with the last decision. */
import type { AllocationPolicy } from "#shared/domain/policy.ts";
import { allocationPolicyOf, type PolicyPack } from "#shared/domain/policy-pack.ts";
import type { Application } from "#shared/domain/application.ts";
import { isAdvance } from "#shared/domain/fast-track.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";

/** How the programme of a case shares a short pot, by the pack of the day on which the case was sent. */
export const allocationPolicyFor = (
  pack: PolicyPack,
  { programmeId, submittedAt }: Pick<Application, "programmeId" | "submittedAt">,
): AllocationPolicy => {
  invariant(submittedAt, "a case that waits for money was sent");
  return allocationPolicyOf(pack, programmeId, localDateOf(submittedAt));
};

/**
 * Every method but first come, first served looks at all who wait: such a case waits for an allocation. An advance
 * waits for nobody (policy 8.5 `er.advance`).
 */
export const allocatedLater = (
  pack: PolicyPack,
  application: Pick<Application, "programmeId" | "submittedAt" | "fastTrack">,
): boolean =>
  !isAdvance(application) && allocationPolicyFor(pack, application).method !== "first_come";
