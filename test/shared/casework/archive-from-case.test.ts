import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/assess-application/handler.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { openFileFromApplication } from "#shared/casework/archive-from-case.ts";
import { openHousehold } from "#shared/casework/archive-files.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { nearDuplicatesOf, settleNearDuplicate } from "#shared/casework/near-duplicates.ts";
import { fileAccountOf, personIndex } from "#shared/casework/person-index.ts";
import { refusedAsClaimed, restingOnFile } from "#shared/casework/rest-on-file.ts";
import { loadFacts } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aDeclaration, aMember, aRelative, keeper, spring } from "#test/support/archive.ts";
import { aCase } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const handler = "spring-1" as StaffId;

const sent = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, {
    version: 1,
    status: "submitted",
    tier: null,
    atUnitId: "spring" as UnitId,
    decidedBy: {},
    category: null,
    recommendation: null,
    policyVersion: null,
    amountFen: zeroFen,
    fundOrder: [],
    ...changes,
  });

/** A case without a file, as it is sent. */
const send = async (
  number: number,
  changes: Partial<Application> = {},
  typed: Answers = {},
): Promise<Application> => {
  const idNumber = typed["applicantIdNumber"] ?? demoApplicant(number).idNumber;
  const household = await personIndex(world.uses, idNumber);
  const application = sent(number, { household, persons: [household], ...changes });
  return storeCase(world.uses, application, { ...answersOfCase(application, number), ...typed });
};

const assess = async (application: Application): Promise<Application> => {
  await createHandler(world.uses)({ applicationId: application.id });
  return caseOf(world.uses, application);
};

const accepted = async (number: number, changes: Partial<Application> = {}, typed: Answers = {}) =>
  assess(await send(number, changes, typed));

const open = (application: Application) =>
  openFileFromApplication(world.uses, application, handler, "入户核实后建档");

test("without a file a household in severe hardship goes in lane 2, and its handler is told", async () => {
  const application = await accepted(1);
  expect(application).toMatchObject({
    status: "in_acceptance",
    category: "TEMPORARY",
    amountFen: yuan(4_000),
    fileId: null,
  });
  const [event] = await world.uses.cases.events(application);
  expect(event?.confidential?.assessment?.flags[0]?.zh).toContain("请先建档");
});

test("a file opened at acceptance makes it a claim against the file, assessed anew", async () => {
  const before = await accepted(2);
  const result = await open(before);
  if (result.kind !== "opened") throw new Error(result.kind);

  expect(result.file).toMatchObject({ category: "DEEP", unitId: "spring", state: "open" });
  expect(result.application).toMatchObject({
    status: "submitted",
    fileId: result.file.id,
    household: await fileAccountOf(world.uses, result.file.id),
  });
  expect(world.started.some((name) => name.startsWith(before.id))).toBe(true);
  const [version] = await world.uses.archive.versions(result.file);
  expect(version).toMatchObject({ change: "opened", by: handler, reason: "入户核实后建档" });
  const { idNumber, relativeIdNumber, familyIdNumbers } = demoApplicant(2);
  // The spouse and the student stand on the application's cards.
  expect(version?.content.members).toMatchObject([
    { relation: "worker", idNumber, yearlyIncome: yuan(54_000) },
    { relation: "spouse", idNumber: familyIdNumbers[0] },
    { relation: "child", idNumber: relativeIdNumber, schoolOrUnit: "示例大学" },
  ]);

  const after = await assess(result.application);
  expect(after).toMatchObject({
    status: "in_acceptance",
    category: "DEEP",
    amountFen: yuan(5_000),
    fileId: result.file.id,
  });
});

test("its claims stand in the household's account, and are freed all together when it ends", async () => {
  const before = await accepted(3);
  const heldBefore = await claimsHeldBy(world.uses, before);
  const result = await open(before);
  if (result.kind !== "opened") throw new Error(result.kind);
  const held = await claimsHeldBy(world.uses, result.application);
  expect(held.map(({ household }) => household)).toContain(result.file.account);
  expect(held.length).toBeGreaterThan(heldBefore.length);
});

test("pressed twice, or cut off after the file was written, there is one file and one step", async () => {
  const before = await accepted(4);
  const [first, second] = await Promise.all([open(before), open(before)]);
  const kinds = [first.kind, second.kind].toSorted();
  expect(kinds).toEqual(["case_changed", "opened"]);
  const done = [first, second].find(({ kind }) => kind === "opened");
  if (done?.kind !== "opened") throw new Error("not opened");
  expect(done.file.version).toBe(1);
  expect(await open(done.application)).toEqual({ kind: "not_in_acceptance" });
});

test("below no standard with a file, none is opened and the case stays as it is", async () => {
  const before = await accepted(5, {}, { annualIncome: "86464", medicalExpense: "" });
  const result = await open(before);
  expect(result.kind).toBe("not_filed");
  expect(await caseOf(world.uses, before)).toEqual(before);
});

test("a member of another file is named by that file, and the case stays as it is", async () => {
  const members = [aMember(60), aRelative(6, { relation: "child" })];
  const other = await openHousehold(
    world.uses,
    { declaration: aDeclaration(60, {}, members), unit: spring },
    keeper,
  );
  if (other.kind !== "done") throw new Error(other.kind);
  const before = await accepted(6);
  expect(await open(before)).toEqual({
    kind: "person_in_other_file",
    fileIds: [other.file.id],
  });
  expect(await caseOf(world.uses, before)).toEqual(before);
});

test("a patient's own cost is rigid expenditure of the file too", async () => {
  const before = await accepted(7, {
    programmeId: "critical-illness",
    submittedAt: instant("2026-03-10T01:00:00Z"),
  });
  const result = await open(before);
  if (result.kind !== "opened") throw new Error(result.kind);
  // Policy 9, case 8: rigid 50,000 of which schooling 6,000, so relative hardship.
  expect(result.file.category).toBe("RELATIVE");
  const [version] = await world.uses.archive.versions(result.file);
  expect(version?.content.facts).toMatchObject({
    medicalExpense: yuan(44_000),
    educationExpense: yuan(6_000),
  });
});

test("a file that was opened since the case was sent is found when it is assessed", async () => {
  const application = await send(8);
  const declared = { declaration: aDeclaration(8), unit: spring };
  const opened = await openHousehold(world.uses, declared, keeper);
  if (opened.kind !== "done") throw new Error(opened.kind);
  const resting = await restingOnFile(
    world.uses,
    application,
    await loadFacts(world.uses, application),
  );
  expect(resting.application).toMatchObject({
    fileId: opened.file.id,
    household: opened.file.account,
  });
  expect(await assess(application)).toMatchObject({ category: "DEEP", fileId: opened.file.id });
});

test("of husband and wife who had both applied, the file opened since leaves one claim: the other is refused", async () => {
  const on = { programmeId: "winter-warmth", submittedAt: instant("2026-11-20T01:00:00Z") };
  const husband = await send(9, on);
  const wife = await send(10, on);
  const members = [
    aMember(9),
    aMember(10, { relation: "spouse", name: "郑家属", yearlyIncome: zeroFen }),
  ];
  const declared = { declaration: aDeclaration(9, {}, members), unit: spring };
  await openHousehold(world.uses, declared, keeper);

  expect(await assess(husband)).toMatchObject({ recommendation: "approve", category: "DEEP" });
  const refused = await assess(wife);
  expect(refused).toMatchObject({
    recommendation: "refuse",
    refusalCode: "CLAIMED_BY_HOUSEHOLD",
    amountFen: zeroFen,
  });
  const [event] = await world.uses.cases.events(refused);
  const assessment = event?.confidential?.assessment;
  const last = assessment?.steps.at(-1);
  expect(last).toMatchObject({ rule: "claim.household", outcome: "missed" });
  const [husbands] = await world.uses.cases.events(await caseOf(world.uses, husband));
  const approved = husbands?.confidential?.assessment;
  if (!approved) throw new Error("assessed");
  expect(refusedAsClaimed(approved)).toMatchObject({
    recommendation: "refuse",
    fundOrder: [],
    steps: [...approved.steps, last],
  });
});

test("who shares name and birth date, card or phone is shown masked, and a word on it is remembered", async () => {
  const shared = { phone: "13955556666", bankCardNumber: demoApplicant(30).cardNumber };
  const first = await accepted(30, {}, { ...shared, applicantName: "慕容雪" });
  // Born on the same day, with another ID number.
  const twin = { applicantName: "慕容雪", applicantIdNumber: demoApplicant(450).idNumber };
  const second = await accepted(31, {}, { ...shared, ...twin });
  const third = await accepted(32, {}, { phone: "+86 139-5555-6666" });

  const found = await nearDuplicatesOf(world.uses, second);
  expect(
    found.map(({ subject, shares, maskedName, settled }) => [subject, shares, maskedName, settled]),
  ).toEqual([
    [first.id, ["name_birth", "card", "phone"], "慕容*", null],
    [third.id, ["phone"], "欧阳*", null],
  ]);

  const told = { person: found[0]!.person, by: handler, reason: "同村同名，身份证已核" };
  expect(await settleNearDuplicate(world.uses, second, told)).toBe(true);
  const seen = await nearDuplicatesOf(world.uses, first);
  expect(seen[0]).toMatchObject({
    subject: second.id,
    settled: { by: handler, reason: "同村同名，身份证已核" },
  });
});

test("a file of strangers is shown too; the own one and the own household never", async () => {
  const declared = {
    declaration: aDeclaration(40, { phone: "13977778888" }),
    unit: spring,
  };
  const file = await openHousehold(world.uses, declared, keeper);
  if (file.kind !== "done") throw new Error(file.kind);
  const stranger = await accepted(41, {}, { phone: "13977778888" });
  expect((await nearDuplicatesOf(world.uses, stranger)).map(({ subject }) => subject)).toEqual([
    file.file.id,
  ]);
  const own = await accepted(40, {}, { phone: "13977778888" });
  expect(own.fileId).toBe(file.file.id);
  expect((await nearDuplicatesOf(world.uses, own)).map(({ subject }) => subject)).toEqual([
    stranger.id,
  ]);
});
