import { capturedOutput } from "#test/support/captured-output.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/audit-ledger/handler.ts";
import { alarms } from "#infra/manifest.ts";
import { updateRow } from "#shared/adapters/dynamodb/client.ts";
import { fundKey } from "#shared/adapters/dynamodb/keys.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { grantTo, startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { monday } from "#test/support/cases.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

/** A sound fund, and one whose balance somebody changed past the ledger. */
const begin = async () => {
  const uses = await beginAnew(world);
  await grantTo(uses, "sound", "UNION", 100);
  await tamper(await grantTo(uses, "changed", "CENTRAL", 100));
  return uses;
};
beforeEach(begin);

const tamper = (fundId: FundId) =>
  updateRow(world.uses.table, fundKey(fundId), {
    update: "SET availableFen = availableFen - :fen, paidFen = paidFen + :fen",
    expression: "attribute_exists(PK)",
    values: { ":fen": 1 },
  });

interface FaultLine {
  readonly level: string;
  readonly message: string;
  readonly fundId: string;
  readonly code: string;
}

/** Log lines about faults since a place in the output. */
const faultLines = (since: number): readonly FaultLine[] =>
  capturedOutput()
    .slice(since)
    .filter((line) => line.includes('"LedgerFault"'))
    .map((line) => JSON.parse(line) as FaultLine);

test("every fault is counted, and is a line of its own that the alarm of that name looks for", async () => {
  const since = capturedOutput().length;

  expect(await createHandler(world.uses)()).toEqual({ count: 2 });

  const line = ["ERROR", "LedgerFault", "changed", "differs_from_transfers"];
  expect(
    faultLines(since).map(({ level, message, fundId, code }) => [level, message, fundId, code]),
  ).toEqual([line, line]);
  const alarm = alarms.find(({ name }) => name === "ledger-fault");
  expect(alarm).toMatchObject({ metric: "LedgerFault", writtenBy: "audit-ledger", threshold: 1 });
});

test("books in order are no line and no count", async () => {
  const uses = await beginAnew(world);
  await grantTo(uses, "sound", "UNION", 100);
  const since = capturedOutput().length;
  expect(await createHandler(uses)()).toEqual({ count: 0 });
  expect(faultLines(since)).toEqual([]);
});

test("it changes nothing but the freeze, finds the same again the next night, and mends nothing by itself", async () => {
  const moneyOf = async () =>
    (await endStateOf(world)).rows.filter(({ PK }) => !String(PK).startsWith("AUDIT"));
  const before = await moneyOf();
  const frozen = { at: monday, code: "differs_from_transfers" };
  const expected = before.map((row) => (row["PK"] === "FUND#changed" ? { ...row, frozen } : row));
  expect(await createHandler(world.uses)()).toEqual({ count: 2 });
  expect(await moneyOf()).toEqual(expected);
  expect(await createHandler(world.uses)()).toEqual({ count: 2 });
  expect(await moneyOf()).toEqual(expected);
});

test("an audit that was cut off says nothing of the books, and the next one says all", async () => {
  const { faults } = await surviveEveryCrash({
    begin,
    run: async (uses, attempt) => {
      const { count } = await createHandler(uses)();
      expect(count, `attempt ${attempt}`).toBe(2);
    },
    end: () => endStateOf(world),
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      "before funds.all",
      "before funds.transfers",
      "before audit.report",
      "after audit.report",
      "after audit.putRun",
    ]),
  );
});
