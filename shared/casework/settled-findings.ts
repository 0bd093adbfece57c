/** Looks at what may be moving while it is looked at, until it stood still for two looks. */
import type { Finding } from "#shared/domain/ledger-audit.ts";

export interface Look {
  /** Everything that the look rests on, versions and balances: two equal marks are one state. */
  readonly mark: string;
  readonly findings: readonly Finding[];
}

/** More looks than any quiet place needs, and few enough for a busy one. */
const looksMax = 8;

/**
 * A finding counts only when the same state showed it twice: money that moved between two reads is no difference.
 * @returns null when it moved at every look; the next night sees it again.
 */
export const settledFindings = async (
  look: () => Promise<Look>,
): Promise<readonly Finding[] | null> => {
  let before: string | null = null;
  for (let looks = 0; looks < looksMax; looks += 1) {
    const { mark, findings } = await look();
    if (findings.length === 0) return [];
    if (mark === before) return findings;
    before = mark;
  }
  return null;
};
