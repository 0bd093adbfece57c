/** Brings together what the report of a campaign counts; its cases are read some hundreds at a time. */
import type { Fund } from "#shared/domain/fund.ts";
import { campaignCounter, type CampaignReport } from "#shared/domain/campaign-report.ts";
import type { FeedbackCounts } from "#shared/domain/feedback.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { casesSince, feedbackIn, passLedger } from "./report-figures.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "feedback" | "funds" | "notices">;

const casesAtOnce = 500;
const noticesAtOnce = 16;
/** Notices are read case by case: of a larger campaign the page says that they weren't counted. */
export const noticesCountedMax = 3_000;

export interface CampaignFigures {
  readonly report: CampaignReport;
  readonly funds: readonly Fund[];
  readonly feedback: FeedbackCounts | undefined;
  /** Whether notices and objections were counted. */
  readonly countsNotices: boolean;
}

/**
 * A programme's campaign: the cases that were sent between two days, whatever has become of them until today, and
 * their payments until today.
 */
export const campaignFigures = async (
  uses: Uses,
  asked: {
    readonly programmeId: string;
    readonly sent: ReportPeriod;
    readonly isOffice: (unitId: UnitId | null) => boolean;
  },
): Promise<CampaignFigures> => {
  const { programmeId, sent, isOffice } = asked;
  const untilNow = { from: sent.from, to: localDateOf(uses.clock.now()) };
  const { funds, movements, paidIds } = await passLedger(uses, untilNow);
  const cases = await casesSince(uses, sent.from, paidIds);
  const ids = [...cases.values()].flatMap((one) => {
    const day = localDateOf(one.submittedAt);
    const isOfIt =
      one.programmeId === programmeId && day >= sent.from && day <= sent.to && isOffice(one.unitId);
    return isOfIt ? [one.applicationId] : [];
  });
  const countsNotices = ids.length <= noticesCountedMax;
  const counter = campaignCounter();
  for (let first = 0; first < ids.length; first += casesAtOnce) {
    const some = await uses.cases.getAll(ids.slice(first, first + casesAtOnce));
    const noticed = await inParallel(some, noticesAtOnce, ({ id }) =>
      countsNotices ? uses.notices.countsOf(id) : Promise.resolve({ notices: 0, objections: 0 }),
    );
    for (const [index, one] of some.entries()) {
      counter.note(one, movements.get(one.id), noticed[index] ?? { notices: 0, objections: 0 });
    }
  }
  const ofProgramme = await feedbackIn(
    uses,
    untilNow,
    (given) => given.programmeId === programmeId && isOffice(given.unitId),
  );
  return { report: counter.report(), funds, feedback: ofProgramme.get(""), countsNotices };
};
