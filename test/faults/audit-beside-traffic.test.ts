import { afterAll, beforeAll, expect, test } from "vitest";
import { auditBooks } from "#shared/casework/audit-books.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import type { BlindIndex, FundId } from "#shared/kernel/ids.ts";
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

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const settleAll = async (fundId: FundId): Promise<void> => {
  const batch = await sendBatch(world.uses, fundId);
  const rows = await readBankFile(world.uses, batch);
  await settle(
    world.uses,
    batch,
    rows.map((row) => returnLine(row)),
  );
};

test("money that moves all the while is no finding", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "busy", 1_000_000);
  const traffics = { moving: true };
  const traffic = async (): Promise<void> => {
    for (let number = 0; traffics.moving; number += 1) {
      await reserveCase(uses, fundId, {}, yuan(100), {
        household: `hh-busy-${number % 5}` as BlindIndex,
      });
      await uses.funds.grant(
        grantTransfer(`busy-${number}`, { fundId, amountFen: yuan(1), at: uses.clock.now() }),
      );
      if (number % 8 === 7) await settleAll(fundId);
    }
  };
  const working = traffic();
  const found: Finding[] = [];
  for (let night = 0; night < 5; night += 1) found.push(...(await auditBooks(uses)).findings);
  traffics.moving = false;
  await working;

  expect(found).toEqual([]);
  const { run, findings } = await auditBooks(uses);
  expect(findings).toEqual([]);
  expect(run).toMatchObject({ unsettled: 0, findings: 0 });
  expect(run.explainedFen).toBe(run.movedFen);
  expect((await uses.funds.get(fundId))?.frozen).toBeNull();
});
