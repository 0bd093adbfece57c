/** What a case's state means to the machine that carries it. Ids and outcomes only. */
import type { Application } from "#shared/domain/application.ts";

/** The values the machine's choices route on (workflows/machines/application.asl.json). */
export type Outcome = "ask" | "reassess" | "information" | "funds" | "notice" | "ended";

export interface MachineStep {
  readonly outcome: Outcome;
}

/** Derived from the case alone, so that a task run again, late or twice, always answers the same. */
export const outcomeOf = (application: Application): MachineStep => {
  switch (application.status) {
    case "in_approval":
      return { outcome: "ask" };
    case "submitted":
      return { outcome: "reassess" };
    case "needs_information":
      return { outcome: "information" };
    case "waiting_for_funds":
      return { outcome: "funds" };
    case "public_notice":
      return { outcome: "notice" };
    default:
      return { outcome: "ended" };
  }
};
