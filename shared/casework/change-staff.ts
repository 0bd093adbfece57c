/** Appointing and changing people: checked, recorded, and in force at once, open links included. */
import type { Staff } from "#shared/domain/organisation.ts";
import { changedStaffFields, staffProblem, type StaffProblem } from "#shared/domain/staffing.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { reassignOpenApprovals } from "./reassign.ts";

type Uses = Parameters<typeof reassignOpenApprovals>[0] & Pick<Dependencies, "directory" | "clock">;

export type StaffChanged =
  | { readonly kind: "changed"; readonly reassigned: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "problem"; readonly problem: StaffProblem }
  /** Somebody else changed the person meanwhile. */
  | { readonly kind: "stale" };

/** What decides whether somebody may still be asked: a change of it hands open links to others. */
const decisive = ["unitId", "roles", "active", "identity", "kin", "absence"];

export const changeStaff = async (
  uses: Uses,
  before: Staff | null,
  after: Staff,
  by: StaffId,
): Promise<StaffChanged> => {
  const problem = staffProblem(await uses.directory.organisation(), before, after, by);
  if (problem) return { kind: "problem", problem };
  const fields = changedStaffFields(before, after);
  if (fields.length === 0) return { kind: "unchanged" };
  const saved = await uses.directory.saveStaff(before, after, {
    at: uses.clock.now(),
    by,
    subject: after.id,
    fields,
    rolesBefore: before?.roles ?? [],
    rolesAfter: after.roles,
  });
  if (!saved) return { kind: "stale" };
  const moves = before !== null && fields.some((name) => decisive.includes(name));
  return { kind: "changed", reassigned: moves ? await reassignOpenApprovals(uses, after.id) : 0 };
};
