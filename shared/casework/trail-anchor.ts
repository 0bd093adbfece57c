/**
 * The daily anchor (quality I14, ADR 0037): one root over every chain that has moved since the day before, each fund's
 * ledger, each batch that changed and the day's reads of sensitive fields. Whoever keeps a root can tell later whether
 * anything beneath it was rewritten, even by somebody who owns the table and works out every hash anew.
 */
import {
  anchorRoot,
  canonicalJson,
  nextOfList,
  type Anchor,
  type BatchLeaf,
  type FundLeaf,
  type HeadLeaf,
  type TrailLeaf,
} from "#shared/domain/trail.ts";
import { accessRowOf } from "#shared/domain/access.ts";
import { ledgerMonthsOf, monthsOf } from "#shared/domain/month-ends.ts";
import { movedBy, noMoney } from "#shared/domain/trail-proof-ledger.ts";
import { batchLeafHash } from "#shared/domain/trail-proof-batch.ts";
import {
  fixedOfItem,
  saidOfAccess,
  saidOfTransfer,
  type BatchRow,
} from "#shared/domain/trail-row.ts";
import { addDays, daysBetween, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import type { KeptAnchor } from "#shared/ports/trail-store.ts";
import { digest } from "./trail-digest.ts";

export type AnchorUses = Pick<
  Dependencies,
  "trail" | "accessLog" | "funds" | "directory" | "clock"
> & {
  readonly files: Pick<StoredFiles, "read" | "write">;
};

/** Where each chain and batch stood at the last anchor: what has the same version now is anchored already. */
interface Watched {
  readonly versions: Readonly<Record<string, number>>;
  readonly funds: Readonly<Record<string, FundLeaf>>;
}

/** The days that an anchor covers: `after` is the last one of the anchor before it, null for the first anchor. */
interface Days {
  readonly after: LocalDate | null;
  readonly date: LocalDate;
  /** From where on lists are gone through: the first day, or that of the first fund. */
  readonly from: LocalDate;
}

const leafFileMaxBytes = 256 * 1024 * 1024;
/** Reads before the first anchor are looked for so many days back. */
const firstAccessDays = 31;

const watchKey = ({ date, root }: Pick<Anchor, "date" | "root">): string =>
  `anchor-work/${date}-${root}.json`;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Leaves of an anchor as they were written. @returns null when the file is gone, or too large. */
export const leavesOf = async (
  files: Pick<StoredFiles, "read">,
  { fileKey }: Pick<KeptAnchor, "fileKey">,
): Promise<readonly TrailLeaf[] | null> => {
  const bytes = await files.read(fileKey, leafFileMaxBytes);
  if (!bytes) return null;
  return textOf(bytes)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as TrailLeaf);
};

/** Without what the last run kept, everything is looked at, and anchored once more. */
const watchedBy = async (
  { files }: Pick<AnchorUses, "files">,
  last: KeptAnchor | undefined,
): Promise<Watched> => {
  const bytes = last && (await files.read(watchKey(last), leafFileMaxBytes));
  return bytes ? (JSON.parse(textOf(bytes)) as Watched) : { versions: {}, funds: {} };
};

const monthsFrom = ({ from }: Pick<Days, "from">, today: LocalDate): readonly string[] =>
  monthsOf({ from, to: today });

/** Transfers of the days, by fund, as a leaf each; whose cases they are is gathered on the way. */
const fundLeaves = async (
  { funds }: AnchorUses,
  days: Days,
  watched: Watched,
  moved: Set<string>,
): Promise<readonly FundLeaf[]> => {
  const leaves: FundLeaf[] = [];
  for (const fund of await funds.all()) {
    const before = watched.funds[fund.id];
    // What a lost working file leaves out is summed again from the fund's first day.
    const from = before ? days.from : localDateOf(fund.openedAt);
    const after = before ? days.after : null;
    let { grantedFen, availableFen, reservedFen, paidFen } = before ?? noMoney;
    let count = 0;
    let hash = "";
    const months = ledgerMonthsOf({ from, to: days.date });
    for await (const transfer of funds.transfers(fund.id, months.from, months.to)) {
      const day = localDateOf(transfer.at);
      if (day > days.date || (after !== null && day <= after)) continue;
      ({ grantedFen, availableFen, reservedFen, paidFen } = movedBy(
        { grantedFen, availableFen, reservedFen, paidFen },
        transfer,
      ));
      if (transfer.applicationId !== null) moved.add(transfer.applicationId);
      if (days.after !== null && day <= days.after) continue;
      count += 1;
      hash = nextOfList(digest, hash, saidOfTransfer(transfer));
    }
    const balances = { grantedFen, availableFen, reservedFen, paidFen };
    leaves.push({ type: "fund", id: fund.id, count, hash, ...balances });
  }
  return leaves;
};

/** Batches that may have changed: those that are not done, those that were not, and those made since. */
const batchesToLookAt = async (
  { trail }: AnchorUses,
  days: Days,
  watched: Watched,
): Promise<readonly BatchRow[]> => {
  const found: BatchRow[] = [];
  for await (const batch of trail.batches("open")) found.push(batch);
  const open = new Set(found.map(({ id }) => id));
  const left = new Set(Object.keys(watched.versions).filter((id) => id.startsWith("B")));
  for await (const batch of trail.batches("done")) {
    if (open.has(batch.id)) continue;
    const isNew =
      days.after === null || localDateOf(batch.createdAt as KeptAnchor["at"]) > days.after;
    if (isNew || left.has(batch.id)) found.push(batch);
    left.delete(batch.id);
    // The newest come first: nothing below was made since, and nothing watched is left to find.
    if (!isNew && [...left].every((id) => open.has(id))) break;
  }
  return found;
};

const batchLeaf = async ({ trail }: AnchorUses, batch: BatchRow): Promise<BatchLeaf> => {
  const { id, version, status, history } = batch;
  const items = status === "assembling" ? [] : await trail.items(id);
  const itemsHash = items.reduce((hash, item) => nextOfList(digest, hash, fixedOfItem(item)), "");
  const events = history.length;
  const hash = batchLeafHash(digest, batch, events);
  return { type: "batch", id, version, events, hash, itemsHash };
};

interface Gathered {
  readonly leaves: readonly TrailLeaf[];
  readonly watched: Watched;
}

/** Chains that may have moved: all that stand in a list, those a transfer or an open batch names, those watched. */
const chainsToLookAt = async (
  uses: AnchorUses,
  days: Days,
  moved: ReadonlySet<string>,
  batches: readonly BatchRow[],
): Promise<ReadonlySet<string>> => {
  const { trail, directory, clock } = uses;
  const ids = new Set<string>(moved);
  for await (const id of trail.waitingCases()) ids.add(id);
  for (const month of monthsFrom(days, localDateOf(clock.now()))) {
    for await (const id of trail.endedCases(month)) ids.add(id);
  }
  for (const { id } of batches) {
    for (const { applicationId } of await trail.items(id)) ids.add(applicationId);
  }
  const { units } = await directory.organisation();
  for await (const id of trail.listedFiles(units.map((unit) => unit.id))) ids.add(id);
  return ids;
};

const gather = async (uses: AnchorUses, days: Days, watched: Watched): Promise<Gathered> => {
  const moved = new Set<string>();
  const funds = await fundLeaves(uses, days, watched, moved);
  const batches = await batchesToLookAt(uses, days, watched);
  const listed = await chainsToLookAt(uses, days, moved, batches);
  const chains = Object.keys(watched.versions).filter((id) => !id.startsWith("B"));
  const heads = await uses.trail.heads([...listed, ...chains]);
  const changed = ({ id, version }: { readonly id: string; readonly version: number }): boolean =>
    watched.versions[id] !== version;
  const drafts = heads.filter(({ version }) => version > 0);
  const headLeaves = drafts.filter(changed).map(({ kind, id, version, head }): HeadLeaf => ({
    type: kind,
    id,
    version,
    head,
  }));
  const batchLeaves: BatchLeaf[] = [];
  for (const batch of batches.filter(changed)) batchLeaves.push(await batchLeaf(uses, batch));
  const kept = [...drafts.filter((head) => listed.has(head.id) || changed(head)), ...batches];
  return {
    leaves: [...headLeaves, ...batchLeaves, ...funds, ...(await accessLeaves(uses, days))],
    watched: {
      versions: Object.fromEntries(kept.map(({ id, version }) => [id, version])),
      funds: Object.fromEntries(funds.map((leaf) => [leaf.id, leaf])),
    },
  };
};

const accessLeaves = async (
  { accessLog }: AnchorUses,
  { after, date }: Days,
): Promise<readonly TrailLeaf[]> => {
  const from = after === null ? addDays(date, -firstAccessDays) : addDays(after, 1);
  const leaves: TrailLeaf[] = [];
  for (let number = 0; number <= daysBetween(from, date); number += 1) {
    const day = addDays(from, number);
    const events = await accessLog.ofDay(day);
    if (events.length === 0) continue;
    const hash = events.reduce(
      (before, event) => nextOfList(digest, before, saidOfAccess(accessRowOf(day, event))),
      "",
    );
    leaves.push({ type: "access", day, count: events.length, hash });
  }
  return leaves;
};

/** The first day of the oldest fund, or today: before it there was no money. */
const firstDay = async ({ funds, clock }: AnchorUses): Promise<LocalDate> =>
  (await funds.all())
    .map(({ openedAt }) => localDateOf(openedAt))
    .reduce((first, day) => (day < first ? day : first), localDateOf(clock.now()));

/**
 * Anchors everything up to the end of yesterday, days that were missed with it. Run again it finds the day's anchor and
 * changes nothing: the anchor's row is put once, and its file bears the root in its name, so that of two runs at a time
 * each has its own file and one of them the row.
 * @returns the anchor of yesterday, whoever made it.
 */
export const anchorYesterday = async (uses: AnchorUses): Promise<KeptAnchor> => {
  const { trail, files, clock } = uses;
  const at = clock.now();
  const date = addDays(localDateOf(at), -1);
  const [last] = await trail.anchors(1);
  if (last && last.date >= date) return last;
  const from = last ? addDays(last.date, 1) : await firstDay(uses);
  const days = { after: last?.date ?? null, date, from };
  const { leaves, watched } = await gather(uses, days, await watchedBy(uses, last));
  const named = { date, previous: last?.root ?? "" };
  const root = anchorRoot(digest, named, leaves);
  const fileKey = `anchors/${date}/${root}.jsonl`;
  const lines = leaves.map((leaf) => `${canonicalJson(leaf)}\n`).toSorted();
  const encoder = new TextEncoder();
  await files.write(fileKey, encoder.encode(lines.join("")), "application/x-ndjson");
  const work = encoder.encode(JSON.stringify(watched));
  await files.write(watchKey({ date, root }), work, "application/json");
  const anchor = { ...named, root, leaves: leaves.length, at, fileKey, mailedAt: null };
  if (await trail.putAnchor(anchor)) return anchor;
  return (await trail.anchor(date)) ?? anchor;
};
