/** A pot that is too small, shared by need at the desk; the list that moves on; a year that two programmes share. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import {
  createVisitor,
  formTo,
  formWith,
  wordsOf,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { sharingBy } from "#test/support/allocation.ts";
import { caseOf, decideAt, eventsOf, linkOf, startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { reserveCase } from "#test/support/disbursement-world.ts";
import {
  answersOf,
  applyAs,
  balancesOf,
  eventTypesOf,
  expectBooksFit,
  statusOf,
  untilStatus,
} from "#test/support/journey.ts";

const sharedByNeed = sharingBy(policyPack, "golden-autumn", { method: "need_ranked", quotas: {} });
const policy = {
  ...sharedByNeed,
  common: sharedByNeed.common.map((entry) => ({
    ...entry,
    figures: { ...entry.figures, householdAnnualCapFen: yuan(12_000) },
  })),
};

let city: Embedded;
beforeAll(async () => {
  city = await startCity({ policy });
});
afterAll(() => city.stop());

/** Leaves so much in a fund; the rest is set aside for somebody else. */
const leaveIn = async (fundId: string, leftYuan: number): Promise<void> => {
  const { availableFen } = await balancesOf(city, fundId);
  const asideFen = fen(availableFen - yuan(leftYuan));
  await reserveCase(city.dependencies, fundId as FundId, {}, asideFen);
};

/** Households of these yearly incomes, approved at their stations, and before the district after their notices. */
const beforeDistrict = async (incomes: readonly string[]): Promise<readonly Applied[]> => {
  const cases: Applied[] = [];
  for (const annualIncome of incomes) {
    const applied = await applyAs(city, "golden-autumn", { answers: { annualIncome } });
    await decideAt(city, applied, "station");
    cases.push(applied);
  }
  for (const applied of cases) await linkOf(city, applied, "district");
  return cases;
};

const approvedAll = async (incomes: readonly string[]): Promise<readonly Applied[]> => {
  const cases = await beforeDistrict(incomes);
  for (const applied of cases) await decideAt(city, applied, "district");
  return cases;
};

const preview = async (visitor: Visitor, fundId: string): Promise<VisitedPage> => {
  const list = await visitor.get(paths.desk("allocations", "waiting", "golden-autumn"));
  return visitor.send(list, formTo(list, "/allocations/new"), { fund: fundId });
};

test("three are approved and the pot holds two awards: the neediest get theirs, the third when one of them withdraws", async () => {
  const [better, worst, worse] = await approvedAll(["54000", "30000", "42000"]);
  if (!better || !worst || !worse) throw new Error("three were approved");
  await leaveIn("central", 12_000);
  for (const applied of [better, worst, worse]) {
    expect(await statusOf(city, applied)).toBe("waiting_for_funds");
  }
  const { page } = await follow(city.url, better);
  expect(wordsOf(page.html)).toContain("先后次序和到账时间不作承诺");

  const admin = await signIn(city, "admin");
  const overview = await admin.get(paths.desk("allocations"));
  expect(wordsOf(overview.html)).toMatch(/金秋助学\s*按困难程度排序\s*3\s*15,000\.00 元/u);
  const list = await admin.get(paths.desk("allocations", "waiting", "golden-autumn"));
  const inOrder = [worst, worse, better].map(({ applicationId }) =>
    list.html.indexOf(applicationId),
  );
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  const shown = await preview(admin, "central");
  expect(wordsOf(shown.html)).toMatch(/可分配资金\s*12,000\.00 元/u);
  expect(wordsOf(shown.html)).toMatch(/分配金额\s*2 件 · 10,000\.00 元/u);
  // The page shows whose turn it is, and no household's income.
  expect(shown.html).not.toContain("人均月收入");
  const made = await admin.send(shown, formTo(shown, "/allocations/new"));

  expect(made.status).toBe(200);
  expect(wordsOf(made.html)).toContain("已办完");
  expect(await statusOf(city, worst)).toBe("public_notice");
  expect(await statusOf(city, worse)).toBe("public_notice");
  expect(await statusOf(city, better)).toBe("waiting_for_funds");
  expect(await balancesOf(city, "central")).toMatchObject({ availableFen: yuan(2_000) });
  // Sent twice, the form leads to the same allocation.
  const again = await admin.send(shown, formTo(shown, "/allocations/new"));
  expect(again.url).toBe(made.url);
  expect(await balancesOf(city, "central")).toMatchObject({ availableFen: yuan(2_000) });

  const auditor = await signIn(city, "auditor");
  const audited = await auditor.get(new URL(made.url).pathname);
  expect(wordsOf(audited.html)).toContain("人均月收入");
  const checked = await auditor.get(`${new URL(made.url).pathname}?check=yes`);
  expect(wordsOf(checked.html)).toContain("结果与当时完全一致");
  expect((await auditor.get(paths.desk("allocations", "new"))).status).toBe(403);

  const { visitor, page: status } = await follow(city.url, worst);
  const form = await visitor.get(paths.withdraw(worst.applicationId));
  expect(status.status).toBe(200);
  await visitor.send(form, formTo(form, "/withdraw"));
  expect(await statusOf(city, worst)).toBe("withdrawn");
  await city.clock.advanceTo(addMinutes(city.clock.now(), 20));
  await untilStatus(city, better, "public_notice");

  expect(await eventTypesOf(city, better)).toEqual(
    expect.arrayContaining(["approved_without_funds", "funds_reserved"]),
  );
  const [last] = (await eventsOf(city, worse)).slice(-1);
  expect(last?.detail["allocationId"]).toBe(new URL(made.url).pathname.split("/").pop());
  await expectBooksFit(city, [better, worst, worse]);
});

test("the preview is not what it was when it is confirmed: nothing is given, and the new one is shown", async () => {
  const [first, second] = await beforeDistrict(["50000", "20000"]);
  if (!first || !second) throw new Error("two were sent up");
  await decideAt(city, first, "district");
  const admin = await signIn(city, "admin");
  const [match] = await city.dependencies.funds.ofCode("FISCAL_MATCH");
  const shown = await preview(admin, match!.id);
  await decideAt(city, second, "district");
  const refused = await admin.send(shown, formTo(shown, "/allocations/new"));

  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("没有分配");
  expect(refused.html).toContain(second.applicationId);
  expect(await statusOf(city, first)).toBe("waiting_for_funds");

  await admin.send(refused, formTo(refused, "/allocations/new"));
  await untilStatus(city, first, "public_notice");
  await untilStatus(city, second, "public_notice");
});

test("one household, two programmes, one year: the second approver is told what is left, and approves that", async () => {
  const schooling = await applyAs(city, "golden-autumn");
  const { applicantIdNumber = "", bankCardNumber = "" } = await answersOf(city, schooling);
  const illness = await applyAs(city, "critical-illness", {
    answers: { applicantIdNumber, bankCardNumber },
  });
  for (const applied of [schooling, illness]) await decideAt(city, applied, "station");
  await decideAt(city, illness, "district");
  const link = await linkOf(city, illness, "city");
  await decideAt(city, schooling, "district");
  expect(await statusOf(city, schooling)).toBe("waiting_for_funds");
  const { amountFen } = await caseOf(city, illness);
  expect(amountFen).toBe(yuan(10_600));

  const approver = createVisitor(city.url);
  const page = await approver.get(link);
  const decision = { decision: "approve", pin: demoPin, minutes: "2026-9", reason: "" };
  const told = await approver.send(page, formWith(page, "action", "decide"), decision);

  expect(told.status).toBe(422);
  expect(wordsOf(told.html)).toContain("最多还可批准 7,000.00 元");
  expect(await statusOf(city, illness)).toBe("in_approval");
  const lowered = await approver.send(told, formWith(told, "action", "decide"), {
    ...decision,
    amount: "7000",
    reason: "家庭年度限额",
  });
  expect(lowered.status).toBe(200);
  await untilStatus(city, illness, "public_notice");
  expect(await caseOf(city, illness)).toMatchObject({ amountFen: yuan(7_000) });
  await expectBooksFit(city, [schooling, illness]);
});
