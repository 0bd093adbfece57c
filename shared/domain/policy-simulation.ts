/**
 * The flight simulator of the rules: past cases assessed by two packs, and who gains, who loses. Each pack goes
 * through all cases in the order in which they were sent, so that yearly limits count its own awards.
 */
import { localDateOf, yearOf, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Assessment, AwardHistory } from "./assessment.ts";
import type { FundCode } from "./fund.ts";
import type { CommonFacts } from "./household.ts";
import type { Line, Tier } from "./organisation.ts";
import { windowState } from "./policy.ts";
import { commonPolicyOn, type PolicyPack } from "./policy-pack.ts";
import type { EveryProgramme } from "./programme.ts";
import { needsMinutes, routeOf } from "./route.ts";

/** A case that was sent, with all that the rules look at. */
export interface PastCase {
  readonly reference: string;
  readonly programmeId: string;
  readonly unitId: string;
  readonly line: Line;
  readonly submittedAt: Instant;
  /** A keyed hash: cases of one household share its yearly limits. */
  readonly household: string | null;
  readonly cause: string | null;
  readonly onFile: boolean;
  readonly facts: CommonFacts;
}

/** What the rules make of a case. */
export interface SimulatedOutcome {
  readonly approved: boolean;
  /** Why not; null with an award. */
  readonly code: string | null;
  readonly amountFen: Fen;
  readonly tiers: readonly Tier[];
  readonly needsMinutes: boolean;
  readonly fund: FundCode | null;
  /** Kinds of the papers that are required. */
  readonly requiredPapers: readonly string[];
}

export type AwardChange = "gains" | "loses" | "newly_approved" | "newly_refused" | "unchanged";

export interface SimulatedCase {
  readonly reference: string;
  readonly programmeId: string;
  readonly unitId: string;
  readonly change: AwardChange;
  /** Whether other offices decide, or minutes are wanted where they weren't. */
  readonly otherRoute: boolean;
  readonly otherPapers: boolean;
  readonly before: SimulatedOutcome;
  readonly after: SimulatedOutcome;
}

/** Sums over cases of a programme and unit, or over all. */
export interface SimulatedTotals {
  readonly cases: number;
  readonly changes: Readonly<Record<AwardChange, number>>;
  readonly otherRoute: number;
  readonly otherPapers: number;
  readonly approvedBefore: number;
  readonly approvedAfter: number;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
}

export interface Simulation {
  /** In the order in which they were sent. */
  readonly cases: readonly SimulatedCase[];
  readonly groups: readonly (SimulatedTotals & {
    readonly programmeId: string;
    readonly unitId: string;
  })[];
  readonly total: SimulatedTotals;
}

/** What a household got so far in a year, by one pack. */
interface Given {
  readonly programmeId: string;
  readonly cause: string | null;
  readonly fund: FundCode | null;
  readonly amountFen: Fen;
}

const sumOf = (awards: readonly Given[]): Fen =>
  addFen(zeroFen, ...awards.map(({ amountFen }) => amountFen));

const historyOf = (
  { programmeId, cause }: Pick<PastCase, "programmeId" | "cause">,
  given: readonly Given[],
): AwardHistory => {
  const sameProgramme = given.filter((award) => award.programmeId === programmeId);
  const personYearByFundFen: Partial<Record<FundCode, Fen>> = {};
  for (const { fund, amountFen } of given) {
    if (fund) personYearByFundFen[fund] = addFen(personYearByFundFen[fund] ?? zeroFen, amountFen);
  }
  return {
    householdYearFen: sumOf(given),
    sameCauseFen: sumOf(given.filter((award) => cause !== null && award.cause === cause)),
    programmeYearFen: sumOf(sameProgramme),
    programmeYearCount: sameProgramme.length,
    personYearByFundFen,
  };
};

/** Who decides an assessment and out of which fund, with the papers it wants. */
export const outcomeUnder = (
  pack: PolicyPack,
  programme: EveryProgramme,
  past: Pick<PastCase, "line" | "submittedAt" | "facts">,
  assessment: Assessment,
): SimulatedOutcome => {
  const appliedOn = localDateOf(past.submittedAt);
  const { route } = commonPolicyOn(pack, appliedOn);
  const tiers = routeOf(past.line, assessment.amountFen, route);
  const last = tiers.at(-1);
  invariant(last, "a ladder has tiers");
  return {
    approved: assessment.recommendation === "approve",
    code: assessment.refusal?.code ?? null,
    amountFen: assessment.amountFen,
    tiers,
    needsMinutes: needsMinutes(last, assessment.amountFen, route),
    fund: assessment.fundOrder[0] ?? null,
    requiredPapers: programme
      .papers(past.facts, { appliedOn, pack })
      .filter(({ required }) => required)
      .map(({ kind }) => kind),
  };
};

const notOpen: SimulatedOutcome = {
  approved: false,
  code: "OUT_OF_SEASON",
  amountFen: zeroFen,
  tiers: [],
  needsMinutes: false,
  fund: null,
  requiredPapers: [],
};

type Programmes = readonly EveryProgramme[];

/** One pack's way through the cases. */
const flight = (
  programmes: Programmes,
  cases: readonly PastCase[],
  pack: PolicyPack,
): readonly SimulatedOutcome[] => {
  const givenTo = new Map<string, Given[]>();
  return cases.map((past) => {
    const programme = programmes.find(({ id }) => id === past.programmeId);
    invariant(programme, "a case belongs to a programme of the registry");
    const appliedOn = localDateOf(past.submittedAt);
    const window = programme.window(yearOf(appliedOn), pack);
    if (window && windowState(window, appliedOn) !== "open") return notOpen;
    const account = `${past.household ?? past.reference} ${yearOf(appliedOn)}`;
    const given = givenTo.get(account) ?? [];
    const assessment = programme.assess(past.facts, {
      appliedOn,
      line: past.line,
      pack,
      onFile: past.onFile,
      history: historyOf(past, given),
    });
    const outcome = outcomeUnder(pack, programme, past, assessment);
    const { programmeId, cause } = past;
    const { fund, amountFen } = outcome;
    if (amountFen > 0) givenTo.set(account, [...given, { programmeId, cause, fund, amountFen }]);
    return outcome;
  });
};

const changeOf = (before: SimulatedOutcome, after: SimulatedOutcome): AwardChange => {
  if (before.approved !== after.approved) {
    return after.approved ? "newly_approved" : "newly_refused";
  }
  if (after.amountFen === before.amountFen) return "unchanged";
  return after.amountFen > before.amountFen ? "gains" : "loses";
};

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether others decide, though the award is the same or higher: not told of what nobody decides any more. */
const otherRoute = (before: SimulatedOutcome, after: SimulatedOutcome): boolean =>
  after.tiers.length > 0 &&
  before.tiers.length > 0 &&
  !same([before.tiers, before.needsMinutes], [after.tiers, after.needsMinutes]);

const simulated = (
  { reference, programmeId, unitId }: PastCase,
  before: SimulatedOutcome,
  after: SimulatedOutcome,
): SimulatedCase => ({
  reference,
  programmeId,
  unitId,
  change: changeOf(before, after),
  otherRoute: otherRoute(before, after),
  otherPapers:
    after.tiers.length > 0 &&
    before.tiers.length > 0 &&
    !same(before.requiredPapers, after.requiredPapers),
  before,
  after,
});

const totalsOf = (cases: readonly SimulatedCase[]): SimulatedTotals => {
  const count = (holds: (one: SimulatedCase) => boolean): number => cases.filter(holds).length;
  const changed = (change: AwardChange): number => count((one) => one.change === change);
  return {
    cases: cases.length,
    changes: {
      gains: changed("gains"),
      loses: changed("loses"),
      newly_approved: changed("newly_approved"),
      newly_refused: changed("newly_refused"),
      unchanged: changed("unchanged"),
    },
    otherRoute: count((one) => one.otherRoute),
    otherPapers: count((one) => one.otherPapers),
    approvedBefore: count(({ before }) => before.approved),
    approvedAfter: count(({ after }) => after.approved),
    beforeFen: addFen(zeroFen, ...cases.map(({ before }) => before.amountFen)),
    afterFen: addFen(zeroFen, ...cases.map(({ after }) => after.amountFen)),
  };
};

/** Assesses every case by both packs. The same cases in any order give the same answer. */
export const simulate = (
  programmes: Programmes,
  given: readonly PastCase[],
  packs: { readonly before: PolicyPack; readonly after: PolicyPack },
): Simulation => {
  const sortKey = ({ submittedAt, reference }: PastCase): string => `${submittedAt} ${reference}`;
  const cases = given.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const [before, after] = [
    flight(programmes, cases, packs.before),
    flight(programmes, cases, packs.after),
  ];
  const results = cases.flatMap((past, place) => {
    const [was, is] = [before[place], after[place]];
    return was && is ? [simulated(past, was, is)] : [];
  });
  const groupOf = ({ programmeId, unitId }: SimulatedCase): string => `${programmeId} ${unitId}`;
  const groups = [...new Set(results.map(groupOf))].toSorted().map((group) => {
    const [programmeId = "", unitId = ""] = group.split(" ");
    return { programmeId, unitId, ...totalsOf(results.filter((one) => groupOf(one) === group)) };
  });
  return { cases: results, groups, total: totalsOf(results) };
};
