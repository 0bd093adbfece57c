import { expect, test } from "vitest";
import {
  accessOrder,
  accessPageTitles,
  accessRowOf,
  fieldsShownOn,
  sensitiveFieldTitles,
  type AccessEvent,
} from "#shared/domain/access.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";

const read = (changes: Partial<AccessEvent>): AccessEvent => ({
  at: instant("2026-07-20T01:00:00Z"),
  staffId: "ST1" as StaffId,
  subject: "SN1",
  page: "case",
  fields: ["name"],
  ...changes,
});

test("a day's reads have one order, whatever order they are read in", () => {
  const events = [
    read({}),
    read({ subject: "SN2" }),
    read({ at: instant("2026-07-20T00:59:00Z") }),
    read({ page: "paper" }),
  ];
  const sorted = events.toSorted(accessOrder);
  expect(events.toReversed().toSorted(accessOrder)).toEqual(sorted);
  expect(sorted[0]?.at).toBe("2026-07-20T00:59:00.000Z");
  expect(accessOrder(read({}), read({}))).toBe(0);
});

test("every page names what it shows, and a row says who saw it", () => {
  for (const [page, fields] of Object.entries(fieldsShownOn)) {
    expect(fields.length, page).toBeGreaterThan(0);
    for (const field of fields) expect(sensitiveFieldTitles[field].zh).not.toBe("");
  }
  expect(Object.keys(accessPageTitles)).toEqual(Object.keys(fieldsShownOn));
  expect(accessRowOf(localDate("2026-07-20"), read({}))).toMatchObject({
    kind: "access",
    day: "2026-07-20",
    staffId: "ST1",
    subject: "SN1",
  });
});
