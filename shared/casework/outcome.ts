/** What a case's state means to the machine that carries it. Ids and outcomes only. */
import type { Application } from "#shared/domain/application.ts";
import { noticeKindOf } from "#shared/domain/public-notice.ts";

/** The values the machine's choices route on (workflows/machines/application.asl.json). */
export type Outcome =
  | "ask"
  | "reassess"
  | "information"
  | "funds"
  | "grass_roots_notice"
  | "notice"
  | "ended";

export interface MachineStep {
  readonly outcome: Outcome;
}

/** Derived from the case alone, so that a task run again, late or twice, always answers the same. */
export const outcomeOf = (application: Application): MachineStep => {
  switch (application.status) {
    // The execution waits where approvals are asked for, while a handler is at it.
    case "in_acceptance":
    case "in_verification":
    case "in_approval":
    case "objection":
    case "under_appeal":
      return { outcome: "ask" };
    case "submitted":
      return { outcome: "reassess" };
    case "needs_information":
      return { outcome: "information" };
    case "waiting_for_funds":
      return { outcome: "funds" };
    case "public_notice":
      return {
        outcome: noticeKindOf(application) === "grass_roots" ? "grass_roots_notice" : "notice",
      };
    default:
      return { outcome: "ended" };
  }
};
