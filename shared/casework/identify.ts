/** Turns the numbers a form names into keyed hashes: who a case is about, and what it claims. */
import type { Claim } from "#shared/domain/application.ts";
import { bears, type HardshipFile } from "#shared/domain/hardship-file.ts";
import { householdSubject, type CommonFacts } from "#shared/domain/household.ts";
import { idNumbersIn, type Identity } from "#shared/domain/intake.ts";
import type { EveryProgramme, PolicyDay } from "#shared/domain/programme.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { personIndex } from "./person-index.ts";

type ClaimRow = Omit<Claim, "applicationId">;
type Held = Pick<Claim, "household" | "subject">;

/** What is claimed a second time by another way, such as an invoice used by another household. */
const furtherKind = "claim";

const distinct = (claims: readonly ClaimRow[]): readonly ClaimRow[] => {
  const key = (claim: ClaimRow): string => Object.values(claim).join("|");
  return [...new Map(claims.map((claim) => [key(claim), claim])).values()];
};

/**
 * Where a claim is held. In the household's account; when it is for somebody else, in that person's too, so that
 * the other parent, or the patient, can't claim the same once more (policy 8.2 `ga.perStudentPerYear`). A
 * household with a file, even one that counts no longer, holds it in the file's account, so that husband and
 * wife can't both claim what is given once a household; the applicant's own account keeps it too, so that
 * leaving the file doesn't open a second claim.
 */
const heldIn = (
  own: BlindIndex,
  subject: BlindIndex,
  file: HardshipFile | null,
  valid: boolean,
): readonly Held[] => {
  if (subject === own) {
    const ownClaim = { household: own, subject: own };
    return file ? [{ household: file.account, subject: file.account }, ownClaim] : [ownClaim];
  }
  return [
    ...(file ? [{ household: file.account, subject }] : []),
    ...(valid ? [] : [{ household: own, subject }]),
    { household: subject, subject },
  ];
};

const causeOf = async (
  uses: Pick<Dependencies, "vault">,
  programme: EveryProgramme,
  facts: CommonFacts,
  day: PolicyDay,
): Promise<string> => {
  const { what, subject } = programme.causeOf(facts, day);
  return subject === null ? what : `${what}:${await personIndex(uses, subject)}`;
};

const persons = (
  own: BlindIndex,
  named: readonly BlindIndex[],
  file: HardshipFile | null,
): readonly BlindIndex[] => [...new Set([own, ...named, ...(file?.persons ?? [])])];

/**
 * Who and what a case is about, by its day of application; `today` differs from it when the case is looked at
 * again. With a file that bears it the case is a claim against the file, and everybody whom the file names is of
 * its household.
 */
export const identify = async (
  uses: Pick<Dependencies, "archive" | "vault">,
  programme: EveryProgramme,
  facts: CommonFacts,
  day: PolicyDay,
  today: LocalDate = day.appliedOn,
): Promise<Identity> => {
  const own = await personIndex(uses, householdSubject(facts));
  const file = await uses.archive.fileOf(own);
  const valid = file !== null && bears(file, day.appliedOn, today);
  const named = await Promise.all(
    idNumbersIn(programme.form, facts).map((number) => personIndex(uses, number)),
  );
  const scope = programme.claim(facts, day);
  const subject = await personIndex(uses, scope.subject);
  const claimed = { programmeId: programme.id, period: scope.period };
  const further = await Promise.all(
    (programme.furtherClaims?.(facts) ?? []).map(async ({ subject: number, period }) => {
      const used = await uses.vault.blindIndex(furtherKind, number);
      return { household: used, subject: used, programmeId: programme.id, period };
    }),
  );
  return {
    household: valid ? file.account : own,
    fileId: valid ? file.id : null,
    persons: persons(own, named, valid ? file : null),
    cause: await causeOf(uses, programme, facts, day),
    claims: distinct([
      ...heldIn(own, subject, file, valid).map((held) => ({ ...held, ...claimed })),
      ...further,
    ]),
  };
};
