/** What a list of cases is narrowed by, as its address says it. Codes, days and amounts only: nothing personal. */
import type { Status } from "#shared/domain/application.ts";
import { branchOf } from "#shared/domain/staffing.ts";
import { tierTitles, type Organisation, type Tier } from "#shared/domain/organisation.ts";
import { localDateOf, parseLocalDate, type LocalDate } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { parseYuan, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { programmeById } from "#workflows/registry.ts";
import type { Desk } from "../../frame.ts";
import { isOverdue } from "../deadline.ts";

/** States in which an office has the case, tier by tier. */
const officeStatuses = [
  "submitted",
  "in_acceptance",
  "in_verification",
  "in_approval",
] as const satisfies readonly Status[];

/** States that a case waits in, as the desk lists them. */
export const waitingStatuses = [
  ...officeStatuses,
  "needs_information",
  "public_notice",
  "objection",
  "under_appeal",
  "waiting_for_funds",
  "reserved",
  "payment_failed",
  "post_review",
  "recovery_due",
] as const satisfies readonly Status[];
export type WaitingStatus = (typeof waitingStatuses)[number];

export const isWaiting = (status: string): status is WaitingStatus =>
  waitingStatuses.some((waiting) => waiting === status);

export interface CaseFilter {
  /** "paid" is read from the ledger; everything else waits in a queue. */
  readonly status: WaitingStatus | "paid" | null;
  readonly programmeId: string | null;
  /** An office with all below it. */
  readonly unitId: UnitId | null;
  /** The tier whose turn it is. */
  readonly tier: Tier | null;
  readonly overdue: boolean;
  /** Days of the present state's beginning, or of payment; both included. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly minFen: Fen | null;
  readonly maxFen: Fen | null;
}

export type FilterField = "from" | "to" | "min" | "max";

export interface ReadFilter {
  readonly filter: CaseFilter;
  readonly page: number;
  readonly problems: Readonly<Partial<Record<FilterField, Text>>>;
  /** Whether anything was asked for at all. */
  readonly asked: boolean;
}

const filterFields = [
  "state",
  "programme",
  "unit",
  "tier",
  "overdue",
  "from",
  "to",
  "min",
  "max",
] as const;

const problemWords = {
  day: {
    zh: "请填真实的日期，例如 2026-07-01",
    en: "Type a real day, such as 2026-07-01",
  },
  backwards: { zh: "结束日期不能早于开始日期", en: "The last day is before the first" },
  amount: { zh: "请填金额，例如 3000", en: "Type an amount, such as 3000" },
  less: { zh: "最高金额不能低于最低金额", en: "The highest amount is below the lowest" },
} as const satisfies Record<string, Text>;

const readPage = (typed: string): number => {
  const page = Number(typed);
  return Number.isSafeInteger(page) && page > 1 ? page : 1;
};

/** Reads the address. A code that isn't known narrows nothing; a day or an amount that can't be read is named. */
export const readFilter = ({ request: { query } }: Pick<Desk, "request">): ReadFilter => {
  const typed = (name: string): string => (query[name] ?? "").normalize("NFKC").trim();
  const [state, tier] = [typed("state"), typed("tier")];
  const [from, to] = [parseLocalDate(typed("from")), parseLocalDate(typed("to"))];
  const [minFen, maxFen] = [parseYuan(typed("min")), parseYuan(typed("max"))];
  const unread = (name: FilterField, value: unknown, words: Text) =>
    typed(name) !== "" && value === null ? { [name]: words } : {};
  return {
    filter: {
      status: isWaiting(state) || state === "paid" ? state : null,
      programmeId: programmeById(typed("programme"))?.id ?? null,
      unitId: (typed("unit") || null) as UnitId | null,
      tier: Object.hasOwn(tierTitles, tier) ? (tier as Tier) : null,
      overdue: typed("overdue") === "yes",
      from,
      to,
      minFen,
      maxFen,
    },
    page: readPage(typed("page")),
    problems: {
      ...unread("from", from, problemWords.day),
      ...(from && to && to < from ? { to: problemWords.backwards } : {}),
      ...unread("to", to, problemWords.day),
      ...unread("min", minFen, problemWords.amount),
      ...(minFen !== null && maxFen !== null && maxFen < minFen ? { max: problemWords.less } : {}),
      ...unread("max", maxFen, problemWords.amount),
    },
    asked: filterFields.some((name) => typed(name) !== ""),
  };
};

/** The address of another page of the same list. */
export const addressOf = (
  { request: { query } }: Pick<Desk, "request">,
  path: string,
  page: number,
): string => {
  const search = new URLSearchParams();
  for (const name of filterFields) if (query[name]) search.set(name, query[name]);
  if (page > 1) search.set("page", String(page));
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
};

/** Whether a case is one of those asked for. */
export type Wanted = (entry: QueueEntry) => boolean;

/** What of a filter a row can be held against, whichever list it comes from. */
export const wantedBy = (desk: Desk, organisation: Organisation, filter: CaseFilter): Wanted => {
  const { status, programmeId, unitId, tier, overdue, from, to, minFen, maxFen } = filter;
  const branch = unitId && new Set(branchOf(organisation, unitId).map(({ id }) => id));
  const isBetween = (day: LocalDate): boolean =>
    (from === null || day >= from) && (to === null || day <= to);
  return (entry) =>
    (status === null ? isWaiting(entry.status) : entry.status === status || status === "paid") &&
    (programmeId === null || entry.programmeId === programmeId) &&
    (branch === null || (entry.unitId !== null && branch.has(entry.unitId))) &&
    (tier === null ||
      (entry.tier === tier && officeStatuses.some((office) => office === entry.status))) &&
    (!overdue || isOverdue(desk, entry.deadlineAt)) &&
    isBetween(localDateOf(entry.since)) &&
    (minFen === null || entry.amountFen >= minFen) &&
    (maxFen === null || entry.amountFen <= maxFen);
};
