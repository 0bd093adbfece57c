/**
 * Several cases approved by one entry of the PIN. Each is a decision of its own: loaded, looked at, checked against
 * the version that was on the page, and recorded in its own transaction, the nearest limit first.
 */
import type { Approval } from "#shared/domain/approval.ts";
import type { Application } from "#shared/domain/application.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { askedOf } from "./approver-queue.ts";
import { decisionContext } from "./decision-context.ts";
import { queueRow } from "./queue-rows.ts";
import { recordDecision } from "./record-decision.ts";
import type { Recorded } from "./recorded.ts";

type Uses = Parameters<typeof recordDecision>[0] &
  Pick<Dependencies, "cases" | "directory" | "oversight" | "vault">;

/** A case that was ticked: whose turn it was on the page, and the version of it that stood there. */
export interface Ticked extends Pick<Approval, "applicationId" | "round" | "tier" | "seat"> {
  readonly version: number;
}

export type TogetherOutcome =
  | "recorded"
  /** The case, or who is asked about it, changed after the page was made. */
  | "changed"
  /** Something wants reading first: an open point, minutes, a recommended refusal. */
  | "open_by_itself"
  /** Other awards used up the household's year meanwhile. */
  | "cap_exceeded"
  /** The limit is over, or the person may not decide this one. */
  | "not_eligible";

/** What became of one case. */
export interface DecidedOne extends Ticked {
  readonly outcome: TogetherOutcome;
}

const outcomeOf = ({ kind }: Recorded): TogetherOutcome => {
  switch (kind) {
    case "recorded":
      return "recorded";
    case "cap_exceeded":
      return "cap_exceeded";
    case "link_spent":
    case "case_changed":
    case "claim_exists":
      return "changed";
  }
};

const recordOf = (
  { cases }: Pick<Dependencies, "cases">,
  { applicationId, round, tier, seat }: Ticked,
): Promise<Approval | null> => cases.approval(applicationId, round, tier, seat);

const decideOne = async (
  uses: Uses,
  staff: Staff,
  application: Application,
  approval: Approval,
): Promise<TogetherOutcome> => {
  const now = uses.clock.now();
  const asked = await askedOf(uses, await uses.directory.organisation(), application, now);
  if (!asked) return "not_eligible";
  const row = await queueRow(uses, asked);
  if (row.readFirst.length > 0) return "open_by_itself";
  const amountFen = underDecisionFen(application);
  const decision = { kind: "approve", amountFen, reason: "", minutesNumber: null } as const;
  const context = await decisionContext(uses, application, staff, decision);
  const outcome = outcomeOf(await recordDecision(uses, context, approval));
  if (outcome !== "changed") return outcome;
  // Sent twice at once: the other one may have recorded this very decision.
  const stands = await recordOf(uses, { ...approval, version: approval.caseVersion });
  return isDone(stands, approval.caseVersion, staff) ? "recorded" : outcome;
};

/** Whether the record says that this person approved this version. */
export const isDone = (
  approval: Approval | null,
  version: number,
  staff: Pick<Staff, "id">,
): boolean =>
  approval?.approverId === staff.id &&
  approval.caseVersion === version &&
  approval.decision === "approve";

/**
 * Decides the ticked cases in their order. What was never asked of this person is passed over without a word, so
 * that a made-up list tells nothing; sent again, a case that was decided before is told as what it is.
 */
export const decideSeveral = async (
  uses: Uses,
  staff: Staff,
  ticked: readonly Ticked[],
): Promise<readonly DecidedOne[]> => {
  const decided: DecidedOne[] = [];
  for (const one of ticked) {
    // The case first: a decision made in between is then seen on the record, as what it is.
    const application = await uses.cases.get(one.applicationId);
    const approval = application && (await recordOf(uses, one));
    if (!application || approval?.approverId !== staff.id) continue;
    const told = (outcome: TogetherOutcome): number => decided.push({ ...one, outcome });
    if (isDone(approval, one.version, staff)) told("recorded");
    else if (approval.decidedAt !== null || application.version !== one.version) told("changed");
    else told(await decideOne(uses, staff, application, approval));
  }
  return decided;
};
