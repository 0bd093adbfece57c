/** Claiming back a payment that was found wrong later: proposed, dropped or confirmed by two people, and told. */
import type { Application } from "#shared/domain/application.ts";
import {
  claimBackOf,
  confirmClaimBack,
  dropClaimBack,
  proposeClaimBack,
  type ClaimBack,
} from "#shared/domain/claim-back.ts";
import type { StepRefused, StepTaken } from "#shared/domain/lifecycle.ts";
import type { WrongPaymentCause } from "#shared/domain/recovery.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { claimToConfirmMail } from "#shared/web/mails/claim-to-confirm.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { mailOutcome } from "./applicant-mail.ts";
import { loadFacts } from "./load.ts";

type Uses = Pick<Dependencies, "cases" | "clock" | "directory" | "funds" | "mailer" | "siteUrl">;

/** A case whose money may be claimed back, with what its books say of that. */
export interface ClaimableCase {
  readonly application: Application;
  readonly claim: ClaimBack;
}

export const loadClaimable = async (
  { cases, funds }: Pick<Uses, "cases" | "funds">,
  application: Application,
): Promise<ClaimableCase> => {
  const [events, transfers] = await Promise.all([
    cases.events(application),
    funds.transfersOf(application.id, application.cycle),
  ]);
  return { application, claim: claimBackOf(events, transfers) };
};

/** "moved": the case, or the proposal, changed meanwhile; nothing was done. */
export type Claiming = "done" | "moved";

const save = async (uses: Uses, taken: StepTaken | StepRefused): Promise<Application | null> => {
  if (taken.kind === "refused") return null;
  const { step } = taken;
  return (await uses.cases.commit({ step })) === "committed" ? step.after : null;
};

/** The proposal stands on the case's page whether this mail arrives or not. */
const askToConfirm = async (uses: Uses, after: Application, by: StaffId): Promise<void> => {
  const { staff } = await uses.directory.organisation();
  const link = absolute(uses.siteUrl, paths.desk("recovery", after.id, "claim"));
  const { id: applicationId, version: caseVersion } = after;
  for (const { id, active, roles, email, locale } of staff) {
    if (!active || id === by || !roles.includes("finance_authoriser")) continue;
    const asked = { to: email, locale, applicationId, caseVersion, link };
    await uses.mailer.send(claimToConfirmMail(asked)).catch(() => undefined);
  }
};

/** Proposes a claim that was checked (`mayClaimBack`, `claimBackProblem`), and asks a second person to confirm it. */
export const proposeClaim = async (
  uses: Uses,
  { application, claim }: ClaimableCase,
  given: {
    readonly cause: WrongPaymentCause;
    readonly dueFen: Fen;
    readonly reason: string;
    readonly by: StaffId;
  },
): Promise<Claiming> => {
  const at = uses.clock.now();
  const after = await save(uses, proposeClaimBack(application, claim, { ...given, at }));
  if (!after) return "moved";
  await askToConfirm(uses, after, given.by);
  return "done";
};

/** Takes a proposal back, or turns it down. */
export const dropClaim = async (
  uses: Uses,
  { application }: ClaimableCase,
  by: StaffId,
): Promise<Claiming> =>
  (await save(uses, dropClaimBack(application, { by, at: uses.clock.now() }))) ? "done" : "moved";

/** The claim stands whether the mail goes or not: what wasn't told is found by resume-stalled. */
const tellApplicant = async (uses: Uses, after: Application): Promise<void> => {
  try {
    await mailOutcome(uses, after, (await loadFacts(uses, after)).email);
    await uses.cases.markOutcomeMailed(after, uses.clock.now());
  } catch {
    return;
  }
};

/** Confirms a proposal as another person, who was checked (`claimRefusal`), and tells the applicant. */
export const confirmClaim = async (
  uses: Uses,
  { application, claim }: ClaimableCase,
  by: StaffId,
): Promise<Claiming> => {
  const at = uses.clock.now();
  const after = await save(uses, confirmClaimBack(application, claim, { by, at }));
  if (!after) return "moved";
  await tellApplicant(uses, after);
  return "done";
};
