/** Which tiers decide a case, by line and amount (policy 8.1 `districtFinal.max`, 9). Pure figures, no people. */
import { invariant } from "../kernel/assert.ts";
import type { Fen } from "../kernel/money.ts";
import type { Line, Tier } from "./organisation.ts";

export interface RouteLimits {
  /** Up to this amount, inclusive, the district federation or industrial union decides; above it the city. */
  readonly districtFinalMaxFen: Fen;
  /** Whole ladders of each line, lowest first; where a case stops on its ladder depends on the amount. */
  readonly ladders: Readonly<Record<Line, readonly Tier[]>>;
  /** How many people of a tier must approve; one where a tier isn't named (N of M, M being its approvers). */
  readonly approversNeeded: Readonly<Partial<Record<Tier, number>>>;
  /** Above this amount the city decides in a meeting, and its minutes number is recorded. */
  readonly collectiveAboveFen: Fen;
}

/** The tiers that decide, lowest first. An amount of zero (a refusal) is confirmed by the same office as a small award. */
export const routeOf = (line: Line, amountFen: Fen, limits: RouteLimits): readonly Tier[] => {
  const ladder = limits.ladders[line];
  return amountFen > limits.districtFinalMaxFen ? ladder : ladder.slice(0, -1);
};

/** The tier after this one on the route, or null when this one decides finally. */
export const nextTier = (route: readonly Tier[], tier: Tier): Tier | null => {
  const place = route.indexOf(tier);
  invariant(place >= 0, "a tier decides that is not on the route");
  return route[place + 1] ?? null;
};

/** Whether the decision needs the number of a meeting's minutes (policy 8.1 `collective.min`). */
export const needsMinutes = (tier: Tier, amountFen: Fen, limits: RouteLimits): boolean =>
  tier === "city" && amountFen > limits.collectiveAboveFen;

/** How many people of a tier must agree to an award (N of M); one where the policy names no number. */
export const approversNeeded = (tier: Tier, limits: RouteLimits): number =>
  Math.max(1, limits.approversNeeded[tier] ?? 1);
