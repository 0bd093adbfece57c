import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { identify } from "#shared/casework/identify.ts";
import { readForm } from "#shared/domain/form.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

const vault = {
  blindIndex: (kind: string, value: string) =>
    Promise.resolve(createHmac("sha256", kind).update(value).digest("hex") as BlindIndex),
} as Vault;

const identityOf = async (programmeId: string, changes: Record<string, string> = {}) => {
  const programme = programmeById(programmeId);
  const [example] = programme?.examples ?? [];
  if (!programme || !example) throw new Error("no such programme");
  const typed = { ...answersFor(programme, example, demoApplicant(1), "x"), ...changes };
  const reading = readForm(programme.form, typed);
  if (reading.kind !== "facts") throw new Error(JSON.stringify(reading.problems));
  return {
    typed,
    ...(await identify({ vault }, programme, reading.facts, localDate("2026-07-20"))),
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
