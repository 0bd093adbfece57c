/**
 * Near-duplicates of a case, for whoever decides it: who else has the same name and birth date, the same card or
 * the same phone. A file's rows are written with the file. An application's are written when it is assessed, so
 * that the handler who opens it sees them: a row for each of the three, and none where the applicant's own file
 * holds the same, which is what most applications bring along. Sending a case costs nothing more.
 */
import type { Application } from "#shared/domain/application.ts";
import { birthDateOf, type FileDeclaration } from "#shared/domain/file-content.ts";
import { readForm } from "#shared/domain/form.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { maskedName } from "#shared/domain/masking.ts";
import {
  normalisedCard,
  normalisedName,
  normalisedPhone,
  type NearIndex,
  type NearKind,
  type NearRecord,
  type SettledPair,
} from "#shared/domain/near-duplicate.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import {
  parseApplicationId,
  parseFileId,
  type ApplicationId,
  type BlindIndex,
  type FileId,
  type StaffId,
} from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { loadFacts, programmeOf } from "./load.ts";
import { personIndex } from "./person-index.ts";

type Vault = Pick<Dependencies, "vault">;

/** The keyed hash under which a normalised value is found. */
export const nearHash = ({ vault }: Vault, kind: NearKind, value: string): Promise<BlindIndex> =>
  vault.blindIndex(`near-${kind}`, value);

const nearIndex = async (
  uses: Vault,
  kind: NearKind,
  value: string,
  person: BlindIndex,
): Promise<NearIndex> => ({ kind, hash: await nearHash(uses, kind, value), person });

const nameAndBirth = (name: string, idNumber: string): string =>
  `${normalisedName(name)}|${birthDateOf(idNumber)}`;

/** Under what a file is found: each member by name and birth date, the household by its card and phone. */
export const nearIndexesOfFile = async (
  uses: Vault,
  { members, facts }: FileDeclaration,
): Promise<readonly NearIndex[]> => {
  const persons = await Promise.all(members.map(({ idNumber }) => personIndex(uses, idNumber)));
  const [worker] = persons;
  const named = members.map((member, place) =>
    nearIndex(
      uses,
      "name_birth",
      nameAndBirth(member.name, member.idNumber),
      persons[place] as BlindIndex,
    ),
  );
  if (!worker) return Promise.all(named);
  return Promise.all([
    ...named,
    nearIndex(uses, "card", normalisedCard(facts.bankCardNumber), worker),
    nearIndex(uses, "phone", normalisedPhone(facts.phone), worker),
  ]);
};

/** Under what an application is found: its applicant by name and birth date, card and phone. */
const nearIndexesOfCase = async (
  uses: Vault,
  facts: CommonFacts,
): Promise<readonly NearIndex[]> => {
  const person = await personIndex(uses, facts.applicantIdNumber);
  return Promise.all([
    nearIndex(
      uses,
      "name_birth",
      nameAndBirth(facts.applicantName, facts.applicantIdNumber),
      person,
    ),
    nearIndex(uses, "card", normalisedCard(facts.bankCardNumber), person),
    nearIndex(uses, "phone", normalisedPhone(facts.phone), person),
  ]);
};

/** Makes a case findable as a near-duplicate of later ones. Done again, it changes nothing. */
export const recordNearIndexes = async (
  uses: Pick<Dependencies, "archive" | "vault">,
  application: Pick<Application, "id" | "fileId">,
  facts: CommonFacts,
): Promise<void> => {
  const indexes = await nearIndexesOfCase(uses, facts);
  const { id, fileId } = application;
  const missing = await Promise.all(
    indexes.map(async (index) => {
      const records = await uses.archive.near(index);
      return !records.some(({ subject }) => subject === id || subject === fileId);
    }),
  );
  await uses.archive.putNear(
    application.id,
    indexes.filter((_index, place) => missing[place]),
  );
};

/** Somebody else who shares something with a case's applicant. */
export interface NearDuplicate {
  readonly subject: ApplicationId | FileId;
  readonly person: BlindIndex;
  readonly shares: readonly NearKind[];
  readonly maskedName: string;
  /** What was said of the two; null as long as nobody has. */
  readonly settled: SettledPair | null;
}

type Uses = Pick<Dependencies, "archive" | "cases" | "vault">;

/** Never more than a reader can look through; who shares more of the three stands first. */
const shownMax = 20;
const readsAtOnce = 8;

const nameIn = async (
  { archive, cases }: Uses,
  subject: ApplicationId | FileId,
  isPerson: (idNumber: string) => Promise<boolean>,
): Promise<string> => {
  const fileId = parseFileId(subject);
  if (fileId) {
    const file = await archive.get(fileId);
    const members = file ? (await archive.newest(file)).content.members : [];
    for (const { name, idNumber } of members) if (await isPerson(idNumber)) return name;
    return members[0]?.name ?? "";
  }
  const application = await cases.get(subject as ApplicationId);
  const answers = application && (await cases.answers(application));
  return answers?.["applicantName"] ?? "";
};

/** Whether the record is of somebody else's household. */
const isStranger = async (
  { archive, cases }: Uses,
  { subject, person }: NearRecord,
  own: Application,
): Promise<boolean> => {
  if (subject === own.id || subject === own.fileId || own.persons.includes(person)) return false;
  const fileId = parseFileId(subject);
  if (fileId) {
    const file = await archive.get(fileId);
    return file !== null && !own.persons.some((one) => file.persons.includes(one));
  }
  const id = parseApplicationId(subject);
  const other = id && (await cases.get(id));
  return other !== null && other.household !== own.household;
};

const sharedWith = async (
  uses: Uses,
  application: Application,
  indexes: readonly NearIndex[],
): Promise<readonly { readonly record: NearRecord; readonly shares: readonly NearKind[] }[]> => {
  const found = new Map<string, { readonly record: NearRecord; readonly shares: NearKind[] }>();
  for (const index of indexes) {
    for (const record of await uses.archive.near(index)) {
      const key = `${record.subject}|${record.person}`;
      const known = found.get(key) ?? { record, shares: [] };
      known.shares.push(index.kind);
      found.set(key, known);
    }
  }
  const all = [...found.values()];
  const strange = await inParallel(all, readsAtOnce, ({ record }) =>
    isStranger(uses, record, application),
  );
  return all
    .filter((_one, place) => strange[place])
    .toSorted((one, other) => other.shares.length - one.shares.length)
    .slice(0, shownMax);
};

/**
 * Who shares what with the applicant of a case, with masked names only. Reads; writes nothing. Answers that
 * today's form no longer reads find nobody.
 */
export const nearDuplicatesOf = async (
  uses: Uses,
  application: Application,
): Promise<readonly NearDuplicate[]> => {
  const answers = (await uses.cases.answers(application)) ?? {};
  const reading = readForm(programmeOf(application).form, answers);
  if (reading.kind === "problems") return [];
  const own = await personIndex(uses, reading.facts.applicantIdNumber);
  const indexes = await nearIndexesOfCase(uses, reading.facts);
  const shared = await sharedWith(uses, application, indexes);
  return inParallel(shared, readsAtOnce, async ({ record, shares }) => {
    const subject = record.subject as ApplicationId | FileId;
    const name = await nameIn(
      uses,
      subject,
      async (idNumber) => (await personIndex(uses, idNumber)) === record.person,
    );
    return {
      subject,
      person: record.person,
      shares,
      maskedName: maskedName(name),
      settled: await uses.archive.settled(own, record.person),
    };
  });
};

/** Says that the applicant and another person are not one. @returns false when that was said before. */
export const settleNearDuplicate = async (
  uses: Pick<Dependencies, "archive" | "cases" | "clock" | "vault">,
  application: Application,
  given: { readonly person: BlindIndex; readonly by: StaffId; readonly reason: string },
): Promise<boolean> => {
  const facts = await loadFacts(uses, application);
  const one = await personIndex(uses, facts.applicantIdNumber);
  const { person: other, by, reason } = given;
  return uses.archive.settle({ one, other, by, reason, at: uses.clock.now() });
};
