/**
 * Cuts a run off at every call it makes and runs it again, as a retry, a redrive or the next schedule would. The
 * end must be the same as without the fault (design 7.7).
 */
import { BatchWriteItemCommand, paginateScan, type AttributeValue } from "@aws-sdk/client-dynamodb";
import { expect } from "vitest";
import type { Table } from "#shared/adapters/dynamodb/client.ts";

/** What was called never answered. */
class Crashed extends Error {
  override readonly name = "Crashed";
}

interface CrashPoint {
  /** Counted from 1, over all ports. */
  readonly call: number;
  /**
   * Before: the call fails and has no effect; whoever called may go on. After: it had its effect, and the
   * process is gone with the answer, so that nothing it would still have called happens.
   */
  readonly when: "before" | "after";
}

/**
 * Calls without an effect. That the process ends after one is the same as that it ended after the last effect
 * before it, so after these it isn't cut off.
 */
const reads = new Set([
  "cases.answers",
  "allocations.get",
  "allocations.list",
  "cases.approval",
  "cases.awardAccounts",
  "cases.claimsOf",
  "cases.events",
  "cases.get",
  "cases.queue",
  "cases.wait",
  "cases.waitingTokens",
  "batches.get",
  "batches.remarks",
  "batches.list",
  "batches.wait",
  "directory.organisation",
  "oversight.bars",
  "oversight.paymentHolds",
  "directory.staff",
  "funds.all",
  "funds.get",
  "funds.transfers",
  "notices.noticesOf",
  "notices.objectionsOf",
  "vault.blindIndex",
  "vault.digest",
  "vault.sign",
]);

type Item = Record<string, AttributeValue>;
type Call = (...given: unknown[]) => unknown;

const throwCrashed = (call: string): never => {
  throw new Crashed(call);
};

/** The same dependencies, one call of which fails or ends the process. Without a point they are only counted. */
const crashingAt = <Uses extends object>(
  uses: Uses,
  point: CrashPoint | null,
): { readonly uses: Uses; readonly calls: readonly string[] } => {
  const calls: string[] = [];
  let dead = false;
  const watched =
    (name: string, call: Call): Call =>
    (...given) => {
      if (dead) throwCrashed(name);
      calls.push(name);
      if (calls.length !== point?.call) return call(...given);
      if (point.when === "before") throwCrashed(name);
      dead = true;
      const answer = call(...given);
      return answer instanceof Promise ? answer.then(() => throwCrashed(name)) : throwCrashed(name);
    };
  const port = (portName: string, given: object): object =>
    new Proxy(given, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function"
          ? watched(`${portName}.${String(name)}`, member.bind(target) as Call)
          : member;
      },
    });
  const proxied = Object.entries(uses).map(([name, value]: [string, unknown]) => [
    name,
    // The clock is no call to anywhere.
    typeof value === "object" && value !== null && name !== "clock" ? port(name, value) : value,
  ]);
  return { uses: Object.fromEntries(proxied) as Uses, calls };
};

/** Where a run can be cut off. A read that was made before, with no effect since, is not a place of its own. */
const pointsOf = (calls: readonly string[]): readonly CrashPoint[] => {
  const readSince = new Set<string>();
  return calls.flatMap((name, index): readonly CrashPoint[] => {
    const call = index + 1;
    if (!reads.has(name)) {
      readSince.clear();
      return [
        { call, when: "before" },
        { call, when: "after" },
      ];
    }
    if (readSince.has(name)) return [];
    readSince.add(name);
    return [{ call, when: "before" }];
  });
};

/** One thing to be done, in a world that can be made anew as often as it takes. */
interface Trial<Uses extends object, State> {
  /** Puts the world into its first state and says what the run is given. */
  readonly begin: () => Promise<Uses>;
  /** `attempt` counts from 1: a later attempt may have another task token. */
  readonly run: (uses: Uses, attempt: number) => Promise<unknown>;
  /** All that must be the same in the end. */
  readonly end: () => Promise<State>;
}

/**
 * Runs it undisturbed, then with each fault there can be, each time followed by a run without; expects every end
 * to be the undisturbed one. @returns that end, and the faults, such as "after cases.commit".
 */
export const surviveEveryCrash = async <Uses extends object, State>(
  trial: Trial<Uses, State>,
): Promise<{ readonly end: State; readonly faults: readonly string[] }> => {
  const undisturbed = crashingAt(await trial.begin(), null);
  await trial.run(undisturbed.uses, 1);
  const end = await trial.end();
  const faults: string[] = [];
  for (const { call, when } of pointsOf(undisturbed.calls)) {
    const uses = await trial.begin();
    const cut = crashingAt(uses, { call, when });
    const ended = await trial.run(cut.uses, 1).then(
      () => null,
      (error: unknown) => error,
    );
    const fault = `${when} ${cut.calls[call - 1]}`;
    const where = `cut off ${fault}, call ${call}`;
    // A run may take the error for an answer and go on, but it may not fail by any other.
    if (ended !== null) expect(ended, where).toBeInstanceOf(Crashed);
    expect(cut.calls.length, where).toBeGreaterThanOrEqual(call);
    await trial.run(uses, 2);
    expect(await trial.end(), where).toEqual(end);
    faults.push(fault);
  }
  return { end, faults };
};

const deletesAtOnce = 25;

/** Every item of a table but the offices, their people, and the master key. */
export const itemsOf = async ({ client, name }: Table): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName: name })) {
    items.push(...(page.Items ?? []));
  }
  return items.filter(({ PK }) => PK?.S !== "ORGANISATION" && PK?.S !== "KEYS");
};

/** Takes all of them out. */
export const emptyTable = async (table: Table): Promise<void> => {
  const keys = (await itemsOf(table)).map(({ PK, SK }) => ({ PK, SK }) as Item);
  for (let from = 0; from < keys.length; from += deletesAtOnce) {
    const requests = keys
      .slice(from, from + deletesAtOnce)
      .map((Key) => ({ DeleteRequest: { Key } }));
    await table.client.send(
      new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }),
    );
  }
};
