/** Getting money back (追回): what is due of a case, repayments booked, and a rest written off by two people. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { StepRefused, StepTaken } from "#shared/domain/lifecycle.ts";
import {
  bookRefund,
  claimIn,
  confirmWriteOff,
  proposeWriteOff,
  recoveryAccount,
  type RecoveryAccount,
} from "#shared/domain/recovery.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { mailRecovered } from "./applicant-mail.ts";
import { loadFacts } from "./load.ts";

type Uses = Pick<Dependencies, "cases" | "funds" | "clock" | "mailer" | "siteUrl">;

/** A case whose money is, or was, claimed back, with its books. */
export interface Recovery {
  readonly application: Application;
  readonly account: RecoveryAccount;
  /** Every transfer of the case, by cycle. */
  readonly transfers: readonly Transfer[];
  /** The event by which it was claimed back; null where it never was. */
  readonly claim: RecordedEvent | null;
}

export const loadRecovery = async (
  { cases, funds }: Pick<Uses, "cases" | "funds">,
  application: Application,
): Promise<Recovery> => {
  const [events, transfers] = await Promise.all([
    cases.events(application),
    funds.transfersOf(application.id, application.cycle),
  ]);
  const claim = claimIn(events) ?? null;
  return { application, account: recoveryAccount(events, transfers), transfers, claim };
};

/** "booked_before": this slip's number is in the case's books; "moved": somebody else was first. */
export type Recovering = "done" | "booked_before" | "moved";

/** The case is closed whether the applicant hears of it or not; the status page says the same. */
const tellIfClosed = async (uses: Uses, after: Application): Promise<void> => {
  if (after.status !== "closed") return;
  const { email } = await loadFacts(uses, after);
  await mailRecovered(uses, after, email).catch(() => undefined);
};

/** Books a repayment that was checked (`refundProblems`). Sent twice, it is booked once. */
export const bookRepayment = async (
  uses: Uses,
  { application, account, transfers }: Recovery,
  given: { readonly amountFen: Fen; readonly voucher: string; readonly by: StaffId },
): Promise<Recovering> => {
  const booked = bookRefund(application, account, transfers, { ...given, at: uses.clock.now() });
  if (!booked) return "moved";
  const outcome = await uses.cases.commit(booked);
  if (outcome !== "committed") return outcome === "already_done" ? "booked_before" : "moved";
  await tellIfClosed(uses, booked.step.after);
  return "done";
};

const save = async (uses: Uses, taken: StepTaken | StepRefused): Promise<Recovering> => {
  if (taken.kind === "refused") return "moved";
  if ((await uses.cases.commit({ step: taken.step })) !== "committed") return "moved";
  await tellIfClosed(uses, taken.step.after);
  return "done";
};

/** Proposes to write off what is left, with a reason that was checked (`writeOffProblem`). */
export const proposeToWriteOff = async (
  uses: Uses,
  { application, account }: Recovery,
  given: { readonly reason: string; readonly by: StaffId },
): Promise<Recovering> =>
  save(uses, proposeWriteOff(application, account, { ...given, at: uses.clock.now() }));

/** Confirms the proposal as another person, who was checked (`confirmRefusal`). */
export const writeOff = async (
  uses: Uses,
  { application, account }: Recovery,
  by: StaffId,
): Promise<Recovering> =>
  save(uses, confirmWriteOff(application, account, { by, at: uses.clock.now() }));
