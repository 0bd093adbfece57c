import { policyPack } from "#workflows/policy-pack.ts";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { identify } from "#shared/casework/identify.ts";
import { readForm } from "#shared/domain/form.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import type { BlindIndex, FileId } from "#shared/kernel/ids.ts";
import type { Archive } from "#shared/ports/archive.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

const vault = {
  blindIndex: (kind: string, value: string) =>
    Promise.resolve(createHmac("sha256", kind).update(value).digest("hex") as BlindIndex),
} as Vault;

const hashOf = (number: string): BlindIndex =>
  createHmac("sha256", "id-number").update(number).digest("hex") as BlindIndex;

const noFiles = { fileOf: () => Promise.resolve(null) } as unknown as Archive;

/** A file of demo people 1 and 900, husband and wife. */
const coupleOnFile = (changes: Partial<HardshipFile> = {}): Archive => {
  const persons = [hashOf(demoApplicant(1).idNumber), hashOf(demoApplicant(900).idNumber)];
  const file = {
    id: "HF00000001" as FileId,
    state: "open",
    openedOn: localDate("2026-01-01"),
    validUntil: localDate("2026-12-31"),
    account: "account-of-the-file" as BlindIndex,
    persons,
    ...changes,
  } as HardshipFile;
  return {
    fileOf: (person: BlindIndex) => Promise.resolve(persons.includes(person) ? file : null),
  } as unknown as Archive;
};

const identityOf = async (
  programmeId: string,
  changes: Record<string, string> = {},
  archive: Archive = noFiles,
) => {
  const programme = programmeById(programmeId);
  const [example] = programme?.examples ?? [];
  if (!programme || !example) throw new Error("no such programme");
  const typed = { ...answersFor(programme, example, demoApplicant(1), "x"), ...changes };
  const reading = readForm(programme.form, typed);
  if (reading.kind !== "facts") throw new Error(JSON.stringify(reading.problems));
  return {
    typed,
    ...(await identify({ archive, vault }, programme, reading.facts, {
      appliedOn: localDate("2026-07-20"),
      pack: policyPack,
    })),
  };
};

const keysOf = ({ claims }: Awaited<ReturnType<typeof identityOf>>): readonly string[] =>
  claims.map((claim) => Object.values(claim).join("|"));

test.each(programmes.map(({ id }) => id))(
  "%s: no number leaves the form, only keyed hashes",
  async (id) => {
    const { typed, ...identity } = await identityOf(id);
    const written = JSON.stringify(identity);

    for (const [name, value] of Object.entries(typed)) {
      if (/IdNumber|invoice|Name$|phone|card/iu.test(name) && value.length > 3) {
        expect(written, name).not.toContain(value);
      }
    }
    expect(identity.persons[0]).toBe(identity.household);
    expect(new Set(identity.persons).size).toBe(identity.persons.length);
  },
);

test("both parents claim for the same student under one key, whichever household applies", async () => {
  const mother = await identityOf("golden-autumn");
  const father = await identityOf("golden-autumn", {
    applicantIdNumber: demoApplicant(900).idNumber,
  });

  expect(father.household).not.toBe(mother.household);
  expect(keysOf(father).filter((key) => keysOf(mother).includes(key))).toHaveLength(1);
});

test("an invoice is one claim for ever, whoever uses it", async () => {
  const first = await identityOf("critical-illness", { invoiceNumbers: "INV-1，INV-2" });
  const other = await identityOf("critical-illness", {
    applicantIdNumber: demoApplicant(900).idNumber,
    patientIdNumber: demoApplicant(900).relativeIdNumber,
    invoiceNumbers: "inv-2",
  });

  expect(keysOf(other).filter((key) => keysOf(first).includes(key))).toHaveLength(1);
  expect(new Set(keysOf(first)).size).toBe(first.claims.length);
});

test("a claim for oneself is written once", async () => {
  const own = await identityOf("winter-warmth");

  expect(own.claims).toHaveLength(1);
});

const wife = { applicantIdNumber: demoApplicant(900).idNumber };

test("husband and wife of one file claim what is given once a household under one key", async () => {
  const archive = coupleOnFile();
  const husbands = await identityOf("winter-warmth", {}, archive);
  const wifes = await identityOf("winter-warmth", wife, archive);

  expect(husbands).toMatchObject({ household: "account-of-the-file", fileId: "HF00000001" });
  const shared = keysOf(wifes).filter((key) => keysOf(husbands).includes(key));
  expect(shared).toHaveLength(1);
  // Each keeps the claim in the own account too, so that leaving the file opens no second one.
  const unfiled = await identityOf("winter-warmth");
  expect(keysOf(husbands)).toEqual(expect.arrayContaining([...keysOf(unfiled)]));
});

test("a claim for a student or a patient stays that person's, with a file too", async () => {
  for (const programmeId of ["golden-autumn", "critical-illness"]) {
    const archive = coupleOnFile();
    const husbands = await identityOf(programmeId, {}, archive);
    const other = demoApplicant(901).relativeIdNumber;
    const wifes = await identityOf(
      programmeId,
      { ...wife, studentIdNumber: other, patientIdNumber: other, invoiceNumbers: "INV-9" },
      archive,
    );
    expect(keysOf(wifes).filter((key) => keysOf(husbands).includes(key))).toEqual([]);
    const unfiled = await identityOf(programmeId);
    expect(keysOf(husbands).filter((key) => keysOf(unfiled).includes(key)).length).toBeGreaterThan(
      0,
    );
  }
});

test("whom the file names is of the household: none of them may decide the case", async () => {
  const { persons } = await identityOf("winter-warmth", {}, coupleOnFile());
  expect(persons).toContain(hashOf(demoApplicant(900).idNumber));
});

test.each([
  ["run out before the day of application", { validUntil: localDate("2026-07-19") }],
  ["closed", { state: "closed" }],
  ["on the prevention list", { state: "prevention" }],
] as const)(
  "a file that is %s bears nothing, but still holds what is given once",
  async (_name, changes) => {
    const archive = coupleOnFile(changes);
    const husbands = await identityOf("winter-warmth", {}, archive);
    expect(husbands).toMatchObject({
      fileId: null,
      household: hashOf(demoApplicant(1).idNumber),
    });
    const wifes = await identityOf("winter-warmth", wife, archive);
    expect(keysOf(wifes).filter((key) => keysOf(husbands).includes(key))).toHaveLength(1);
  },
);
