import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Feedback } from "#shared/domain/feedback.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, applicationIdOf, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const words = "没有收到，请帮忙查一下";
const feedback = (number: number, changes: Partial<Feedback> = {}): Feedback => ({
  applicationId: applicationIdOf(number),
  programmeId: "golden-autumn",
  unitId: "spring" as UnitId,
  paidAt: monday,
  givenAt: addMinutes(monday, 60),
  arrived: false,
  satisfaction: 3,
  words,
  settledBy: null,
  settledAt: null,
  ...changes,
});

test("what was said comes back whole, and the first one stands", async () => {
  await store.cases.createDraft(aCase(1, { status: "draft" }), {});
  expect(await store.feedback.put(feedback(1))).toBe(true);
  expect(await store.feedback.put(feedback(1, { satisfaction: 5 }))).toBe(false);
  expect(await store.feedback.get(applicationIdOf(1), monday)).toEqual(feedback(1));
  expect(await store.feedback.get(applicationIdOf(2), monday)).toBeNull();
});

test("the words stand sealed in the table", async () => {
  await store.cases.createDraft(aCase(3, { status: "draft" }), {});
  await store.feedback.put(feedback(3));
  const { Items = [] } = await store.table.client.send(
    new ScanCommand({ TableName: store.table.name }),
  );
  expect(JSON.stringify(Items)).not.toContain(words);
});

test("a month is China's: midnight there is the afternoon before", async () => {
  await store.cases.createDraft(aCase(4, { status: "draft" }), {});
  const paidAt = instant("2026-08-31T16:00:00Z");
  await store.feedback.put(feedback(4, { paidAt, words: "" }));
  expect((await store.feedback.ofMonth("2026-09")).map((one) => one.applicationId)).toEqual([
    applicationIdOf(4),
  ]);
  expect(await store.feedback.ofMonth("2026-08")).toEqual([]);
});

test("two people who settle it at once: one does, and it stays settled", async () => {
  await store.cases.createDraft(aCase(5, { status: "draft" }), {});
  await store.feedback.put(feedback(5));
  const at = addMinutes(monday, 90);
  const settled = await Promise.all(
    ["fin-1", "fin-2"].map((by) => store.feedback.settle(feedback(5), by as StaffId, at)),
  );
  expect(settled.toSorted()).toEqual([false, true]);
  expect((await store.feedback.get(applicationIdOf(5), monday))?.settledAt).toBe(at);
  expect(await store.feedback.settle(feedback(6), "fin-1" as StaffId, at)).toBe(false);
});
