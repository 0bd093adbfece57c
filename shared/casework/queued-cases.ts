/** Walking the queues of cases that wait for somebody's answer to a link. */
import type { Application } from "#shared/domain/application.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const pageSize = 200;

/** The cases of a queue whose entry is wanted, each as it stands now. */
export async function* casesIn(
  { cases }: Pick<Dependencies, "cases">,
  queue: Queue,
  wanted: (entry: QueueEntry) => boolean,
): AsyncGenerator<Application> {
  let after: string | undefined;
  do {
    const page = await cases.queue(queue, pageSize, after);
    for (const entry of page.rows) {
      if (!wanted(entry)) continue;
      const application = await cases.get(entry.applicationId);
      if (application) yield application;
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** Where cases wait for a decision, an objection's answer or an appeal's. */
export const askedQueues = async ({
  directory,
}: Pick<Dependencies, "directory">): Promise<readonly Queue[]> => {
  const { units } = await directory.organisation();
  return [
    ...units.map(({ id }) => ({ kind: "unit", unitId: id }) as const),
    { kind: "status", status: "objection" },
    { kind: "status", status: "under_appeal" },
  ];
};
