/**
 * Bars (policy 8.1 `fraud`): whoever got money by a false declaration pays it back and gets none for a time. A
 * bar is set by a person, with a reason, and can be lifted; who is barred is known by a keyed hash only.
 */
import { addMonths, type Instant, type LocalDate } from "../kernel/calendar.ts";
import type { ApplicationId, BlindIndex, StaffId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import type { CommonPolicy } from "./common-policy.ts";

/** Why somebody may be barred (policy 2.5 (e)). */
export type BarCode = "false_declaration" | "refused_verification";

export const barTitles: Readonly<Record<BarCode, Text>> = {
  false_declaration: { zh: "虚假申报", en: "False declaration" },
  refused_verification: { zh: "拒不配合核实", en: "Verification refused" },
};

/** Reads a code out of a form. @returns null for what is none. */
export const parseBarCode = (typed: string): BarCode | null =>
  Object.hasOwn(barTitles, typed) ? (typed as BarCode) : null;

export interface Bar {
  readonly person: BlindIndex;
  readonly from: LocalDate;
  /** The last day of it. */
  readonly until: LocalDate;
  readonly code: BarCode;
  /** The case it came from. */
  readonly applicationId: ApplicationId;
  readonly setAt: Instant;
  readonly setBy: StaffId;
  /** Sealed at rest. */
  readonly reason: string;
  readonly liftedAt: Instant | null;
  readonly liftedBy: StaffId | null;
  /** Why it was lifted; sealed at rest. */
  readonly liftReason: string;
}

/** The last day of a bar set on a day: `fraud`, 36 months, that day included as the first. */
export const barUntil = (from: LocalDate, { fraudBarMonths }: CommonPolicy): LocalDate =>
  addMonths(from, fraudBarMonths);

/** Whether a bar counts on a day. The day it ends is the last on which it does. */
export const isInForce = ({ from, until, liftedAt }: Bar, on: LocalDate): boolean =>
  liftedAt === null && from <= on && on <= until;

/** The bar that lasts longest among those that count on a day. */
export const lastingBar = (bars: readonly Bar[], on: LocalDate): Bar | null =>
  bars
    .filter((bar) => isInForce(bar, on))
    .reduce<Bar | null>(
      (longest, bar) => (longest === null || bar.until > longest.until ? bar : longest),
      null,
    );
