/** Batches: the sum of the payments, two people, each payment once, and each paid one in the books. */
import { canonicalJson, nextOfList, type BatchLeaf, type Digest } from "./trail.ts";
import type { NoteFault } from "./trail-fault.ts";
import type { Anchored, AnchoredLeaves } from "./trail-proof-anchor.ts";
import { fixedOfItem, historyTexts, type BatchRow, type ItemRow } from "./trail-row.ts";

interface OpenBatch {
  readonly row: BatchRow;
  readonly line: number;
  count: number;
  sumFen: number;
  itemsHash: string;
}

interface KnownItem {
  readonly line: number;
  readonly item: ItemRow;
  readonly fundId: string;
}

/** States in which payments still come in, or go out again. */
const isOpenList = ({ status }: BatchRow): boolean => status === "assembling";

/** What an anchor says of a batch, worked out of its row and the hash of its payments. */
export const batchLeafHash = (digest: Digest, row: BatchRow, events: number): string =>
  digest(
    canonicalJson({
      id: row.id,
      fundId: row.fundId,
      makerId: row.makerId,
      createdAt: row.createdAt,
      history: historyTexts(row.history).slice(0, events),
    }),
  );

/** Items of a payment that left, and were not refused. */
const hasLeft = ({ status }: ItemRow): boolean => !["ready", "failed", "voided"].includes(status);

/** A batch whose payments have all been seen: its sum, its two people, and what anchors say of it. */
const checkBatch = (
  digest: Digest,
  note: NoteFault,
  { row, line, count, sumFen, itemsHash }: OpenBatch,
  anchored: readonly Anchored<BatchLeaf>[],
): void => {
  const fault = { line, subject: row.id, part: row.status };
  if (!isOpenList(row) && (count !== row.count || sumFen !== row.sumFen)) {
    note({ ...fault, code: "batch_sum_differs" });
  }
  const isAuthorised = row.history.some(({ type }) => type === "authorised");
  if (row.checkerId === row.makerId || (isAuthorised && row.checkerId === null)) {
    note({ ...fault, code: "own_batch" });
  }
  for (const { leaf, line: leafLine, date } of anchored) {
    const isSame =
      leaf.version <= row.version &&
      leaf.events <= row.history.length &&
      leaf.hash === batchLeafHash(digest, row, leaf.events) &&
      (leaf.itemsHash === "" || leaf.itemsHash === itemsHash);
    if (!isSame) {
      note({ line: leafLine, code: "anchored_batch_differs", subject: row.id, part: date });
    }
  }
};

export const createBatchProof = (
  digest: Digest,
  note: NoteFault,
  known: Pick<AnchoredLeaves, "batches">,
): {
  readonly batch: (row: BatchRow, line: number) => void;
  readonly item: (row: ItemRow, line: number) => void;
  readonly close: () => void;
  /** The payments of a case and cycle; they are handed over, and kept no longer. */
  readonly take: (applicationId: string) => readonly KnownItem[];
  readonly end: () => void;
} => {
  const items = new Map<string, KnownItem[]>();
  const references = new Set<string>();
  const seen = new Set<string>();
  let open: OpenBatch | null = null;

  const close = (): void => {
    if (!open) return;
    const { row } = open;
    checkBatch(digest, note, open, known.batches.get(row.id) ?? []);
    seen.add(row.id);
    open = null;
  };
  return {
    batch: (row, line) => {
      close();
      open = { row, line, count: 0, sumFen: 0, itemsHash: "" };
    },
    item: (row, line) => {
      const fault = { line, subject: row.reference, part: row.status };
      if (open?.row.id !== row.batchId) {
        note({ ...fault, code: "item_of_nobody" });
        return;
      }
      open.count += 1;
      open.sumFen += row.amountFen;
      open.itemsHash = nextOfList(digest, open.itemsHash, fixedOfItem(row));
      if (row.status === "voided") return;
      if (references.has(row.reference)) note({ ...fault, code: "item_twice" });
      references.add(row.reference);
      const list = items.get(row.applicationId) ?? [];
      items.set(row.applicationId, [...list, { line, item: row, fundId: open.row.fundId }]);
    },
    close,
    take: (applicationId) => {
      const own = items.get(applicationId) ?? [];
      items.delete(applicationId);
      return own;
    },
    end: () => {
      close();
      for (const [id, [first]] of known.batches) {
        if (!first || seen.has(id)) continue;
        note({ line: first.line, code: "anchored_batch_differs", subject: id, part: first.date });
      }
      for (const { line, item } of [...items.values()].flat()) {
        note({ line, code: "item_of_nobody", subject: item.reference, part: item.status });
      }
    },
  };
};

interface Posted {
  readonly line: number;
  readonly subject: string;
  readonly fundId: string;
  readonly amountFen: number;
  readonly at: string;
}

/** Checks a case's payments against what the books paid for it. */
export const checkItems = (
  items: readonly KnownItem[],
  posts: readonly Posted[],
  note: NoteFault,
  isMoving: (at: string) => boolean,
): void => {
  const left = new Set(items.filter(({ item }) => hasLeft(item)));
  for (const post of posts) {
    const own = [...left].find(
      ({ item, fundId }) =>
        `${item.applicationId}:${item.cycle}` === post.subject &&
        item.amountFen === post.amountFen &&
        fundId === post.fundId,
    );
    if (own) left.delete(own);
    else if (!isMoving(post.at)) {
      note({ line: post.line, code: "paid_without_item", subject: post.subject, part: "post" });
    }
  }
  for (const { line, item } of left) {
    note({ line, code: "item_not_paid", subject: item.reference, part: item.status });
  }
};
