/** What became of a decision that was to be recorded, and how its execution hears of it. */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { CommitOutcome } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { signal } from "./signal.ts";

export type Recorded =
  | { readonly kind: "recorded"; readonly application: Application; readonly signalled: boolean }
  /** The link was used meanwhile, or a PIN was guessed on it: what it says now is shown instead. */
  | { readonly kind: "link_spent" }
  | { readonly kind: "case_changed" }
  /** Other awards of the household used up the year meanwhile; so much is left, and nothing is decided. */
  | { readonly kind: "cap_exceeded"; readonly leftFen: Fen }
  /** What an appeal would take up again was claimed by another application meanwhile; nothing is decided. */
  | { readonly kind: "claim_exists" };

export const refusedAs = (outcome: CommitOutcome): Recorded =>
  outcome === "stale" ? { kind: "case_changed" } : { kind: "link_spent" };

/** Tells the execution; that it failed is no fault of the decision, which stands. resume-stalled tells it again. */
export const tell = async (
  uses: Pick<Dependencies, "workflow">,
  application: Application,
  approval: Approval,
): Promise<Recorded> => {
  const signalled = await signal(uses, application, approval.taskToken).catch(() => false);
  return { kind: "recorded", application, signalled };
};
