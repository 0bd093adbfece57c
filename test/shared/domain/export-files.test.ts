import { expect, test } from "vitest";
import { exportFileName } from "#shared/domain/export-files.ts";
import { instant } from "#shared/kernel/calendar.ts";

test("a file's name says what it is and nothing of anybody", () => {
  const request = {
    kind: "payment_details",
    format: "csv",
    period: null,
    fundId: null,
    batchId: null,
    programmeId: null,
    unitId: null,
    cutOff: instant("2026-07-20T01:00:00.000Z"),
    isFull: true,
  } as const;
  const name = exportFileName({ id: "E20260720-4K7P2Q", request, isLocked: false });
  expect(name).toBe("payment_details-E20260720-4K7P2Q.csv");
  expect(name).toMatch(/^[\w.-]+$/u);
});
