import { noAccountLimits } from "#shared/domain/account-limits.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateRow } from "#shared/adapters/dynamodb/client.ts";
import { fundKey } from "#shared/adapters/dynamodb/keys.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import type { Application, CaseEvent } from "#shared/domain/application.ts";
import { caseTransfer, grantTransfer } from "#shared/domain/ledger.ts";
import { instant, type Instant } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { monday } from "#test/support/cases.ts";
import {
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

/** Writes into a fund's row past the ledger, as a person with access to the table could. */
const tamper = (fundId: FundId, changes: Readonly<Record<string, number>>) =>
  updateRow(world.uses.table, fundKey(fundId), {
    update: `SET ${Object.keys(changes)
      .map((name) => `${name} = ${name} + :${name}`)
      .join(", ")}`,
    expression: "attribute_exists(PK)",
    values: Object.fromEntries(Object.entries(changes).map(([name, by]) => [`:${name}`, by])),
  });

const approvedEvent = ({ id }: Application, at: Instant): CaseEvent => ({
  applicationId: id,
  version: 4,
  type: "approved",
  from: "in_approval",
  to: "reserved",
  at,
  actor: { kind: "system", task: "test" },
  detail: {},
  confidential: null,
});

const faultsOf = async (fundId: FundId) =>
  (await auditLedger(world.uses)).filter((fault) => fault.fundId === fundId);

test("books in which every balance follows from the transfers have no fault, over months", async () => {
  const fundId = await grantTo(world.uses, "sound", "UNION", 9_000);
  const { application } = await storeAskedCase(world.uses, 1);
  const after = { ...application, version: 4, status: "reserved" as const, fundId };
  const event = approvedEvent(application, monday);
  const transfer = caseTransfer(application.id, 1, {
    kind: "reserve",
    fundId,
    amountFen: yuan(5_000),
    at: monday,
  });
  await world.uses.cases.commit({
    step: { before: application, after, event },
    transfer,
    accountLimits: noAccountLimits,
  });
  world.moveClockTo(instant("2026-10-03T00:00:00Z"));
  await grantTo(world.uses, "sound", "UNION", 1);

  expect(await auditLedger(world.uses)).toEqual([]);
});

test("a reservation filed before the grant that it lives on, by a clock that is behind, is no fault", async () => {
  const fundId = await grantTo(world.uses, "skewed", "UNION", 5_000);
  const { application } = await storeAskedCase(world.uses, 2);
  const at = instant("2026-07-19T23:59:59.998Z");
  const after = { ...application, version: 4, status: "reserved" as const, fundId };
  const event = approvedEvent(application, at);
  const transfer = caseTransfer(application.id, 1, {
    kind: "reserve",
    fundId,
    amountFen: yuan(5_000),
    at,
  });
  await world.uses.cases.commit({
    step: { before: application, after, event },
    transfer,
    accountLimits: noAccountLimits,
  });

  expect(await faultsOf(fundId)).toEqual([]);
});

test("a balance that was written past the ledger is found, by the first thing that is wrong with it", async () => {
  const moved = await grantTo(world.uses, "moved", "UNION", 100);
  await tamper(moved, { availableFen: -1, reservedFen: 1 });
  const vanished = await grantTo(world.uses, "vanished", "UNION", 100);
  await tamper(vanished, { availableFen: -1 });
  const below = await grantTo(world.uses, "below", "UNION", 100);
  await tamper(below, { availableFen: -20_000, paidFen: 20_000 });
  const given = await grantTo(world.uses, "given", "UNION", 100);
  await tamper(given, { availableFen: 100, grantedFen: 100 });

  expect(await faultsOf(moved)).toEqual([{ fundId: moved, code: "differs_from_transfers" }]);
  expect(await faultsOf(vanished)).toEqual([{ fundId: vanished, code: "does_not_add_up" }]);
  expect(await faultsOf(below)).toEqual([{ fundId: below, code: "below_zero" }]);
  expect(await faultsOf(given)).toEqual([{ fundId: given, code: "differs_from_transfers" }]);
});

test("a transfer that was taken out of the ledger is missed", async () => {
  const fundId = await grantTo(world.uses, "robbed", "UNION", 100);
  const funds = {
    ...world.uses.funds,
    transfers: async function* (...asked: Parameters<typeof world.uses.funds.transfers>) {
      let first = true;
      for await (const transfer of world.uses.funds.transfers(...asked)) {
        if (!first || asked[0] !== fundId) yield transfer;
        first = false;
      }
    },
  };

  const faults = await auditLedger({ ...world.uses, funds });

  expect(faults).toContainEqual({ fundId, code: "differs_from_transfers" });
});

test("money that comes while the transfers are read is no fault: the fund is looked at again", async () => {
  const fundId = await grantTo(world.uses, "busy", "UNION", 100);
  let comings = 0;
  const funds = {
    ...world.uses.funds,
    all: async () => (await world.uses.funds.all()).filter(({ id }) => id === fundId),
    transfers: async function* (...asked: Parameters<typeof world.uses.funds.transfers>) {
      comings += 1;
      if (comings <= 3) {
        const at = world.uses.clock.now();
        await world.uses.funds.grant(
          grantTransfer(`busy-${comings}`, { fundId, amountFen: yuan(7), at }),
        );
      }
      yield* world.uses.funds.transfers(...asked);
    },
  };

  expect(await auditLedger({ ...world.uses, funds })).toEqual([]);
  expect(comings).toBe(2);
});
