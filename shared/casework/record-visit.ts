/** Recording a home visit (入户核实): its papers taken into the case, then the record in one step. */
import type { Application, Visit } from "#shared/domain/application.ts";
import { recordVisit } from "#shared/domain/visit.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { saveHandling, type Handled } from "./accept-application.ts";
import type { TellUses } from "./handling-tell.ts";
import { policyOf } from "./load.ts";

/** Records a visit that was checked (`visitProblems`), entered by `staffId`. */
export const saveVisit = (
  uses: TellUses,
  application: Application,
  staffId: StaffId,
  visit: Visit,
): Promise<Handled> => {
  const handling = { staffId, now: uses.clock.now(), policy: policyOf(uses, application) };
  return saveHandling(uses, recordVisit(application, visit, handling));
};
