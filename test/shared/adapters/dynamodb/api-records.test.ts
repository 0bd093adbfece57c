/** Clients of the JSON API and its idempotency records, in the real table. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiClients } from "#shared/adapters/dynamodb/api-clients.ts";
import { createApiRequests } from "#shared/adapters/dynamodb/api-requests.ts";
import { rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import type { ApiClient } from "#shared/domain/api-client.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { ApiClients } from "#shared/ports/api-clients.ts";
import type { ApiRequests } from "#shared/ports/api-requests.ts";
import { monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
let clients: ApiClients;
let requests: ApiRequests;
beforeAll(async () => {
  store = await startStore();
  clients = createApiClients(store.table);
  requests = createApiRequests(store.table, store.vault);
});
afterAll(() => store.stop());

const aClient = (keyHash: string, changes: Partial<ApiClient> = {}): ApiClient => ({
  id: `CL${keyHash}`,
  name: "示例市民App",
  scopes: ["programmes:read"],
  callsPerMinute: 60,
  keyHash,
  createdAt: monday,
  createdBy: "admin" as StaffId,
  revokedAt: null,
  revokedBy: null,
  ...changes,
});

test("a client is found by its key's hash, listed newest first, and revoked once", async () => {
  await clients.put(aClient("older"));
  const newer = aClient("newer", { createdAt: addMinutes(monday, 1) });
  await clients.put(newer);
  expect(await clients.byKey("newer")).toEqual(newer);
  expect(await clients.byKey("nobody")).toBeNull();
  expect((await clients.all()).map(({ keyHash }) => keyHash)).toEqual(["newer", "older"]);
  const by = "admin" as StaffId;
  expect(await clients.revoke("older", monday, by)).toBe(true);
  expect(await clients.revoke("older", monday, by)).toBe(false);
  expect(await clients.revoke("nobody", monday, by)).toBe(false);
  expect(await clients.byKey("older")).toMatchObject({ revokedAt: monday, revokedBy: by });
});

const answer = { status: 201, headers: { etag: '"v1"' }, body: '{"accessCode":"7K2M-P4QX-9ABC"}' };

test("a request is begun once, answered for a day, and its answer lies sealed", async () => {
  const request = { key: "k1", contentHash: "h1" };
  expect(await requests.begin(request, monday)).toEqual({ kind: "begun", firstAt: monday });
  expect(await requests.begin(request, monday)).toEqual({ kind: "in_flight" });
  await requests.answered("k1", answer);
  expect(await requests.begin(request, addMinutes(monday, 600))).toEqual({
    kind: "answered",
    answer,
  });
  const other = { ...request, contentHash: "h2" };
  expect(await requests.begin(other, monday)).toEqual({ kind: "another_request" });
  const rows = await rowsUnder(store.table, "API-REQUEST#k1", "");
  expect(JSON.stringify(rows)).not.toContain("7K2M");
  const nextDay = addMinutes(monday, 24 * 60);
  expect(await requests.begin(other, nextDay)).toEqual({ kind: "begun", firstAt: nextDay });
});

test("whoever dies over a request is followed by the next, to the same beginning", async () => {
  const request = { key: "k2", contentHash: "h1" };
  await requests.begin(request, monday);
  const later = addMinutes(monday, 1);
  expect(await requests.begin(request, later)).toEqual({ kind: "begun", firstAt: monday });
});

test("a request of which nothing came frees its key, for itself and for another", async () => {
  const request = { key: "k3", contentHash: "h1" };
  await requests.begin(request, monday);
  await requests.release("k3");
  const later = addMinutes(monday, 1);
  expect(await requests.begin(request, later)).toEqual({ kind: "begun", firstAt: monday });
  await requests.release("k3");
  const other = { key: "k3", contentHash: "h2" };
  expect(await requests.begin(other, later)).toEqual({ kind: "begun", firstAt: later });
});

test("of many at once one begins", async () => {
  const request = { key: "k4", contentHash: "h1" };
  const begun = await Promise.all(
    Array.from({ length: 12 }, () => requests.begin(request, monday)),
  );
  expect(begun.filter(({ kind }) => kind === "begun")).toHaveLength(1);
  expect(begun.filter(({ kind }) => kind === "in_flight")).toHaveLength(11);
});
