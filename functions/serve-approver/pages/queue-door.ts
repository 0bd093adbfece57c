/** How an approver comes to the list of waiting cases: by the digest's link, or by the link of one case. */
import { readLocator } from "#shared/casework/decision-link.ts";
import { queueLinkOf } from "#shared/casework/queue-link.ts";
import { pinTriesMax } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import { loadLink } from "./link.ts";

export type DoorState = "not_yours" | "replaced" | "expired" | "pin_not_set" | "pin_locked";

export interface QueueDoor {
  readonly staff: Staff;
  readonly locator: string;
  /** The list's own address. */
  readonly path: string;
  /** The hash of the case's link this list is reached by; null for the digest's own link. */
  readonly linkHash: string | null;
  /** Why the list isn't opened, the first reason; null when the PIN opens it. */
  readonly state: DoorState | null;
}

const stateOf = (
  { active, roles, pinHash, pinTries }: Staff,
  isExpired: boolean,
): DoorState | null => {
  if (!active || !roles.includes("approver")) return "not_yours";
  if (isExpired) return "expired";
  if (pinHash === null) return "pin_not_set";
  return pinTries >= pinTriesMax ? "pin_locked" : null;
};

/** @returns null when the locator is none that was ever mailed. */
export const loadDoor = async (uses: Uses, locator: string): Promise<QueueDoor | null> => {
  const now = uses.clock.now();
  const path = paths.decideQueue(locator);
  const ofCase = readLocator(locator);
  if (!ofCase) {
    const own = await queueLinkOf(uses, locator);
    if (!own) return null;
    const { staff } = own;
    return { staff, locator, path, linkHash: null, state: stateOf(staff, own.expiresAt <= now) };
  }
  const link = await loadLink(uses, ofCase);
  if (!link) return null;
  const { staff, approval } = link;
  const door = { staff, locator, path, linkHash: approval.linkHash };
  // A replaced link's record tells of whoever is asked now: its list is not for the holder of the old link.
  if (link.isReplaced) return { ...door, state: "replaced" };
  return { ...door, state: stateOf(staff, approval.expiresAt <= now) };
};
