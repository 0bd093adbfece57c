/** Cases that their applicant takes back: before anybody decided, with money set aside, and in a race. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import {
  createVisitor,
  formTo,
  formWith,
  wordsOf,
  type VisitedPage,
} from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, linkOf, startCity } from "#test/support/city.ts";
import {
  applyAgain,
  applyAs,
  balancesOf,
  endNotice,
  eventTypesOf,
  expectBooksFit,
  mailsOf,
  payOut,
  statusOf,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const withdraw = async (applied: Applied): Promise<VisitedPage> => {
  const { visitor } = await follow(city.url, applied);
  const page = await visitor.get(paths.withdraw(applied.applicationId));
  return visitor.send(page, formTo(page, "/withdraw"));
};

const deciding = async (applied: Applied, tier: "station" | "district") => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(await linkOf(city, applied, tier));
  const form = formWith(page, "action", "decide");
  return () => visitor.send(page, form, { decision: "approve", pin: demoPin });
};

test("withdrawal and last approval at the same moment: one of them is first, the other sees it, the ledger fits", async () => {
  const before = await balancesOf(city, "central");
  const endings: string[] = [];
  const rounds = 4;
  // All of them while the season is open: each base office's notice takes a week of it.
  const cases: Applied[] = [];
  for (let round = 0; round < rounds; round += 1) {
    cases.push(await applyAs(city, "golden-autumn"));
  }
  for (const applied of cases) await decideAt(city, applied, "station");
  for (const [round, applied] of cases.entries()) {
    const decide = await deciding(applied, "district");
    const { visitor } = await follow(city.url, applied);
    const page = await visitor.get(paths.withdraw(applied.applicationId));
    // A PIN takes a while to check; so the applicant is a little later, by more in each round.
    const [decided, withdrawn] = await Promise.all([
      decide(),
      sleep(round * 40).then(() => visitor.send(page, formTo(page, "/withdraw"))),
    ]);

    const application = await caseOf(city, applied);
    const events = await eventTypesOf(city, applied);
    const ending = events.slice(events.lastIndexOf("notice_ended") + 1).join();
    endings.push(ending);
    expect(["approved", "withdrawn", "approved,withdrawn"]).toContain(ending);
    if (ending === "withdrawn") expect(decided.status).toBe(409);
    else expect(decided.status).toBe(200);
    if (ending === "approved") expect(withdrawn.status).toBe(409);
    else expect(new URL(withdrawn.url).pathname).toBe(paths.case(applied.applicationId));
    const kept = ending === "approved" ? yuan(5_000) : 0;
    expect(application.fundId === null ? 0 : application.amountFen).toBe(kept);
    await expectBooksFit(city, [applied]);
  }
  const after = await balancesOf(city, "central");
  const approved = endings.filter((ending) => ending === "approved").length;
  expect(after.reservedFen - before.reservedFen).toBe(approved * yuan(5_000));
  expect(after.availableFen + after.reservedFen).toBe(before.availableFen + before.reservedFen);
});

test("before anybody has decided: the link in the mail is void, the case is told as withdrawn, and may be sent again", async () => {
  const before = await balancesOf(city, "central");
  const applied = await applyAs(city, "golden-autumn");
  const decide = await deciding(applied, "station");

  const page = await withdraw(applied);

  expect(new URL(page.url).pathname).toBe(paths.case(applied.applicationId));
  await untilMailed(city, applied, "outcome:withdrawn");
  expect(await statusOf(city, applied)).toBe("withdrawn");
  expect((await decide()).status).toBe(409);
  expect(await eventTypesOf(city, applied)).toEqual([
    "submitted",
    "assessed",
    "accepted",
    "visited",
    "withdrawn",
  ]);
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "outcome:withdrawn"]);
  expect(await balancesOf(city, "central")).toEqual(before);
  await expectBooksFit(city, [applied]);
  const again = await applyAgain(city, applied);
  await untilStatus(city, again, "in_acceptance");
});

test("in public notice, with its money reserved: the money goes back, the claim is free, and it is told within minutes", async () => {
  const before = await balancesOf(city, "central");
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  expect((await balancesOf(city, "central")).reservedFen - before.reservedFen).toBe(yuan(5_000));
  const { noticeEndsAt } = await caseOf(city, applied);

  await withdraw(applied);

  expect(await caseOf(city, applied)).toMatchObject({
    status: "withdrawn",
    fundId: null,
    cycle: 2,
  });
  expect(await balancesOf(city, "central")).toEqual(before);
  await city.clock.advanceTo(addMinutes(city.clock.now(), 6));
  await untilMailed(city, applied, "outcome:withdrawn");
  const again = await applyAgain(city, applied);
  await untilStatus(city, again, "in_acceptance");

  await city.clock.advanceTo(noticeEndsAt!);
  await city.clock.settled();
  expect(await statusOf(city, applied)).toBe("withdrawn");
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "approval", "outcome:withdrawn"]);
  expect((await eventTypesOf(city, applied)).at(-1)).toBe("withdrawn");
  await expectBooksFit(city, [applied, again]);
});

test("when it can be paid already: the money goes back, no batch takes it, and that it was withdrawn is told too", async () => {
  const applied = await applyAs(city, "golden-autumn");
  const other = await applyAs(city, "golden-autumn");
  for (const one of [applied, other]) {
    await decideAt(city, one, "station");
    await decideAt(city, one, "district");
  }
  await endNotice(city, other);
  await untilMailed(city, applied, "outcome:approved");

  await withdraw(applied);
  await payOut(city, "central");

  expect(await statusOf(city, applied)).toBe("withdrawn");
  expect(await statusOf(city, other)).toBe("paid");
  await city.clock.advanceTo(addMinutes(city.clock.now(), 6));
  await untilMailed(city, applied, "outcome:withdrawn");
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("已撤回");
  await expectBooksFit(city, [applied, other]);
});
