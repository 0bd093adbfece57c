/** The claims a case holds, for the step that ends it without an award: the person may apply again. */
import type { Application, Claim } from "#shared/domain/application.ts";
import { readForm } from "#shared/domain/form.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { identify } from "./identify.ts";
import { programmeOf } from "./load.ts";

/**
 * Told from the case's answers, since a claim for somebody else, or an invoice, stands in an account of its
 * own. Answers that today's form no longer reads still free what the household's account holds.
 */
export const claimsHeldBy = async (
  uses: Pick<Dependencies, "cases" | "vault">,
  application: Application,
): Promise<readonly Claim[]> => {
  if (application.household === null || application.submittedAt === null) return [];
  const programme = programmeOf(application);
  const reading = readForm(programme.form, (await uses.cases.answers(application)) ?? {});
  if (reading.kind === "problems") {
    const claims = await uses.cases.claimsOf(application.household);
    return claims.filter(({ applicationId }) => applicationId === application.id);
  }
  const appliedOn = localDateOf(application.submittedAt);
  const { claims } = await identify(uses, programme, reading.facts, appliedOn);
  return claims.map((claim) => ({ ...claim, applicationId: application.id }));
};
