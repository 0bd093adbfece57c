import { afterAll, beforeAll, expect, test } from "vitest";
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { updateRow, type Key } from "#shared/adapters/dynamodb/client.ts";
import {
  awardAccountKey,
  batchItemKey,
  batchKey,
  fundKey,
  transferKey,
} from "#shared/adapters/dynamodb/keys.ts";
import { auditAccounts } from "#shared/casework/audit-accounts.ts";
import { auditBatches } from "#shared/casework/audit-batches.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import { auditCases } from "#shared/casework/audit-cases.ts";
import { auditFunds } from "#shared/casework/audit-ledger.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { newBatch } from "#shared/domain/disbursement.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import {
  newBatchId,
  type ApplicationId,
  type BlindIndex,
  type FundId,
  type StaffId,
} from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
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
import { maker, monday } from "#test/support/disbursement.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const administrator = "ST000ADMIN" as StaffId;

/** A fund whose batch of two was paid and one refused, and one case more that waits. */
const paidFund = async (
  name: string,
): Promise<{ fundId: FundId; batch: Batch; ids: readonly ApplicationId[] }> => {
  const { uses } = world;
  const fundId = await openFund(uses, name, 100_000);
  const ids: ApplicationId[] = [];
  for (const place of [1, 2, 3]) {
    const household = `hh-${name}-${place}` as BlindIndex;
    ids.push(
      (await reserveCase(uses, fundId, {}, yuan(5000), { household, persons: [household] })).id,
    );
  }
  const batch = await sendBatch(uses, fundId);
  const rows = await readBankFile(uses, batch);
  const lines = rows.map((row, index) =>
    index === 2 ? returnLine(row, "失败", "户名与账号不符") : returnLine(row),
  );
  await settle(uses, batch, lines);
  return { fundId, batch, ids };
};

const auditOf = async (fundId: FundId): Promise<readonly Finding[]> =>
  (await auditBooks(world.uses)).findings.filter((finding) => finding.fundId === fundId);

/** Writes into a row past the program, as a person with access to the table could. */
const tamper = (key: Key, update: string, values: Readonly<Record<string, unknown>>) =>
  updateRow(world.uses.table, key, { update, expression: "attribute_exists(PK)", values });

const remove = (key: Key) => {
  const { client, name } = world.uses.table;
  return client.send(new DeleteItemCommand({ TableName: name, Key: marshall(key) }));
};

const tryBatch = (fundId: FundId) =>
  world.uses.batches.create(
    newBatch(newBatchId("2026-07-20", world.uses.random(6)), {
      fundId,
      makerId: maker,
      at: monday,
    }),
  );

/** Somebody looked into it and clears the fund with words. */
const clear = async (fundId: FundId) => {
  const fund = await world.uses.funds.get(fundId);
  if (!fund?.frozen) throw new Error("the fund is frozen");
  return world.uses.audit.clear({
    fundId,
    frozenAt: fund.frozen.at,
    by: administrator,
    at: world.uses.clock.now(),
    words: "查明：人工改动已恢复",
  });
};

test("books in order have no finding, and every fen of them is explained", async () => {
  const { fundId } = await paidFund("sound");

  const { run, findings } = await auditBooks(world.uses);

  expect(findings).toEqual([]);
  expect(run).toMatchObject({ funds: 1, transfers: 6, cases: 3, accounts: 3, batches: 1 });
  expect(run.explainedFen).toBe(run.movedFen);
  // 100,000 came in, 3 × 5,000 were set aside and 2 × 5,000 paid.
  expect(run.movedFen).toBe(yuan(125_000));
  expect(await tryBatch(fundId)).toBe("created");
  expect((await world.uses.audit.runs(1))[0]).toEqual(run);
});

test("each part of the audit says what it looked at by itself", async () => {
  const { uses } = world;
  const { fundId } = await paidFund("parts");
  const { tally } = await auditFunds(uses);
  const now = uses.clock.now();

  expect(await auditCases(uses, tally.cycles, now)).toMatchObject({ findings: [], unsettled: 0 });
  expect(await auditCases(uses, new Map(), now)).toMatchObject({ cases: 0, accounts: 0 });
  expect(await auditAccounts(uses, [], now)).toEqual({ findings: [], unsettled: 0 });
  // Its own, and the empty one of the test before.
  expect((await auditBatches(uses, now)).looked).toBe(2);
  expect(tally.balances.get(fundId)?.paidFen).toBe(yuan(10_000));
});

test("a batch that was found in order is not read again before something of it changes, or a week is over", async () => {
  await auditBooks(world.uses);
  expect((await auditBooks(world.uses)).run.batches).toBe(0);
  await paidFund("again");
  await auditBooks(world.uses);
  expect((await auditBooks(world.uses)).run.batches).toBe(0);
  world.moveClockTo("2026-07-29T00:00:00Z");
  expect((await auditBooks(world.uses)).run.batches).toBeGreaterThanOrEqual(2);
});

test("a balance that was edited is found, freezes the fund for new batches, and is cleared by a person", async () => {
  const { fundId } = await paidFund("balance");
  await tamper(
    fundKey(fundId),
    "SET availableFen = availableFen + :by, grantedFen = grantedFen + :by",
    {
      ":by": 7,
    },
  );

  const found = await auditOf(fundId);

  expect(
    found.map(({ code, detail, expected, found: is }) => [code, detail, expected, is]),
  ).toEqual([
    ["differs_from_transfers", "granted", yuan(100_000), yuan(100_000) + 7],
    ["differs_from_transfers", "available", yuan(85_000), yuan(85_000) + 7],
  ]);
  expect(await tryBatch(fundId)).toBe("fund_frozen");
  expect((await world.uses.audit.open()).filter((one) => one.fundId === fundId)).toHaveLength(2);

  await tamper(
    fundKey(fundId),
    "SET availableFen = availableFen - :by, grantedFen = grantedFen - :by",
    {
      ":by": 7,
    },
  );
  // Mended, and still frozen: a person says so, not the next night.
  expect(await auditOf(fundId)).toEqual([]);
  expect(await tryBatch(fundId)).toBe("fund_frozen");
  expect(await clear(fundId)).toBe("cleared");
  expect(await tryBatch(fundId)).toBe("created");
  const history = (await world.uses.audit.cleared(monday)).filter((one) => one.fundId === fundId);
  expect(history.map(({ code, clearedBy, words }) => [code, clearedBy, words])).toEqual([
    ["differs_from_transfers", administrator, "查明：人工改动已恢复"],
    ["differs_from_transfers", administrator, "查明：人工改动已恢复"],
  ]);
  expect((await world.uses.audit.open()).filter((one) => one.fundId === fundId)).toEqual([]);
});

test("a transfer that was taken out is missed in the fund, at its case and in its batch", async () => {
  const { fundId, ids } = await paidFund("robbed");
  await remove(transferKey({ subject: `${ids[0]}:1`, kind: "post" }));

  const found = await auditOf(fundId);

  expect(found.map(({ code, place }) => [code, place.kind])).toEqual([
    ["differs_from_transfers", "fund"],
    ["differs_from_transfers", "fund"],
    ["case_differs", "case"],
    ["item_transfer", "batch"],
  ]);
  expect(await tryBatch(fundId)).toBe("fund_frozen");
});

test("a transfer without its reservation, and one whose amount was edited, are found", async () => {
  const { fundId, ids } = await paidFund("edited");
  await tamper(transferKey({ subject: `${ids[1]}:1`, kind: "post" }), "SET amountFen = :a", {
    ":a": yuan(6000),
  });

  const codes = new Set((await auditOf(fundId)).map(({ code }) => code));

  expect([...codes].toSorted()).toEqual([
    "differs_from_transfers",
    "item_transfer",
    "reservation_broken",
  ]);
});

test("an item, a batch's head and a batch's lock that were edited are found", async () => {
  const { fundId, batch, ids } = await paidFund("batch");
  const key = batchItemKey(batch.id, `${ids[0]}-1`);
  await tamper(key, "SET amountFen = :a", { ":a": yuan(5001) });
  expect((await auditOf(fundId)).map(({ code, detail }) => [code, detail])).toEqual([
    ["batch_sum", ""],
    ["batch_lock", ""],
    ["item_transfer", `${ids[0]}-1`],
  ]);
  await tamper(key, "SET amountFen = :a", { ":a": yuan(5000) });
  await tamper(batchKey(batch.id), "SET sumFen = :a REMOVE fileSha256", { ":a": yuan(20_000) });
  expect((await auditOf(fundId)).map(({ code }) => code)).toEqual(["batch_sum", "batch_file"]);
  await tamper(batchKey(batch.id), "SET sumFen = :a, fileSha256 = :b, checkerId = :c", {
    ":a": yuan(15_000),
    ":b": "x",
    ":c": maker,
  });
  expect((await auditOf(fundId)).map(({ code }) => code)).toEqual(["batch_people"]);
});

test("a household's year that was edited is found at its case, without naming the household", async () => {
  const { fundId, ids } = await paidFund("year");
  const key = awardAccountKey("hh-year-1" as BlindIndex, 2025);
  await updateRow(world.uses.table, key, {
    update: "SET #total = #total - :by",
    expression: "attribute_exists(PK)",
    names: { "#total": "total" },
    values: { ":by": yuan(4000) },
  });

  const found = await auditOf(fundId);

  expect(
    found.map(({ code, place, detail, expected, found: is }) => [
      code,
      place.id,
      detail,
      expected,
      is,
    ]),
  ).toEqual([["account_differs", ids[0], "total", yuan(5000), yuan(1000)]]);
  expect(JSON.stringify(found)).not.toContain("hh-year-1");
});

test("what a household has beyond the policy's year is found though every sum agrees", async () => {
  const { fundId } = await paidFund("cap");
  const household = "hh-cap-1" as BlindIndex;
  await reserveCase(world.uses, fundId, {}, yuan(80_000), { household, persons: [household] });

  expect((await auditOf(fundId)).map(({ code }) => code)).toContain("over_cap");
});

test("clearing on an old page is refused when the audit has found more since, and the fund stays frozen", async () => {
  const { fundId } = await paidFund("later");
  await tamper(fundKey(fundId), "SET paidFen = paidFen + :by, availableFen = availableFen - :by", {
    ":by": 1,
  });
  await auditBooks(world.uses);
  const frozenAt = (await world.uses.funds.get(fundId))?.frozen?.at ?? monday;
  await auditBooks(world.uses);
  const asShown = { fundId, frozenAt, by: administrator, at: world.uses.clock.now(), words: "x" };

  expect(await world.uses.audit.clear(asShown)).toBe("stale");
  expect(await tryBatch(fundId)).toBe("fund_frozen");
  expect(await clear(fundId)).toBe("cleared");
});

test("cleared and not mended, it is found anew the next night", async () => {
  const { fundId } = await paidFund("anew");
  await tamper(fundKey(fundId), "SET paidFen = paidFen + :by, availableFen = availableFen - :by", {
    ":by": 1,
  });
  await auditBooks(world.uses);
  await clear(fundId);
  expect(await tryBatch(fundId)).toBe("created");

  const second = (await auditBooks(world.uses)).run.at;

  expect(await tryBatch(fundId)).toBe("fund_frozen");
  const open = (await world.uses.audit.open()).filter((one) => one.fundId === fundId);
  expect(open.map(({ firstSeenAt }) => firstSeenAt)).toEqual([second, second]);
});

test("a reservation goes on in a frozen fund, and so does a batch that is under way", async () => {
  const { fundId } = await paidFund("goes-on");
  await tamper(fundKey(fundId), "SET grantedFen = grantedFen + :by", { ":by": 1 });
  await auditBooks(world.uses);

  await reserveCase(world.uses, fundId);

  expect((await world.uses.funds.get(fundId))?.reservedFen).toBe(yuan(10_000));
});
