/** Cases whose money isn't there yet, or comes back from the bank. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, mendCard } from "#infra/local/demo/applicant.ts";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { bringIn } from "#test/support/fund-orders.ts";
import { reserveCase } from "#test/support/disbursement-world.ts";
import {
  checkMendedCards,
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

/** Sets all of a fund's money aside for somebody else. */
const drain = async (fundId: string): Promise<void> => {
  const { availableFen } = await balancesOf(city, fundId);
  await reserveCase(city.dependencies, fundId as FundId, {}, fen(availableFen));
};

test("approved while every fund is empty: it waits, and moves by itself when the administrator books money, and is paid", async () => {
  await drain("union");
  await drain("donation");
  const applied = await applyAs(city, "emergency", { example: "11:" });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");

  expect(await caseOf(city, applied)).toMatchObject({
    status: "waiting_for_funds",
    fundId: null,
    amountFen: yuan(5_000),
    // An emergency: the advance is decided first, and waits for its own amount only.
    advanceFen: yuan(2_000),
    decidedBy: { district: "ST00000006" },
  });
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("等待资金");
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "approval"]);
  const two = { maker: await signIn(city, "admin"), checker: await signIn(city, "authoriser") };
  const short = await bringIn(two, "donation", "捐赠〔2026〕1号", "1999.99");
  expect(short.status).toBe(200);
  expect(await statusOf(city, applied)).toBe("waiting_for_funds");
  await bringIn(two, "donation", "捐赠〔2026〕2号", "0.01");

  await untilStatus(city, applied, "reserved");
  expect(await caseOf(city, applied)).toMatchObject({ fundId: "donation" });
  expect(await balancesOf(city, "donation")).toMatchObject({ availableFen: 0 });
  await untilMailed(city, applied, "outcome:advance");
  await payOut(city, "donation");

  expect(await statusOf(city, applied)).toBe("needs_information");
  await untilMailed(city, applied, "information");
  expect(await eventTypesOf(city, applied)).toEqual([
    "submitted",
    "assessed",
    "tier_approved",
    "approved_without_funds",
    "funds_reserved",
    "batched",
    "advance_paid",
  ]);
  expect(mailsOf(city, applied)).toEqual([
    "received",
    "approval",
    "approval",
    "outcome:advance",
    "information",
  ]);
  // What was drained is set aside for somebody who has no card: only the advance could be paid.
  expect((await balancesOf(city, "donation")).grantedFen).toBe(yuan(102_000));
  expect(await balancesOf(city, "donation")).toMatchObject({ availableFen: 0 });
  await expectBooksFit(city, [applied]);
});

test("the bank refuses a card: mended in time it is paid under the same approval; not mended, the money goes back and it lapses", async () => {
  const before = await balancesOf(city, "central");
  const careful = await applyAs(city, "golden-autumn");
  const careless = await applyAs(city, "golden-autumn");
  for (const applied of [careful, careless]) {
    await decideAt(city, applied, "station");
    await decideAt(city, applied, "district");
  }
  await endNotice(city, careless);
  await untilStatus(city, careful, "reserved");
  await payOut(city, "central", () => ["失败", "账号不存在"]);
  for (const applied of [careful, careless]) {
    expect(await statusOf(city, applied)).toBe("payment_failed");
    await untilMailed(city, applied, "card");
  }
  expect(await balancesOf(city, "central")).toEqual({
    ...before,
    availableFen: before.availableFen - yuan(10_000),
    reservedFen: before.reservedFen + yuan(10_000),
  });
  const { deadlineAt } = await caseOf(city, careless);

  await mendCard(city.url, careful, demoApplicant(777).mendedCardNumber);
  expect(await statusOf(city, careful)).toBe("payment_failed");
  await checkMendedCards(city);
  expect(await statusOf(city, careful)).toBe("reserved");
  await payOut(city, "central");
  await city.clock.advanceTo(addMinutes(deadlineAt!, -1));
  expect(await statusOf(city, careless)).toBe("payment_failed");
  await city.clock.advanceTo(addMinutes(deadlineAt!, 24 * 60));
  await untilMailed(city, careless, "outcome:lapsed");

  expect(await statusOf(city, careful)).toBe("paid");
  expect(await caseOf(city, careless)).toMatchObject({ status: "lapsed", deadlineAt: null });
  expect(await balancesOf(city, "central")).toEqual({
    ...before,
    availableFen: before.availableFen - yuan(5_000),
    paidFen: before.paidFen + yuan(5_000),
  });
  expect(await eventTypesOf(city, careless)).toEqual([
    "submitted",
    "assessed",
    "accepted",
    "visited",
    "tier_approved",
    "notice_ended",
    "approved",
    "notice_ended",
    "batched",
    "payment_failed",
    "reservation_released",
  ]);
  expect(mailsOf(city, careless)).toEqual([
    "received",
    "approval",
    "approval",
    "outcome:approved",
    "card",
    "outcome:lapsed",
  ]);
  const { visitor, page } = await follow(city.url, careless);
  expect(page.status).toBe(200);
  const late = await visitor.get(paths.card(careless.applicationId));
  expect(new URL(late.url).pathname).toBe(paths.case(careless.applicationId));
  await expectBooksFit(city, [careful, careless]);

  const again = await applyAgain(city, careless);
  await untilStatus(city, again, "in_acceptance");
});
