import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import type { AccessEvent } from "#shared/domain/access.ts";
import { addMinutes, instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const at = instant("2026-07-20T01:00:00Z");
const read = (changes: Partial<AccessEvent> = {}): AccessEvent => ({
  at,
  staffId: "ST1" as StaffId,
  subject: "SN1",
  page: "case",
  fields: ["name", "card"],
  ...changes,
});

test("the same read within ten minutes is one; after them, of another page, case or person it is another", async () => {
  const log = createAccessLog(store.table);
  await log.note(read());
  await log.note(read());
  await log.note(read({ at: addMinutes(at, 9) }));
  expect(await log.ofSubject("SN1", 10)).toEqual([read()]);

  await log.note(read({ at: addMinutes(at, 11) }));
  await log.note(read({ page: "paper", fields: ["papers"] }));
  await log.note(read({ staffId: "ST2" as StaffId }));
  await log.note(read({ subject: "SN2" }));
  expect(await log.ofSubject("SN1", 10)).toHaveLength(4);
  expect((await log.ofSubject("SN1", 1))[0]?.at).toBe(addMinutes(at, 11));
  expect(await log.ofSubject("SN2", 10)).toHaveLength(1);
});

test("a day lists its reads in their order, by the day of China", async () => {
  const log = createAccessLog(store.table);
  const lateAt = instant("2026-08-01T16:30:00Z");
  await log.note(read({ subject: "SN3", at: lateAt }));
  await log.note(read({ subject: "SN4", at: addMinutes(lateAt, -40) }));
  expect((await log.ofDay(localDate("2026-08-02"))).map(({ subject }) => subject)).toEqual(["SN3"]);
  expect(await log.ofDay(localDate("2026-08-01"))).toEqual([
    read({ subject: "SN4", at: addMinutes(lateAt, -40) }),
  ]);
  expect(await log.ofDay(localDate("2026-08-03"))).toEqual([]);
});
