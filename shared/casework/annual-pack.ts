/** Brings together the annual audit pack: funds, batches, orders, findings, what is claimed back and what is still open. */
import { ties, yearPassing, type FundYear } from "#shared/domain/annual-pack.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { FundOrder } from "#shared/domain/fund-order.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import { localDate, localDateOf, startOfDay } from "#shared/kernel/calendar.ts";
import type { ClearedFinding, OpenFinding } from "#shared/ports/audit-store.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "audit" | "cases" | "clock" | "fundOrders" | "funds" | "oversight">;

const ordersAtOnce = 100;
/** More second looks than are ever open at a time. */
const looksMax = 500;

export interface AnnualPack {
  readonly period: ReportPeriod;
  readonly funds: readonly FundYear[];
  readonly batches: readonly Batch[];
  /** Orders decided in the year, and those that still wait. */
  readonly orders: readonly FundOrder[];
  readonly refunds: readonly Transfer[];
  /** Cases whose money is claimed back and hasn't all come. */
  readonly recoveries: readonly QueueEntry[];
  readonly openFindings: readonly OpenFinding[];
  readonly clearedFindings: readonly ClearedFinding[];
  /** Second looks and concerns that are open now. */
  readonly looks: readonly SecondLook[];
}

/** The days of a calendar year, which is the financial year. */
export const daysOfYear = (year: number): ReportPeriod => ({
  from: localDate(`${year}-01-01`),
  to: localDate(`${year}-12-31`),
});

const ordersOf = async (
  { fundOrders }: Pick<Uses, "fundOrders">,
  { from, to }: ReportPeriod,
): Promise<readonly FundOrder[]> => {
  const found: FundOrder[] = [];
  for (const which of ["done", "open"] as const) {
    let after: string | undefined;
    do {
      const page = await fundOrders.list(which, ordersAtOnce, after);
      for (const order of page.rows) {
        const day = localDateOf(order.decidedAt ?? order.proposedAt);
        if (day >= from && day <= to) found.push(order);
      }
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return found.toSorted((a, b) => (a.proposedAt < b.proposedAt ? -1 : 1));
};

const batchesOf = async (
  { audit }: Pick<Uses, "audit">,
  { from, to }: ReportPeriod,
): Promise<readonly Batch[]> => {
  const found: Batch[] = [];
  for await (const batch of audit.batches()) {
    const day = localDateOf(batch.createdAt);
    if (day >= from && day <= to) found.push(batch);
  }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

const readsMax = 5;

/** A fund's year. Money that moves while its transfers pass by is read again, so that a fund ties to itself. */
const fundYearOf = async (
  { funds, clock }: Pick<Uses, "clock" | "funds">,
  first: Fund,
  period: ReportPeriod,
): Promise<{ readonly year: FundYear; readonly refunds: readonly Transfer[] }> => {
  let fund = first;
  for (let reads = 1; ; reads += 1) {
    const { note, fundYear } = yearPassing(period);
    const refunds: Transfer[] = [];
    const months = [fund.openedAt.slice(0, 7), clock.now().slice(0, 7)] as const;
    for await (const transfer of funds.transfers(fund.id, ...months)) {
      note(transfer);
      const day = localDateOf(transfer.at);
      if (transfer.kind === "refund" && day >= period.from && day <= period.to) {
        refunds.push(transfer);
      }
    }
    const year = fundYear(fund);
    if (ties(year) || reads === readsMax) return { year, refunds };
    fund = (await funds.get(fund.id)) ?? fund;
  }
};

/** The pack of a year. Each fund's ledger passes by; of its transfers only money that came back is kept. */
export const annualPack = async (uses: Uses, year: number): Promise<AnnualPack> => {
  const period = daysOfYear(year);
  const years: FundYear[] = [];
  const refunds: Transfer[] = [];
  for (const fund of await uses.funds.all()) {
    const read = await fundYearOf(uses, fund, period);
    years.push(read.year);
    refunds.push(...read.refunds);
  }
  const recoveries: QueueEntry[] = [];
  const due = { kind: "status", status: "recovery_due" } as const;
  for await (const entry of entriesIn(uses, due)) recoveries.push(entry);
  const cleared = await uses.audit.cleared(startOfDay(period.from));
  const [looks, concerns] = await Promise.all([
    uses.oversight.openSecondLooks(looksMax),
    uses.oversight.openConcerns(looksMax),
  ]);
  return {
    period,
    funds: years,
    batches: await batchesOf(uses, period),
    orders: await ordersOf(uses, period),
    refunds,
    recoveries,
    openFindings: await uses.audit.open(),
    clearedFindings: cleared.filter(({ clearedAt }) => localDateOf(clearedAt) <= period.to),
    looks: [...looks, ...concerns],
  };
};
