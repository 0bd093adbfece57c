/** The notices that stand now, a page at a time: found in the queues of cases under notice, never by a scan. */
import { standingOf, type Standing } from "./raise-objection.ts";
import type { Status } from "#shared/domain/application.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "cases" | "notices" | "clock" | "vault">;

/** Where a case may be whose notice stands; an objection to it doesn't take the notice down. */
const noticedStatuses: readonly Status[] = ["public_notice", "objection", "post_review"];

/** What the reader wants to see; empty for all. */
export interface NoticeFilter {
  readonly unitId: string;
  readonly programmeId: string;
}

export interface NoticeList {
  readonly rows: readonly Standing[];
  /** Where the next page begins, as its address says it; null at the end. */
  readonly next: string | null;
}

interface Place {
  readonly queue: number;
  readonly after: string | undefined;
}

const pageSize = 50;
/** A filter that fits nothing must not read the whole city in one request. */
const pagesMax = 8;
const readsAtOnce = 10;

const signatureOf = ({ vault }: Pick<Uses, "vault">, text: string): Promise<string> =>
  vault.sign("notice-list", text);

const addressOf = async (uses: Uses, { queue, after = "" }: Place): Promise<string> => {
  const text = `${queue}.${after}`;
  return `${text}.${await signatureOf(uses, text)}`;
};

const beginning: Place = { queue: 0, after: undefined };

/** Only what this list made itself is handed to the store. @returns null for anything else. */
const placeOf = async (uses: Uses, address: string): Promise<Place | null> => {
  if (address === "") return beginning;
  const [queue = "", after = "", signature = ""] = address.split(".");
  const genuine = signature !== "" && signature === (await signatureOf(uses, `${queue}.${after}`));
  return genuine ? { queue: Number(queue), after: after === "" ? undefined : after } : null;
};

const isWanted = ({ unitId, programmeId }: QueueEntry, filter: NoticeFilter): boolean =>
  (filter.unitId === "" || unitId === filter.unitId) &&
  (filter.programmeId === "" || programmeId === filter.programmeId);

/**
 * @param from what the last page gave as `next`, or nothing.
 * @returns null when `from` isn't of this list.
 */
export const listNotices = async (
  uses: Uses,
  filter: NoticeFilter,
  from: string,
  limit = pageSize,
): Promise<NoticeList | null> => {
  const place = await placeOf(uses, from);
  if (!place) return null;
  const rows: Standing[] = [];
  let { queue, after } = place;
  for (let pages = 0; queue < noticedStatuses.length; pages += 1) {
    if (rows.length >= limit || pages >= pagesMax) {
      return { rows, next: await addressOf(uses, { queue, after }) };
    }
    const status = noticedStatuses[queue] ?? "public_notice";
    const page = await uses.cases.queue({ kind: "status", status }, limit - rows.length, after);
    const wanted = page.rows.filter((entry) => isWanted(entry, filter));
    const found = await inParallel(wanted, readsAtOnce, ({ applicationId }) =>
      standingOf(uses, applicationId),
    );
    rows.push(...found.filter((standing) => standing !== null));
    if (page.next === null) queue += 1;
    after = page.next ?? undefined;
  }
  return { rows, next: null };
};
