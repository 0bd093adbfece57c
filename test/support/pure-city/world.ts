/** A city in memory: offices on both lines, two households, three made-up programmes, and little money. */
import type { Application, CaseEvent, Claim } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { newDraft } from "#shared/domain/draft.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Identity } from "#shared/domain/intake.ts";
import { grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import type { Organisation, Staff } from "#shared/domain/organisation.ts";
import type { FastTrackClock, FinalNotice } from "#shared/domain/programme.ts";
import type { Notice } from "#shared/domain/public-notice.ts";
import { instant, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FileId, StaffId } from "#shared/kernel/ids.ts";
import { addFen, yuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { aFund, applicationIdOf, commonPolicy, staff, units } from "#test/support/cases.ts";

/** What may be left out on purpose, to show that the checks would notice. */
export type Guard = "version" | "claim" | "money" | "cap" | "eligible" | "handling" | "needed";

const begins: Instant = instant("2025-03-03T01:00:00Z");

const oneDayEach = Object.fromEntries(
  Object.keys(commonPolicy.flowClock).map((step) => [step, 1]),
) as unknown as CommonPolicy["flowClock"];

/** The common policy with short limits, a low cap, two people at the deciding tiers and a meeting's minutes. */
export const policy: CommonPolicy = {
  ...commonPolicy,
  flowClock: { ...oneDayEach, supplement: 2, reminderBefore: 0 },
  householdAnnualCapFen: yuan(7_000),
  route: {
    ...commonPolicy.route,
    approversNeeded: { district: 2, city: 2 },
    collectiveAboveFen: yuan(6_000),
  },
  fundLimits: {
    ...commonPolicy.fundLimits,
    DONATION: { perAwardMaxFen: null, perPersonYearMaxFen: yuan(4_000) },
  },
};

/** How a programme goes its way; what it asks of a household is none of the model's business. */
interface Way {
  readonly id: string;
  readonly grassRootsNotice: boolean;
  readonly finalNotice: FinalNotice;
  readonly fastTrack: FastTrackClock | null;
  /** Claimed for a child of the household instead of for the household. */
  readonly forChild: boolean;
}

const ways: readonly Way[] = [
  {
    id: "noticed",
    grassRootsNotice: true,
    finalNotice: "before_payment",
    fastTrack: null,
    forChild: true,
  },
  {
    id: "plain",
    grassRootsNotice: true,
    finalNotice: "none",
    fastTrack: null,
    forChild: false,
  },
  {
    id: "urgent",
    grassRootsNotice: false,
    finalNotice: "after_payment",
    fastTrack: { hoursMax: 24, visitWorkingDays: 1, fullPapersWorkingDays: 2, papersAtOnce: [] },
    forChild: false,
  },
];

/** Two households of two. The first stands in the archive; the second gets its file during a run, or never. */
export const applicants = ["a1", "a2", "b1", "b2"] as const;
export type Applicant = (typeof applicants)[number];

/** Small offices: some people both handle and decide, two are kin of applicants, one is an applicant. */
const changed: Readonly<Record<string, Partial<Staff>>> = {
  "spring-1": { kin: ["b1" as BlindIndex] },
  "spring-2": { roles: ["approver", "handler"] },
  "furnace-2": { roles: ["approver", "handler"] },
  "east-1": { roles: ["approver", "handler"] },
  "east-3": { identity: "a2" as BlindIndex },
  "city-1": { kin: ["a-child" as BlindIndex] },
};

const staffAtFirst: readonly Staff[] = [
  ...units.flatMap(({ id }) =>
    ["1", "2", "3"].map((number) => staff(`${id}-${number}`, id, changed[`${id}-${number}`] ?? {})),
  ),
  staff("spring-handler", "spring", { roles: ["handler"] }),
  staff("furnace-handler", "furnace", { roles: ["handler"] }),
  staff("east-handler", "east", { roles: ["handler"] }),
  staff("finance-1", "city", { roles: ["finance_officer"] }),
  staff("finance-2", "city", { roles: ["finance_authoriser"] }),
];

/** A case with all that is stored of it. */
export interface Kept {
  application: Application;
  readonly way: Way;
  readonly events: CaseEvent[];
  readonly steps: Step[];
  readonly approvals: Map<string, Approval>;
  /** Every link that was ever mailed. */
  readonly links: Approval[];
  readonly notices: Notice[];
}

export interface City {
  now: Instant;
  organisation: Organisation;
  /** Whether the second household has a file in the archive. */
  fileOpened: boolean;
  readonly cases: readonly Kept[];
  readonly answers: Map<string, Applicant>;
  readonly claims: Map<string, Claim>;
  readonly funds: Map<string, Fund>;
  readonly transfers: Map<string, Transfer>;
  readonly paidBack: Map<string, Fen>;
  /** "<household> <year> <attribute>" */
  readonly accounts: Map<string, number>;
  readonly batches: Map<string, Batch>;
  readonly items: Map<string, BatchItem>;
  readonly without: ReadonlySet<Guard>;
  serial: number;
}

const claimPeriod = "2025";

/** Who a case is about, as `identify` tells it from the answers and the archive. */
export const identityOf = (
  city: Pick<City, "fileOpened">,
  way: Way,
  applicant: Applicant,
): Identity => {
  const family = applicant.slice(0, 1);
  const [own, spouse, child] = [
    applicant,
    `${family}${applicant.endsWith("1") ? 2 : 1}`,
    `${family}-child`,
  ] as readonly string[] as readonly [BlindIndex, BlindIndex, BlindIndex];
  const hasFile = family === "a" || city.fileOpened;
  const file = hasFile ? (`file-${family}` as BlindIndex) : null;
  const held = way.forChild
    ? [...(file ? [file] : [own]), child].map((household) => ({ household, subject: child }))
    : [...(file ? [file] : []), own].map((household) => ({ household, subject: household }));
  return {
    household: file ?? own,
    fileId: file as string | null as FileId | null,
    persons: [own, spouse, ...(way.forChild || file ? [child] : [])],
    cause: `cause-${family}`,
    claims: held.map((claim) => ({ ...claim, programmeId: way.id, period: claimPeriod })),
  };
};

export const transferKeyOf = ({ subject, kind, voucher = "" }: Transfer): string =>
  `${subject}#${kind}#${voucher}`;

const draftOf = (id: ApplicationId, way: Way, enteredBy: StaffId | null): Application =>
  Object.freeze({
    ...newDraft({
      id,
      programmeId: way.id,
      locale: "zh-CN",
      createdAt: begins,
      accessCodeHash: "",
      salt: "",
    }),
    enteredBy,
  });

const caseOf = (number: number, drawn: number): Kept => {
  const way = ways[drawn % ways.length] ?? ways[0]!;
  const enteredBy = drawn % 5 === 0 ? ("spring-handler" as StaffId) : null;
  return {
    application: draftOf(applicationIdOf(number), way, enteredBy),
    way,
    events: [],
    steps: [],
    approvals: new Map(),
    links: [],
    notices: [],
  };
};

/** A fund, with what came in at first. */
const granted = (city: City, fund: Fund, amountFen: Fen): void => {
  const grant = grantTransfer("1", { fundId: fund.id, amountFen, at: begins });
  city.transfers.set(transferKeyOf(grant), grant);
  city.funds.set(fund.id, { ...fund, grantedFen: amountFen, availableFen: amountFen });
};

/** Half of the cases are of a person of their own. */
const applicantOf = (index: number, drawn: number): number =>
  (drawn % 2 === 0 ? index * 2 + Math.trunc(index / 2) : Math.trunc(drawn / 7)) % applicants.length;

/** A city in the morning: four drafts, of programmes and applicants as drawn. */
export const newCity = (drawn: readonly number[], without: readonly Guard[] = []): City => {
  const cases = drawn.map((number, index) => caseOf(index + 1, number));
  const city: City = {
    now: begins,
    organisation: { units, staff: staffAtFirst },
    fileOpened: false,
    cases,
    answers: new Map(
      cases.map(({ application }, index) => [
        `${application.id} 1`,
        applicants[applicantOf(index, drawn[index] ?? 0)] ?? "a1",
      ]),
    ),
    claims: new Map(),
    funds: new Map(),
    transfers: new Map(),
    paidBack: new Map(),
    accounts: new Map(),
    batches: new Map(),
    items: new Map(),
    without: new Set(without),
    serial: 0,
  };
  granted(city, aFund("union", "UNION"), yuan(2_500));
  granted(city, aFund("donation", "DONATION"), yuan(2_000));
  return city;
};

export const sumFen = (transfers: readonly Transfer[]): Fen =>
  addFen(zeroFen, ...transfers.map(({ amountFen }) => amountFen));
