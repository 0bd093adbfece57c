/** The way out of the archive (policy 2.8, 8.1 `archive.exit`): looked at again, watched, closed. Pure. */
import type { LocalDate } from "../kernel/calendar.ts";
import { timesFen, type Fen } from "../kernel/money.ts";
import type { CommonPolicy } from "./common-policy.ts";
import {
  mayChange,
  moved,
  refused,
  type FileAct,
  type FileRefused,
  type FileStep,
  type OpenedFile,
} from "./file-steps.ts";
import type { ClosingReason, HardshipFile } from "./hardship-file.ts";

/** A re-verification (复核): the household's income of so many months up to a day. */
export interface Verification {
  readonly on: LocalDate;
  /** 1 for a monthly look, 6 for a half-yearly one (policy 2.8). */
  readonly months: number;
  /** Disposable income of the household in these months. */
  readonly incomeFen: Fen;
  readonly causeGone: boolean;
}

/** P > L, exactly: income > L × people × months (policy 8.1 `archive.exit`, `comparison`). */
export const isAboveLine = (
  { months, incomeFen }: Pick<Verification, "months" | "incomeFen">,
  people: number,
  livingStandardFen: Fen,
): boolean => incomeFen > timesFen(livingStandardFen, people * months);

/** Records a re-verification. Months above the line add up only without a gap of one below it. */
export const verifyFile = (
  opened: OpenedFile,
  verification: Verification,
  livingStandardFen: Fen,
  act: FileAct,
): FileStep | FileRefused => {
  const { file, content } = opened;
  const above = isAboveLine(verification, content.people, livingStandardFen);
  const monthsAboveLine = above ? file.monthsAboveLine + verification.months : 0;
  return moved(
    opened,
    "verified",
    act,
    { monthsAboveLine, causeGone: verification.causeGone, verifiedOn: verification.on },
    {
      detail: {
        on: verification.on,
        months: verification.months,
        aboveLine: above,
        monthsAboveLine,
        causeGone: verification.causeGone,
      },
    },
  );
};

/** Policy 8.1 `archive.exit`: above L for so many months running, and the cause gone. */
export const mayExit = (file: HardshipFile, policy: CommonPolicy): boolean =>
  file.causeGone && file.monthsAboveLine >= policy.archiveExitMonths;

/** 脱困 wants the exit rule fulfilled; every other reason stands for itself. */
export const closeFile = (
  opened: OpenedFile,
  why: ClosingReason,
  policy: CommonPolicy,
  act: FileAct,
): FileStep | FileRefused => {
  if (
    mayChange(opened.file, "closed") &&
    why === "out_of_hardship" &&
    !mayExit(opened.file, policy)
  ) {
    return refused("not_out_of_hardship_yet");
  }
  return moved(opened, "closed", act, { state: "closed", closedFor: why }, { detail: { why } });
};

/** Onto the prevention list (防困对象): out of hardship, but not yet steadily (policy 2.8, H13). */
export const toPrevention = (
  opened: OpenedFile,
  policy: CommonPolicy,
  act: FileAct,
): FileStep | FileRefused => {
  if (mayChange(opened.file, "to_prevention") && !mayExit(opened.file, policy)) {
    return refused("not_out_of_hardship_yet");
  }
  return moved(opened, "to_prevention", act, { state: "prevention" });
};
