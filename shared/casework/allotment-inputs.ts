/** What an allotment by formula is worked out from: households on file of each office, counted by the index, and L. */
import type { Fund } from "#shared/domain/fund.ts";
import type { FormulaInputs, FormulaShare } from "#shared/domain/allotment.ts";
import { livingStandardOn } from "#shared/domain/policy.ts";
import { branchOf } from "#shared/domain/staffing.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { isAboveIn } from "./fund-orders.ts";

type Uses = Pick<Dependencies, "archive" | "clock" | "directory" | "funds" | "policy">;

const countsAtOnce = 16;

/**
 * The funds below one, of the same kind and year, that money is allotted to: of an office and one beneath it the
 * upper one, which passes it on, so that no household counts twice.
 */
export const fundsBelow = (
  organisation: Organisation,
  from: Fund,
  funds: readonly Fund[],
): readonly (Fund & { readonly unitId: UnitId })[] => {
  const isAbove = isAboveIn(organisation);
  const below = funds.flatMap((fund) =>
    fund.unitId !== null &&
    fund.open &&
    fund.code === from.code &&
    fund.source === from.source &&
    fund.year === from.year &&
    isAbove(from, fund)
      ? [{ ...fund, unitId: fund.unitId }]
      : [],
  );
  const first = new Map(below.toReversed().map((fund) => [fund.unitId, fund]));
  return below.filter(
    (fund) => first.get(fund.unitId) === fund && !below.some((other) => isAbove(other, fund)),
  );
};

/** Files of an office and those below it that count today: open and not run out. */
const householdsOf = async (
  { archive }: Pick<Uses, "archive">,
  organisation: Organisation,
  unitId: UnitId,
  today: LocalDate,
): Promise<number> => {
  const counts = await inParallel(branchOf(organisation, unitId), countsAtOnce, ({ id }) =>
    archive.count({ unitId: id, state: "open", from: today }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

/** The inputs as they are now; kept with the order, so that an auditor can work it out again. */
export const formulaInputs = async (
  uses: Uses,
  from: Fund,
  keptBackFen: Fen,
): Promise<FormulaInputs> => {
  const today = localDateOf(uses.clock.now());
  const organisation = await uses.directory.organisation();
  const livingStandardFen = livingStandardOn(uses.policy.livingStandards, today);
  const shares: FormulaShare[] = [];
  for (const { id, unitId } of fundsBelow(organisation, from, await uses.funds.all())) {
    const households = await householdsOf(uses, organisation, unitId, today);
    shares.push({ unitId, toFundId: id, households, livingStandardFen });
  }
  return { fromFundId: from.id, potFen: from.availableFen, keptBackFen, shares };
};
