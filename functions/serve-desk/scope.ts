/** Whose cases somebody sees at the desk: handlers those of their own branch, everybody else the whole city's. */
import type { Application } from "#shared/domain/application.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import type { Organisation, Role } from "#shared/domain/organisation.ts";
import type { Desk } from "./frame.ts";

/** Roles that give no look beyond the own branch: of another branch's case not even its being there is told. */
const branchRoles: readonly Role[] = ["approver", "handler"];

const seesWholeCity = ({ session }: Pick<Desk, "session">): boolean =>
  session.staff.roles.some((role) => !branchRoles.includes(role));

/** Whether a case of this base office is one of theirs. */
export const seesCaseOf = (
  desk: Pick<Desk, "session">,
  organisation: Organisation,
  { unitId }: Pick<Application, "unitId">,
): boolean =>
  seesWholeCity(desk) ||
  (unitId !== null && isInBranch(organisation, desk.session.staff.unitId, unitId));
