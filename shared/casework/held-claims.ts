/** The claims a case holds, for the step that ends it without an award: the person may apply again. */
import type { Application, Claim } from "#shared/domain/application.ts";
import { readForm } from "#shared/domain/form.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { identify } from "./identify.ts";
import { programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "vault" | "policy">;

/** Accounts in which claims of a case may stand, as far as its answers tell. */
const accountsOf = async (
  uses: Uses,
  application: Application & { readonly household: BlindIndex },
  submittedAt: NonNullable<Application["submittedAt"]>,
): Promise<readonly BlindIndex[]> => {
  const programme = programmeOf(application);
  const reading = readForm(programme.form, (await uses.cases.answers(application)) ?? {});
  // Answers that today's form no longer reads still free what these accounts hold.
  if (reading.kind === "problems") return [application.household, ...application.persons];
  const day = { appliedOn: localDateOf(submittedAt), pack: uses.policy };
  const { claims } = await identify(uses, programme, reading.facts, day);
  return [application.household, ...claims.map(({ household }) => household)];
};

/**
 * What stands in the store under the case's name, no more and no less. A claim for somebody else, or an invoice,
 * stands in an account of its own, and one that was sent before its household had a file stands in the file's
 * account too since then; so the accounts are told from the answers and the archive, and the claims are read.
 */
export const claimsHeldBy = async (
  uses: Uses,
  application: Application,
): Promise<readonly Claim[]> => {
  const { household, submittedAt } = application;
  if (household === null || submittedAt === null) return [];
  const accounts = await accountsOf(uses, { ...application, household }, submittedAt);
  const held = await Promise.all(
    [...new Set(accounts)].map((account) => uses.cases.claimsOf(account)),
  );
  return held
    .flat()
    .filter(({ applicationId, released }) => applicationId === application.id && !released);
};

/**
 * What a case claims when it lives again: its refusal had freed the claims, and somebody may hold them by now.
 * Answers that today's form no longer reads claim nothing anew.
 */
export const claimsWantedBy = async (
  uses: Uses,
  application: Application,
): Promise<readonly Claim[]> => {
  const { submittedAt } = application;
  if (submittedAt === null) return [];
  const programme = programmeOf(application);
  const reading = readForm(programme.form, (await uses.cases.answers(application)) ?? {});
  if (reading.kind === "problems") return [];
  const day = { appliedOn: localDateOf(submittedAt), pack: uses.policy };
  const { claims } = await identify(uses, programme, reading.facts, day);
  return claims.map((claim) => ({ ...claim, applicationId: application.id }));
};
