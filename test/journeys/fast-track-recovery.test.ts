/** What becomes of an advance whose award never comes about: claimed back, paid back, or written off. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { approveAdvance, passAdvance, payCase } from "#infra/local/demo/fast-track.ts";
import { formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, eventsOf, startCity, until } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import {
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

test("the papers never come: the advance is claimed back, paid back in two parts, and the case closes", async () => {
  const applied = await burntOut(city);
  const { applicationId } = applied;
  await approveAdvance(city, applicationId, demoPin);
  await payCase(city, applicationId);
  await untilStatus(city, applied, "needs_information");
  const before = await balancesOf(city, "union");
  const { deadlineAt } = await caseOf(city, applied);
  await city.clock.advanceTo(addMinutes(deadlineAt!, 24 * 60));
  await untilStatus(city, applied, "recovery_due");
  await untilMailed(city, applied, "outcome:recovery_due");
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("应退回金额");
  expect(wordsOf(page.html)).toContain("2,000.00");

  const officer = await signIn(city, "finance");
  const list = await officer.get(paths.desk("recovery"));
  expect(list.html).toContain(paths.desk("recovery", applicationId));
  const repay = async (amount: string, voucher: string) => {
    const open = await officer.get(paths.desk("recovery", applicationId));
    return officer.send(open, formTo(open, "/repayments"), { amount, voucher });
  };
  expect((await repay("2500", "HD-1")).status).toBe(422);
  expect((await repay("500", "HD-1")).status).toBe(200);
  expect((await repay("500", "HD-1")).status).toBe(409);
  expect(wordsOf((await repay("1500", "HD-2")).html)).toContain("已办结");

  expect((await caseOf(city, applied)).status).toBe("closed");
  expect(await movedSince(city, before)).toEqual({
    available: 200_000,
    reserved: 0,
    paid: -200_000,
  });
  expect(mailsOf(city, applied)).toContain("outcome:recovered");
  await expectBooksFit(city, [applied]);
});

test("refused after the advance: what is due is written off by two people, and nobody else's button does it", async () => {
  const applied = await burntOut(city);
  const { applicationId } = applied;
  await passAdvance(city, applied, demoPin);
  await decideAt(city, applied, "station", { kind: "reject", reason: "火灾与申报不符" });
  await untilStatus(city, applied, "recovery_due");
  expect(await eventTypesOf(city, applied)).toContain("recovery_claimed");

  const admin = await signIn(city, "admin");
  const open = await admin.get(paths.desk("recovery", applicationId));
  expect(open.forms.some(({ action }) => action.endsWith("/repayments"))).toBe(false);
  const proposed = await admin.send(open, formTo(open, "/write-off"), {
    reason: "家庭确无偿还能力",
  });
  expect(proposed.forms.some(({ action }) => action.endsWith("/write-off-confirmed"))).toBe(false);

  const authoriser = await signIn(city, "authoriser");
  const waiting = await authoriser.get(paths.desk("recovery", applicationId));
  await authoriser.send(waiting, formTo(waiting, "/write-off-confirmed"));
  await until("it is closed", async () => (await caseOf(city, applied)).status === "closed");
  const last = (await eventsOf(city, applied)).at(-1);
  expect(last).toMatchObject({ type: "closed", detail: { writtenOffFen: 200_000 } });
  await expectBooksFit(city, [applied]);

  // Times of the year's advances, for whoever looks after the fast track.
  const list = await authoriser.get(paths.desk("recovery"));
  expect(wordsOf(list.html)).toContain("从提交到可以发放（中位数）");
});
