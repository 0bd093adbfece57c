import { expect, test } from "vitest";
import type { Application, CaseEvent, EventType, Status } from "#shared/domain/application.ts";
import { progressOf, type Milestone, type WayFrame } from "#shared/domain/progress.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

const frame: WayFrame = {
  grassRootsNotice: true,
  finalNotice: "before_payment",
  route: commonPolicy.route,
};

/** Events an hour apart, each from where the one before led. */
const trail = (
  ...steps: readonly (readonly [EventType, Status, CaseEvent["detail"]?])[]
): readonly CaseEvent[] =>
  steps.map(([type, to, detail = {}], index) => ({
    applicationId: aCase(1).id,
    version: index + 1,
    type,
    from: steps[index - 1]?.[1] ?? "draft",
    to,
    at: addMinutes(monday, 60 * (index + 1)),
    actor: { kind: "system", task: "test" },
    detail,
    confidential: null,
  }));

const said = (milestones: readonly Milestone[]): readonly string[] =>
  milestones.map(({ kind, tier, state }) => `${tier ?? kind} ${state}`);

const sent = [
  ["submitted", "submitted"],
  ["assessed", "in_acceptance"],
] as const;
const visited = [...sent, ["accepted", "in_verification"], ["visited", "in_approval"]] as const;

const at = (status: Status, changes: Partial<Application> = {}): Application =>
  aCase(1, { status, tier: "station", decidedBy: {}, ...changes });

test("a case just sent has its whole way ahead, and a day by which it is checked", () => {
  const deadlineAt = addMinutes(monday, 3 * 1440);
  const way = progressOf(at("in_acceptance", { deadlineAt, tier: null }), trail(...sent), frame);

  expect(said(way)).toEqual([
    "submitted done",
    "acceptance now",
    "visit ahead",
    "station ahead",
    "base_notice ahead",
    "district ahead",
    "final_notice ahead",
    "payment ahead",
  ]);
  expect(way.map((one) => one.at)).toEqual([
    addMinutes(monday, 60),
    deadlineAt,
    ...Array.from({ length: 6 }, () => null),
  ]);
});

test("an amount above the district's limit has the city on its way; a programme without notices has none", () => {
  const large = at("in_verification", { amountFen: yuan(12_000), tier: null });
  const bare = { ...frame, grassRootsNotice: false, finalNotice: "none" } as const;
  expect(said(progressOf(large, trail(...visited.slice(0, 3)), bare))).toEqual([
    "submitted done",
    "acceptance done",
    "visit now",
    "station ahead",
    "district ahead",
    "city ahead",
    "payment ahead",
  ]);
});

test("each notice is its own: the base office's before the next decision, the final one before the money", () => {
  const base = trail(...visited, ["tier_approved", "public_notice", { tier: "station" }]);
  expect(said(progressOf(at("public_notice"), base, frame))).toContain("base_notice now");

  const final = trail(
    ...visited,
    ["tier_approved", "public_notice", { tier: "station" }],
    ["notice_ended", "in_approval"],
    ["approved", "public_notice", { tier: "district" }],
  );
  const way = progressOf(at("public_notice", { tier: null, fundId: "u" as never }), final, frame);
  expect(said(way).slice(3)).toEqual([
    "station done",
    "base_notice done",
    "district done",
    "final_notice now",
    "payment ahead",
  ]);
  // The sixth event, six hours after Monday morning.
  expect(way.find(({ kind }) => kind === "base_notice")?.at).toBe(addMinutes(monday, 360));
});

test("a case that waits for its applicant stands where it will go on, without a day for the union", () => {
  const returned = trail(...visited, ["returned", "needs_information"]);
  const deadlineAt = addMinutes(monday, 10 * 1440);
  const way = progressOf(at("needs_information", { deadlineAt }), returned, frame);
  expect(said(way)).toContain("station now");
  expect(way.find(({ state }) => state === "now")?.at).toBeNull();
});

test("money that the bank returned is still under way", () => {
  const paying = trail(...visited, ["approved", "reserved"], ["batched", "batched"]);
  expect(said(progressOf(at("payment_failed"), paying, frame))).toContain("payment now");
});

test("what was paid has everything behind it", () => {
  const paid = trail(
    ...visited,
    ["tier_approved", "public_notice", { tier: "station" }],
    ["notice_ended", "in_approval"],
    ["approved", "public_notice", { tier: "district" }],
    ["notice_ended", "reserved"],
    ["batched", "batched"],
    ["paid", "paid"],
  );
  const way = progressOf(at("paid", { tier: null }), paid, frame);
  expect(way).toHaveLength(8);
  expect(way.every(({ state, at: day }) => state === "done" && day !== null)).toBe(true);
});

test.each(["rejected", "withdrawn", "lapsed", "ineligible"] as const)(
  "a case that ended as %s shows what was done and promises nothing",
  (status) => {
    const ended = trail(...visited, ["rejected", status, { tier: "station" }]);
    expect(said(progressOf(at(status), ended, frame))).toEqual([
      "submitted done",
      "acceptance done",
      "visit done",
      "station done",
    ]);
  },
);

test("a refusal that the rules recommend needs no visit, no notice and no payment", () => {
  const refused = at("in_approval", { recommendation: "refuse" });
  expect(said(progressOf(refused, trail(...sent, ["accepted", "in_approval"]), frame))).toEqual([
    "submitted done",
    "acceptance done",
    "station now",
    "district ahead",
  ]);
});

test("on the fast track the advance comes first, and the papers after it", () => {
  const fast = { ...frame, grassRootsNotice: false, finalNotice: "after_payment" } as const;
  const advance = at("in_approval", { fastTrack: "advance", advanceFen: yuan(2_000) });
  expect(said(progressOf(advance, trail(...sent), fast)).slice(0, 4)).toEqual([
    "submitted done",
    "advance_decision now",
    "advance_payment ahead",
    "remaining_papers ahead",
  ]);
  const paid = trail(
    ...sent,
    ["advance_approved", "reserved"],
    ["batched", "batched"],
    ["advance_paid", "needs_information"],
  );
  const following = at("needs_information", { fastTrack: "follow_up", advanceFen: yuan(2_000) });
  const way = progressOf(following, paid, fast);
  expect(said(way).slice(1, 5)).toEqual([
    "advance_decision done",
    "advance_payment done",
    "remaining_papers now",
    "acceptance ahead",
  ]);
  expect(said(way).at(-1)).toBe("later_notice ahead");
});

test("a case that went up again after a base notice of an earlier round has it ahead", () => {
  const again = trail(
    ...visited,
    ["tier_approved", "public_notice", { tier: "station" }],
    ["notice_ended", "in_approval"],
    ["returned", "needs_information"],
    ["information_given", "in_acceptance"],
    ["accepted", "in_verification"],
    ["visited", "in_approval"],
  );
  const way = progressOf(at("in_approval"), again, frame);
  expect(said(way)).toContain("station now");
  expect(said(way)).toContain("base_notice ahead");
  const times: readonly (Instant | null)[] = way.map((one) => one.at);
  expect(times.filter((one) => one !== null)).toHaveLength(3);
});
