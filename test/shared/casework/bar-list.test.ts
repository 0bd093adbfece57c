import { afterAll, beforeAll, expect, test } from "vitest";
import { barApplicant, isBarred } from "#shared/casework/bar-list.ts";
import { personIndex } from "#shared/casework/person-index.ts";
import { addDays, addMinutes, localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const given = { code: "false_declaration", reason: "票据系伪造", by: "admin" as StaffId } as const;
const today = localDate("2026-07-20");

test("the applicant of a case is barred, found by ID number alone, for 36 months and no day longer", async () => {
  const application = await storeCase(world.uses, aCase(1));
  const number = answersOfCase(application, 1)["applicantIdNumber"] ?? "";
  const person = await personIndex(world.uses, number);

  expect(await isBarred(world.uses, [person], today)).toBeNull();
  const bar = await barApplicant(world.uses, application, given);

  expect(bar).toMatchObject({ person, from: today, until: "2029-07-20" });
  const others = ["somebody" as BlindIndex, person, person];
  expect(await isBarred(world.uses, others, today)).toEqual(bar);
  expect(await isBarred(world.uses, others, bar.until)).toEqual(bar);
  expect(await isBarred(world.uses, others, addDays(bar.until, 1))).toBeNull();
  expect(await isBarred(world.uses, ["somebody" as BlindIndex], today)).toBeNull();
  expect(await isBarred(world.uses, [], today)).toBeNull();
});

test("barred twice on a day is once, with the first reason; lifted, the person may apply again", async () => {
  const application = await storeCase(world.uses, aCase(2));
  const bar = await barApplicant(world.uses, application, given);
  const again = await barApplicant(world.uses, application, { ...given, reason: "另一个理由" });

  expect(again).toEqual(bar);
  const remark = { at: addMinutes(monday, 5), by: "admin" as StaffId, words: "申诉成立" };
  expect(await world.uses.oversight.liftBar(bar, remark)).toBe(true);
  expect(await isBarred(world.uses, [bar.person], today)).toBeNull();
});
