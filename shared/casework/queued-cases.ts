/** Walking the queues in which cases wait. */
import type { Application } from "#shared/domain/application.ts";
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

/** The cases of a queue whose entry is wanted, each as it stands now. */
export async function* casesIn(
  uses: Pick<Dependencies, "cases">,
  queue: Queue,
  wanted: (entry: QueueEntry) => boolean,
): AsyncGenerator<Application> {
  for await (const entry of entriesIn(uses, queue)) {
    if (!wanted(entry)) continue;
    const application = await uses.cases.get(entry.applicationId);
    if (application) yield application;
  }
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
