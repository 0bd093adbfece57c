/** An applicant withdraws a case before payment. */
import type { Application } from "#shared/domain/application.ts";
import { withdraw, withdrawalRefusal, type WithdrawalRefusal } from "#shared/domain/intake.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { tellExecution, type Untold } from "./tell-execution.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "policy" | "vault" | "workflow">;

export type Withdrawn =
  /** `untold`: what kept the case's execution from hearing of it; resume-stalled tells it then. */
  | { readonly kind: "withdrawn"; readonly application: Application; readonly untold: Untold }
  | { readonly kind: "refused"; readonly why: WithdrawalRefusal }
  /** Somebody moved the case meanwhile: nothing was done. `application`: as it stands now. */
  | { readonly kind: "moved"; readonly application: Application };

/** Withdraws. Asked twice it is withdrawn once. */
export const withdrawApplication = async (
  uses: Uses,
  application: Application,
): Promise<Withdrawn> => {
  if (application.status === "withdrawn") return { kind: "withdrawn", application, untold: null };
  const claims = await claimsHeldBy(uses, application);
  const taken = withdraw(application, claims, uses.clock.now());
  if (taken.kind === "refused") {
    return { kind: "refused", why: withdrawalRefusal(application) ?? "too_late" };
  }
  const { after } = taken.step;
  if ((await uses.cases.commit(taken)) === "committed") {
    return { kind: "withdrawn", application: after, untold: await tellExecution(uses, after) };
  }
  const now = (await uses.cases.get(application.id)) ?? application;
  return now.status === "withdrawn"
    ? { kind: "withdrawn", application: now, untold: null }
    : { kind: "moved", application: now };
};
