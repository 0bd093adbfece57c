/**
 * Idempotency records of the JSON API. A row is taken on under a condition, so of two calls with one key one goes
 * on; whoever died over it keeps it for no longer than a call can last. Answers are sealed: they hold access codes.
 */
import { addMinutes, instantOfMs, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import type { ApiRequests, KeptAnswer, RequestBegun } from "#shared/ports/api-requests.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { getRow, updateRow, type Row, type Table } from "./client.ts";
import { apiRequestKey, timeToLive } from "./keys.ts";

/** A page function is stopped after 29 seconds. */
const callMs = 30_000;
const keptMinutes = 24 * 60;

const scopeOf = (key: string) => ({
  owner: apiRequestKey(key).PK,
  attribute: "answer",
  salt: "",
});

const answerIn = async (vault: Vault, key: string, sealed: string): Promise<KeptAnswer> =>
  JSON.parse(await vault.open(scopeOf(key), sealed)) as KeptAnswer;

/** Rows outlive their day until the table sweeps them: then they count as if they weren't there. */
const isOver = (row: Row, now: Instant): boolean => (row["endsAt"] as Instant) <= now;

const takenOn = (row: Row, now: Instant): boolean =>
  typeof row["heldUntil"] === "string" && row["heldUntil"] > now;

export const createApiRequests = (table: Table, vault: Vault): ApiRequests => {
  /** @returns false when somebody else took it on since it was read. */
  const takeOn = async (
    { key, contentHash }: { readonly key: string; readonly contentHash: string },
    before: Row | null,
    firstAt: Instant,
    now: Instant,
  ): Promise<boolean> => {
    const endsAt = addMinutes(firstAt, keptMinutes);
    const taken = await updateRow(table, apiRequestKey(key), {
      update:
        "SET contentHash = :hash, firstAt = :first, endsAt = :ends, heldUntil = :held, expiresAtSeconds = :expires ADD takes :one REMOVE answer, released",
      expression: before ? "takes = :takes" : "attribute_not_exists(PK)",
      values: {
        ":hash": contentHash,
        ":first": firstAt,
        ":ends": endsAt,
        ":held": instantOfMs(msOfInstant(now) + callMs),
        ":expires": timeToLive(endsAt),
        ":one": 1,
        ...(before ? { ":takes": before["takes"] } : {}),
      },
    });
    return taken !== null;
  };
  return {
    begin: async (request, now): Promise<RequestBegun> => {
      // Nearly every request is new: then one write is all it takes.
      if (await takeOn(request, null, now, now)) return { kind: "begun", firstAt: now };
      const row = await getRow(table, apiRequestKey(request.key));
      const before = row && !isOver(row, now) ? row : null;
      if (before && before["contentHash"] !== request.contentHash && !before["released"]) {
        return { kind: "another_request" };
      }
      if (before && typeof before["answer"] === "string") {
        return {
          kind: "answered",
          answer: await answerIn(vault, request.key, before["answer"]),
        };
      }
      if (before && takenOn(before, now)) return { kind: "in_flight" };
      const sameAsk = before?.["contentHash"] === request.contentHash;
      const firstAt = before && sameAsk ? (before["firstAt"] as Instant) : now;
      return (await takeOn(request, row, firstAt, now))
        ? { kind: "begun", firstAt }
        : { kind: "in_flight" };
    },
    answered: async (key, answer) => {
      await updateRow(table, apiRequestKey(key), {
        update: "SET answer = :answer REMOVE heldUntil, released",
        expression: "attribute_exists(PK)",
        values: { ":answer": await vault.seal(scopeOf(key), JSON.stringify(answer)) },
      });
    },
    release: async (key) => {
      await updateRow(table, apiRequestKey(key), {
        update: "SET released = :yes REMOVE heldUntil",
        expression: "attribute_exists(PK)",
        values: { ":yes": true },
      });
    },
  };
};
