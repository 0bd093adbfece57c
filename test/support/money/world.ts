/** A city of four cases, two households and three funds with little money, over whichever stores are given. */
import type { AccountLimits } from "#shared/domain/account-limits.ts";
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import type { ReturnLine } from "#shared/domain/bank-return.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { addMinutes, instant, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId, BlindIndex, FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, aFund, commonPolicy } from "#test/support/cases.ts";
import { caseIn, fundIn, newBook, type Book } from "./book.ts";
import type { MoneyStores } from "./stores.ts";

const begins: Instant = instant("2026-07-20T01:00:00Z");

/** One day for everything, so that limits pass within forty operations. */
export const policy: CommonPolicy = {
  ...commonPolicy,
  flowClock: Object.fromEntries(
    Object.keys(commonPolicy.flowClock).map((step) => [step, 1]),
  ) as unknown as CommonPolicy["flowClock"],
};

export const householdCapFen = yuan(6_000);
export const accountLimits: AccountLimits = {
  ...noAccountLimits,
  householdYearMaxFen: householdCapFen,
};

const [first, second] = ["finance-1", "finance-2"] as readonly string[] as readonly StaffId[] as [
  StaffId,
  StaffId,
];
/** Few, so that the same one often comes twice. */
export const people = [first, second] as const;

/** A return as it was given: to which batch, under which key, and what the bank wrote. */
export interface GivenReturn {
  readonly batchId: BatchId;
  readonly returnKey: string;
  readonly lines: readonly ReturnLine[];
}

export interface World {
  readonly stores: MoneyStores;
  readonly book: Book;
  now: Instant;
  /** Makes ids of one run different from all others of the same table. */
  readonly run: number;
  readonly cases: readonly ApplicationId[];
  /** Grows by next year's fund when a close opens it. */
  readonly funds: FundId[];
  /** Where the year's close carries money over to. */
  readonly nextYears: FundId;
  readonly orders: string[];
  readonly booked: Set<string>;
  readonly cancelled: Set<string>;
  /** "<fund> <number of the paper>" of every paper that moved money out of a fund. */
  readonly papers: Set<string>;
  readonly batches: BatchId[];
  readonly returns: GivenReturn[];
  /** The bank file of a batch as it was first written. */
  readonly files: Map<BatchId, string>;
  /** The card each reference was sent to. */
  readonly cards: Map<string, string>;
  serial: number;
}

const known = new Map<Instant, Instant>();

/** A minute later; the same few hundred instants come in every run, and are worked out once. */
const minuteAfter = (now: Instant): Instant => {
  const next = known.get(now) ?? addMinutes(now, 1);
  known.set(now, next);
  return next;
};

/** No two things happen at one instant, so that the ledger has an order. */
export const tick = (world: World): Instant => {
  world.now = minuteAfter(world.now);
  return world.now;
};

const casesCount = 4;
const codes = ["UNION", "DONATION", "CENTRAL"] as const satisfies readonly Fund["code"][];

export const year = 2026;

/** What ordinary awards must leave in the second fund. */
export const reserveLineFen = yuan(500);

const idOf = (run: number, index: number): ApplicationId =>
  `SN${String(run * 10 + index).padStart(10, "0")}` as ApplicationId;

/** The last three are one household; the last two of them are of one programme too, so that one of them may claim. */
const draftOf = (run: number, index: number): Application => {
  const household = `h${run}-${Math.min(index, 1)}` as BlindIndex;
  return {
    ...aCase(1, { submittedAt: null, atUnitId: null, tier: null, decidedBy: {} }),
    id: idOf(run, index),
    version: 1,
    status: "draft",
    programmeId: index < 2 ? "golden-autumn" : "critical-illness",
    createdAt: begins,
    household,
    persons: [household],
    category: null,
    recommendation: null,
    policyVersion: null,
    fundOrder: [...codes],
    amountFen: yuan(4_000),
  };
};

export const claimOf = ({ id, household, programmeId }: Application): Claim => {
  const claimed = household ?? ("" as BlindIndex);
  return {
    household: claimed,
    subject: claimed,
    programmeId,
    period: "2026",
    applicationId: id,
  };
};

/** Opens the funds, empty, and puts four drafts into the stores. */
export const newWorld = async (
  stores: MoneyStores,
  run: number,
  asksVersions = true,
): Promise<World> => {
  const world: World = {
    stores,
    book: newBook(asksVersions),
    now: begins,
    run,
    cases: Array.from({ length: casesCount }, (_case, index) => idOf(run, index)),
    funds: codes.map((code) => `${code.toLowerCase()}-${run}-${year}` as FundId),
    nextYears: `union-${run}-${year + 1}` as FundId,
    orders: [],
    booked: new Set(),
    cancelled: new Set(),
    papers: new Set(),
    batches: [],
    returns: [],
    files: new Map(),
    cards: new Map(),
    serial: 0,
  };
  for (const [index, id] of world.funds.entries()) {
    await stores.funds.open({
      ...aFund(id, codes[index]),
      openedAt: begins,
      year,
      carryOver: index === 0,
      reserveLineFen: index === 1 ? reserveLineFen : zeroFen,
    });
    fundIn(world.book, id);
  }
  for (const [index, id] of world.cases.entries()) {
    await stores.cases.begin(draftOf(run, index));
    caseIn(world.book, id).version = 1;
  }
  return world;
};

export const loadCase = async ({ stores }: World, id: ApplicationId): Promise<Application> => {
  const application = await stores.cases.get(id);
  if (!application) throw new Error("a case of the world is in its store");
  return application;
};

/** A command's free choices. */
export interface Drawn {
  readonly who: number;
  readonly what: number;
}

/** What was prepared on the state of that time, to be written now, later or twice. @returns how it ended. */
export type Attempt = () => Promise<string>;
/** Null where the domain allows nothing to be written. */
export type Command = (
  world: World,
  application: Application,
  drawn: Drawn,
) => Promise<Attempt | null>;

export const oneOf = <Value>(values: readonly Value[], drawn: number): Value | undefined =>
  values[drawn % Math.max(1, values.length)];
