/** The same stores over the embedded database, with the real adapters; and what both forms must agree on. */
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { TestStore } from "#test/support/store.ts";
import type { MoneyStores, Snapshot } from "./stores.ts";
import type { World } from "./world.ts";

export const storedStores = ({
  cases,
  funds,
  fundOrders,
  batches,
  table,
}: TestStore): MoneyStores => ({
  cases: {
    ...cases,
    begin: async (draft) => {
      await putRow(table, applicationRow(draft));
    },
  },
  funds,
  fundOrders,
  batches,
});

const present = <Value>(values: readonly (Value | null)[]): readonly Value[] =>
  values.filter((value) => value !== null);

/** The rows that a step may have changed, each read strongly. */
export const rowsOf = async ({
  stores,
  cases,
  funds,
  batches,
}: World): Promise<Pick<Snapshot, "cases" | "funds" | "batches">> => {
  const [allCases, allFunds, allBatches] = await Promise.all([
    Promise.all(cases.map((id) => stores.cases.get(id))),
    Promise.all(funds.map((id) => stores.funds.get(id))),
    Promise.all(batches.map((id) => stores.batches.get(id))),
  ]);
  return { cases: present(allCases), funds: present(allFunds), batches: present(allBatches) };
};

/** All of one world's money as the table has it. */
export const snapshotOf = async (store: TestStore, world: World): Promise<Snapshot> => {
  const rows = await rowsOf(world);
  const transfers: Transfer[] = [];
  for (const id of world.funds) {
    for await (const one of store.funds.transfers(id, "2026-07", "2027-12")) transfers.push(one);
  }
  const items = await Promise.all(world.batches.map((id) => store.batches.items(id)));
  const households = new Set(rows.cases.flatMap(({ household }) => household ?? []));
  const claims = await Promise.all([...households].map((one) => store.cases.claimsOf(one)));
  return { ...rows, transfers, items: items.flat(), claims: claims.flat() };
};

const byKey = <Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): readonly Value[] => values.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** In an order of its own, without what only the table has: the chain's hashes, and those of payees. */
export const comparable = (snapshot: Partial<Snapshot>): unknown => {
  const {
    cases = [],
    funds = [],
    batches = [],
    transfers = [],
    items = [],
    claims = [],
  } = snapshot;
  return JSON.parse(
    JSON.stringify({
      cases: byKey(cases, ({ id }) => id).map(({ chainHead: _hash, ...rest }) => rest),
      funds: byKey(funds, ({ id }) => id),
      batches: byKey(batches, ({ id }) => id),
      transfers: byKey(
        transfers,
        ({ subject, kind, voucher = "" }) => `${subject} ${kind} ${voucher}`,
      ),
      items: byKey(items, ({ batchId, reference }) => `${batchId} ${reference}`).map(
        ({ payeeHash: _hash, ...rest }) => rest,
      ),
      claims: byKey(claims, (claim) => `${claim.household} ${claim.programmeId}`),
    }),
  ) as unknown;
};
