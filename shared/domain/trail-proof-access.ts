/** Reads of sensitive fields: each day's list as the day's anchor has it, so that none can be taken out of it. */
import type { NoteFault } from "./trail-fault.ts";
import type { AnchoredLeaves } from "./trail-proof-anchor.ts";
import { saidOfAccess, type AccessRow } from "./trail-row.ts";

export const createAccessProof = (
  next: (before: string, row: unknown) => string,
  note: NoteFault,
  known: Pick<AnchoredLeaves, "accesses">,
): { readonly access: (row: AccessRow) => void; readonly end: () => void } => {
  let day = "";
  let count = 0;
  let hash = "";
  const close = (): void => {
    const anchored = known.accesses.get(day);
    known.accesses.delete(day);
    if (!anchored) return;
    const { leaf, line } = anchored;
    if (leaf.count !== count || leaf.hash !== hash) {
      note({ line, code: "anchored_access_differs", subject: day, part: String(leaf.count) });
    }
  };
  return {
    access: (row) => {
      if (row.day !== day) {
        close();
        day = row.day;
        count = 0;
        hash = "";
      }
      count += 1;
      hash = next(hash, saidOfAccess(row));
    },
    end: () => {
      close();
      for (const [missing, { line, leaf }] of known.accesses) {
        if (leaf.count === 0) continue;
        note({
          line,
          code: "anchored_access_differs",
          subject: missing,
          part: String(leaf.count),
        });
      }
    },
  };
};
