/** What a case is held against when a fund is chosen for it: office, year, and what the person had of each kind. */
import type { Application } from "#shared/domain/application.ts";
import { accountWithout } from "#shared/domain/award-account.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { FundClaim } from "#shared/domain/fund-fit.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { accountOf } from "./award-limits.ts";
import { programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "directory">;

/** Emergency relief can't wait for next year's money: programmes with a fast track may use the reserve (预留). */
export const mayUseReserve = (application: Application): boolean =>
  programmeOf(application).fastTrack !== undefined;

/** The claim of a case on these funds. What the person has had is read only where a fund asks for it. */
export const fundClaimOf = async (
  uses: Uses,
  application: Application,
  funds: readonly Fund[],
): Promise<FundClaim> => {
  const asksForYear = funds.some(
    ({ code, limits }) =>
      limits.perPersonYearMaxFen !== null && application.fundOrder.includes(code),
  );
  const personYearFen = asksForYear
    ? accountWithout(await accountOf(uses, application), application).byFundFen
    : {};
  return {
    application,
    year: yearOf(localDateOf(uses.clock.now())),
    organisation: await uses.directory.organisation(),
    mayUseReserve: mayUseReserve(application),
    personYearFen,
  };
};
