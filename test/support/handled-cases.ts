/** Cases before their handlers, in the casework world: as an assessment leaves them, with a token that waits. */
import type { Application, Visit } from "#shared/domain/application.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, staff } from "./cases.ts";
import { storeCase, type CaseworkWorld } from "./casework-world.ts";

export const handlerId = "spring-h" as StaffId;

const handlers: readonly Staff[] = [
  staff("spring-h", "spring", { roles: ["handler"] }),
  staff("spring-h2", "spring", { roles: ["handler"] }),
  staff("east-h", "east", { roles: ["handler"] }),
  staff("steel-h", "steel", { roles: ["handler"] }),
];

/** Appoints the handlers; an office's people outlive the cases of a test. */
export const appointHandlers = async ({ uses }: CaseworkWorld): Promise<void> => {
  for (const handler of handlers) await uses.directory.putStaff(handler);
};

const beforeHandlers = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, {
    version: 2,
    status: "in_acceptance",
    tier: "station",
    atUnitId: "spring" as UnitId,
    decidedBy: {},
    ...changes,
  });

/** The token that a case's execution waits with. */
export const tokenOf = ({ id }: Pick<Application, "id">): string => `task-${id}`;

/** Stores such a case, with its execution waiting. */
export const storeHandled = async (
  world: CaseworkWorld,
  number: number,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const application = await storeCase(world.uses, beforeHandlers(number, changes));
  const taskToken = tokenOf(application);
  const kind = application.status === "needs_information" ? "information" : "handling";
  await world.uses.cases.putWait(application.id, kind, {
    taskToken,
    caseVersion: application.version,
  });
  world.waiting.add(taskToken);
  return application;
};

export const aVisit: Visit = {
  visitedOn: localDate("2026-07-20"),
  staffIds: [handlerId, "spring-h2" as StaffId],
  others: [],
  metWith: "本人",
  findings: "属实",
  confirmed: true,
  paperNumbers: [1],
};
