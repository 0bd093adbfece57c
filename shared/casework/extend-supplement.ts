/** The applicant prolongs the time for what is missing, once (policy 8.6). */
import type { Application } from "#shared/domain/application.ts";
import { extensionStep } from "#shared/domain/supplement.ts";
import { tellOfHandling, type TellUses } from "./handling-tell.ts";
import { policyOf } from "./load.ts";

/** "refused": `extensionRefusal` says why; "moved": somebody else changed the case meanwhile. */
export const extendSupplement = async (
  uses: TellUses,
  application: Application,
): Promise<"extended" | "refused" | "moved"> => {
  const events = await uses.cases.events(application);
  const policy = policyOf(uses, application);
  const step = extensionStep(application, events, uses.clock.now(), policy);
  if (!step) return "refused";
  if ((await uses.cases.commit({ step })) !== "committed") return "moved";
  await tellOfHandling(uses, step.before, step.after);
  return "extended";
};
