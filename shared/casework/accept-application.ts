/** The handler's two answers to an application: accepted, or returned once with all that is missing. */
import { accept, returnWithList, type MissingList } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import type { StepRefused, StepTaken } from "#shared/domain/lifecycle.ts";
import { supplementEnds } from "#shared/domain/supplement.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { tellOfHandling, type TellUses, type Told } from "./handling-tell.ts";
import { policyOf, seasonOf } from "./load.ts";

/** What became of a handler's step; "moved": somebody else was first, and nothing was written. */
export type Handled =
  | { readonly kind: "done"; readonly application: Application; readonly told: Told }
  | { readonly kind: "moved" };

/** Writes a handler's step, then tells whoever has to know. Pressed twice, it happens once. */
export const saveHandling = async (
  uses: TellUses,
  taken: StepTaken | StepRefused,
): Promise<Handled> => {
  if (taken.kind === "refused") return { kind: "moved" };
  const { before, after } = taken.step;
  if ((await uses.cases.commit({ step: taken.step })) !== "committed") return { kind: "moved" };
  return { kind: "done", application: after, told: await tellOfHandling(uses, before, after) };
};

/** Accepts the application as `staffId`, who was checked (`handlingRefusal`). */
export const acceptApplication = async (
  uses: TellUses,
  application: Application,
  staffId: StaffId,
): Promise<Handled> => {
  const events = await uses.cases.events(application);
  const handling = { staffId, now: uses.clock.now(), policy: policyOf(uses, application) };
  return saveHandling(uses, accept(application, handling, events));
};

/** Returns it with a list that was checked (`missingListProblem`). */
export const returnForPapers = async (
  uses: TellUses,
  application: Application,
  staffId: StaffId,
  list: MissingList,
): Promise<Handled> => {
  const now = uses.clock.now();
  const until = supplementEnds(now, policyOf(uses, application), seasonOf(uses, application));
  return saveHandling(uses, returnWithList(application, { staffId, now }, list, until));
};
