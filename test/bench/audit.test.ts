/**
 * What the nightly audit and the reports cost: reads and time of an audit over 1,000 paid cases in real stores, and time
 * and memory of reports over a generated ledger of 131,072 payments.
 */
import { expect, test } from "vitest";
import { annualPack } from "#shared/casework/annual-pack.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import { reportFigures } from "#shared/casework/report-figures.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer, grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { aFund } from "#test/support/cases.ts";
import { aReservedCase } from "#test/support/disbursement.ts";
import {
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  settle,
  startDisbursementWorld,
} from "#test/support/disbursement-world.ts";

const paidCases = 1_000;
const payments = 131_072;
const heapMaxMb = 300;
const megabyte = 1_048_576;

/** Counts read capacity as the table reports it, by the client's own middleware. */
const meterReads = (
  client: Awaited<ReturnType<typeof startDisbursementWorld>>["uses"]["table"]["client"],
) => {
  const read = { calls: 0, units: 0 };
  client.middlewareStack.add(
    (next, context) => async (call) => {
      const isRead = /^(?:Query|GetItem|BatchGetItem)Command$/u.test(context.commandName ?? "");
      if (!isRead) return next(call);
      const input = { ...call.input, ReturnConsumedCapacity: "TOTAL" as const };
      const answer = await next({ ...call, input });
      const output = answer.output as unknown as {
        readonly ConsumedCapacity?: unknown;
      };
      read.calls += 1;
      for (const one of [output.ConsumedCapacity ?? []].flat()) {
        read.units += (one as { readonly CapacityUnits?: number }).CapacityUnits ?? 0;
      }
      return answer;
    },
    { step: "initialize" },
  );
  return read;
};

test(`an audit of ${paidCases} paid cases reads a few units a case`, async () => {
  const world = await startDisbursementWorld();
  const { uses } = world;
  const fundId = await openFund(uses, "bench", 10_000_000);
  for (let number = 0; number < paidCases; number += 1) {
    const household = `hh-${number}` as BlindIndex;
    await reserveCase(uses, fundId, {}, yuan(1000), { household, persons: [household] });
  }
  const batch = await sendBatch(uses, fundId);
  const rows = await readBankFile(uses, batch);
  await settle(
    uses,
    batch,
    rows.map((row) => returnLine(row)),
  );
  const read = meterReads(uses.table.client);
  const audits = [];
  for (const night of ["first", "next"]) {
    [read.calls, read.units] = [0, 0];
    const began = performance.now();
    const { run, findings } = await auditBooks(uses);
    const ms = Math.round(performance.now() - began);
    expect(findings).toEqual([]);
    audits.push({ night, ms, ...read, batches: run.batches, cases: run.cases });
  }
  await world.stop();
  for (const { night, ms, calls, units, batches } of audits) {
    console.log(
      `audit of ${paidCases} paid cases, ${night} night: ${ms} ms, ${calls} reads, ${units} read units, ${batches} batches`,
    );
  }
  expect(audits[0]?.units).toBeLessThan(6 * paidCases);
  expect(audits[1]?.units).toBeLessThan(4 * paidCases);
}, 600_000);

const idOf = (number: number): ApplicationId =>
  `SN${String(number).padStart(10, "0")}` as ApplicationId;
const fundId = "generated" as FundId;
const at = (number: number) => {
  const day = String((number % 28) + 1).padStart(2, "0");
  return instant(`2026-0${(number % 6) + 1}-${day}T04:00:00Z`);
};

/** A fund's ledger that is made while it is read; nobody holds all of it. */
const generated = (): Pick<Dependencies, "batches" | "cases" | "funds"> => {
  const amountFen = yuan(1000);
  const fund = {
    ...aFund("generated", "UNION"),
    openedAt: instant("2026-01-01T00:00:00Z"),
    grantedFen: fen(payments * amountFen),
    paidFen: fen(payments * amountFen),
  };
  const transfers = async function* (): AsyncGenerator<Transfer> {
    yield grantTransfer("G", { fundId, amountFen: fund.grantedFen, at: at(0) });
    for (let number = 0; number < payments; number += 1) {
      for (const kind of ["reserve", "post"] as const) {
        yield caseTransfer(idOf(number), 1, { kind, fundId, amountFen, at: at(number) });
      }
    }
  };
  const caseOf = (id: ApplicationId): Application => ({
    ...aReservedCase(0),
    id,
    status: "paid",
    fundId,
    submittedAt: instant("2025-12-20T01:00:00Z"),
    amountFen,
  });
  return {
    funds: { all: () => Promise.resolve([fund]), get: () => Promise.resolve(fund), transfers },
    cases: {
      queue: () => Promise.resolve({ rows: [], next: null }),
      getAll: (ids: readonly ApplicationId[]) => Promise.resolve(ids.map(caseOf)),
    },
    batches: { list: () => Promise.resolve([]) },
  } as unknown as Pick<Dependencies, "batches" | "cases" | "funds">;
};

test(`a report and an annual pack of ${payments} payments keep no list of transfers`, async () => {
  const world = await startDisbursementWorld();
  const uses = { ...world.uses, ...generated() };
  const clock = { now: () => instant("2026-07-20T01:00:00Z") };
  const measured = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    }, 20);
    const before = process.memoryUsage().heapUsed;
    const began = performance.now();
    const result = await work();
    clearInterval(watch);
    peak = Math.max(peak, process.memoryUsage().heapUsed);
    const mb = Math.round((peak - before) / megabyte);
    console.log(`${name}: ${Math.round(performance.now() - began)} ms, ${mb} MB of heap at most`);
    expect(mb).toBeLessThan(heapMaxMb);
    return result;
  };
  const year = { from: localDate("2026-01-01"), to: localDate("2026-12-31") };

  const { report } = await measured(`report of ${payments} payments`, () =>
    reportFigures({ ...uses, clock }, year, () => true),
  );
  const pack = await measured(`annual pack of ${payments} payments`, () =>
    annualPack({ ...uses, clock }, 2026),
  );

  expect(report.total).toMatchObject({ paid: payments, paidFen: payments * yuan(1000) });
  expect(pack.funds[0]?.kinds.get("post")).toEqual({
    count: payments,
    sumFen: payments * yuan(1000),
  });
  await world.stop();
}, 120_000);
