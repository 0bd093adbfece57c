/** Which account a fund pays from, on the fund's row, and each change of it as a row of its own. */
import { invariant } from "#shared/kernel/assert.ts";
import type { PayingAccountChange } from "#shared/domain/paying-account.ts";
import type { PayingAccounts } from "#shared/ports/paying-accounts.ts";
import { absent, rowsUnder, transact, type Row, type Table } from "./client.ts";
import { fundKey, payingAccountKey, payingAccountPrefix } from "./keys.ts";

const changeOf = ({ PK: _partition, SK: _sortKey, ...change }: Row): PayingAccountChange =>
  change as unknown as PayingAccountChange;

export const createPayingAccounts = (table: Table): PayingAccounts => ({
  set: async (fundId, change) => {
    const outcome = await transact(table, [
      { put: { ...payingAccountKey(fundId, change.number), ...change }, condition: absent },
      {
        update: fundKey(fundId),
        change: {
          update: "SET payingAccount = :account",
          expression: "attribute_exists(PK)",
          values: { ":account": change.account },
        },
      },
    ]);
    if (outcome.kind === "committed") return "committed";
    invariant(outcome.failed[0], "an account is set for a fund that exists");
    return "stale";
  },
  changes: async (fundId) =>
    (await rowsUnder(table, fundKey(fundId).PK, payingAccountPrefix)).map(changeOf),
});
