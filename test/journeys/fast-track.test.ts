/** Aid first, papers later (先救助后补手续): to the end; policy 9, cases 11 and 12. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import {
  approveAdvance,
  passAdvance,
  payCase,
  sendFollowingPapers,
} from "#infra/local/demo/fast-track.ts";
import { createVisitor, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { caseOf, decideAt, eventsOf, linkOf, startCity } from "#test/support/city.ts";
import {
  applyAs,
  balancesOf,
  burntOut,
  eventTypesOf,
  expectBooksFit,
  mailsOf,
  movedSince,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

test("case 11: 2,000 within hours by station and district, 3,000 after papers and visit, both out of the union's fund", async () => {
  const before = await balancesOf(city, "union");
  const applied = await burntOut(city);
  await untilStatus(city, applied, "in_approval");
  expect(await caseOf(city, applied)).toMatchObject({
    tier: "station",
    fastTrack: "advance",
    category: "TEMPORARY",
    amountFen: yuan(5_000),
    advanceFen: yuan(2_000),
    deadlineAt: addMinutes((await caseOf(city, applied)).submittedAt!, 12 * 60),
  });
  const link = await createVisitor(city.url).get(await linkOf(city, applied, "station"));
  expect(wordsOf(link.html)).toContain("本次只审批先行救助金");
  expect(wordsOf(link.html)).toContain("全额5,000.00 元现在不审批");

  await city.clock.advanceTo(addMinutes(city.clock.now(), 90));
  await approveAdvance(city, applied.applicationId, demoPin);
  expect(await movedSince(city, before)).toEqual({
    available: -200_000,
    reserved: 200_000,
    paid: 0,
  });
  await untilMailed(city, applied, "outcome:advance");
  await payCase(city, applied.applicationId);
  await untilStatus(city, applied, "needs_information");
  await untilMailed(city, applied, "information");
  expect(await movedSince(city, before)).toEqual({
    available: -200_000,
    reserved: 0,
    paid: 200_000,
  });
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("先行救助金已经转入您的银行卡");

  await sendFollowingPapers(city, applied);
  await untilStatus(city, applied, "in_acceptance");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await untilStatus(city, applied, "reserved");
  expect(await movedSince(city, before)).toEqual({
    available: -500_000,
    reserved: 300_000,
    paid: 200_000,
  });
  await payCase(city, applied.applicationId);
  await untilStatus(city, applied, "post_review");
  expect(await movedSince(city, before)).toEqual({
    available: -500_000,
    reserved: 0,
    paid: 500_000,
  });

  // The notice stands after the payment; when it is over the case closes.
  const { noticeEndsAt } = await caseOf(city, applied);
  await city.clock.settled();
  await city.clock.advanceTo(addMinutes(noticeEndsAt!, 24 * 60));
  await untilStatus(city, applied, "closed");
  const events = await eventsOf(city, applied);
  expect(events.map(({ type }) => type)).toEqual([
    "submitted",
    "assessed",
    "tier_approved",
    "advance_approved",
    "batched",
    "advance_paid",
    "information_given",
    "assessed",
    "accepted",
    "visited",
    "tier_approved",
    "approved",
    "batched",
    "paid",
    "closed",
  ]);
  const measured = events.find(({ type }) => type === "advance_approved")?.detail["minutes"];
  expect(measured).toBeGreaterThanOrEqual(90);
  expect(measured).toBeLessThan(100);
  expect(mailsOf(city, applied).filter((kind) => kind !== "approval")).toEqual([
    "received",
    "outcome:advance",
    "information",
    "outcome:approved",
  ]);
  await expectBooksFit(city, [applied]);
});

test("case 12: a death in the industrial line, 2,000 by grass roots and industrial union, 8,000 after the city", async () => {
  const before = await balancesOf(city, "union");
  const applied = await applyAs(city, "emergency", {
    example: "12:",
    answers: { eventDate: "2026-07-01" },
  });
  expect(await passAdvance(city, applied, demoPin)).toBe(true);
  const advance = (await eventsOf(city, applied)).filter(({ type }) =>
    ["tier_approved", "advance_approved"].includes(type),
  );
  expect(advance.map(({ detail }) => [detail["tier"], detail["amountFen"]])).toEqual([
    ["grass_roots", 200_000],
    ["industrial", 200_000],
  ]);
  for (const tier of ["grass_roots", "bureau", "industrial", "city"] as const) {
    await decideAt(city, applied, tier);
  }
  await untilStatus(city, applied, "reserved");
  const decided = await caseOf(city, applied);
  expect(decided).toMatchObject({
    amountFen: yuan(10_000),
    advanceFen: yuan(2_000),
    fundId: "union",
    minutesNumber: null,
  });
  expect(new Set(Object.values(decided.decidedBy)).size).toBe(4);
  await payCase(city, applied.applicationId);
  await untilStatus(city, applied, "post_review");
  expect(await movedSince(city, before)).toEqual({
    available: -1_000_000,
    reserved: 0,
    paid: 1_000_000,
  });
  await expectBooksFit(city, [applied]);
});

test("returned while the advance was decided: the ordinary way, and the whole award in one payment", async () => {
  const before = await balancesOf(city, "union");
  const applied = await burntOut(city);
  await decideAt(city, applied, "station", { kind: "return", reason: "请补火灾证明和户口本" });
  await untilStatus(city, applied, "needs_information");
  await untilMailed(city, applied, "information");
  await sendFollowingPapers(city, applied);
  await untilStatus(city, applied, "in_acceptance");
  expect(await caseOf(city, applied)).toMatchObject({ fastTrack: null, advanceFen: null });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await payCase(city, applied.applicationId);
  await untilStatus(city, applied, "post_review");
  expect(await movedSince(city, before)).toEqual({
    available: -500_000,
    reserved: 0,
    paid: 500_000,
  });
  expect(await eventTypesOf(city, applied)).not.toContain("advance_approved");
});
