/** Runs a drawn sequence of events against the city, and checks it after each. */
import type { Status } from "#shared/domain/application.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { addMinutes, localDateOf } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { addFen, yuan } from "#shared/kernel/money.ts";
import * as applicant from "./applicant.ts";
import { oneOf, someone, type Attempt, type Command, type Drawn } from "./attempts.ts";
import * as bank from "./bank.ts";
import * as claims from "./claims-back.ts";
import { checkAfter } from "./checks.ts";
import * as jobs from "./jobs.ts";
import * as staff from "./staff.ts";
import { newCity, transferKeyOf, type City, type Guard, type Kept } from "./world.ts";

/** Time passes: hours, days, or to just after the case's own limit. */
const wait: Command = (city, { application }, { what }) => {
  const hours = [1, 13, 24, 72][what % 4] ?? 1;
  const { deadlineAt } = application;
  city.now =
    what % 3 > 0 && deadlineAt !== null && deadlineAt >= city.now
      ? addMinutes(deadlineAt, 1)
      : addMinutes(city.now, hours * 60);
  return null;
};

const fundChange: Command = (city, _kept, { who, what }) => {
  const fund = oneOf([...city.funds.values()], who)!;
  if (what % 2 === 0) {
    city.funds.set(fund.id, { ...fund, open: !fund.open });
    return null;
  }
  city.serial += 1;
  const amountFen = yuan(3_000);
  const grant = grantTransfer(`V${city.serial}`, { fundId: fund.id, amountFen, at: city.now });
  city.transfers.set(transferKeyOf(grant), grant);
  city.funds.set(fund.id, {
    ...fund,
    grantedFen: addFen(fund.grantedFen, amountFen),
    availableFen: addFen(fund.availableFen, amountFen),
  });
  return null;
};

/** Somebody leaves or comes back, is away, declares kin, or moves to another office. */
const staffChange: Command = (city, { application }, { who, what }) => {
  const person = someone(city, who);
  const today = localDateOf(city.now);
  const standInId = someone(city, what).id;
  const changes: readonly Partial<Staff>[] = [
    { active: !person.active },
    { absence: person.absence ? null : { from: today, to: today, standInId, standInMaxFen: null } },
    { kin: [...person.kin, application.persons[0] ?? ("b2" as BlindIndex)] },
    { unitId: someone(city, what).unitId },
  ];
  const changed = { ...person, ...oneOf(changes, what) };
  city.organisation = {
    ...city.organisation,
    staff: city.organisation.staff.map((one) => (one.id === person.id ? changed : one)),
  };
  return null;
};

const openFile: Command = (city, _kept, { what }) => {
  if (what % 8 === 0) city.fileOpened = !city.fileOpened;
  return null;
};

const { decideCase, acceptCase, returnCase, visit } = staff;
const { publish, endNotice, closeOverdue } = jobs;
const { give, correct, objectTo, mend, takeBack } = applicant;

const claimsBack = [claims.proposeClaim, claims.confirmClaim, claims.dropClaim];

const times = (count: number, command: Command): readonly Command[] =>
  Array.from({ length: count }, () => command);

/** What a case in each state mostly waits for; the first is what takes it on. */
const likely: Readonly<Record<Status, readonly Command[]>> = {
  draft: [applicant.submit],
  submitted: [jobs.assess],
  in_acceptance: [...times(12, acceptCase), returnCase, correct],
  in_verification: [...times(12, visit), returnCase, correct],
  in_approval: [...times(16, decideCase), wait, jobs.answerSilence, correct],
  needs_information: [...times(6, give), ...times(3, visit), applicant.extend, wait, closeOverdue],
  waiting_for_funds: [...times(3, jobs.reserveWaiting), fundChange, takeBack],
  public_notice: [publish, ...times(4, endNotice), objectTo],
  objection: [...times(6, decideCase), wait, jobs.answerSilence],
  reserved: [...times(8, bank.enter), takeBack],
  batched: [...times(3, bank.authorise), ...times(6, bank.settle), bank.voidBatch],
  payment_failed: [...times(3, mend), ...times(3, bank.checkCard), closeOverdue, closeOverdue],
  paid: [bank.settle, ...claimsBack],
  post_review: [publish, endNotice, endNotice, objectTo, objectTo],
  recovery_due: [...times(3, bank.refund), bank.proposeWriteOffOf, bank.confirmWriteOffOf],
  closed: [bank.refund, ...claimsBack],
  ineligible: [applicant.fileAppeal],
  rejected: [applicant.fileAppeal],
  withdrawn: [applicant.fileAppeal],
  lapsed: [give],
  under_appeal: [...times(6, decideCase), wait, jobs.answerSilence],
};

const anything: readonly Command[] = [
  ...new Set(Object.values(likely).flat()),
  wait,
  staffChange,
  openFile,
];

/** Whatever a command that was refused must leave as it is. */
const stateOf = (city: City): readonly unknown[] => [
  ...city.cases.map(({ application }) => application),
  ...city.cases.map(({ events }) => events.length),
  ...city.claims.values(),
  ...city.transfers.values(),
  ...city.funds.values(),
  ...city.accounts.values(),
  ...city.paidBack.values(),
];

interface Figures {
  readonly events: Map<string, number>;
  readonly refused: Map<string, number>;
  longest: number;
}

export const noFigures = (): Figures => ({ events: new Map(), refused: new Map(), longest: 0 });

const count = (figures: Map<string, number>, name: string): void => {
  figures.set(name, (figures.get(name) ?? 0) + 1);
};

/** What somebody prepared on the state of things at that time, with the people as they were then. */
interface Prepared {
  readonly kept: Kept;
  readonly attempt: Attempt;
  readonly organisation: City["organisation"];
  readonly isLate: boolean;
}

const land = (city: City, prepared: Prepared, figures: Figures): void => {
  const { kept, attempt, organisation, isLate } = prepared;
  const before = stateOf(city);
  const outcome = attempt(city);
  const step = kept.steps.at(-1);
  if (outcome === "committed" && step) {
    count(figures.events, step.event.type);
    figures.longest = Math.max(figures.longest, kept.events.length);
    checkAfter(city, { step, kept, organisation, isLate });
    return;
  }
  count(figures.refused, outcome);
  const after = stateOf(city);
  const isSame =
    before.length === after.length && before.every((one, index) => one === after[index]);
  if (!isSame) throw new Error("a refusal changed something");
};

/** One number's parts: which case, how it is tried, by whom and with what. */
const partsOf = (drawn: number): Drawn & { focus: number; mode: number; kind: number } => ({
  focus: drawn % 8,
  mode: Math.trunc(drawn / 8) % 32,
  kind: Math.trunc(drawn / 256) % 64,
  who: Math.trunc(drawn / 16_384) % 256,
  what: Math.trunc(drawn / 4_194_304) % 512,
});

const ends: readonly Status[] = ["withdrawn", "lapsed", "closed", "paid"];

/** Mostly the first case that is still on its way, so that one of them gets far within the events of a run. */
const caseFor = ({ cases }: City, focus: number, kind: number): Kept => {
  const onTheirWay = cases.filter(({ application }) => !ends.includes(application.status));
  const [first] = onTheirWay.filter(({ application }) => application.status !== "draft");
  if (focus < 5 && first) return first;
  return oneOf(focus < 5 ? onTheirWay : cases, focus < 5 ? kind : focus) ?? cases[0]!;
};

/** One event, none at zero: mostly something that its case's state waits for, at times anything at all, late, or twice. */
const tryOne = (city: City, drawn: number, held: Prepared[], figures: Figures): void => {
  if (drawn === 0) return;
  const { focus, mode, kind, ...choices } = partsOf(drawn);
  const kept = caseFor(city, focus, kind);
  const expected = mode < 28 ? likely[kept.application.status] : anything;
  const attempt = oneOf(expected, kind)!(city, kept, choices);
  if (!attempt) return count(figures.refused, "not allowed");
  const prepared = { kept, attempt, organisation: city.organisation, isLate: false };
  if (mode % 16 === 7) return void held.push({ ...prepared, isLate: true });
  land(city, prepared, figures);
  if (mode % 16 === 6) land(city, prepared, figures);
  const late = mode % 3 === 0 ? held.shift() : undefined;
  if (late) land(city, late, figures);
};

/** @throws Broken at the first event after which something doesn't hold. */
export const runCity = (
  cases: readonly number[],
  events: readonly number[],
  figures: Figures = noFigures(),
  without: readonly Guard[] = [],
): City => {
  const city = newCity(cases, without);
  const held: Prepared[] = [];
  for (const drawn of events) tryOne(city, drawn, held, figures);
  return city;
};
