/** One chain: a case's events or an archive file's versions, link by link up to its head. */
import { mayMove, transitions } from "./lifecycle.ts";
import type { EventType, Status } from "./application.ts";
import { chainText, type Digest } from "./trail.ts";
import type { NoteFault, ProofCode } from "./trail-fault.ts";
import type { AnchoredHead } from "./trail-proof-anchor.ts";
import type { HeadRow, LinkRow } from "./trail-row.ts";

/** What the books are held to of an event. */
export interface ProvedEvent {
  readonly type: string;
  readonly at: string;
  readonly line: number;
  readonly amountFen: number | null;
  readonly fundId: string | null;
}

export interface ProvedChain {
  readonly row: HeadRow;
  readonly line: number;
  readonly events: readonly ProvedEvent[];
}

/** The fields of a link under which its row keeps its own number: they are hashed along. */
const namedIn = ({ kind, id, version }: LinkRow): Readonly<Record<string, unknown>> =>
  kind === "event" ? { applicationId: id, version } : { fileId: id, version };

/** The hash that a link must have behind another. */
export const linkHash = (digest: Digest, previousHash: string, link: LinkRow): string =>
  digest(chainText(previousHash, { ...link.said, ...namedIn(link), sealed: link.sealed }));

const isAllowed = (type: unknown, from: unknown, to: unknown): boolean =>
  typeof type === "string" &&
  Object.hasOwn(transitions, type) &&
  mayMove(type as EventType, from as Status, to as Status);

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;

const provedEvent = ({ said }: LinkRow, line: number): ProvedEvent => {
  const detail = (said["detail"] ?? {}) as Readonly<Record<string, unknown>>;
  const { amountFen, fundId } = detail;
  return {
    type: textOr(said["type"], ""),
    at: textOr(said["at"], ""),
    line,
    amountFen: typeof amountFen === "number" ? amountFen : null,
    fundId: typeof fundId === "string" ? fundId : null,
  };
};

/**
 * Begins a chain. `anchored` are the heads that anchors hold it to; each is found in it, or is a fault at the link that
 * has its version.
 */
export const createChainProof = (
  digest: Digest,
  note: NoteFault,
  head: { readonly row: HeadRow; readonly line: number },
  anchored: readonly AnchoredHead[],
): { readonly link: (row: LinkRow, line: number) => void; readonly end: () => ProvedChain } => {
  const { row: own, line: headLine } = head;
  const events: ProvedEvent[] = [];
  const left = new Set(anchored);
  let version = 0;
  let hash = "";
  let state = "draft";
  const fault = (line: number, code: ProofCode, part: string | number): void =>
    note({ line, code, subject: own.id, part: String(part) });

  const followAnchors = (row: LinkRow, line: number): void => {
    for (const one of left) {
      if (one.leaf.version !== row.version) continue;
      left.delete(one);
      if (one.leaf.head !== row.hash) fault(line, "anchored_head_differs", row.version);
    }
  };
  const followState = ({ said }: LinkRow, line: number): void => {
    const { type, from, to } = said;
    if (from !== state || !isAllowed(type, from, to)) fault(line, "move_not_allowed", version);
    state = textOr(to, state);
  };
  return {
    link: (row, line) => {
      if (row.version !== version + 1) fault(line, "version_missing", version + 1);
      version = row.version;
      if (row.previousHash !== hash) fault(line, "chain_broken", version);
      if (linkHash(digest, row.previousHash, row) !== row.hash)
        fault(line, "link_changed", version);
      followAnchors(row, line);
      hash = row.hash;
      if (row.kind === "version") return;
      followState(row, line);
      events.push(provedEvent(row, line));
    },
    end: () => {
      if (version !== own.version || hash !== own.head) fault(headLine, "head_differs", version);
      else if (own.kind === "case" && state !== own.status)
        fault(headLine, "state_differs", version);
      for (const { leaf } of left) fault(headLine, "anchored_head_differs", leaf.version);
      return { row: own, line: headLine, events };
    },
  };
};
