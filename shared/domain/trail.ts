/**
 * The trail: what is hashed of a row, and the daily anchor over all of it (quality I14). A hash is handed in, since this
 * layer has none: SHA-256 as base64url, everywhere.
 */
import type { Instant, LocalDate } from "../kernel/calendar.ts";

/** SHA-256 of a text in UTF-8, as base64url. */
export type Digest = (text: string) => string;

/** Keys sorted at every level: the same record has the same text, whoever writes it. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What the hash of a link in a chain is of: the one before it, and all that this one says, sealed parts as sealed. */
export const chainText = (previousHash: string, said: unknown): string =>
  `${previousHash}\n${canonicalJson(said)}`;

/** The hash of a list, taken in a row at a time: of the list up to the row before, and of the row. */
export const nextOfList = (digest: Digest, before: string, row: unknown): string =>
  digest(chainText(before, row));

/** A chain's newest link at the time of an anchor: of a case, or of a file of the archive. */
export interface HeadLeaf {
  readonly type: "case" | "file";
  readonly id: string;
  readonly version: number;
  readonly head: string;
}

/** A fund's transfers of the anchored days in their order, and its balances after them, in fen. */
export interface FundLeaf {
  readonly type: "fund";
  readonly id: string;
  readonly count: number;
  readonly hash: string;
  readonly grantedFen: number;
  readonly availableFen: number;
  readonly reservedFen: number;
  readonly paidFen: number;
}

/** A batch: how much had happened to it, and the payments in it once it was locked ("" before). */
export interface BatchLeaf {
  readonly type: "batch";
  readonly id: string;
  readonly version: number;
  readonly events: number;
  readonly hash: string;
  readonly itemsHash: string;
}

/** Who read sensitive fields on a day. */
export interface AccessLeaf {
  readonly type: "access";
  readonly day: string;
  readonly count: number;
  readonly hash: string;
}

export type TrailLeaf = HeadLeaf | FundLeaf | BatchLeaf | AccessLeaf;

/**
 * What a day's trail is held to: the root of a Merkle tree over its leaves, in which the root before it is a leaf. So
 * whoever keeps one root keeps all the days up to it.
 */
export interface Anchor {
  /** The last day of China that it covers; the first is the day after the anchor before it. */
  readonly date: LocalDate;
  readonly root: string;
  /** The root of the anchor before it; "" of the first. */
  readonly previous: string;
  readonly leaves: number;
  readonly at: Instant;
}

/** Leaves as texts in their order: the anchor before them is one of them. */
const leafTexts = (
  { date, previous }: Pick<Anchor, "date" | "previous">,
  leaves: readonly TrailLeaf[],
): readonly string[] =>
  [...leaves, { type: "anchor", date, previous }].map((leaf) => canonicalJson(leaf)).toSorted();

/**
 * The root of the Merkle tree over texts (RFC 6962, 2.1): leaves and nodes are hashed under different first characters,
 * so that no node can be passed off as a leaf; a node without a neighbour moves up as it is.
 */
export const merkleRoot = (digest: Digest, texts: readonly string[]): string => {
  let level = texts.map((text) => digest(`\u0000${text}`));
  if (level.length === 0) return digest("");
  while (level.length > 1) {
    const nodes: string[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left = "", right] = level.slice(index, index + 2);
      nodes.push(right === undefined ? left : digest(`\u0001${left}${right}`));
    }
    level = nodes;
  }
  return level[0] ?? "";
};

/** The root of an anchor's leaves. */
export const anchorRoot = (
  digest: Digest,
  anchor: Pick<Anchor, "date" | "previous">,
  leaves: readonly TrailLeaf[],
): string => merkleRoot(digest, leafTexts(anchor, leaves));
