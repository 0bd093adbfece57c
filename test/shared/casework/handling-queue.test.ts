import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { remindHandlers } from "#shared/casework/handling-digest.ts";
import { baseUnitsBelow, handlingQueue } from "#shared/casework/handling-queue.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { applicationIdOf, organisation } from "#test/support/cases.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";
import { appointHandlers, storeHandled } from "#test/support/handled-cases.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await appointHandlers(world);
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const friday = instant("2026-07-24T16:00:00Z");
const wednesday = instant("2026-07-22T16:00:00Z");
const furnace = { unitId: "furnace", atUnitId: "furnace", line: "industrial" } as const;
const atFurnace = { ...furnace, tier: "grass_roots" } as never as Record<string, never>;

/** Two to accept, one to visit and one with its applicant at the station; one at the furnace. */
const storeAll = async (): Promise<void> => {
  await storeHandled(world, 1, { deadlineAt: friday });
  await storeHandled(world, 2, { deadlineAt: wednesday });
  await storeHandled(world, 3, { status: "in_verification", version: 3, deadlineAt: friday });
  await storeHandled(world, 4, { status: "needs_information", deadlineAt: friday });
  await storeHandled(world, 5, { ...atFurnace, deadlineAt: wednesday });
  // With its approver: nobody's at the desk.
  await storeHandled(world, 6, { status: "in_approval" });
};

const queueAt = async (unitId: string) =>
  (await handlingQueue(world.uses, unitId as UnitId)).map(({ applicationId, status, unit }) => [
    applicationId,
    status,
    unit.id,
  ]);

test("an office sees what waits at its base offices, the most urgent first", async () => {
  await storeAll();
  const station = [
    [applicationIdOf(2), "in_acceptance", "spring"],
    [applicationIdOf(1), "in_acceptance", "spring"],
    [applicationIdOf(3), "in_verification", "spring"],
    [applicationIdOf(4), "needs_information", "spring"],
  ];
  const sorted = (rows: unknown[][]) => rows.map((row) => row.join()).toSorted();
  expect((await queueAt("spring"))[0]).toEqual(station[0]);
  expect(sorted(await queueAt("spring"))).toEqual(sorted(station));
  expect(sorted(await queueAt("east"))).toEqual(sorted(station));
  expect(await queueAt("steel")).toEqual([[applicationIdOf(5), "in_acceptance", "furnace"]]);
  expect(await queueAt("city")).toHaveLength(5);
});

test("base offices below an office: itself, or those whose way up leads over it", () => {
  const below = (unitId: string) =>
    baseUnitsBelow(organisation, unitId as UnitId).map(({ id }) => id);
  expect(below("spring")).toEqual(["spring"]);
  expect(below("metal")).toEqual(["furnace"]);
  expect(below("city")).toEqual(["spring", "furnace"]);
});

const mailed = () =>
  world.mails.map(({ id, to, text }) => [to, id.split(":")[1], /超期 \d+ 件/u.exec(text)?.[0]]);

test("every morning the handlers of an office are told how many cases wait, and nothing of them", async () => {
  await storeAll();
  expect(await remindHandlers(world.uses)).toBe(3);
  expect(mailed()).toEqual(
    expect.arrayContaining([
      ["spring-h@example.org", "spring", undefined],
      ["spring-h2@example.org", "spring", undefined],
      ["steel-h@example.org", "steel", undefined],
    ]),
  );
  for (const { subject, text, html } of world.mails) {
    expect(`${subject} ${text} ${html}`).not.toMatch(/SN0{5}/u);
  }
  const toStation = world.mails.find(({ to }) => to === "spring-h@example.org");
  expect(toStation?.text).toContain("待受理 2 件，待入户核实 1 件");
});

test("when cases are late the office above is told as well", async () => {
  await storeAll();
  world.moveClockTo(instant("2026-07-23T00:30:00Z"));
  await remindHandlers(world.uses);
  expect(mailed()).toEqual(
    expect.arrayContaining([
      ["spring-h@example.org", "spring", "超期 1 件"],
      ["east-h@example.org", "spring", "超期 1 件"],
      // Above steel there is no office with handlers: its own are told.
      ["steel-h@example.org", "steel", "超期 1 件"],
    ]),
  );
  expect(world.mails).toHaveLength(4);
  const escalated = world.mails.find(({ to }) => to === "east-h@example.org");
  expect(escalated?.text).toContain("下级单位有超期的案件");
});

test("run again on the same day it sends the same mails; on a day off, or with nothing to do, none", async () => {
  expect(await remindHandlers(world.uses)).toBe(0);
  await storeAll();
  await remindHandlers(world.uses);
  await remindHandlers(world.uses);
  expect(new Set(world.mails.map(({ id }) => id)).size).toBe(3);
  world.mails.length = 0;
  world.moveClockTo(instant("2026-07-25T00:30:00Z"));
  expect(await remindHandlers(world.uses)).toBe(0);
  expect(world.mails).toEqual([]);
});

test("what waits for its applicant is nobody's at the desk to hurry", async () => {
  await storeHandled(world, 4, { status: "needs_information", deadlineAt: wednesday });
  world.moveClockTo(instant("2026-07-23T00:30:00Z"));
  expect(await remindHandlers(world.uses)).toBe(0);
});

test("one mail that can't be sent keeps no other back", async () => {
  await storeAll();
  const sent: string[] = [];
  const mailer = {
    send: async ({ to }: { readonly to: string }) => {
      if (to.startsWith("spring-h@")) throw new Error("refused");
      sent.push(to);
    },
  };
  await expect(remindHandlers({ ...world.uses, mailer })).rejects.toThrow("refused");
  expect(sent.toSorted()).toEqual(["spring-h2@example.org", "steel-h@example.org"]);
});
