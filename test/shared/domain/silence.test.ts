import { expect, test } from "vitest";
import type { Application, CaseEvent, EventType } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import {
  escalate,
  missed,
  recuse,
  reminderDue,
  standInEnds,
  standInNow,
  type Silence,
} from "#shared/domain/silence.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import {
  aCase,
  anApproval,
  commonPolicy,
  monday,
  organisation,
  staff,
  units,
} from "#test/support/cases.ts";

// Asked on Monday 20 July; seven working days end with Wednesday 29 July in China.
const deadlineAt = instant("2026-07-29T16:00:00Z");
const after = instant("2026-07-29T16:30:00Z");
const waiting = (changes: Partial<Application> = {}) => aCase(1, { deadlineAt, ...changes });

const eventOf = (type: EventType, detail: CaseEvent["detail"] = {}): CaseEvent => ({
  applicationId: waiting().id,
  version: 3,
  type,
  from: "in_approval",
  to: "in_approval",
  at: monday,
  actor: { kind: "system", task: "test" },
  detail,
  confidential: null,
});
const begun = eventOf("tier_approved");
const stoodIn = (silentId: string, standInId = "east-2") =>
  eventOf("stand_in_asked", { silentId, standInId });

const silenceOf = (
  application: Application,
  changes: Partial<Silence> = {},
  approval: Partial<Approval> = {},
): Silence => ({
  application,
  approval: anApproval(application, { expiresAt: deadlineAt, ...approval }),
  events: [begun],
  organisation,
  policy: commonPolicy,
  advanceClock: null,
  now: after,
  ...changes,
});
const onlyOf = (...ids: readonly [string, string][]): Organisation => ({
  units,
  staff: ids.map(([id, unitId]) => staff(id, unitId)),
});

test("until the limit is over, nobody else is asked; nor while whoever was asked late still has time", () => {
  const before = instant("2026-07-29T15:59:59.999Z");
  expect(missed(silenceOf(waiting(), { now: before }))).toEqual({ kind: "not_yet" });
  const late = { expiresAt: instant("2026-07-31T16:00:00Z") };
  expect(missed(silenceOf(waiting(), {}, late))).toEqual({ kind: "not_yet" });
  expect(missed(silenceOf(waiting(), { now: deadlineAt })).kind).toBe("stand_in");
});

test("at the limit somebody else of the tier is asked, with two working days of their own", () => {
  const answer = missed(silenceOf(waiting()));
  if (answer.kind !== "stand_in") throw new Error(answer.kind);
  expect(answer.last).toBe(false);
  expect(answer.step.event).toMatchObject({
    type: "stand_in_asked",
    detail: { tier: "district", silentId: "east-1", standInId: "east-2" },
  });
  // Thursday 30 July, as it is in China by then, and two working days: through Monday 3 August.
  expect(answer.step.after).toMatchObject({
    status: "in_approval",
    tier: "district",
    deadlineAt: "2026-08-03T16:00:00.000Z",
    excluded: [],
  });
  expect(standInNow([begun, answer.step.event])).toEqual({
    standInId: "east-2",
    silentId: "east-1",
  });
  expect(standInNow([answer.step.event, begun])).toBeNull();
});

test("after the stand-in's silence the tier above has the case, with its whole time", () => {
  const events = [begun, stoodIn("east-1")];
  const answer = missed(silenceOf(waiting(), { events }, { approverId: "east-2" as StaffId }));
  if (answer.kind !== "escalated") throw new Error(answer.kind);
  expect(answer.step.event).toMatchObject({
    type: "escalated",
    detail: { tier: "district", to: "city", silentId: "east-2" },
  });
  expect(answer.step.after).toMatchObject({
    status: "in_approval",
    tier: "city",
    atUnitId: "city",
    // The silent tier didn't decide.
    decidedBy: { station: "spring-1" },
    // Thursday 30 July and ten working days: through Thursday 13 August.
    deadlineAt: "2026-08-13T16:00:00.000Z",
  });
});

test("with nobody else at the tier, the tier above has it at once; one without people is passed over", () => {
  const alone = onlyOf(["east-1", "east"], ["city-1", "city"]);
  expect(missed(silenceOf(waiting(), { organisation: alone })).kind).toBe("escalated");
  const steel = waiting({ unitId: "furnace" as never, line: "industrial", tier: "grass_roots" });
  const gap = onlyOf(["furnace-1", "furnace"], ["metal-1", "metal"]);
  const step = escalate(silenceOf(steel, { organisation: gap }));
  expect(step?.after.tier).toBe("industrial");
});

test("at the head of the ladder others are asked in turn, and administrators hear of it", () => {
  const city = waiting({ tier: "city", atUnitId: "city" as never, amountFen: yuan(8_000) });
  const asked = (events: readonly CaseEvent[], approverId: string) => {
    const answer = missed(silenceOf(city, { events }, { approverId: approverId as StaffId }));
    if (answer.kind !== "stand_in") throw new Error(answer.kind);
    return [answer.step.event.detail["standInId"], answer.last];
  };
  expect(asked([begun], "city-1")).toEqual(["city-2", false]);
  const turn = [begun, stoodIn("city-1", "city-2")];
  expect(asked(turn, "city-2")).toEqual(["city-1", true]);
  expect(asked([...turn, stoodIn("city-2", "city-1")], "city-1")).toEqual(["city-2", true]);
});

test("the one person at the head of the ladder is asked again; with nobody at all it is said so", () => {
  const city = waiting({ tier: "city", atUnitId: "city" as never });
  const one = silenceOf(
    city,
    { organisation: onlyOf(["city-1", "city"]) },
    { approverId: "city-1" as StaffId },
  );
  const answer = missed(one);
  expect(answer).toMatchObject({ kind: "stand_in", last: true });
  const nobody = { organisation: { units, staff: [] }, approval: null };
  expect(missed(silenceOf(city, nobody))).toEqual({ kind: "nobody" });
  expect(missed(silenceOf(waiting(), nobody))).toEqual({ kind: "nobody" });
});

test("a case that nobody could be asked about goes to whoever is there by now", () => {
  const answer = missed(silenceOf(waiting(), { approval: null }));
  expect(answer).toMatchObject({
    kind: "stand_in",
    step: { event: { detail: { silentId: null, standInId: "east-1" } } },
  });
});

test("who agreed at a tier that then fell silent stays out of the tiers above", () => {
  const application = waiting({ coApprovedBy: ["east-2" as StaffId] });
  const people = onlyOf(["east-1", "east"], ["east-2", "east"], ["city-1", "city"]);
  const step = escalate(silenceOf(application, { organisation: people }));
  expect(step?.after).toMatchObject({ tier: "city", coApprovedBy: [], excluded: ["east-2"] });
});

test("a second seat has a stand-in of its own", () => {
  const application = waiting({ coApprovedBy: ["east-3" as StaffId] });
  const events = [begun, stoodIn("east-1"), eventOf("co_approved")];
  expect(missed(silenceOf(application, { events })).kind).toBe("stand_in");
});

test("of an appeal that nobody answers another reviewer is asked; it has no tier above", () => {
  const application = waiting({ status: "under_appeal", excluded: ["east-1" as StaffId] });
  const first = { approverId: "city-1" as StaffId };
  expect(missed(silenceOf(application, {}, first))).toMatchObject({
    kind: "stand_in",
    last: false,
    step: { after: { status: "under_appeal" }, event: { detail: { standInId: "city-2" } } },
  });
  const events = [begun, stoodIn("city-1", "city-2")];
  const second = { approverId: "city-2" as StaffId };
  expect(missed(silenceOf(application, { events }, second))).toMatchObject({
    kind: "stand_in",
    last: true,
    step: { event: { detail: { standInId: "city-1" } } },
  });
});

test("an advance that nobody decides moves by hours, over the tiers that have no part in it", () => {
  const advanceClock = {
    hoursMax: 24,
    visitWorkingDays: 3,
    fullPapersWorkingDays: 10,
    papersAtOnce: [],
  };
  const advance = waiting({
    unitId: "furnace" as never,
    line: "industrial",
    tier: "grass_roots",
    fastTrack: "advance",
  });
  expect(standInEnds(advance, after, commonPolicy, advanceClock)).toBe("2026-07-29T22:30:00.000Z");
  const step = escalate(silenceOf(advance, { advanceClock }));
  expect(step?.after).toMatchObject({
    tier: "industrial",
    deadlineAt: "2026-07-29T22:30:00.000Z",
  });
  expect(standInEnds(waiting(), after, commonPolicy, advanceClock)).toBe(
    "2026-08-03T16:00:00.000Z",
  );
});

test("who stands aside takes no further part; the case stays where it is, with time for the next", () => {
  const given = {
    staffId: "east-1" as StaffId,
    reason: "亲属",
    policy: commonPolicy,
    advanceClock: null,
  };
  const early = recuse(waiting(), { ...given, now: monday });
  expect(early).toMatchObject({
    step: {
      after: { status: "in_approval", tier: "district", excluded: ["east-1"], deadlineAt },
      event: { type: "recused", confidential: { reason: "亲属" } },
    },
  });
  // On the last day, Wednesday 29 July: through Friday 31 July.
  const late = recuse(waiting(), { ...given, now: instant("2026-07-29T01:00:00Z") });
  expect(late).toMatchObject({ step: { after: { deadlineAt: "2026-07-31T16:00:00.000Z" } } });
  expect(recuse(waiting({ status: "rejected" }), { ...given, now: monday })).toEqual({
    kind: "refused",
    code: "not_in_this_state",
  });
});

test("the reminder is due from the working day before the last one, once, and not on the mail's own day", () => {
  const approval = anApproval(waiting(), { expiresAt: deadlineAt });
  const due = (day: string, changes: Partial<Approval> = {}) =>
    reminderDue({ ...approval, ...changes }, instant(`${day}T00:30:00Z`), commonPolicy);
  // The last day is Wednesday 29 July.
  expect(due("2026-07-27")).toBe(false);
  expect(due("2026-07-28")).toBe(true);
  expect(due("2026-07-29")).toBe(true);
  expect(due("2026-07-30")).toBe(false);
  expect(due("2026-07-28", { remindedAt: monday })).toBe(false);
  expect(due("2026-07-28", { decidedAt: monday })).toBe(false);
  expect(due("2026-07-28", { mailedAt: null })).toBe(false);
  expect(due("2026-07-28", { requestedAt: instant("2026-07-28T00:10:00Z") })).toBe(false);
});

test("over a weekend the reminder goes out on the Friday", () => {
  // The last day is Monday 27 July.
  const approval = anApproval(waiting(), { expiresAt: instant("2026-07-27T16:00:00Z") });
  expect(reminderDue(approval, instant("2026-07-23T00:30:00Z"), commonPolicy)).toBe(false);
  expect(reminderDue(approval, instant("2026-07-24T00:30:00Z"), commonPolicy)).toBe(true);
});
