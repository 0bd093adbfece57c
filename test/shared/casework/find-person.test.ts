import { afterAll, beforeAll, expect, test } from "vitest";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { loadFacts } from "#shared/casework/load.ts";
import { recordNearIndexes } from "#shared/casework/near-duplicates.ts";
import { casesOfPerson, personKeyOf } from "#shared/casework/find-person.ts";
import { openHousehold } from "#shared/casework/archive-files.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { aDeclaration, keeper, spring } from "#test/support/archive.ts";
import { aCase } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const found = async (typed: string): Promise<readonly string[]> => {
  const key = await personKeyOf(world.uses, typed);
  return key ? (await casesOfPerson(world.uses, key)).map(({ id }) => id) : [];
};

test("a number is told by its own form, and what is none is refused", async () => {
  const kindOf = async (typed: string) => (await personKeyOf(world.uses, typed))?.kind ?? null;
  const { idNumber, cardNumber } = demoApplicant(401);
  expect(await kindOf(` ${idNumber.toLowerCase()} `)).toBe("id_number");
  expect(await kindOf(cardNumber.replaceAll(/(.{4})/gu, "$1 "))).toBe("card");
  expect(await kindOf("138 0000 0401")).toBe("phone");
  for (const typed of ["", "123", "SN0123456789", `${idNumber}1`, "<script>"]) {
    expect(await kindOf(typed), typed).toBeNull();
  }
});

test("an applicant's cases are found by ID number, card and phone, the newest first; nobody else's are", async () => {
  const older = await storeCase(
    world.uses,
    aCase(402, { submittedAt: instant("2026-07-01T01:00:00Z") }),
  );
  const facts = await loadFacts(world.uses, older);
  await recordNearIndexes(world.uses, older, facts);
  await storeCase(world.uses, aCase(403));

  for (const typed of [facts.applicantIdNumber, facts.bankCardNumber, facts.phone]) {
    expect(await found(typed), "by a number").toEqual([older.id]);
  }
  expect(await found(demoApplicant(499).idNumber)).toEqual([]);
});

test("a member of a household with a file finds what the household claimed, once", async () => {
  const opened = await openHousehold(
    world.uses,
    { declaration: aDeclaration(404), unit: spring },
    keeper,
  );
  expect(opened.kind).toBe("done");
  const claimed = await storeCase(world.uses, aCase(404));
  expect(await found(demoApplicant(404).relativeIdNumber)).toEqual([claimed.id]);
  expect(await found(demoApplicant(404).idNumber)).toEqual([claimed.id]);
  expect(await found(`138${"404".padStart(8, "0")}`)).toEqual([claimed.id]);
});

test("a draft is nobody's business yet", async () => {
  await storeCase(world.uses, aCase(405, { status: "draft" }));
  expect(await found(demoApplicant(405).idNumber)).toEqual([]);
});
