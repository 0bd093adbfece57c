/**
 * Brings together what a report counts: the queues, the months' ended cases and the ledger, which passes by once and of
 * which only each case's sums stay. Only cases that stand in none of the lists are read themselves, some hundreds at a
 * time: paid ones, and those with a bank (ADR 0026).
 */
import type { Application } from "#shared/domain/application.ts";
import { movementsIn, type CaseMovements } from "#shared/domain/case-movements.ts";
import {
  feedbackWith,
  noFeedback,
  type FeedbackCounts,
  type FeedbackFigures,
} from "#shared/domain/feedback.ts";
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
import { reportOf, type Report, type ReportedCase } from "#shared/domain/report.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allQueues, entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "feedback" | "funds" | "policy">;

const queuesAtOnce = 8;
const casesAtOnce = 500;
/** More batches than are ever with a bank at a time. */
const openBatchesMax = 200;

/** Of a case no more than a report needs: a season has more than a hundred thousand. */
const small = ({
  applicationId,
  status,
  programmeId,
  unitId,
  since,
  submittedAt,
}: ReportedCase): ReportedCase => ({
  applicationId,
  status,
  programmeId,
  unitId,
  since,
  submittedAt,
});

const casesOf = async (
  { cases }: Pick<Uses, "cases">,
  queue: Queue,
): Promise<readonly ReportedCase[]> => {
  const found: ReportedCase[] = [];
  for await (const entry of entriesIn({ cases }, queue)) found.push(small(entry));
  return found;
};

/** Cases in a batch that the bank hasn't answered yet: they stand in no list. */
const idsAtBank = async ({ batches }: Pick<Uses, "batches">): Promise<readonly ApplicationId[]> => {
  const open = await batches.list("open", openBatchesMax);
  const items = await inParallel(open, queuesAtOnce, async ({ id }) =>
    (await batches.items(id))
      .filter(({ status }) => status === "ready")
      .map(({ applicationId }) => applicationId),
  );
  return items.flat();
};

const reported = (application: Application): readonly ReportedCase[] =>
  application.submittedAt === null
    ? []
    : [
        small({
          ...application,
          applicationId: application.id,
          submittedAt: application.submittedAt,
        }),
      ];

/**
 * Every case that is under way now, has ended since the first day or was paid since, each once and as it stands last.
 * `paidIds`: cases with a payment since then, as the ledger tells.
 */
export const casesSince = async (
  uses: Pick<Uses, "batches" | "cases" | "clock">,
  from: LocalDate,
  paidIds: ReadonlySet<ApplicationId>,
): Promise<ReadonlyMap<ApplicationId, ReportedCase>> => {
  const ended = monthsOf({ from, to: localDateOf(uses.clock.now()) }).map((month): Queue => ({
    kind: "ended",
    month,
  }));
  const byId = new Map<ApplicationId, ReportedCase>();
  // What moves while this is read may stand in two lists: the later state is the case's.
  const note = (one: ReportedCase): void => {
    const known = byId.get(one.applicationId);
    if (!known || known.since <= one.since) byId.set(one.applicationId, one);
  };
  const lists = await inParallel([...allQueues, ...ended], queuesAtOnce, (queue) =>
    casesOf(uses, queue),
  );
  for (const list of lists) for (const one of list) note(one);
  const unlisted = [...paidIds, ...(await idsAtBank(uses))].filter((id) => !byId.has(id));
  for (let first = 0; first < unlisted.length; first += casesAtOnce) {
    const some = [...new Set(unlisted.slice(first, first + casesAtOnce))];
    for (const application of await uses.cases.getAll(some)) {
      for (const one of reported(application)) note(one);
    }
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

export interface LedgerPassed {
  readonly funds: readonly Fund[];
  readonly movements: ReadonlyMap<ApplicationId, CaseMovements>;
  /** Cases with a payment since the period began, in it or later. */
  readonly paidIds: ReadonlySet<ApplicationId>;
}

/** Passes the ledger from the period's first day until today, once; `note` sees each transfer too. */
export const passLedger = async (
  uses: Pick<Uses, "clock" | "funds">,
  period: ReportPeriod,
  note: (transfer: Transfer) => void = () => undefined,
): Promise<LedgerPassed> => {
  const funds = await uses.funds.all();
  const { from, to } = ledgerMonthsOf({ from: period.from, to: localDateOf(uses.clock.now()) });
  const movements = movementsIn(period);
  const paidIds = new Set<ApplicationId>();
  for (const { id } of funds) {
    for await (const transfer of uses.funds.transfers(id, from, to)) {
      note(transfer);
      movements.note(transfer);
      const { kind, applicationId } = transfer;
      if (kind === "post" && applicationId !== null) paidIds.add(applicationId);
    }
  }
  return { funds, movements: movements.byCase, paidIds };
};

/** What applicants said after their payments of a period, by programme; the whole is under "". */
export const feedbackIn = async (
  { feedback }: Pick<Uses, "feedback">,
  period: ReportPeriod,
  isWanted: (given: FeedbackFigures) => boolean,
): Promise<ReadonlyMap<string, FeedbackCounts>> => {
  const counts = new Map<string, FeedbackCounts>();
  for (const month of monthsOf(period)) {
    for await (const given of feedback.figuresOf(month)) {
      const day = localDateOf(given.paidAt);
      if (day < period.from || day > period.to || !isWanted(given)) continue;
      for (const group of ["", given.programmeId]) {
        counts.set(group, feedbackWith(counts.get(group) ?? noFeedback, given));
      }
    }
  }
  return counts;
};

export interface ReportFigures {
  readonly report: Report;
  readonly funds: readonly Fund[];
  /** Month ends of the period up to today, oldest first. */
  readonly months: readonly string[];
  readonly fundMonths: readonly FundMonths[];
  readonly feedback: ReadonlyMap<string, FeedbackCounts>;
}

/** The figures of a period for the cases that are wanted; balances of funds are the funds' own, whoever is wanted. */
export const reportFigures = async (
  uses: Uses,
  period: ReportPeriod,
  isWanted: (reported: Pick<ReportedCase, "programmeId" | "unitId"> | undefined) => boolean,
): Promise<ReportFigures> => {
  const today = localDateOf(uses.clock.now());
  const { calendar } = commonPolicyOn(uses.policy, today);
  const { byFund, note } = changesWhile();
  const { funds, movements, paidIds } = await passLedger(uses, period, note);
  const cases = await casesSince(uses, period.from, paidIds);
  const report = reportOf({ period, today, calendar, cases, movements, isWanted });
  const months = monthsOf({ from: period.from, to: today });
  const fundMonths = funds.map((fund) => ({
    fundId: fund.id,
    ends: monthEnds(fund, months, byFund.get(fund.id) ?? new Map<string, Balances>()),
  }));
  const shown = months.filter((month) => month <= period.to.slice(0, 7));
  const feedback = await feedbackIn(uses, period, isWanted);
  return { report, funds, months: shown, fundMonths, feedback };
};
