import { afterAll, beforeAll, expect, test } from "vitest";
import { getRow, rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import {
  applicationKey,
  applicationPartition,
  noticeKey,
  objectionKey,
} from "#shared/adapters/dynamodb/keys.ts";
import { objectionOf, noticeOf } from "#shared/adapters/dynamodb/notice-rows.ts";
import type { Application } from "#shared/domain/application.ts";
import { raiseObjection } from "#shared/domain/notice.ts";
import type { Objection } from "#shared/domain/public-notice.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";
import { startCaseworkWorld, caseOf, type CaseworkWorld } from "#test/support/casework-world.ts";
import { aNotice, moveTo, said, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const anObjection = (
  application: Application,
  number: number,
  changes: Partial<Objection> = {},
): Objection => ({
  ...said("他家有两套房", { contact: "邻居 13900001111" }),
  applicationId: application.id,
  number,
  raisedAt: monday,
  noticeKind: "final",
  caseVersion: application.version,
  answeredAt: null,
  ...changes,
});

/** The objection's row together with the case's step. */
const holdCase = async (application: Application, objection: Objection) => {
  const taken = raiseObjection(application, monday, commonPolicy);
  if (taken.kind === "refused") throw new Error(taken.code);
  return world.uses.cases.commit({ step: taken.step, objection });
};

test("a notice is kept as published, once for the event that began it", async () => {
  const { notices } = world.uses;
  const application = await storeNoticed(world.uses, 1);
  const notice = aNotice(application);

  expect(await notices.publish(notice)).toBe(true);
  expect(await notices.publish({ ...notice, maskedName: "李*" })).toBe(false);
  const later = aNotice(application, { caseVersion: notice.caseVersion + 7, category: null });
  expect(await notices.publish(later)).toBe(true);

  expect(await notices.noticesOf(application.id)).toEqual([notice, later]);
  expect(await notices.noticesOf(aCase(99).id)).toEqual([]);
});

test("a notice takes one write unit: its row is below a kilobyte", async () => {
  const application = await storeNoticed(world.uses, 2);
  const notice = aNotice(application, { category: "TEMPORARY" });
  await world.uses.notices.publish(notice);
  const row = await getRow(world.uses.table, noticeKey(application.id, notice.caseVersion));

  expect(noticeOf(row ?? {})).toEqual(notice);
  expect(JSON.stringify(row).length).toBeLessThan(700);
});

test("the first objection is written with the step that holds the case, or not at all", async () => {
  const application = await storeNoticed(world.uses, 3);
  const objection = anObjection(application, 1);
  const stale = { ...application, version: application.version - 1 };

  expect(await holdCase(stale, objection)).toBe("stale");
  expect(await world.uses.notices.objectionsOf(application.id)).toEqual([]);

  expect(await holdCase(application, objection)).toBe("committed");
  expect(await world.uses.notices.objectionsOf(application.id)).toEqual([objection]);
  expect((await caseOf(world.uses, application)).status).toBe("objection");
});

test("words and contact lie sealed under the case's salt: moved to another row they can't be opened", async () => {
  const application = await storeNoticed(world.uses, 4);
  await holdCase(application, anObjection(application, 1));
  const { table, vault } = world.uses;
  const row = await getRow(table, objectionKey(application.id, 1));

  expect(JSON.stringify(row)).not.toMatch(/两套房|邻居|1390000/u);
  expect(await objectionOf(vault, application, row ?? {})).toMatchObject({ words: "他家有两套房" });
  const moved = { ...row, SK: "OBJECTION#002" };
  await expect(objectionOf(vault, application, moved)).rejects.toThrow();
  const resalted = { ...application, salt: "b3RoZXJzYWx0b3RoZXI" };
  await expect(objectionOf(vault, resalted, row ?? {})).rejects.toThrow();
});

test("a further objection is kept only while the case is held, and changes nothing of the case", async () => {
  const { notices } = world.uses;
  const application = await storeNoticed(world.uses, 5);
  expect(await notices.addObjection(anObjection(application, 1))).toBe(false);

  await holdCase(application, anObjection(application, 1));
  const held = await caseOf(world.uses, application);
  expect(await notices.addObjection(anObjection(held, 1))).toBe(false);
  expect(await notices.addObjection(anObjection(held, 2))).toBe(true);
  expect(await caseOf(world.uses, application)).toEqual(held);

  await moveTo(world.uses, held, { status: "public_notice", version: held.version + 1 });
  expect(await notices.addObjection(anObjection(held, 3))).toBe(false);
  expect((await notices.objectionsOf(application.id)).map(({ number }) => number)).toEqual([1, 2]);
});

test("that an answer was mailed is taken down once", async () => {
  const { notices } = world.uses;
  const application = await storeNoticed(world.uses, 6);
  const objection = anObjection(application, 1);
  await holdCase(application, objection);

  await notices.markAnswered(objection, monday);
  await notices.markAnswered(objection, addMinutes(monday, 60));
  await notices.markAnswered({ ...objection, number: 9 }, monday);

  expect(await notices.objectionsOf(application.id)).toEqual([
    { ...objection, answeredAt: monday },
  ]);
});

test("an objection to a case that isn't there is an error, and writes nothing", async () => {
  const nobody = aCase(98);
  await expect(world.uses.notices.addObjection(anObjection(nobody, 1))).rejects.toBeInstanceOf(
    ApplicationNotFound,
  );
  expect(await rowsUnder(world.uses.table, applicationPartition(nobody.id), "")).toEqual([]);
  expect(await getRow(world.uses.table, applicationKey(nobody.id))).toBeNull();
});
