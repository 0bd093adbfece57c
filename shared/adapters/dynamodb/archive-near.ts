/** Near-duplicates in the table: rows under keyed hashes, and what somebody has said of two people. */
import type { NearIndex, NearRecord, SettledPair } from "#shared/domain/near-duplicate.ts";
import { pairOf } from "#shared/domain/near-duplicate.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import type { Archive } from "#shared/ports/archive.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { absent, getRow, putRow, rowsUnder, type Key, type Row, type Table } from "./client.ts";
import { nearKey, nearPartition, settledPairKey } from "./keys.ts";

/** A row that counts no longer is marked, as a freed claim is. */
export const nearRow = (
  { kind, hash, person }: NearIndex,
  subject: string,
  released: boolean,
): Row & Key => ({ ...nearKey(kind, hash, subject), person, ...(released ? { released } : {}) });

const reasonScope = (key: Key) => ({ owner: key.PK, attribute: `reason.${key.SK}`, salt: "" });

const keyOfPair = (one: BlindIndex, other: BlindIndex): Key =>
  settledPairKey(...pairOf(one, other));

export const nearIn = (
  table: Table,
  vault: Vault,
): Pick<Archive, "near" | "putNear" | "settled" | "settle"> => ({
  near: async ({ kind, hash }) =>
    (await rowsUnder(table, nearPartition(kind, hash), ""))
      .filter((row) => row["released"] !== true)
      .map((row): NearRecord => ({
        subject: row["SK"] as string,
        person: row["person"] as BlindIndex,
      })),
  putNear: async (subject, indexes) => {
    await Promise.all(indexes.map((index) => putRow(table, nearRow(index, subject, false))));
  },
  settled: async (one, other) => {
    const key = keyOfPair(one, other);
    const row = await getRow(table, key);
    if (!row) return null;
    const { by, at, reason } = row as Row & Pick<SettledPair, "by" | "at" | "reason">;
    return { one, other, by, at, reason: await vault.open(reasonScope(key), reason) };
  },
  settle: async ({ one, other, by, at, reason }) => {
    const key = keyOfPair(one, other);
    const sealed = await vault.seal(reasonScope(key), reason);
    return putRow(table, { ...key, by, at, reason: sealed }, absent);
  },
});
