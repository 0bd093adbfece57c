import { expect, test } from "vitest";
import { exportFileName, exportRequestsPrefix } from "#shared/domain/export-files.ts";
import {
  exportKinds,
  isExpired,
  isExportKind,
  stateOf,
  type FinanceExport,
} from "#shared/domain/finance-export.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { buckets } from "#infra/manifest.ts";
import { definition } from "#functions/make-export/function.ts";
import { fen } from "#shared/kernel/money.ts";
import type { StaffId } from "#shared/kernel/ids.ts";

const askedAt = instant("2026-07-20T01:00:00.000Z");
const asked: FinanceExport = {
  id: "E20260720-4K7P2Q",
  request: {
    kind: "journal",
    format: "xlsx",
    period: null,
    fundId: null,
    batchId: null,
    programmeId: null,
    unitId: null,
    cutOff: askedAt,
    isFull: false,
  },
  askedBy: "ST1" as StaffId,
  askedAt,
  triedAt: askedAt,
  purpose: null,
  isLocked: false,
  failedAt: null,
  made: null,
};
const made = { rows: 1, sumFen: fen(1), sha256: "", sizeBytes: 1, madeAt: askedAt, fileKey: "x" };

test("an export is being made, failed when it said so or was cut off, made, and expired after seven days", () => {
  const soon = instant("2026-07-20T01:05:00.000Z");
  expect(stateOf(asked, soon)).toBe("making");
  expect(stateOf(asked, instant("2026-07-20T01:16:00.000Z"))).toBe("failed");
  const failed = { ...asked, failedAt: soon };
  expect(stateOf(failed, soon)).toBe("failed");
  expect(
    stateOf(
      { ...failed, triedAt: instant("2026-07-20T01:06:00.000Z") },
      instant("2026-07-20T01:07:00.000Z"),
    ),
  ).toBe("making");
  expect(stateOf({ ...failed, made }, soon)).toBe("made");
  expect(isExpired(asked, instant("2026-07-26T15:59:00.000Z"))).toBe(false);
  expect(stateOf({ ...asked, made }, instant("2026-07-26T16:00:00.000Z"))).toBe("expired");
});

test("every kind says what it is in both languages; a name that is none is none", () => {
  for (const { title, says } of Object.values(exportKinds)) {
    expect([title.zh, title.en, says.zh, says.en].every((text) => text.length > 2)).toBe(true);
  }
  expect(isExportKind("journal")).toBe(true);
  expect(isExportKind("__proto__")).toBe(false);
});

test("files are called by kind and number, and asking for one calls the function that makes it", () => {
  expect(exportFileName(asked)).toBe("journal-E20260720-4K7P2Q.xlsx");
  expect(exportFileName({ ...asked, isLocked: true })).toBe("journal-E20260720-4K7P2Q.zip");
  expect(definition.trigger).toMatchObject({ bucket: "files", prefix: exportRequestsPrefix });
  expect(buckets.files.expire.some(({ prefix }) => exportRequestsPrefix.startsWith(prefix))).toBe(
    true,
  );
});
