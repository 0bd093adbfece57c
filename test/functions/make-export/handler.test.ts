import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/make-export/handler.ts";
import { transferPut } from "#shared/adapters/dynamodb/case-rows.ts";
import { transact } from "#shared/adapters/dynamodb/client.ts";
import type { ExportRequest, FinanceExport } from "#shared/domain/finance-export.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { instant, instantOfMs, localDate, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId, StaffId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { fen } from "#shared/kernel/money.ts";
import { aFund } from "#test/support/cases.ts";
import {
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  settle,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
  await openFund(world.uses, "small", 100);
});
afterAll(() => world.stop());

const by = "ST0000MAKE" as StaffId;
const july = { from: localDate("2026-07-01"), to: localDate("2026-07-31") };

let asked = 0;

const ask = async (
  changes: Partial<ExportRequest> & Pick<ExportRequest, "kind">,
  password: string | null = null,
): Promise<FinanceExport> => {
  const askedAt = world.uses.clock.now();
  const one: FinanceExport = {
    id: `E20260720-${String((asked += 1)).padStart(6, "0")}`,
    request: {
      format: "csv",
      period: july,
      fundId: null,
      batchId: null,
      programmeId: null,
      unitId: null,
      cutOff: askedAt,
      isFull: false,
      ...changes,
    },
    askedBy: by,
    askedAt,
    triedAt: askedAt,
    purpose: null,
    isLocked: password !== null,
    failedAt: null,
    made: null,
  };
  expect(await world.uses.exports.put(one, password)).toBe(true);
  return one;
};

const event = (id: string) => ({
  source: "aws.s3",
  detail: { bucket: { name: "files" }, object: { key: `exports/requests/${id}.json` } },
});

const make = async (id: string) => createHandler(world.uses)(event(id));

const madeBytes = async (id: string): Promise<Buffer> => {
  const one = await world.uses.exports.get(id);
  const bytes = one?.made && (await world.uses.files.read(one.made.fileKey, 50_000_000));
  if (!bytes) throw new Error("the export was made");
  return Buffer.from(bytes);
};

const tableOf = (bytes: Buffer): Record<string, string>[] =>
  parse(bytes, { bom: true, columns: true });

test("20,000 payments of the embedded database come out once each, to the fen, in both formats", async () => {
  const fundId = "large" as FundId;
  await world.uses.funds.open(aFund("large", "UNION"));
  const startMs = Date.parse("2026-07-02T00:00:00Z");
  const transfers = Array.from({ length: 20_000 }, (_, index) =>
    caseTransfer(`SNX${String(index).padStart(9, "0")}` as ApplicationId, 1, {
      kind: "post",
      fundId,
      amountFen: fen(100 + index),
      at: instantOfMs(startMs + index * 10),
    }),
  );
  const chunks = Array.from({ length: 200 }, (_, index) =>
    transfers.slice(index * 100, index * 100 + 100),
  );
  await inParallel(chunks, 8, (chunk) => transact(world.uses.table, chunk.map(transferPut)));

  const csv = await ask({ kind: "journal", fundId });
  const xlsx = await ask({ kind: "journal", fundId, format: "xlsx" });
  await make(csv.id);
  await make(xlsx.id);

  const total = transfers.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const rows = tableOf(await madeBytes(csv.id));
  expect(rows).toHaveLength(40_000);
  expect(new Set(rows.map((row) => row["业务参考号"])).size).toBe(20_000);
  expect(rows.reduce((sum, row) => sum + Math.round(Number(row["借方金额"]) * 100), 0)).toBe(total);
  const sheet = await readSheet(await madeBytes(xlsx.id));
  expect(sheet).toHaveLength(40_001);
  for (const id of [csv.id, xlsx.id]) {
    expect((await world.uses.exports.get(id))?.made).toMatchObject({ rows: 40_000, sumFen: total });
  }
}, 180_000);

test("told of twice, late or after half a run, an export is made once and stays as it is", async () => {
  const one = await ask({ kind: "journal", fundId: "small" as FundId });
  expect(await make(one.id)).toEqual({ outcome: "made" });
  const before = await world.uses.exports.get(one.id);
  const [again, other] = await Promise.all([make(one.id), make("E20260720-ZZZZZZ")]);
  expect([again, other]).toEqual([{ outcome: "left" }, { outcome: "left" }]);
  expect(await world.uses.exports.get(one.id)).toEqual(before);
  const foreign = { detail: { object: { key: "exports/requests/../x.json" } } };
  expect(await createHandler(world.uses)(foreign)).toEqual({ outcome: "left" });
});

test("a try that fails says so, and the next one makes it", async () => {
  const one = await ask({ kind: "journal", fundId: "small" as FundId });
  const broken = {
    ...world.uses,
    files: {
      writeStream: async (): Promise<never> => {
        throw new Error("the store is away");
      },
    },
  };
  await expect(createHandler(broken)(event(one.id))).rejects.toThrow();
  expect((await world.uses.exports.get(one.id))?.failedAt).not.toBeNull();
  expect(await make(one.id)).toEqual({ outcome: "made" });
});

test("a file under a password needs the password: once it is gone, the export fails and says so", async () => {
  const one = await ask({ kind: "journal", fundId: "small" as FundId }, "geheim-2026");
  await make(one.id);
  expect(await world.uses.exports.password(one.id)).toBeNull();
  expect((await madeBytes(one.id)).subarray(0, 2).toString()).toBe("PK");

  const late = { ...(await ask({ kind: "journal" })), id: "E20260720-999999", isLocked: true };
  await world.uses.exports.put(late, null);
  await make(late.id);
  const failed = await world.uses.exports.get(late.id);
  expect(failed?.made).toBeNull();
  expect(failed?.failedAt).not.toBeNull();
});

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

test("a card that is mended after the payment changes nothing in a table with the same cut-off", async () => {
  const fundId = await openFund(world.uses, "mended", 100_000);
  const application = await reserveCase(world.uses, fundId, { applicantName: "赵六" });
  const batch = await sendBatch(world.uses, fundId);
  const bank = await readBankFile(world.uses, batch);
  const settled = await settle(
    world.uses,
    batch,
    bank.map((row) => returnLine(row)),
  );
  expect([settled.outcome, bank.length]).toEqual(["closed", 1]);
  world.moveClockTo("2026-07-21T01:00:00.000Z");

  const first = await ask({ kind: "payment_details", fundId, isFull: true });
  await make(first.id);
  const [row] = tableOf(await madeBytes(first.id));
  expect(row?.["姓名"]).toBe("赵六");

  const answers = await world.uses.cases.answers(application);
  const later = await world.uses.cases.get(application.id);
  if (!answers || !later) throw new Error("there is such a case");
  await world.uses.cases.commit({
    step: {
      before: later,
      after: { ...later, version: later.version + 1, answersVersion: later.answersVersion + 1 },
      event: {
        applicationId: later.id,
        version: later.version + 1,
        type: "card_mended",
        from: later.status,
        to: later.status,
        at: world.uses.clock.now(),
        actor: { kind: "applicant" },
        detail: {},
        confidential: null,
      },
    },
    answers: { ...answers, bankCardNumber: "6222020009999999993" },
  });
  const second = await ask({
    kind: "payment_details",
    fundId,
    isFull: true,
    cutOff: first.request.cutOff,
  });
  await make(second.id);
  expect(hashOf(await madeBytes(second.id))).toBe(hashOf(await madeBytes(first.id)));
});

test("a table takes in the programme and the office that were asked for, and nothing after its cut-off", async () => {
  const fundId = await openFund(world.uses, "filtered", 100_000);
  await reserveCase(world.uses, fundId, {}, fen(100));
  const batch = await sendBatch(world.uses, fundId);
  const bank = await readBankFile(world.uses, batch);
  const before: Instant = world.uses.clock.now();
  const settled = await settle(
    world.uses,
    batch,
    bank.map((row) => returnLine(row)),
  );
  expect([settled.outcome, bank.length]).toEqual(["closed", 1]);
  const count = async (changes: Partial<ExportRequest>): Promise<number> => {
    const one = await ask({ kind: "real_name_summary", fundId, ...changes });
    await make(one.id);
    return tableOf(await madeBytes(one.id)).length;
  };
  expect(await count({})).toBe(1);
  expect(await count({ cutOff: before })).toBe(0);
  expect(await count({ programmeId: "no-such-programme" })).toBe(0);
  expect(
    await count({ period: { from: localDate("2026-06-01"), to: localDate("2026-06-30") } }),
  ).toBe(0);
  expect(instant("2026-07-01T00:00:00.000Z") < before).toBe(true);
});
