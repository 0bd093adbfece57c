import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromItem, getRow } from "#shared/adapters/dynamodb/client.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";
import { mailedSecretKey, sessionKey, staffKey } from "#shared/adapters/dynamodb/keys.ts";
import { pinTriesMax } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { addMinutes, instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { Directory, MailedSecret, Session } from "#shared/ports/directory.ts";
import { monday, organisation, staff, units } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
let directory: Directory;
beforeAll(async () => {
  store = await startStore();
  ({ directory } = store);
});
afterAll(() => store.stop());

const nobody = "nobody" as StaffId;
const atOnce = <Result>(count: number, act: () => Promise<Result>): Promise<readonly Result[]> =>
  Promise.all(Array.from({ length: count }, act));

/** The organisation doesn't count wrong PINs. */
const withoutTries = (one: Staff): Staff => ({ ...one, pinTries: 0 });

const person = async (id: string): Promise<StaffId> => {
  await directory.putStaff(staff(id, "east"));
  return id as StaffId;
};

test("offices and people come back whole, however little of them is set", async () => {
  const known = staff("east-1", "east", {
    identity: "keyed-hash" as BlindIndex,
    totpSealed: "s1.x",
    roles: ["approver", "auditor"],
  });
  const people = [known, staff("east-2", "east", { pinHash: null, active: false })];
  for (const unit of units) await directory.putUnit(unit);
  for (const one of people) await directory.putStaff(one);

  const found = await directory.organisation();

  const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
    one.id < other.id ? -1 : 1;
  expect(found.units.toSorted(byId)).toEqual(units.toSorted(byId));
  expect(found.staff.toSorted(byId)).toEqual(people.map(withoutTries));
  expect(await directory.staff(known.id)).toEqual(known);
  expect(await directory.staff(nobody)).toBeNull();
});

test("a person put again is the person as put last, and still one", async () => {
  const { id } = staff("moved", "east");
  await directory.putStaff(staff("moved", "east"));
  await directory.putStaff(staff("moved", "spring", { active: false }));
  const found = (await directory.organisation()).staff.filter((one) => one.id === id);
  expect(found).toEqual([withoutTries(staff("moved", "spring", { active: false }))]);
});

test("the organisation is read again after a change only, and a change made elsewhere is seen at once", async () => {
  const id = await person("elsewhere");
  const elsewhere = createDirectory(store.table);
  const before = await directory.organisation();
  expect(await directory.organisation()).toBe(before);

  await elsewhere.putStaff(staff(id, "spring", { active: false }));
  const moved = (await directory.organisation()).staff.find((one) => one.id === id);
  expect(moved).toMatchObject({ unitId: "spring", active: false });

  const known = await elsewhere.staff(id);
  const change = {
    at: monday,
    by: id,
    subject: id,
    fields: ["active"],
    rolesBefore: [],
    rolesAfter: [],
  };
  expect(await elsewhere.saveStaff(known, { ...known!, active: true }, change)).toBe(true);
  expect((await directory.organisation()).staff.find((one) => one.id === id)?.active).toBe(true);
  await elsewhere.setPin(id, "k1.new.pin");
  await elsewhere.setTotp(id, "s1.new");
  expect((await directory.organisation()).staff.find((one) => one.id === id)).toMatchObject({
    pinHash: "k1.new.pin",
    totpSealed: "s1.new",
  });
  const renamed = { ...units[0]!, name: { zh: "新名称", en: "New name" } };
  expect(await elsewhere.saveUnit(units[0]!, renamed, { ...change, subject: renamed.id })).toBe(
    true,
  );
  expect((await directory.organisation()).units).toContainEqual(renamed);
});

test("wrong PINs given at once are counted one by one: nobody gets a guess for nothing", async () => {
  const id = await person("guessed");
  const counts = await atOnce(20, () => directory.countWrongPin(id));
  expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, one) => one + 1));
  expect(counts.filter((count) => count === pinTriesMax)).toHaveLength(1);
  expect((await directory.staff(id))?.pinTries).toBe(20);
});

test("a right PIN clears the count and leaves the PIN; a new PIN sets both", async () => {
  const id = await person("clears");
  await directory.countWrongPin(id);
  await directory.clearWrongPins(id);
  expect(await directory.staff(id)).toEqual(staff("clears", "east"));

  await directory.countWrongPin(id);
  await directory.setPin(id, "k1.new.pin");
  expect(await directory.staff(id)).toEqual(staff("clears", "east", { pinHash: "k1.new.pin" }));

  await directory.setTotp(id, "s1.sealed");
  expect((await directory.staff(id))?.totpSealed).toBe("s1.sealed");
});

test("what is done to somebody unknown makes nobody of them", async () => {
  expect(await directory.countWrongPin(nobody)).toBe(0);
  await directory.setPin(nobody, "k1.x.y");
  await directory.setTotp(nobody, "s1.x");
  await directory.clearWrongPins(nobody);
  expect(await getRow(store.table, staffKey(nobody))).toBeNull();
});

test("a code of the authenticator works once, for one person", async () => {
  const [id, other] = [await person("totp-1"), await person("totp-2")];
  const used = await atOnce(20, () => directory.useTotpStep(id, 59_000_000));
  expect(used.filter(Boolean)).toHaveLength(1);
  expect(await directory.useTotpStep(id, 59_000_001)).toBe(true);
  expect(await directory.useTotpStep(other, 59_000_000)).toBe(true);
});

const aSession = (tokenHash: string, subject: Session["subject"]): Session => ({
  tokenHash,
  subject,
  expiresAt: addMinutes(monday, 60),
  createdAt: monday,
});

test.each([
  { kind: "staff", staffId: nobody },
  { kind: "approver", staffId: nobody, linkHash: "link" },
  { kind: "applicant", applicationId: "SN0000000001" },
] as const)("a session of kind $kind is found by its hash until it is ended", async (subject) => {
  const session = aSession(`hash-${subject.kind}`, subject);
  await directory.putSession(session);
  expect(await directory.session(session.tokenHash)).toEqual(session);
  expect(await directory.session("another")).toBeNull();

  await directory.endSession(session.tokenHash);
  await directory.endSession(session.tokenHash);
  expect(await directory.session(session.tokenHash)).toBeNull();
});

test("ending a session that never was makes none", async () => {
  await directory.endSession("never");
  expect(await getRow(store.table, sessionKey("never"))).toBeNull();
});

const aSecret = async (hash: string): Promise<MailedSecret> => {
  const secret: MailedSecret = {
    hash,
    purpose: "sign_in",
    staffId: nobody,
    expiresAt: addMinutes(monday, 10),
    triesLeft: 5,
  };
  await directory.putMailedSecret(secret);
  return secret;
};

test("a mailed secret is burnt once, by whoever comes first, and is gone then", async () => {
  const secret = await aSecret("secret-1");
  expect(await directory.mailedSecret(secret.hash)).toEqual(secret);

  const burnt = await atOnce(50, () => directory.useMailedSecret(secret.hash, monday));

  expect(burnt.filter(Boolean)).toHaveLength(1);
  expect(await directory.mailedSecret(secret.hash)).toBeNull();
  expect(await directory.mailedSecret("unknown")).toBeNull();
});

test("a mailed secret works until the instant it expires and not at it, whatever tidies the table", async () => {
  const { hash, expiresAt } = await aSecret("secret-2");
  expect(await directory.useMailedSecret(hash, expiresAt)).toBe(false);
  expect(await directory.useMailedSecret(hash, instantOfMs(msOfInstant(expiresAt) - 1))).toBe(true);
  expect(await directory.useMailedSecret("unknown", monday)).toBe(false);
  expect(await getRow(store.table, mailedSecretKey("unknown"))).toBeNull();
});

test("attempts are counted one by one within a window, and anew in the next", async () => {
  const ends = addMinutes(monday, 15);
  const counts = await atOnce(20, () => directory.countAttempt("sign-in#1", ends));
  expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, one) => one + 1));
  expect(await directory.countAttempt("sign-in#2", ends)).toBe(1);
  expect(await directory.countAttempt("sign-in#1", addMinutes(ends, 15))).toBe(1);
  expect(await directory.countAttempt("sign-in#1", ends)).toBe(21);
});

test("what is swept one day is swept days after it expired, and people and offices never", async () => {
  const { Items = [] } = await store.table.client.send(
    new ScanCommand({ TableName: store.table.name }),
  );
  const rows = Items.map(fromItem);
  const fleeting = rows.filter((row) =>
    /^(?:SESSION|SECRET|TOTP|ATTEMPTS)#/u.test(row["PK"] as string),
  );
  expect(fleeting.length).toBeGreaterThan(5);
  for (const row of fleeting) {
    expect(Number.isInteger(row["expiresAtSeconds"]), row["PK"] as string).toBe(true);
    const expiresAt = row["expiresAt"] as Session["expiresAt"] | undefined;
    if (expiresAt === undefined) continue;
    expect(Number(row["expiresAtSeconds"]) * 1000 - msOfInstant(expiresAt)).toBe(7 * 864e5);
  }
  const lasting = rows.filter((row) => row["PK"] === "ORGANISATION");
  expect(lasting.length).toBeGreaterThan(units.length);
  expect(lasting.filter((row) => "expiresAtSeconds" in row)).toEqual([]);
  expect(organisation.units).toHaveLength(units.length);
});
