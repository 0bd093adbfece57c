/** Eight cases wait for one approver: read in one list, decided with one PIN, each by itself. */
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
import type { FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, linkOf, startCity } from "#test/support/city.ts";
import { reserveCase } from "#test/support/disbursement-world.ts";
import {
  applyAs,
  balancesOf,
  eventTypesOf,
  expectBooksFit,
  statusOf,
} from "#test/support/journey.ts";

const casesMade = 8;
const approver = "chengdong-1@example.org";

let city: Embedded;
let applied: readonly Applied[];
beforeAll(async () => {
  city = await startCity();
  const made: Applied[] = [];
  for (let number = 0; number < casesMade; number += 1) {
    made.push(await applyAs(city, "golden-autumn"));
  }
  applied = made;
  for (const one of applied) await decideAt(city, one, "station");
  for (const one of applied) await linkOf(city, one, "district");
}, 120_000);
afterAll(() => city.stop());

/** Leaves so much in a fund; the rest is set aside for somebody else. */
const leave = async (fundId: string, leftYuan: number): Promise<void> => {
  const { availableFen } = await balancesOf(city, fundId);
  await reserveCase(city.dependencies, fundId as FundId, {}, fen(availableFen - yuan(leftYuan)));
};

const queueOf = async (one: Applied): Promise<string> =>
  (await linkOf(city, one, "district")).replace("/decide/", "/decide/queue/");

const ticksOn = (page: VisitedPage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...page.html.matchAll(/name="(?<name>case-SN\w{10})" value="(?<value>[^"]+)"/gu)].map(
      ({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""],
    ),
  );

test("the morning's digest counts all eight, names nobody and leads to the list", async () => {
  const before = city.mailbox.mails({ to: approver }).length;
  const today = city.clock.now().slice(0, 10);
  await city.clock.advanceTo(addMinutes(`${today}T00:31:00.000Z` as never, 24 * 60));
  const digests = city.mailbox
    .mails({ to: approver })
    .filter(({ id }) => id.startsWith("approval-digest:"));
  expect(digests.length, `${before} mails before`).toBeGreaterThanOrEqual(1);
  const [newest] = digests;
  expect(newest?.text).toContain("等您审批的共 8 件，建议救助合计 40,000.00 元");
  const link = /https?:\S+\/decide\/queue\/[\w-]{43}/u.exec(newest?.text ?? "")?.[0] ?? "";

  const visitor = createVisitor(city.url);
  const closed = await visitor.get(link);
  expect(closed.status).toBe(200);
  expect(wordsOf(closed.html)).not.toMatch(/8件|40,000|\*/u);
  const wrong = await visitor.send(closed, formWith(closed, "action", "open"), { pin: "000000" });
  expect(wrong.status).toBe(422);
  const list = await visitor.send(wrong, formWith(wrong, "action", "open"), { pin: demoPin });
  expect(wordsOf(list.html)).toContain("8件 40,000.00 元");
  expect(Object.keys(ticksOn(list))).toHaveLength(casesMade);
  for (const { applicationId } of applied) expect(list.html).toContain(applicationId);
  expect(list.html).not.toMatch(/1396174|3701021980/u);
  // A case opened out of the list is whole: the PIN was given for all that waits for this person.
  const href = /class="about open" href="(?<href>[^"]+)"/u.exec(list.html)?.groups?.["href"] ?? "";
  expect(wordsOf((await visitor.get(href)).html)).toContain("海棠巷");
  // And in another browser it isn't.
  expect(wordsOf((await createVisitor(city.url).get(href)).html)).not.toContain("海棠巷");
});

test("one PIN: six are decided with money, one waits for it, one changed meanwhile; sent twice, nothing more happens", async () => {
  await leave("central", 30_000);
  for (const fundId of ["fiscal-match", "union"]) await leave(fundId, 0);
  const visitor = createVisitor(city.url);
  const closed = await visitor.get(await queueOf(applied[0]!));
  const list = await visitor.send(closed, formWith(closed, "action", "open"), { pin: demoPin });
  expect(wordsOf(list.html)).toContain("不够");
  const form = formWith(list, "action", "decide");
  const untouched = await visitor.send(list, form, { pin: demoPin });
  expect(untouched.status).toBe(422);
  expect(untouched.html).toContain('href="#cases"');
  const mistyped = await visitor.send(list, form, { ...ticksOn(list), pin: "111111" });
  expect(mistyped.status).toBe(422);
  expect(mistyped.html.match(/type="checkbox"[^>]* checked/gu)).toHaveLength(casesMade);
  const gone = applied[3]!;
  const own = await follow(city.url, gone);
  const leaving = await own.visitor.get(paths.withdraw(gone.applicationId));
  expect((await own.visitor.send(leaving, formTo(leaving, "/withdraw"))).status).toBe(200);

  const typed = { ...ticksOn(list), pin: demoPin };
  const [first, second] = await Promise.all([
    visitor.send(list, form, typed),
    visitor.send(list, form, typed),
  ]);

  const statuses = await Promise.all(applied.map((one) => statusOf(city, one)));
  expect(statuses.filter((status) => status === "public_notice")).toHaveLength(6);
  expect(statuses.filter((status) => status === "waiting_for_funds")).toHaveLength(1);
  expect(statuses.filter((status) => status === "withdrawn")).toHaveLength(1);
  for (const page of [first, second]) {
    const words = wordsOf(page.html);
    expect(words).toContain("同意7件，没有办理1件");
    expect(words.match(/已同意，资金已留存/gu)).toHaveLength(6);
    expect(words.match(/资金不足，等待资金/gu)).toHaveLength(1);
    expect(words.match(/案件在此期间有变化/gu)).toHaveLength(1);
    expect(words).toContain("没有其他等您审批的案件");
  }
  expect(await balancesOf(city, "central")).toMatchObject({ availableFen: 0 });
  for (const one of applied) {
    const types = await eventTypesOf(city, one);
    expect(types.filter((type) => type.startsWith("approved")).length).toBeLessThanOrEqual(1);
  }
  await expectBooksFit(city, applied);
  // Somebody without the PIN's session is asked for it, and sees no result.
  const stranger = await createVisitor(city.url).get(first.url);
  expect(wordsOf(stranger.html)).not.toContain("已同意");
  expect((await caseOf(city, applied[0]!)).decidedBy.district).toBeDefined();
});
