import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  queryRows,
  rowsUnder,
  tableFromEnvironment,
  transact,
  updateRow,
  type Table,
  type TransactionItem,
} from "#shared/adapters/dynamodb/client.ts";
import { createFundStore } from "#shared/adapters/dynamodb/fund-store.ts";
import { caseTransfer, grantTransfer } from "#shared/domain/ledger.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { balanceUpdate, transferPut } from "#shared/adapters/dynamodb/case-rows.ts";
import { aFund, applicationIdOf, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
let table: Table;
beforeAll(async () => {
  store = await startStore();
  ({ table } = store);
});
afterAll(() => store.stop());
afterEach(() => void vi.useRealTimers());

const key = (PK: string, SK = "A") => ({ PK, SK });

test("a row comes back as it was put; what is null is not stored, and what isn't there is null", async () => {
  const row = {
    ...key("whole"),
    text: "工会",
    amountFen: 500_000,
    yes: true,
    list: ["a", "b"],
    inner: { one: 1 },
    bytes: Uint8Array.of(0, 255),
  };
  expect(await putRow(table, { ...row, nothing: null, missing: undefined })).toBe(true);
  expect(await getRow(table, key("whole"))).toEqual(row);
  expect(await getRow(table, key("whole", "B"))).toBeNull();
});

test("a condition that doesn't hold is an answer, and changes nothing", async () => {
  expect(await putRow(table, { ...key("once"), by: "first" }, absent)).toBe(true);
  expect(await putRow(table, { ...key("once"), by: "second" }, absent)).toBe(false);
  const change = { update: "SET #by = :by", names: { "#by": "by" }, values: { ":by": "third" } };
  const ifNobody = { ...change, expression: "attribute_not_exists(#by)" };
  expect(await updateRow(table, key("once"), ifNobody)).toBeNull();
  expect(await getRow(table, key("once"))).toMatchObject({ by: "first" });
  const always = { ...change, expression: "" };
  expect(await updateRow(table, key("once"), always)).toMatchObject({ by: "third" });
});

test("any other error is no answer and escapes", async () => {
  const gone = { ...table, name: "no-such-table" };
  await expect(getRow(gone, key("x"))).rejects.toThrow();
  await expect(putRow(gone, key("x"), absent)).rejects.toThrow();
  await expect(updateRow(gone, key("x"), { update: "", expression: "" })).rejects.toThrow();
  await expect(transact(gone, [{ put: key("x") }])).rejects.toThrow();
});

test("a query goes on where its page ended, and all of it can be had at once", async () => {
  for (const SK of ["R#1", "R#2", "R#3", "S#1"]) await putRow(table, { ...key("many", SK) });
  const input = { KeyConditionExpression: "PK = :pk", values: { ":pk": "many" }, Limit: 2 };

  const first = await queryPage(table, input);
  const second = await queryPage(table, { ...input, after: first.next! });
  const all = [];
  for await (const { SK } of queryRows(table, input)) all.push(SK);

  expect(first.rows.map(({ SK }) => SK)).toEqual(["R#1", "R#2"]);
  expect(second.rows.map(({ SK }) => SK)).toEqual(["R#3", "S#1"]);
  expect(all).toEqual(["R#1", "R#2", "R#3", "S#1"]);
  expect((await rowsUnder(table, "many", "R#")).map(({ SK }) => SK)).toEqual(["R#1", "R#2", "R#3"]);
});

test("a transaction writes all or nothing, and says which conditions failed", async () => {
  await putRow(table, key("taken"));
  const refused = await transact(table, [
    { put: key("free"), condition: absent },
    { put: key("taken"), condition: absent },
    {
      update: key("free", "B"),
      change: { update: "SET a = :a", expression: "", values: { ":a": 1 } },
    },
    { put: key("taken", "B"), condition: { expression: "attribute_exists(PK)" } },
  ]);
  expect(refused).toEqual({ kind: "refused", failed: [false, true, false, true] });
  expect(await getRow(table, key("free"))).toBeNull();
  expect(await getRow(table, key("free", "B"))).toBeNull();
});

test("the table is the one the environment names", () => {
  expect(tableFromEnvironment({ TABLE_NAME: "relief" }).name).toBe("relief");
});

// What the embedded store never does, and the service does.

const items: readonly TransactionItem[] = [
  { put: { ...key("one"), amountFen: 1 }, condition: absent },
  { put: { ...key("two"), amountFen: 2 }, condition: absent },
  { put: key("three") },
];
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const conflict = cancelled("None", "TransactionConflict", "None");

/** A table that only answers what it is told to. */
const failingTable = () => {
  const client = new DynamoDBClient({ region: "us-east-1" });
  const mock = mockClient(client);
  onTestFinished(() => mock.restore());
  return {
    table: { name: "t", client } satisfies Table,
    transactions: mock.on(TransactWriteItemsCommand),
    sent: () => mock.commandCalls(TransactWriteItemsCommand).map(({ args }) => args[0].input),
    mock,
  };
};

test.each([
  ["TransactionConflict", "None", "None"],
  ["None", "ThrottlingError", "None"],
  ["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"],
])("%s, %s, %s: it is tried again with the same payload and the same token", async (...codes) => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const failing = failingTable();
  failing.transactions
    .rejectsOnce(cancelled(...codes))
    .rejectsOnce(conflict)
    .resolves({});

  const outcome = transact(failing.table, items);
  await vi.runAllTimersAsync();

  expect(await outcome).toEqual({ kind: "committed" });
  const [first, ...retries] = failing.sent();
  expect(retries).toHaveLength(2);
  for (const retry of retries) expect(retry).toEqual(first);
  expect(first?.ClientRequestToken).toMatch(/^[\w-]{36}$/u);
});

test("a later call has a token of its own: only the conditions know what an earlier one did", async () => {
  const failing = failingTable();
  failing.transactions.resolves({});
  await transact(failing.table, items);
  await transact(failing.table, items);
  const tokens = failing.sent().map(({ ClientRequestToken }) => ClientRequestToken);
  expect(new Set(tokens).size).toBe(2);
});

test("conflicts beside a failed condition: the condition is the answer, and nothing is tried again", async () => {
  const failing = failingTable();
  failing.transactions.rejects(
    cancelled("ConditionalCheckFailed", "TransactionConflict", "ThrottlingError"),
  );
  expect(await transact(failing.table, items)).toEqual({
    kind: "refused",
    failed: [true, false, false],
  });
  expect(failing.sent()).toHaveLength(1);
});

test.each([
  ["TransactionConflict", "ValidationError", "None"],
  ["ItemCollectionSizeLimitExceeded", "None", "None"],
  ["None", "None", "None"],
])("%s, %s, %s: a mistake of ours is thrown, and never tried again", async (...codes) => {
  const failing = failingTable();
  const error = cancelled(...codes);
  failing.transactions.rejects(error);
  await expect(transact(failing.table, items)).rejects.toBe(error);
  expect(failing.sent()).toHaveLength(1);
});

test("kept out for ten tries it gives up as StoreContended, within seconds, and says why", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const failing = failingTable();
  failing.transactions.rejects(conflict);
  const outcome = transact(failing.table, items).catch((error: unknown) => error);

  // Full jitter: each wait is anywhere below its ceiling, which doubles up to 800 ms.
  for (const [waits, ceilingMs] of [50, 100, 200, 400, 800, 800, 800, 800, 800].entries()) {
    expect(failing.sent().length).toBeGreaterThanOrEqual(waits + 1);
    await vi.advanceTimersByTimeAsync(ceilingMs);
  }

  const error = await outcome;
  expect(error).toBeInstanceOf(StoreContended);
  expect(error).toMatchObject({ code: "store_contended", cause: conflict });
  expect(failing.sent()).toHaveLength(10);
});

test("waits differ, so that those who collided don't collide again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const waits = [];
  for (let round = 0; round < 20; round += 1) {
    const failing = failingTable();
    failing.transactions.rejectsOnce(conflict).resolves({});
    const outcome = transact(failing.table, items);
    let waitedMs = 0;
    for (; failing.sent().length < 2 && waitedMs <= 50; waitedMs += 1) {
      await vi.advanceTimersByTimeAsync(1);
    }
    await outcome;
    waits.push(waitedMs);
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual(51);
  expect(new Set(waits).size).toBeGreaterThan(5);
});

test("a busy table refuses a single write for good only as an error, never as a failed condition", async () => {
  const failing = failingTable();
  const throttled = new ProvisionedThroughputExceededException({ message: "", $metadata: {} });
  failing.mock.on(PutItemCommand).rejects(throttled);
  failing.mock.on(GetItemCommand).rejects(throttled);
  await expect(putRow(failing.table, key("x"), absent)).rejects.toBe(throttled);
  await expect(getRow(failing.table, key("x"))).rejects.toBe(throttled);
  const failed = new ConditionalCheckFailedException({ message: "", $metadata: {} });
  failing.mock.on(PutItemCommand).rejects(failed);
  expect(await putRow(failing.table, key("x"), absent)).toBe(false);
});

/** A client of the real store whose next replies get lost on their way back, after the store has done its work. */
const deafTable = (lost: number): { readonly table: Table; readonly attempts: () => number } => {
  const { endpoint, credentials, region } = table.client.config;
  const client = new DynamoDBClient({
    region,
    credentials,
    endpoint: endpoint!,
    maxAttempts: 5,
    retryMode: "standard",
  });
  let attempts = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const reply = await next(args);
      attempts += 1;
      if (attempts > lost) return reply;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    },
    // Within the SDK's own retries, which wrap this step.
    { step: "deserialize", priority: "high", name: "lostReply" },
  );
  onTestFinished(() => client.destroy());
  return { table: { ...table, client }, attempts: () => attempts };
};

const fundWith = async (id: string): Promise<FundId> => {
  const { funds } = store;
  const fundId = id as FundId;
  await funds.open(aFund(id));
  await funds.grant(grantTransfer("V1", { fundId, amountFen: yuan(10_000), at: monday }));
  return fundId;
};
const reserveOf = (fundId: FundId) =>
  caseTransfer(applicationIdOf(1), 1, {
    kind: "reserve",
    fundId,
    amountFen: yuan(5_000),
    at: monday,
  });

test("a reply that gets lost after the effect: the SDK asks again, and the money moved once", async () => {
  const fundId = await fundWith("lost-once");
  const deaf = deafTable(2);
  const reserve = reserveOf(fundId);

  const outcome = await transact(deaf.table, [transferPut(reserve), balanceUpdate([reserve])]);

  expect(outcome).toEqual({ kind: "committed" });
  expect(deaf.attempts()).toBe(3);
  expect(await store.funds.get(fundId)).toMatchObject({
    availableFen: yuan(5_000),
    reservedFen: yuan(5_000),
  });
});

test("a call whose every reply got lost fails; called again it learns that its work was done", async () => {
  const fundId = await fundWith("lost-for-good");
  const voucher = grantTransfer("V2", { fundId, amountFen: yuan(1), at: monday });

  await expect(createFundStore(deafTable(5).table).grant(voucher)).rejects.toThrow("hang up");
  expect(await store.funds.grant(voucher)).toBe("already_done");

  expect((await store.funds.get(fundId))?.grantedFen).toBe(yuan(10_001));
});
