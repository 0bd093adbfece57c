/** Which of a fund's payable cases a batch takes in: all of them, or those of a programme, of an office and below. Pure. */
import type { UnitId } from "../kernel/ids.ts";
import { isInBranch } from "./branch.ts";
import type { Organisation } from "./organisation.ts";

export interface BatchScope {
  readonly programmeId: string | null;
  /** An office with all that are under it. */
  readonly unitId: UnitId | null;
}

export const wholeFund: BatchScope = { programmeId: null, unitId: null };

/** Whether a case is of a batch's scope. */
export type InScope = (one: {
  readonly programmeId: string;
  readonly unitId: UnitId | null;
}) => boolean;

/** @param organisation is looked at only where the scope names an office; null where it names none. */
export const inScope = (
  { programmeId, unitId }: BatchScope,
  organisation: Organisation | null,
): InScope => {
  const known = new Map<UnitId, boolean>();
  const isUnder = (one: UnitId | null): boolean => {
    if (unitId === null) return true;
    if (one === null || organisation === null) return false;
    const under = known.get(one) ?? isInBranch(organisation, unitId, one);
    known.set(one, under);
    return under;
  };
  return (one) => (programmeId === null || one.programmeId === programmeId) && isUnder(one.unitId);
};
