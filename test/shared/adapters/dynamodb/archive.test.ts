import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { claimKey } from "#shared/adapters/dynamodb/keys.ts";
import { versionFault } from "#shared/adapters/dynamodb/archive-rows.ts";
import { rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import {
  closeHousehold,
  declareAgain,
  loadFile,
  openHousehold,
  type FileResult,
} from "#shared/casework/archive-files.ts";
import { personIndex } from "#shared/casework/person-index.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FileId } from "#shared/kernel/ids.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { aDeclaration, aMember, aRelative, keeper, spring } from "#test/support/archive.ts";
import { monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore & { readonly clock: { readonly now: () => typeof monday } };
beforeAll(async () => {
  store = { ...(await startStore()), clock: { now: () => monday } };
});
afterAll(() => store.stop());

const fileIn = (result: FileResult): HardshipFile => {
  if (result.kind !== "done") throw new Error(result.kind);
  return result.file;
};

const open = async (
  number: number,
  ...changes: Parameters<typeof aDeclaration> extends [number, ...infer Rest] ? Rest : never
): Promise<HardshipFile> =>
  fileIn(
    await openHousehold(
      store,
      { declaration: aDeclaration(number, ...changes), unit: spring },
      keeper,
    ),
  );

const person = (number: number) => personIndex(store, demoApplicant(number).idNumber);
const relative = (number: number) => personIndex(store, demoApplicant(number).relativeIdNumber);

const opened = async (file: HardshipFile) => {
  const found = await loadFile(store, file.id);
  if (!found) throw new Error("the file is gone");
  return found;
};

test("a file is found by its number and by each of its people, and says what was declared", async () => {
  const file = await open(1);

  expect(await store.archive.get(file.id)).toEqual(file);
  expect(await store.archive.fileOf(await person(1))).toEqual(file);
  expect(await store.archive.fileOf(await relative(1))).toEqual(file);
  expect(await store.archive.fileOf(await person(2))).toBeNull();
  expect(file).toMatchObject({ version: 1, state: "open", category: "DEEP", unitId: "spring" });
  const { content } = await opened(file);
  expect(content.members.map(({ idNumber }) => idNumber)).toEqual([
    demoApplicant(1).idNumber,
    demoApplicant(1).relativeIdNumber,
  ]);
  expect(content.computation.steps.some(({ rule }) => rule === "deep.maxP")).toBe(true);
});

test("no row of a file holds a name, a number, an address or a card as it is", async () => {
  const file = await open(3);
  const rows = JSON.stringify(await rowsUnder(store.table, `FILE#${file.id}`, ""));
  const { content } = await opened(file);
  const personal = [
    ...content.members.flatMap(({ name, idNumber }) => [name, idNumber]),
    content.facts.phone,
    content.facts.address,
    content.facts.bankCardNumber,
  ];
  for (const secret of personal) expect(rows.includes(secret)).toBe(false);
});

test("two files for one person at once: one is opened, the other is told where the person stands", async () => {
  const shared = aRelative(10);
  const results = await Promise.all(
    [11, 12, 13, 14].map((number) =>
      openHousehold(
        store,
        { declaration: aDeclaration(number, {}, [aMember(number), shared]), unit: spring },
        keeper,
      ),
    ),
  );

  const won = results.filter(({ kind }) => kind === "done");
  expect(won).toHaveLength(1);
  const winner = fileIn(won[0] as FileResult);
  const lost = results.filter(({ kind }) => kind !== "done");
  expect(lost).toEqual(
    [0, 1, 2].map(() => ({
      kind: "person_in_other_file",
      elsewhere: [{ place: 1, fileId: winner.id }],
    })),
  );
  expect(await store.archive.fileOf(await relative(10))).toEqual(winner);
  const standing = await Promise.all(
    [11, 12, 13, 14].map(async (n) => store.archive.fileOf(await person(n))),
  );
  expect(standing.filter((file) => file !== null)).toHaveLength(1);
});

test("two changes of one file at once: one is written, the other is stale, and no version is lost", async () => {
  const file = await open(20);
  const before = await opened(file);
  const change = (address: string) =>
    declareAgain(
      store,
      "changed",
      before,
      { declaration: aDeclaration(20, { address }), unit: spring },
      { ...keeper, reason: "搬家" },
    );

  const results = await Promise.all([change("甲路1号"), change("乙路2号"), change("丙路3号")]);

  expect(results.map(({ kind }) => kind).toSorted()).toEqual(["done", "stale", "stale"]);
  const after = await opened(file);
  expect(after.file.version).toBe(2);
  const versions = await store.archive.versions(after.file);
  expect(versions.map(({ version, change: kind }) => [version, kind])).toEqual([
    [1, "opened"],
    [2, "changed"],
  ]);
  expect(versions[0]?.content.facts.address).toBe("示例市示例路1号");
  expect(versions[1]?.reason).toBe("搬家");
});

test("versions are chained: each names the one before, the file the last, and a changed byte shows", async () => {
  const file = await open(21);
  await declareAgain(
    store,
    "changed",
    await opened(file),
    { declaration: aDeclaration(21, { housing: "public" }), unit: spring },
    keeper,
  );
  const { file: after } = await opened(file);
  const versions = await store.archive.versions(after);
  expect(versions.map(({ previousHash }) => previousHash)).toEqual(["", versions[0]?.hash]);
  expect(after.chainHead).toBe(versions[1]?.hash);

  const rows = await rowsUnder(store.table, `FILE#${file.id}`, "V#");
  expect(
    rows.map((row, place) => versionFault(row, file.id, versions[place - 1]?.hash ?? "")),
  ).toEqual([false, false]);
  const [first] = rows;
  const forged = { ...first, by: "somebody-else" };
  expect(versionFault(forged, file.id, "")).toBe(true);
});

test("who leaves a file may stand in another one; who is in an open one may not", async () => {
  const file = await open(30);
  const without = aDeclaration(30, {}, [aMember(30)]);
  const left = await declareAgain(
    store,
    "changed",
    await opened(file),
    { declaration: without, unit: spring },
    { ...keeper, reason: "离婚" },
  );
  expect(left.kind).toBe("done");
  expect(await store.archive.fileOf(await relative(30))).toBeNull();

  const own = await open(31, {}, [aMember(31), aRelative(30, { relation: "other" })]);
  expect(await store.archive.fileOf(await relative(30))).toEqual(own);
});

test("a closed file is still found by its people, who may stand in another one, and then it can't be opened again", async () => {
  const file = await open(40);
  const closed = fileIn(
    await closeHousehold(store, await opened(file), "moved_away", { ...keeper, reason: "迁出" }),
  );
  expect(closed).toMatchObject({ state: "closed", closedFor: "moved_away" });
  expect((await store.archive.fileOf(await person(40)))?.id).toBe(file.id);

  const second = await open(40);
  expect((await store.archive.fileOf(await person(40)))?.id).toBe(second.id);

  const again = await declareAgain(
    store,
    "reopened",
    await opened(closed),
    { declaration: aDeclaration(40), unit: spring },
    keeper,
  );
  expect(again).toMatchObject({ kind: "person_in_other_file" });
});

test("claims of the members come into the household's account; freed ones stay behind", async () => {
  const [own, other] = [await person(50), await relative(50)];
  const put = (household: BlindIndex, period: string, subject: BlindIndex, more = {}) =>
    putRow(store.table, {
      ...claimKey(household, "winter-warmth", period, subject),
      applicationId: `SN${period.padStart(10, "0")}`,
      ...more,
    });
  await put(own, "w1", own);
  await put(other, "w1", other, { applicationId: "SN0000000OTH" });
  await put(own, "w2", "patient" as BlindIndex);
  await put(own, "w3", own, { released: true });

  const file = await open(50);

  const claims = await store.cases.claimsOf(file.account);
  expect(
    claims.map(({ period, subject, applicationId }) => [period, subject, applicationId]).toSorted(),
  ).toEqual(
    [
      ["w1", file.account, "SN00000000w1"],
      // The account has a claim of that period by then: the second keeps its own subject.
      ["w1", other, "SN0000000OTH"],
      ["w2", "patient", "SN00000000w2"],
    ].toSorted(),
  );
});

test("files are listed by the day their validity ends, and closed ones not at all", async () => {
  const unit = { ...spring, id: "list-station" as never };
  const openAt = (number: number, declaredOn: string) =>
    openHousehold(store, { declaration: aDeclaration(number), unit }, keeper, {
      declaredOn: localDate(declaredOn),
    });
  const files = [
    fileIn(await openAt(60, "2026-03-01")),
    fileIn(await openAt(61, "2025-09-10")),
    fileIn(await openAt(62, "2026-07-01")),
  ];
  const closed = fileIn(await openAt(63, "2026-01-01"));
  await closeHousehold(store, await opened(closed), "deceased", keeper);

  const listed = async (range: { from?: string; to?: string } = {}): Promise<readonly FileId[]> => {
    const page = await store.archive.list(
      {
        unitId: unit.id,
        state: "open",
        ...(range.from ? { from: localDate(range.from) } : {}),
        ...(range.to ? { to: localDate(range.to) } : {}),
      },
      10,
    );
    return page.rows;
  };

  expect(await listed()).toEqual([files[1]?.id, files[0]?.id, files[2]?.id]);
  // Opened on 2025-09-10 it is valid for twelve months: the last day is 2026-09-09.
  expect(files[1]?.validUntil).toBe("2026-09-09");
  expect(await listed({ to: "2026-09-09" })).toEqual([files[1]?.id]);
  expect(await listed({ to: "2026-09-08" })).toEqual([]);
  expect(await listed({ from: "2026-09-10", to: "2027-02-28" })).toEqual([files[0]?.id]);
});

test("a reminder is marked on the version that was read only", async () => {
  const file = await open(70);
  expect(await store.archive.markReminded(file, file.validUntil)).toBe(true);
  expect((await store.archive.get(file.id))?.remindedOf).toBe(file.validUntil);
  expect(await store.archive.markReminded(file, file.validUntil)).toBe(false);
  expect(await store.archive.markReminded({ ...file, version: 9 }, localDate("2030-01-01"))).toBe(
    false,
  );
});

test("what somebody said of two people is kept once, sealed, and found from either side", async () => {
  const pair = {
    one: "zz-person" as BlindIndex,
    other: "aa-person" as BlindIndex,
    by: keeper.by,
    at: monday,
    reason: "双胞胎，户口簿已核",
  };
  expect(await store.archive.settled(pair.one, pair.other)).toBeNull();
  expect(await store.archive.settle(pair)).toBe(true);
  expect(await store.archive.settle({ ...pair, reason: "又说一次" })).toBe(false);
  expect(await store.archive.settled(pair.other, pair.one)).toMatchObject({ reason: pair.reason });
  const rows = JSON.stringify(await rowsUnder(store.table, "NEAR-SETTLED#aa-person", ""));
  expect(rows).not.toContain("双胞胎");
});

test("near-duplicates are found by each hash until the file says something else", async () => {
  const file = await open(80, { phone: "13911112222" });
  const phone = await store.vault.blindIndex("near-phone", "13911112222");
  const found = () => store.archive.near({ kind: "phone", hash: phone });
  expect((await found()).map(({ subject }) => subject)).toEqual([file.id]);

  await declareAgain(
    store,
    "changed",
    await opened(file),
    { declaration: aDeclaration(80, { phone: "13933334444" }), unit: spring },
    keeper,
  );
  expect(await found()).toEqual([]);
  const id = "SN0000000080" as ApplicationId;
  await store.archive.putNear(id, [{ kind: "phone", hash: phone, person: await person(80) }]);
  expect((await found()).map(({ subject }) => subject)).toEqual([id]);
});
