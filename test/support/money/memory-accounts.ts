/** A household's year in memory, as adapters/dynamodb/award-account.ts keeps it. */
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import { accountChanges } from "#shared/domain/award-account.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import type { Commit } from "#shared/ports/case-store.ts";
import type { Memory, Part } from "./memory-parts.ts";

/** Every figure of the accounts that a step moves: what rises stays within its limit, what falls always may. */
export const accountParts = (memory: Memory, { step, accountLimits }: Commit): readonly Part[] => {
  const most = accountLimits ?? noAccountLimits;
  return accountChanges(step).flatMap((change) => {
    const row = `${change.household} ${change.year}`;
    const part = (attribute: string, by: number, maximum: number | null): Part => {
      const sum = (memory.accounts.get(`${row} ${attribute}`) ?? 0) + by;
      return {
        refused: "cap_exceeded",
        holds: memory.without.has("cap") || by <= 0 || maximum === null || sum <= maximum,
        write: () => void memory.accounts.set(`${row} ${attribute}`, sum),
      };
    };
    const parts = (kind: string, figures: object, maximum: (name: string) => number | null) =>
      Object.entries(figures).map(([name, by]: [string, number]) =>
        part(`${kind}.${name}`, by, maximum(name)),
      );
    return [
      part("total", change.totalFen, most.householdYearMaxFen),
      ...parts("fund", change.byFundFen, (code) => most.byFundMaxFen[code as FundCode] ?? null),
      ...parts("programme", change.byProgrammeFen, () => most.programmeYearMaxFen),
      ...parts("count", change.byProgrammeCount, () => most.programmeYearCountMax),
      ...parts("cause", change.byCauseFen, () => most.causeMaxFen),
    ];
  });
};
