/**
 * Claims that people bring along into their household's file: what a member holds in an account of their own is
 * held under the household's too, so that husband and wife of one file have one claim, and one yearly limit.
 */
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { rowsUnder, type Row, type Table, type TransactionItem } from "./client.ts";
import { accountPartition } from "./keys.ts";

type ClaimRow = Row & { readonly SK: string; readonly applicationId: string };

const liveClaimsOf = async (table: Table, account: BlindIndex): Promise<readonly ClaimRow[]> =>
  (await rowsUnder(table, accountPartition(account), "CLAIM#")).filter(
    (row): row is ClaimRow => row["released"] !== true,
  );

/** A claim of the person's own household becomes one of the file's: its subject is the account. */
const sortKeyUnder = (sortKey: string, person: BlindIndex, account: BlindIndex): string =>
  sortKey.endsWith(`#${person}`) ? `${sortKey.slice(0, -person.length)}${account}` : sortKey;

/**
 * Puts of the claims that `persons` hold under their household's account. When the account has such a claim of
 * another application (husband and wife had both applied before), the second keeps its own subject.
 */
export const broughtClaims = async (
  table: Table,
  account: BlindIndex,
  persons: readonly BlindIndex[],
): Promise<readonly TransactionItem[]> => {
  const held = new Map(
    (await liveClaimsOf(table, account)).map(({ SK, applicationId }) => [SK, applicationId]),
  );
  const puts: TransactionItem[] = [];
  for (const person of persons) {
    for (const { SK, applicationId } of await liveClaimsOf(table, person)) {
      const wanted = sortKeyUnder(SK, person, account);
      const holder = held.get(wanted);
      const key = holder === undefined || holder === applicationId ? wanted : SK;
      if (held.has(key)) continue;
      held.set(key, applicationId);
      puts.push({
        put: { PK: accountPartition(account), SK: key, applicationId },
        condition: {
          expression: "attribute_not_exists(PK) OR released = :yes OR applicationId = :application",
          values: { ":yes": true, ":application": applicationId },
        },
      });
    }
  }
  return puts;
};
