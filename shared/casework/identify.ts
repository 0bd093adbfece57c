/** Turns the numbers a form names into keyed hashes: who a case is about, and what it claims. */
import type { Claim } from "#shared/domain/application.ts";
import { householdSubject, type CommonFacts } from "#shared/domain/household.ts";
import { idNumbersIn, type Identity } from "#shared/domain/intake.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type ClaimRow = Omit<Claim, "applicationId">;

/** What is claimed a second time by another way, such as an invoice used by another household. */
const furtherKind = "claim";
const personKind = "id-number";

const distinct = (claims: readonly ClaimRow[]): readonly ClaimRow[] => {
  const key = (claim: ClaimRow): string => Object.values(claim).join("|");
  return [...new Map(claims.map((claim) => [key(claim), claim])).values()];
};

/**
 * A claim stands in the household's account and, when it is for somebody else, in that person's too: so the
 * other parent, or the patient, can't claim the same once more (policy 8.2 `ga.perStudentPerYear`).
 */
export const identify = async (
  { vault }: Pick<Dependencies, "vault">,
  programme: EveryProgramme,
  facts: CommonFacts,
  appliedOn: LocalDate,
): Promise<Identity> => {
  const household = await vault.blindIndex(personKind, householdSubject(facts));
  const persons = await Promise.all(
    idNumbersIn(programme.form, facts).map((number) => vault.blindIndex(personKind, number)),
  );
  const scope = programme.claim(facts, appliedOn);
  const subject = await vault.blindIndex(personKind, scope.subject);
  const own = { subject, programmeId: programme.id, period: scope.period };
  const further = await Promise.all(
    (programme.furtherClaims?.(facts) ?? []).map(async ({ subject: number, period }) => {
      const used = await vault.blindIndex(furtherKind, number);
      return { household: used, subject: used, programmeId: programme.id, period };
    }),
  );
  const { what, subject: affected } = programme.causeOf(facts, appliedOn);
  const cause =
    affected === null ? what : `${what}:${await vault.blindIndex(personKind, affected)}`;
  return {
    household,
    persons: [household, ...persons.filter((person) => person !== household)],
    cause,
    claims: distinct([{ ...own, household }, { ...own, household: subject }, ...further]),
  };
};
