/**
 * The second look at work: a decision is drawn in the transaction that records it, so that none is lost and one
 * that isn't drawn costs nothing; and it never waits for the look.
 */
import type { Application } from "#shared/domain/application.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import {
  drawnLook,
  drawOf,
  hasTouched,
  isDrawn,
  lookedAtBy,
  seedNameOn,
  type SecondLook,
} from "#shared/domain/second-look.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { concernMail } from "#shared/web/mails/concern.ts";
import { absolute, paths } from "#shared/web/paths.ts";

/** The seed of a month. Nobody can compute it without the master key; with it anyone can draw again. */
const seedOf = (
  { vault }: Pick<Dependencies, "vault">,
  at: Instant,
): Promise<{ readonly seedName: string; readonly seed: string }> => {
  const seedName = seedNameOn(at);
  return vault.sign("second-look", seedName).then((seed) => ({ seedName, seed }));
};

/** Draws for a step. @returns the row to write with it, or null when it decides nothing or isn't drawn. */
export const drawSecondLook = async (
  uses: Pick<Dependencies, "vault">,
  step: Step,
  policy: CommonPolicy,
): Promise<SecondLook | null> => {
  const decision = lookedAtBy(step);
  if (decision === null) return null;
  const named = await seedOf(uses, step.event.at);
  const { id, version } = step.after;
  const drawn = drawOf(uses.vault.digest, named.seed, id, version);
  return isDrawn(drawn, decision, policy.secondLook)
    ? drawnLook(step, decision, { ...named, drawn })
    : null;
};

/** Writes a decision, and with it the row of a second look when it is drawn for one. */
export const commitDecision = async (
  uses: Pick<Dependencies, "cases" | "vault">,
  commit: Commit,
  policy: CommonPolicy,
): Promise<CommitOutcome> => {
  const secondLook = await drawSecondLook(uses, commit.step, policy);
  return uses.cases.commit(secondLook ? { ...commit, secondLook } : commit);
};

type Finding = "confirmed" | "concern";

export type Looked =
  | { readonly kind: "recorded" }
  /** Somebody else looked first. */
  | { readonly kind: "looked_before" }
  /** The person has a part in the case and may not look at it. */
  | { readonly kind: "not_independent" };

type Uses = Pick<
  Dependencies,
  "cases" | "oversight" | "directory" | "mailer" | "clock" | "siteUrl"
>;

/** Whether this person may look at a case: they have had no part in it. */
export const mayLook = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
  staff: Staff,
): Promise<boolean> => !hasTouched(application, await cases.events(application), staff);

const tellAdministrators = async (uses: Uses, look: SecondLook): Promise<void> => {
  const { staff } = await uses.directory.organisation();
  const administrators = staff.filter(
    ({ active, roles }) => active && roles.includes("administrator"),
  );
  for (const { email, locale } of administrators) {
    await uses.mailer.send(
      concernMail({
        to: email,
        locale,
        applicationId: look.applicationId,
        caseVersion: look.caseVersion,
        link: absolute(uses.siteUrl, paths.desk("oversight")),
      }),
    );
  }
};

/**
 * Takes down what the second look found. A concern is told to the administrators and stays listed until
 * somebody writes what was done; the case itself goes on meanwhile.
 */
export const recordFinding = async (
  uses: Uses,
  look: SecondLook,
  application: Application,
  given: { readonly finding: Finding; readonly reason: string; readonly by: Staff },
): Promise<Looked> => {
  if (!(await mayLook(uses, application, given.by))) return { kind: "not_independent" };
  const remark = { at: uses.clock.now(), by: given.by.id, words: given.reason };
  if (!(await uses.oversight.closeSecondLook(look, given.finding, remark))) {
    const stands = await uses.oversight.secondLook(look.applicationId, look.caseVersion);
    const sameAgain = stands?.lookedBy === given.by.id && stands.finding === given.finding;
    if (!sameAgain) return { kind: "looked_before" };
  }
  // Sent again the mail is the same one: a form sent twice, or a crash in between, tells it once at least.
  if (given.finding === "concern") await tellAdministrators(uses, look);
  return { kind: "recorded" };
};
