/** The list of waiting cases over HTTP: who comes in, by what link, with which PIN. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formWith, wordsOf, type VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { openQueueLink } from "#shared/casework/queue-link.ts";
import { readResults, readTicks, resultsText } from "#functions/serve-approver/pages/ticks.ts";
import { addDays, addMinutes, localDateOf } from "#shared/kernel/calendar.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { applyWith, caseOf, linkOf, startCity } from "#test/support/city.ts";

let city: Embedded;
let mine: readonly Applied[];
let others: Applied;
beforeAll(async () => {
  city = await startCity();
  mine = [await applyWith(city, "golden-autumn"), await applyWith(city, "golden-autumn")];
  others = await applyWith(city, "golden-autumn", { unitId: "xiahe" });
  for (const one of [...mine, others]) await linkOf(city, one, "station");
}, 60_000);
afterAll(() => city.stop());

const personOf = async (mailbox: string): Promise<Staff> => {
  const { staff } = await city.dependencies.directory.organisation();
  const { id } = staff.find(({ email }) => email === `${mailbox}@example.org`) ?? {};
  const person = id && (await city.dependencies.directory.staff(id));
  if (!person) throw new Error(`nobody has the mailbox ${mailbox}`);
  return person;
};

const queueLinkFor = async (mailbox: string): Promise<string> =>
  openQueueLink(city.dependencies, await personOf(mailbox), localDateOf(city.clock.now()));

const opened = async (link: string) => {
  const visitor = createVisitor(city.url);
  const closed = await visitor.get(link);
  const page = await visitor.send(closed, formWith(closed, "action", "open"), { pin: demoPin });
  return { visitor, page };
};

const ticksOn = (page: VisitedPage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...page.html.matchAll(/name="(?<name>case-SN\w{10})" value="(?<value>[^"]+)"/gu)].map(
      ({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""],
    ),
  );

const writeUnits = (): number => city.writeUnits()?.total ?? 0;

test("looking at the list writes nothing, before the PIN it tells nothing, and no name is in its address", async () => {
  const link = await queueLinkFor("chunfeng-1");
  await city.clock.settled();
  const before = writeUnits();
  const { html, status } = await createVisitor(city.url).get(link);
  expect(status).toBe(200);
  expect(wordsOf(html)).not.toMatch(/\d件|\*|5,000/u);
  expect(decodeURIComponent(link)).not.toMatch(/陈|chunfeng|ST0/u);
  expect(writeUnits()).toBe(before);
});

test("the list shows this person's cases and nobody else's; out of it a case is opened with its own link", async () => {
  const { visitor, page } = await opened(await queueLinkFor("chunfeng-1"));
  expect(Object.keys(ticksOn(page))).toHaveLength(mine.length);
  expect(page.html).not.toContain(others.applicationId);
  expect(wordsOf(page.html)).toContain("2件 10,000.00 元");
  const href = /class="about open" href="(?<href>[^"]+)"/u.exec(page.html)?.groups?.["href"] ?? "";
  expect(href).toContain("/decide/SN");
  expect(wordsOf((await visitor.get(href)).html)).toContain("示例路");
});

test("the list is reached from an open case, too; a session of one person opens no other's list", async () => {
  const caseLink = await linkOf(city, mine[0]!, "station");
  const visitor = createVisitor(city.url);
  const casePage = await visitor.get(caseLink);
  const list =
    /href="(?<href>\/decide\/queue\/[^"]+)"/u.exec(casePage.html)?.groups?.["href"] ?? "";
  const closed = await visitor.get(list);
  expect(ticksOn(closed)).toEqual({});
  // Opened with the PIN, the case opens the list that is reached through it.
  await visitor.send(casePage, formWith(casePage, "action", "open"), { pin: demoPin });
  expect(Object.keys(ticksOn(await visitor.get(list)))).toHaveLength(mine.length);

  const theirs = await visitor.get(await queueLinkFor("xiahe-1"));
  expect(ticksOn(theirs)).toEqual({});
  expect(theirs.html).not.toContain(others.applicationId);
});

test("cases of others in a made-up form are decided by nobody and not even named", async () => {
  const { visitor, page } = await opened(await queueLinkFor("chunfeng-1"));
  const { version } = await caseOf(city, others);
  const name = `case-${others.applicationId}`;
  const forged = { [name]: `${others.applicationId}.1.station.1.${version}`, pin: demoPin };
  const answer = await visitor.send(page, formWith(page, "action", "decide"), forged);
  expect(answer.status).toBe(200);
  expect(answer.html).not.toContain(others.applicationId);
  expect((await caseOf(city, others)).version).toBe(version);
  const results = await visitor.get(`${new URL(answer.url).pathname}/r.${forged[name]}`);
  expect(wordsOf(results.html)).not.toContain(others.applicationId);
  expect(wordsOf(results.html)).toContain("同意0件");
  const mixed = await visitor.send(page, formWith(page, "action", "decide"), {
    ...forged,
    [name]: Object.values(ticksOn(page))[0] ?? "",
    token: "forged",
  });
  expect(mixed.status).toBe(409);
});

test("wrong PINs: five lock it wherever they are given, nothing is decided, ticks are kept, a new PIN opens it", async () => {
  const link = await queueLinkFor("xiahe-1");
  const { visitor, page } = await opened(link);
  let last = page;
  for (let guess = 1; guess <= 4; guess += 1) {
    last = await visitor.send(last, formWith(last, "action", "decide"), {
      ...ticksOn(last),
      pin: `00000${guess}`,
    });
    expect(last.status).toBe(422);
    expect(last.html).toContain('href="#pin"');
    expect(last.html).toMatch(/type="checkbox"[^>]* checked/u);
  }
  const locked = await visitor.send(last, formWith(last, "action", "decide"), {
    ...ticksOn(last),
    pin: "000005",
  });
  expect(locked.status).toBe(423);
  expect((await visitor.get(link)).status).toBe(423);
  expect((await visitor.get(await linkOf(city, others, "station"))).status).toBe(423);
  expect((await caseOf(city, others)).status).toBe("in_approval");
  const told = city.mailbox.mails({ to: "xiahe-1@example.org" })[0];
  expect(told?.subject).toContain("锁定");
  const person = await personOf("xiahe-1");
  await city.dependencies.directory.setPin(
    person.id,
    await city.dependencies.vault.hashSecret(demoPin),
  );
  expect(ticksOn((await opened(link)).page)).not.toEqual({});
});

test("an expired link says so and mails a new one, the same however often; a guessed one is no page", async () => {
  const chen = await personOf("chunfeng-1");
  const old = addDays(localDateOf(city.clock.now()), -10);
  const link = await openQueueLink(city.dependencies, chen, old);
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  expect(page.status).toBe(410);
  expect(wordsOf(page.html)).toContain("清单链接已过期");
  const digestsOf = () =>
    city.mailbox.mails({ to: chen.email }).filter(({ id }) => id.startsWith("approval-digest:"));
  const before = digestsOf().length;
  for (let asked = 0; asked < 3; asked += 1) {
    const renewed = await visitor.send(page, formWith(page, "action", "renew"));
    expect(wordsOf(renewed.html)).toContain("新链接已发出");
  }
  expect(digestsOf()).toHaveLength(before + 1);
  const fresh = /https?:\S+\/decide\/queue\/\S+/u.exec(digestsOf()[0]?.text ?? "")?.[0] ?? "";
  expect((await visitor.get(fresh)).status).toBe(200);
  for (const guess of [link.slice(0, -1), `${link}/r.x/more`, "/decide/queue"]) {
    expect((await visitor.get(guess)).status).toBe(404);
  }
});

test("whoever is no approver any more, or has no PIN, is told what to do", async () => {
  const link = await queueLinkFor("chunfeng-2");
  const person = await personOf("chunfeng-2");
  await city.dependencies.directory.putStaff({ ...person, pinHash: null });
  const unset = await createVisitor(city.url).get(link);
  expect(wordsOf(unset.html)).toContain("请先设置审批密码");
  await city.dependencies.directory.putStaff({ ...person, active: false });
  expect((await createVisitor(city.url).get(link)).status).toBe(403);
  await city.dependencies.directory.putStaff(person);
  const { page } = await opened(link);
  expect(wordsOf(page.html)).toContain("现在没有等您审批的案件");
});

test("the language changes with the ticks kept, and after 15 minutes the PIN is asked for again", async () => {
  const { visitor, page } = await opened(await queueLinkFor("chunfeng-1"));
  const form = formWith(page, "action", "decide");
  const english = await visitor.send(
    page,
    { ...form, action: `${form.action}?lang=en` },
    { ...ticksOn(page), intent: "language" },
  );
  expect(wordsOf(english.html)).toContain("Cases that wait for you");
  expect(english.html.match(/type="checkbox"[^>]* checked/gu)).toHaveLength(mine.length);
  await city.clock.advanceTo(addMinutes(city.clock.now(), 16));
  const closed = await visitor.get(new URL(page.url).pathname);
  expect(ticksOn(closed)).toEqual({});
  const kept = await visitor.send(page, form, { ...ticksOn(page), pin: "111111" });
  expect(kept.status).toBe(422);
  const again = await visitor.send(kept, formWith(kept, "action", "open"), { pin: demoPin });
  expect(again.html.match(/type="checkbox"[^>]* checked/gu)).toHaveLength(mine.length);
});

test("after one decision the page says how many still wait, with the way there", async () => {
  const link = await linkOf(city, mine[0]!, "station");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  const decided = await visitor.send(page, formWith(page, "action", "decide"), {
    decision: "approve",
    pin: demoPin,
  });
  expect(wordsOf(decided.html)).toContain("还有1件等您审批");
  const href = /class="button" href="(?<href>[^"]+)"/u.exec(decided.html)?.groups?.["href"] ?? "";
  expect((await visitor.get(href)).status).toBe(200);
});

test("ticks and results are read strictly: what is none is left out", () => {
  const turn = "SN0123456789.1.district.1.3";
  expect(readTicks({ "case-SN0123456789": turn, "case-SN0123456780": turn, other: turn })).toEqual([
    { applicationId: "SN0123456789", round: 1, tier: "district", seat: 1, version: 3 },
  ]);
  const [tick] = readTicks({ "case-SN0123456789": turn });
  const text = resultsText([{ ...tick!, outcome: "cap_exceeded" }]);
  expect(text).toBe(`m.${turn}`);
  expect(readResults(`${text}~x.${turn}~r.SN1.1.district.1.3~`)).toEqual([
    { ...tick, outcome: "cap_exceeded" },
  ]);
});
