/** Paid cases by the day of payment, out of the funds' ledgers: the one index that holds ended cases by month. */
import type { Application } from "#shared/domain/application.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Desk } from "../../frame.ts";
import { seesCaseOf } from "../../scope.ts";
import type { CaseFilter } from "./filter.ts";
import type { UnderWay } from "./under-way.ts";

/** So many payments are looked up for one page; then the period has to be shorter. */
const readMax = 500;
const readsAtOnce = 16;

/** Without a period it is this month. */
export const periodOf = (
  desk: Desk,
  { from, to }: Pick<CaseFilter, "from" | "to">,
): { readonly from: LocalDate; readonly to: LocalDate } => {
  const last = to ?? localDateOf(desk.uses.clock.now());
  return { from: from ?? (`${last.slice(0, 7)}-01` as LocalDate), to: last };
};

const monthsAYear = 12;

/** Months counted from the year 0. */
const monthOf = (day: LocalDate): number => {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return year * monthsAYear + month;
};

/** Each month of each fund is a query of its own: a longer period would keep everybody waiting. */
export const periodMonthsMax = 24;

export const isTooLong = (desk: Desk, filter: CaseFilter): boolean => {
  const { from, to } = periodOf(desk, filter);
  return filter.status === "paid" && monthOf(to) - monthOf(from) > periodMonthsMax;
};

const paymentsIn = async (desk: Desk, filter: CaseFilter): Promise<readonly Transfer[]> => {
  const { funds } = desk.uses;
  const period = periodOf(desk, filter);
  const payments: Transfer[] = [];
  for (const { id } of await funds.all()) {
    const months = [period.from.slice(0, 7), period.to.slice(0, 7)] as const;
    for await (const transfer of funds.transfers(id, ...months)) {
      const day = localDateOf(transfer.at);
      const isOurs = transfer.kind === "post" && day >= period.from && day <= period.to;
      if (isOurs) payments.push(transfer);
      if (payments.length > readMax) return payments;
    }
  }
  return payments;
};

/** A payment as a row of a list: the case as it stands now, with the day and the amount of the payment. */
const entryOf = (application: Application, { at, amountFen }: Transfer): QueueEntry => ({
  applicationId: application.id,
  status: application.status,
  programmeId: application.programmeId,
  unitId: application.unitId,
  tier: application.tier,
  amountFen,
  fastTrack: application.fastTrack,
  advanceFen: application.advanceFen,
  since: at,
  deadlineAt: null,
  submittedAt: application.submittedAt ?? application.createdAt,
});

/** The payments of the period, one row each. */
export const paidCases = async (
  desk: Desk,
  organisation: Organisation,
  filter: CaseFilter,
): Promise<UnderWay> => {
  const payments = await paymentsIn(desk, filter);
  const rows = await inParallel(payments.slice(0, readMax), readsAtOnce, async (transfer) => {
    const id = transfer.applicationId;
    const application = id && (await desk.uses.cases.get(id));
    return application ? entryOf(application, transfer) : null;
  });
  return {
    entries: rows.flatMap((entry) =>
      entry && seesCaseOf(desk, organisation, entry) ? [entry] : [],
    ),
    more: payments.length > readMax,
  };
};
