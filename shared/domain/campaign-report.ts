/**
 * The report of one campaign (policy 5 F9: reported upward after each season): of the cases sent
 * in its days, who was visited and helped, out of whose money, and what is still to be paid. Pure; cases come one at a
 * time.
 */
import type { BlindIndex, FundId } from "../kernel/ids.ts";
import { addFen, fen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import { payableFen, type Application } from "./application.ts";
import type { CaseMovements } from "./case-movements.ts";
import { heldFen } from "./ledger-audit.ts";

export type CampaignCase = Pick<
  Application,
  | "advanceFen"
  | "amountFen"
  | "category"
  | "decidedBy"
  | "fastTrack"
  | "fundId"
  | "household"
  | "id"
  | "recommendation"
  | "status"
  | "tier"
  | "unitId"
>;

/** One line of a table: households are counted once, people may be helped twice. */
export interface CampaignLine {
  readonly applied: number;
  readonly helped: number;
  readonly payments: number;
  /** Paid, less what came back. */
  readonly paidFen: Fen;
  readonly unpaid: number;
  readonly unpaidFen: Fen;
}

export interface CampaignReport {
  readonly total: CampaignLine;
  readonly byUnit: ReadonlyMap<string, CampaignLine>;
  readonly byCategory: ReadonlyMap<string, CampaignLine>;
  /** Paid out of each fund, and to how many payments. */
  readonly byFund: ReadonlyMap<FundId, { readonly payments: number; readonly paidFen: Fen }>;
  /** Households whose case went to a decision after the visit that an award needs. */
  readonly visited: number;
  readonly refused: number;
  readonly notices: number;
  readonly objections: number;
  /** Of what was paid for each household that was helped, in whole fen; null when nobody was. */
  readonly averageFen: Fen | null;
}

/** A household without a key of its own (a case that was never identified) is its case. */
const householdOf = ({ household, id }: CampaignCase): string => household ?? id;

/**
 * An award is decided on a visit only (`accept`: whom the rules would help is visited before the base office decides),
 * so that a case with such a recommendation that somebody was asked about has been visited. An advance has not: its
 * visit follows.
 */
const wasVisited = ({ recommendation, decidedBy, tier, fastTrack }: CampaignCase): boolean =>
  recommendation === "approve" &&
  fastTrack !== "advance" &&
  (tier !== null || Object.keys(decidedBy).length > 0);

/** What an approved case has still to get. */
const unpaidFenOf = (campaignCase: CampaignCase): Fen => {
  const application = campaignCase as Application;
  return application.status === "waiting_for_funds"
    ? payableFen(application)
    : heldFen(application);
};

interface Group {
  readonly applied: Set<string>;
  readonly helped: Set<string>;
  payments: number;
  paidFen: number;
  unpaid: number;
  unpaidFen: number;
}

const newGroup = (): Group => ({
  applied: new Set(),
  helped: new Set(),
  payments: 0,
  paidFen: 0,
  unpaid: 0,
  unpaidFen: 0,
});

const lineOf = ({
  applied,
  helped,
  payments,
  paidFen,
  unpaid,
  unpaidFen,
}: Group): CampaignLine => ({
  applied: applied.size,
  helped: helped.size,
  payments,
  paidFen: fen(paidFen),
  unpaid,
  unpaidFen: fen(unpaidFen),
});

const within = (groups: Map<string, Group>, key: string): Group => {
  const group = groups.get(key) ?? newGroup();
  groups.set(key, group);
  return group;
};

export interface NoticeCounts {
  readonly notices: number;
  readonly objections: number;
}

export interface CampaignCounter {
  readonly note: (
    one: CampaignCase,
    moved: CaseMovements | undefined,
    noticed: NoticeCounts,
  ) => void;
  readonly report: () => CampaignReport;
}

const refusedStatuses: readonly Application["status"][] = ["ineligible", "rejected"];

const countInto = (
  group: Group,
  household: string,
  moved: CaseMovements | undefined,
  unpaidFen: Fen,
): void => {
  group.applied.add(household);
  if (moved && moved.payments.length > 0) group.helped.add(household);
  for (const { amountFen } of moved?.payments ?? []) {
    group.payments += 1;
    group.paidFen += amountFen;
  }
  group.paidFen -= moved?.refundedFen ?? 0;
  if (unpaidFen === 0) return;
  group.unpaid += 1;
  group.unpaidFen += unpaidFen;
};

/** Counts a campaign case by case. */
export const campaignCounter = (): CampaignCounter => {
  const total = newGroup();
  const byUnit = new Map<string, Group>();
  const byCategory = new Map<string, Group>();
  const byFund = new Map<FundId, { payments: number; paidFen: Fen }>();
  const visited = new Set<string | BlindIndex>();
  const counts = { refused: 0, notices: 0, objections: 0 };
  return {
    note: (one, moved, noticed) => {
      const household = householdOf(one);
      const unpaidFen = unpaidFenOf(one);
      const groups = [
        total,
        within(byUnit, one.unitId ?? ""),
        within(byCategory, one.category ?? ""),
      ];
      for (const group of groups) countInto(group, household, moved, unpaidFen);
      for (const { fundId, amountFen } of moved?.payments ?? []) {
        const { payments, paidFen } = byFund.get(fundId) ?? { payments: 0, paidFen: zeroFen };
        byFund.set(fundId, { payments: payments + 1, paidFen: addFen(paidFen, amountFen) });
      }
      const lastFund = moved?.payments.at(-1)?.fundId;
      if (lastFund !== undefined && moved && moved.refundedFen > 0) {
        const of = byFund.get(lastFund) ?? { payments: 0, paidFen: zeroFen };
        byFund.set(lastFund, { ...of, paidFen: subtractFen(of.paidFen, moved.refundedFen) });
      }
      if (wasVisited(one)) visited.add(household);
      if (refusedStatuses.includes(one.status)) counts.refused += 1;
      counts.notices += noticed.notices;
      counts.objections += noticed.objections;
    },
    report: () => {
      const line = lineOf(total);
      return {
        total: line,
        byUnit: new Map([...byUnit].map(([key, group]) => [key, lineOf(group)])),
        byCategory: new Map([...byCategory].map(([key, group]) => [key, lineOf(group)])),
        byFund,
        visited: visited.size,
        ...counts,
        averageFen: line.helped === 0 ? null : fen(Math.round(line.paidFen / line.helped)),
      };
    },
  };
};
