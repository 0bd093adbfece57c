/** Cases that end as they should: from the form to the settled payment, on both lines and at every height. */
import { capturedOutput } from "#test/support/captured-output.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, eventsOf, linkOf, startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import {
  applyAs,
  balancesOf,
  endNotice,
  eventTypesOf,
  everyExecution,
  everyRow,
  expectBooksFit,
  mailsOf,
  payOut,
  recordingHandlers,
  secretsOf,
  statusOf,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
const payloads: string[] = [];
const paid: Applied[] = [];
beforeAll(async () => {
  city = await startCity({ loadHandler: recordingHandlers(payloads) });
});
afterAll(() => city.stop());

/** What is the same of every paid case: told, closed books, nobody mailed too much. */
const expectPaid = async (applied: Applied, approvals: number): Promise<void> => {
  expect(await statusOf(city, applied)).toBe("paid");
  expect(mailsOf(city, applied)).toEqual([
    "received",
    ...Array.from({ length: approvals }, () => "approval"),
    "outcome:approved",
  ]);
  const executions = city.executions().filter(({ name }) => name.startsWith(applied.applicationId));
  expect(executions.map(({ status }) => status)).toEqual(["SUCCEEDED"]);
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("已发放");
  paid.push(applied);
  await expectBooksFit(city, [applied]);
};

test("territorial line: station and district approve 5,000 yuan, it is noticed, and paid out of the first fund", async () => {
  const before = await balancesOf(city, "central");
  const applied = await applyAs(city, "golden-autumn", { example: "1:" });
  await untilStatus(city, applied, "in_acceptance");
  expect(await caseOf(city, applied)).toMatchObject({
    line: "territorial",
    tier: "station",
    category: "DEEP",
    amountFen: yuan(5_000),
  });

  await decideAt(city, applied, "station");
  expect(await caseOf(city, applied)).toMatchObject({ status: "public_notice", fundId: null });
  expect(await balancesOf(city, "central")).toEqual(before);
  await decideAt(city, applied, "district");
  expect(await caseOf(city, applied)).toMatchObject({
    status: "public_notice",
    fundId: "central",
    decidedBy: { station: "ST00000001", district: "ST00000006" },
  });
  expect(await balancesOf(city, "central")).toEqual({
    ...before,
    availableFen: before.availableFen - yuan(5_000),
    reservedFen: before.reservedFen + yuan(5_000),
  });
  expect(mailsOf(city, applied)).not.toContain("outcome:approved");
  await endNotice(city, applied);
  await payOut(city, "central");

  expect(await balancesOf(city, "central")).toEqual({
    ...before,
    availableFen: before.availableFen - yuan(5_000),
    paidFen: before.paidFen + yuan(5_000),
  });
  expect(await eventTypesOf(city, applied)).toEqual([
    "submitted",
    "assessed",
    "accepted",
    "visited",
    "tier_approved",
    "notice_ended",
    "approved",
    "notice_ended",
    "batched",
    "paid",
  ]);
  await expectPaid(applied, 2);
});

test("above 10,000 yuan the city decides in a meeting: without its minutes nothing is decided, with them it is paid", async () => {
  const applied = await applyAs(city, "critical-illness", { example: "8:" });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  const link = await linkOf(city, applied, "city");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  const form = formWith(page, "action", "decide");

  const without = await visitor.send(page, form, { decision: "approve", pin: demoPin });

  expect(without.status).toBe(422);
  expect(without.html).toContain('href="#minutes"');
  expect((await caseOf(city, applied)).tier).toBe("city");
  await decideAt(city, applied, "city", { minutes: "示总办〔2026〕12号" });
  expect(await caseOf(city, applied)).toMatchObject({
    status: "public_notice",
    amountFen: yuan(10_600),
    minutesNumber: "示总办〔2026〕12号",
    fundId: "central",
  });
  await endNotice(city, applied);
  await payOut(city, "central");
  await expectPaid(applied, 3);
});

test("lowered with a reason at the station: the district sees that amount, can't raise it, and that is what is paid", async () => {
  const before = await balancesOf(city, "central");
  const applied = await applyAs(city, "golden-autumn", { example: "1:" });
  await decideAt(city, applied, "station", { amount: "3200.50", reason: "按票据核减" });
  const link = await linkOf(city, applied, "district");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  expect(wordsOf(page.html)).toContain("3,200.50");
  const raised = await visitor.send(page, formWith(page, "action", "decide"), {
    decision: "approve",
    amount: "5000",
    pin: demoPin,
  });
  expect(raised.status).toBe(422);
  expect(raised.html).toContain('href="#amount"');

  await decideAt(city, applied, "district", { amount: "3200.50" });
  await endNotice(city, applied);
  await payOut(city, "central");

  expect((await caseOf(city, applied)).amountFen).toBe(yuan(3_200.5));
  expect((await balancesOf(city, "central")).paidFen - before.paidFen).toBe(yuan(3_200.5));
  const lowered = (await eventsOf(city, applied)).find(({ type }) => type === "tier_approved");
  expect(lowered).toMatchObject({
    type: "tier_approved",
    detail: { amountFen: yuan(3_200.5) },
    confidential: { reason: "按票据核减" },
  });
  await expectPaid(applied, 2);
});

test("an approver who left after the mail was sent can't decide; the case waits for somebody else", async () => {
  const applied = await applyAs(city, "critical-illness", { example: "8:", unitId: "xiahe" });
  const link = await linkOf(city, applied, "station");
  const { directory } = city.dependencies;
  const { staff } = await directory.organisation();
  const approver = staff.find(({ email }) => email === "xiahe-1@example.org")!;
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  await directory.putStaff({ ...approver, active: false });
  try {
    const answer = await visitor.send(page, formWith(page, "action", "decide"), {
      decision: "approve",
      pin: demoPin,
    });

    expect(answer.status).toBe(403);
    // Accepted and visited, and not decided.
    expect(await caseOf(city, applied)).toMatchObject({ status: "in_approval", version: 4 });
  } finally {
    await directory.putStaff(approver);
  }
});

test("no name, number, phone, address, illness or code stands in any row, mail, execution, log line or address", async () => {
  expect(paid.length).toBeGreaterThanOrEqual(3);
  const secrets = (await Promise.all(paid.map((applied) => secretsOf(city, applied)))).flat();
  // An auditor looks at everything, which is logged, but not what was seen.
  const auditor = await signIn(city, "auditor");
  for (const { applicationId } of paid) {
    const page = await auditor.get(paths.desk("case", applicationId));
    expect(secrets.some((secret) => page.html.includes(secret))).toBe(true);
  }
  await city.clock.settled();
  const mails = city.mailbox
    .mails()
    .map(({ id, subject, text, html }) => [id, subject, text, html]);
  const { papers, files } = city.dependencies;
  const keys = [...(await papers.list("")), ...(await files.list(""))].map(({ key }) => key);
  const places = {
    rows: await everyRow(),
    mails: mails.map((mail) => mail.join("\n")),
    executions: await everyExecution(),
    payloads,
    output: capturedOutput(),
    keys,
  };

  for (const [place, texts] of Object.entries(places)) {
    expect(texts.length, place).toBeGreaterThan(4);
    const all = texts.join("\n");
    for (const secret of secrets) {
      const found = [secret, encodeURIComponent(secret)].some((written) => all.includes(written));
      // The secret itself stays out of this report too.
      expect(found, `${place} hold what begins with ${secret.slice(0, 2)}`).toBe(false);
    }
  }
  // What may lie open is found, so that what wasn't found above isn't there.
  expect(places.rows.join("\n")).toContain("示例银行");
  for (const { applicationId } of paid) {
    for (const place of [places.mails, places.executions, payloads, places.output, places.keys]) {
      expect(place.join("\n")).toContain(applicationId);
    }
  }
  expect(places.output.some((line) => line.includes("personal data shown"))).toBe(true);
});
