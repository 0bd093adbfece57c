/**
 * Brings together what a report counts: the queues, the months' ended cases and the ledger. Only cases that stand in
 * none of the lists are read themselves, a hundred at a time: paid ones, and those with a bank (ADR 0026).
 */
import type { Application } from "#shared/domain/application.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import {
  ledgerMonthsOf,
  monthEnds,
  monthsOf,
  moved,
  noBalances,
  type Balances,
  type FundMonths,
  type ReportPeriod,
} from "#shared/domain/month-ends.ts";
import {
  reportOf,
  type Report,
  type ReportedCase,
  type ReportedTransfer,
} from "#shared/domain/report.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allQueues, entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "funds" | "policy">;

const queuesAtOnce = 8;
/** More batches than are ever with a bank at a time. */
const openBatchesMax = 200;

const casesOf = async (
  { cases }: Pick<Uses, "cases">,
  queue: Queue,
): Promise<readonly ReportedCase[]> => {
  const found: ReportedCase[] = [];
  for await (const entry of entriesIn({ cases }, queue)) found.push(entry);
  return found;
};

/** Cases in a batch that the bank hasn't answered yet: they stand in no list. */
const idsAtBank = async ({ batches }: Pick<Uses, "batches">): Promise<readonly ApplicationId[]> => {
  const open = await batches.list("open", openBatchesMax);
  const items = await inParallel(open, queuesAtOnce, ({ id }) => batches.items(id));
  return items
    .flat()
    .filter(({ status }) => status === "ready")
    .map(({ applicationId }) => applicationId);
};

const reported = (application: Application): readonly ReportedCase[] =>
  application.submittedAt === null
    ? []
    : [{ ...application, applicationId: application.id, submittedAt: application.submittedAt }];

/**
 * Every case that is under way now, has ended since the first day or was paid since, each once and as it stands last.
 * `paidIds`: cases with a payment since then, as the ledger tells.
 */
export const casesSince = async (
  uses: Uses,
  from: LocalDate,
  paidIds: ReadonlySet<ApplicationId>,
): Promise<ReadonlyMap<ApplicationId, ReportedCase>> => {
  const ended = monthsOf({ from, to: localDateOf(uses.clock.now()) }).map((month): Queue => ({
    kind: "ended",
    month,
  }));
  const lists = await inParallel([...allQueues, ...ended], queuesAtOnce, (queue) =>
    casesOf(uses, queue),
  );
  const listed = new Set(lists.flat().map(({ applicationId }) => applicationId));
  const unlisted = [...paidIds, ...(await idsAtBank(uses))].filter((id) => !listed.has(id));
  const read = (await uses.cases.getAll(unlisted)).flatMap(reported);
  const byId = new Map<ApplicationId, ReportedCase>();
  // What moves while this is read may stand in two lists: the later state is the case's.
  for (const one of [...lists.flat(), ...read]) {
    const known = byId.get(one.applicationId);
    if (!known || known.since <= one.since) byId.set(one.applicationId, one);
  }
  return byId;
};

/** What each month changed in each fund, gathered while the transfers pass by on their way to be counted. */
const changesWhile = (): {
  readonly byFund: Map<FundId, Map<string, Balances>>;
  readonly note: (transfer: Transfer) => void;
} => {
  const byFund = new Map<FundId, Map<string, Balances>>();
  return {
    byFund,
    note: (transfer) => {
      const months = byFund.get(transfer.fundId) ?? new Map<string, Balances>();
      const month = localDateOf(transfer.at).slice(0, 7);
      months.set(month, moved(months.get(month) ?? noBalances, transfer, 1));
      byFund.set(transfer.fundId, months);
    },
  };
};

export interface ReportFigures {
  readonly report: Report;
  readonly funds: readonly Fund[];
  /** Month ends of the period up to today, oldest first. */
  readonly months: readonly string[];
  readonly fundMonths: readonly FundMonths[];
}

/** The figures of a period for the cases that are wanted; balances of funds are the funds' own, whoever is wanted. */
export const reportFigures = async (
  uses: Uses,
  period: ReportPeriod,
  isWanted: (reported: ReportedCase | undefined) => boolean,
): Promise<ReportFigures> => {
  const today = localDateOf(uses.clock.now());
  const { calendar } = commonPolicyOn(uses.policy, today);
  const funds = await uses.funds.all();
  const sinceThen = { from: period.from, to: today };
  const { byFund, note } = changesWhile();
  const transfers: ReportedTransfer[] = [];
  const ledger = ledgerMonthsOf(sinceThen);
  for (const { id } of funds) {
    for await (const transfer of uses.funds.transfers(id, ledger.from, ledger.to)) {
      note(transfer);
      const { kind, applicationId, amountFen, at } = transfer;
      transfers.push({ kind, applicationId, amountFen, at });
    }
  }
  const paidIds = new Set(
    transfers.flatMap(({ kind, applicationId }) =>
      kind === "post" && applicationId !== null ? [applicationId] : [],
    ),
  );
  const cases = await casesSince(uses, period.from, paidIds);
  const report = reportOf({ period, today, calendar, cases, transfers, isWanted });
  const months = monthsOf(sinceThen);
  const fundMonths = funds.map((fund) => ({
    fundId: fund.id,
    ends: monthEnds(fund, months, byFund.get(fund.id) ?? new Map<string, Balances>()),
  }));
  const shown = months.filter((month) => month <= period.to.slice(0, 7));
  return { report, funds, months: shown, fundMonths };
};
