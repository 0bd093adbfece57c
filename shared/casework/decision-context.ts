/** All that a decision looks at beside the case, loaded in one place for one case or many. */
import type { Application } from "#shared/domain/application.ts";
import type { Decision } from "#shared/domain/approval.ts";
import type { DecisionContext } from "#shared/domain/decision.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { deliveryOf, fastTrackOf, policyOf, programmeOf, seasonOf } from "./load.ts";

export const decisionContext = async (
  uses: Pick<Dependencies, "directory" | "policy" | "clock">,
  application: Application,
  staff: Staff,
  decision: Decision,
): Promise<DecisionContext> => {
  const { grassRootsNotice, finalNotice } = programmeOf(application);
  return {
    application,
    staffId: staff.id,
    decision,
    now: uses.clock.now(),
    policy: policyOf(uses, application),
    organisation: await uses.directory.organisation(),
    grassRootsNotice,
    finalNotice,
    delivery: deliveryOf(uses, application),
    season: seasonOf(uses, application),
    advanceClock: fastTrackOf(uses, application),
  };
};
