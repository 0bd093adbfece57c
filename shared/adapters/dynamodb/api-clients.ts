/** Clients of the JSON API, all in one partition: a city has few, and each is found by the hash of its key. */
import type { ApiClient } from "#shared/domain/api-client.ts";
import type { ApiClients } from "#shared/ports/api-clients.ts";
import { getRow, putRow, rowsUnder, updateRow, type Row, type Table } from "./client.ts";
import { apiClientKey, apiClientsPartition } from "./keys.ts";

const clientOf = (row: Row): ApiClient => {
  const { PK: _partition, SK: _sortKey, ...client } = row;
  return { revokedAt: null, revokedBy: null, ...client } as unknown as ApiClient;
};

export const createApiClients = (table: Table): ApiClients => ({
  byKey: async (keyHash) => {
    const row = await getRow(table, apiClientKey(keyHash));
    return row && clientOf(row);
  },
  all: async () =>
    (await rowsUnder(table, apiClientsPartition, ""))
      .map(clientOf)
      .toSorted((one, other) => (one.createdAt > other.createdAt ? -1 : 1)),
  put: async (client) => {
    await putRow(table, { ...apiClientKey(client.keyHash), ...client });
  },
  revoke: async (keyHash, at, by) =>
    (await updateRow(table, apiClientKey(keyHash), {
      update: "SET revokedAt = :at, revokedBy = :by",
      expression: "attribute_exists(PK) AND attribute_not_exists(revokedAt)",
      values: { ":at": at, ":by": by },
    })) !== null,
});
