/** Proves one case or archive file as it lies in the table now: its chain, its money, and the anchors that hold it. */
import { anchorRoot } from "#shared/domain/trail.ts";
import type { ProofFault } from "#shared/domain/trail-fault.ts";
import type { AnchoredHead } from "#shared/domain/trail-proof-anchor.ts";
import { checkBooks } from "#shared/domain/trail-proof-books.ts";
import { createChainProof } from "#shared/domain/trail-proof-chain.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import { leavesOf } from "./trail-anchor.ts";
import { digest } from "./trail-digest.ts";

type Uses = Pick<Dependencies, "trail" | "funds" | "cases"> & {
  readonly files: Pick<StoredFiles, "read">;
};

/** Anchors that are looked into for one case; the whole file's proof looks into all. */
const anchorsMax = 31;

export interface ProvedCase {
  readonly id: string;
  readonly links: number;
  readonly transfers: number;
  /** Days whose anchor holds a head of this chain. */
  readonly anchoredOn: readonly string[];
  readonly faults: readonly ProofFault[];
}

/** Heads of a chain in the last anchors; an anchor whose own root isn't its leaves' is a fault. */
const anchoredHeads = async (
  { trail, files }: Pick<Uses, "trail" | "files">,
  id: string,
  note: (fault: ProofFault) => void,
): Promise<readonly AnchoredHead[]> => {
  const heads: AnchoredHead[] = [];
  for (const anchor of await trail.anchors(anchorsMax)) {
    const { date } = anchor;
    const leaves = await leavesOf(files, anchor);
    if (!leaves || anchorRoot(digest, anchor, leaves) !== anchor.root) {
      note({ line: 0, code: "root_differs", subject: date, part: "" });
    }
    for (const leaf of leaves ?? []) {
      const isOurs = (leaf.type === "case" || leaf.type === "file") && leaf.id === id;
      if (isOurs) heads.push({ date, line: 0, leaf });
    }
  }
  return heads;
};

/** @returns null when there is no such case or file, or it is a draft. */
export const proveOne = async (uses: Uses, id: string): Promise<ProvedCase | null> => {
  const [row] = await uses.trail.heads([id]);
  if (!row || row.version === 0) return null;
  const faults: ProofFault[] = [];
  const note = (fault: ProofFault): void => {
    faults.push(fault);
  };
  const anchored = await anchoredHeads(uses, id, note);
  const chain = createChainProof(digest, note, { row, line: 0 }, anchored);
  const links = await uses.trail.links(id);
  for (const link of links) chain.link(link, 0);
  const proved = chain.end();
  const applicationId = parseApplicationId(id);
  const application = applicationId && (await uses.cases.get(applicationId));
  const transfers = application
    ? await uses.funds.transfersOf(application.id, application.cycle)
    : [];
  const moved = transfers.map((transfer) => ({ transfer, line: 0 }));
  if (application) checkBooks(proved, moved, note, () => false);
  const anchoredOn = anchored.map(({ date }) => date);
  return { id, links: links.length, transfers: transfers.length, anchoredOn, faults };
};
