/** Whose branch an office belongs to: files of the archive are kept by the own office and those above it. */
import { branchAbove } from "./acceptance.ts";
import type { Organisation } from "./organisation.ts";
import type { UnitId } from "../kernel/ids.ts";

/** Whether `unitId` is the office `ownId` itself or one below it. */
export const isInBranch = (organisation: Organisation, ownId: UnitId, unitId: UnitId): boolean =>
  branchAbove(organisation, unitId).some(({ id }) => id === ownId);
