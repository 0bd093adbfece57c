/**
 * The trail as one file: a row a line, streamed, so that its length doesn't matter. It holds what a proof needs and
 * nothing that can be read about people: what is sealed goes along as it lies, without its keys.
 */
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { accessRowOf } from "#shared/domain/access.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { monthsOf } from "#shared/domain/month-ends.ts";
import { createLineWriter } from "#shared/domain/trail-lines.ts";
import { movedBy, noMoney, sameBalances } from "#shared/domain/trail-proof-ledger.ts";
import type { HeadRow, LinkRow, TrailRow } from "#shared/domain/trail-row.ts";
import type { TrailLeaf } from "#shared/domain/trail.ts";
import {
  addDays,
  addMinutes,
  daysBetween,
  localDateOf,
  type Instant,
  type LocalDate,
} from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import { leavesOf } from "./trail-anchor.ts";
import { digest } from "./trail-digest.ts";

export type ExportUses = Pick<
  Dependencies,
  "trail" | "accessLog" | "funds" | "directory" | "clock"
> & { readonly files: Pick<StoredFiles, "read"> };

const chainsAtOnce = 100;
const readsAtOnce = 16;
/** A hundred years of anchors. */
const anchorsMax = 36_500;
/** Reads before the first anchor are looked for so many days back. */
const accessDaysBefore = 31;
/** What may still be written with an instant before the file's is at most this old. */
const lateMinutes = 15;
const stillTriesMax = 5;

/** Ids met on the way: whose chains are to be in the file. */
interface Met {
  readonly chains: Set<string>;
  readonly cutOff: Instant;
}

const meetLeaf = ({ chains }: Met, leaf: TrailLeaf): void => {
  if (leaf.type === "case" || leaf.type === "file") chains.add(leaf.id);
};

async function* anchorRows(uses: ExportUses, met: Met): AsyncGenerator<TrailRow> {
  const anchors = (await uses.trail.anchors(anchorsMax)).toReversed();
  for (const { date, root, previous, leaves: count, at, fileKey } of anchors) {
    yield { kind: "anchor", date, root, previous, leaves: count, at };
    // A file that is gone leaves an anchor without leaves, which the proof then names.
    for (const leaf of (await leavesOf(uses.files, { fileKey })) ?? []) {
      meetLeaf(met, leaf);
      yield { kind: "leaf", date, leaf };
    }
  }
}

const keyOf = ({ subject, kind, voucher }: Transfer): string =>
  `${subject}#${kind}#${voucher ?? ""}`;

/**
 * A fund's transfers up to the file's instant, then its balances as they were at it: what moved later is taken off the
 * row. What was written late meanwhile, with an earlier instant, is added behind the others; a row that goes on
 * differing from its transfers is told as it is.
 */
async function* fundRows(uses: ExportUses, met: Met, fund: Fund): AsyncGenerator<TrailRow> {
  const { cutOff, chains } = met;
  const lateFrom = addMinutes(cutOff, -lateMinutes);
  const recent = new Set<string>();
  let within = noMoney;
  const months = [fund.openedAt.slice(0, 7), cutOff.slice(0, 7)] as const;
  for await (const transfer of uses.funds.transfers(fund.id, ...months)) {
    if (transfer.at > cutOff) continue;
    if (transfer.at >= lateFrom) recent.add(keyOf(transfer));
    within = movedBy(within, transfer);
    if (transfer.applicationId !== null) chains.add(transfer.applicationId);
    yield { kind: "transfer", transfer };
  }
  let row = fund;
  for (let tries = 0; tries < stillTriesMax; tries += 1) {
    row = (await uses.funds.get(fund.id)) ?? fund;
    let all = within;
    const now = uses.clock.now().slice(0, 7);
    for await (const transfer of uses.funds.transfers(fund.id, lateFrom.slice(0, 7), now)) {
      if (transfer.at < lateFrom || recent.has(keyOf(transfer))) continue;
      all = movedBy(all, transfer);
      if (transfer.at > cutOff) continue;
      recent.add(keyOf(transfer));
      within = movedBy(within, transfer);
      if (transfer.applicationId !== null) chains.add(transfer.applicationId);
      yield { kind: "transfer", transfer };
    }
    if (!sameBalances(all, row)) continue;
    row = { ...row, ...within } as Fund;
    break;
  }
  const { id, code, grantedFen, availableFen, reservedFen, paidFen } = row;
  yield { kind: "fund", id, code, grantedFen, availableFen, reservedFen, paidFen };
}

async function* batchRows(uses: ExportUses, met: Met): AsyncGenerator<TrailRow> {
  const seen = new Set<string>();
  for (const which of ["open", "done"] as const) {
    for await (const batch of uses.trail.batches(which)) {
      if (batch.createdAt > met.cutOff || seen.has(batch.id)) continue;
      seen.add(batch.id);
      yield batch;
      for (const item of await uses.trail.items(batch.id)) {
        met.chains.add(item.applicationId);
        yield item;
      }
    }
  }
}

const atOf = ({ said }: LinkRow): string => {
  const { at } = said;
  return typeof at === "string" ? at : "";
};

/** A chain as it was at the file's instant: later links are left out, and the head is the last one's. */
const upTo = (
  cutOff: Instant,
  head: HeadRow,
  links: readonly LinkRow[],
): { readonly head: HeadRow; readonly links: readonly LinkRow[] } => {
  const later = links.findIndex((link) => link.version > head.version || atOf(link) > cutOff);
  const last = links[later - 1];
  if (later === -1 || !last) return { head, links };
  const status = head.kind === "case" ? String(last.said["to"]) : "";
  return {
    head: { ...head, version: last.version, head: last.hash, status },
    links: links.slice(0, later),
  };
};

async function* chainRows(
  uses: ExportUses,
  met: Met,
  ids: readonly string[],
): AsyncGenerator<TrailRow> {
  for (let start = 0; start < ids.length; start += chainsAtOnce) {
    const heads = (await uses.trail.heads(ids.slice(start, start + chainsAtOnce))).toSorted(
      (one, other) => (one.id < other.id ? -1 : 1),
    );
    const chains = await inParallel(heads, readsAtOnce, async ({ fileId, ...head }) => {
      if (fileId !== null) met.chains.add(fileId);
      return upTo(met.cutOff, head, await uses.trail.links(head.id));
    });
    for (const { head, links } of chains) {
      // A draft has no event yet, and a case that was sent since has none up to the file's instant.
      const [first] = links;
      if (head.version === 0 || (first && atOf(first) > met.cutOff)) continue;
      yield head;
      yield* links;
    }
  }
}

/** Every case and file there is: what was met on the way, and what stands in a list. */
async function* allChains(uses: ExportUses, met: Met, from: LocalDate): AsyncGenerator<TrailRow> {
  const { trail, directory } = uses;
  for await (const id of trail.waitingCases()) met.chains.add(id);
  for (const month of monthsOf({ from, to: localDateOf(uses.clock.now()) })) {
    for await (const id of trail.endedCases(month)) met.chains.add(id);
  }
  const isCase = (id: string): boolean => id.startsWith("SN");
  yield* chainRows(uses, met, [...met.chains].filter(isCase).toSorted());
  const { units } = await directory.organisation();
  for await (const id of trail.listedFiles(units.map((unit) => unit.id))) met.chains.add(id);
  yield* chainRows(uses, met, [...met.chains].filter((id) => !isCase(id)).toSorted());
}

async function* accessRows(uses: ExportUses, { cutOff }: Met): AsyncGenerator<TrailRow> {
  const anchors = await uses.trail.anchors(anchorsMax);
  const to = localDateOf(cutOff);
  const from = addDays(anchors.at(-1)?.date ?? to, -accessDaysBefore);
  for (let number = 0; number <= daysBetween(from, to); number += 1) {
    const day = addDays(from, number);
    for (const event of await uses.accessLog.ofDay(day)) {
      if (event.at <= cutOff) yield accessRowOf(day, event);
    }
  }
}

/** All rows but the manifest, in the order in which a proof takes them. */
export async function* trailRows(uses: ExportUses): AsyncGenerator<TrailRow> {
  const cutOff = uses.clock.now();
  const met: Met = { chains: new Set(), cutOff };
  yield { kind: "trail", format: 1, at: cutOff };
  yield* anchorRows(uses, met);
  const funds = await uses.funds.all();
  for (const fund of funds) yield* fundRows(uses, met, fund);
  yield* batchRows(uses, met);
  const from = funds
    .map(({ openedAt }) => localDateOf(openedAt))
    .reduce((first, day) => (day < first ? day : first), localDateOf(cutOff));
  yield* allChains(uses, met, from);
  yield* accessRows(uses, met);
}

/** The file's text, some lines at a time. */
export async function* trailText(uses: ExportUses): AsyncGenerator<string> {
  const writer = createLineWriter(digest);
  let text = "";
  for await (const row of trailRows(uses)) {
    text += writer.line(row);
    if (text.length < 65_536) continue;
    yield text;
    text = "";
  }
  yield `${text}${writer.last()}`;
}

/** The one byte of a compressed file's head that differs from machine to machine: "unknown system" says nothing. */
const systemByte = 9;

/** The file as it is stored and handed out: compressed. */
export async function* trailFile(uses: ExportUses): AsyncGenerator<Uint8Array> {
  let written = 0;
  const zipped = Readable.from(trailText(uses)).pipe(createGzip());
  for await (const chunk of zipped as AsyncIterable<Uint8Array>) {
    if (written <= systemByte && systemByte < written + chunk.length) {
      chunk[systemByte - written] = 0xff;
    }
    written += chunk.length;
    yield chunk;
  }
}
