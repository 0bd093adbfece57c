/** Walking the queues in which cases wait. */
import type { Application } from "#shared/domain/application.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const pageSize = 250;

/** What stands in a queue, whoever applied first before the others. */
export async function* entriesIn(
  { cases }: Pick<Dependencies, "cases">,
  queue: Queue,
): AsyncGenerator<QueueEntry> {
  let after: string | undefined;
  do {
    const page = await cases.queue(queue, pageSize, after);
    yield* page.rows;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** So many cases are read with one call; each may have moved on while those before it were dealt with. */
const casesAtOnce = 25;

/**
 * The cases of a queue whose entry is wanted, in its order, each as it stood when its turn came near. Whoever writes
 * one does so on its version.
 */
export async function* casesIn(
  uses: Pick<Dependencies, "cases">,
  queue: Queue,
  wanted: (entry: QueueEntry) => boolean,
): AsyncGenerator<Application> {
  let near: ApplicationId[] = [];
  const read = async (): Promise<readonly Application[]> => {
    const found = new Map(
      near.length === 0 ? [] : (await uses.cases.getAll(near)).map((one) => [one.id, one]),
    );
    const inOrder = near.flatMap((id) => found.get(id) ?? []);
    near = [];
    return inOrder;
  };
  for await (const entry of entriesIn(uses, queue)) {
    if (!wanted(entry)) continue;
    near.push(entry.applicationId);
    if (near.length >= casesAtOnce) yield* await read();
  }
  yield* await read();
}

/** Where cases wait for a decision, an objection's answer or an appeal's. */
export const askedQueues: readonly Queue[] = [
  { kind: "unit" },
  { kind: "status", status: "objection" },
  { kind: "status", status: "under_appeal" },
];

/** Wherever a case stands that hasn't ended, and ended ones whose applicant wasn't told yet. */
export const allQueues: readonly Queue[] = [
  { kind: "unit" },
  { kind: "status" },
  { kind: "payable" },
];
