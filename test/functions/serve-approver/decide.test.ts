import { afterAll, beforeAll, expect, test } from "vitest";
import { follow } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formTo, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import {
  applyWith,
  caseOf,
  decideAt,
  eventsOf,
  linkOf,
  startCity,
  until,
} from "#test/support/city.ts";

/** Sent, assessed, accepted and visited: the version that the base office is asked about. */
const askedVersion = 4;

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const unitsWritten = (): number => city.writeUnits()?.total ?? 0;

test("scanners may open a link a hundred times: GET and HEAD show it and write nothing", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const link = await linkOf(city, applied, "station");
  await city.clock.settled();
  const before = unitsWritten();
  for (let opened = 0; opened < 100; opened += 1) {
    const response = await fetch(link, { method: opened % 2 === 0 ? "GET" : "HEAD" });
    expect(response.status).toBe(200);
  }
  expect(unitsWritten()).toBe(before);
  expect((await caseOf(city, applied)).version).toBe(askedVersion);
  expect((await fetch(link, { method: "DELETE" })).status).toBe(405);
});

test("a forwarded mail shows figures and a masked name; names, numbers and papers only after the PIN", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(await linkOf(city, applied, "station"));
  expect(wordsOf(page.html)).toContain("5,000.00");
  expect(page.html).not.toMatch(/示例路1号|3701021980|13800000000/u);
  const wrong = await visitor.send(page, formWith(page, "action", "open"), { pin: "000000" });
  expect(wrong.status).toBe(422);
  expect(wordsOf(wrong.html)).toContain("还可以试4次");
  const opened = await visitor.send(wrong, formWith(wrong, "action", "open"), { pin: demoPin });
  expect(wordsOf(opened.html)).toContain("示例路1号");
  const paper = /href="(?<href>[^"]*\/papers\/1)"/u.exec(opened.html)?.groups?.["href"] ?? "";
  expect((await visitor.download(paper)).length).toBeGreaterThan(0);
  const stranger = await createVisitor(city.url).get(paper);
  expect(stranger.status).toBe(404);
});

test("fifty POSTs of one link at once: one decision, one event, fifty equal answers", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const link = await linkOf(city, applied, "station");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  const form = formWith(page, "action", "decide");
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      createVisitor(city.url).send(page, form, { decision: "approve", pin: demoPin }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ html }) => wordsOf(html).includes("决定：同意")))).toEqual(
    new Set([true]),
  );
  const events = await eventsOf(city, applied);
  expect(events.filter(({ type }) => type === "tier_approved")).toHaveLength(1);
  await linkOf(city, applied, "district");
  await city.clock.settled();
  const asked = city.mailbox
    .mails()
    .filter(({ text }) => text.includes(`/decide/${applied.applicationId}`));
  expect(asked).toHaveLength(2);
});

test("five wrong PINs lock it, nothing is decided, the person is told; a new PIN by mail opens it again", async () => {
  const applied = await applyWith(city, "golden-autumn", { unitId: "xiahe" });
  const link = await linkOf(city, applied, "station");
  const visitor = createVisitor(city.url);
  let page = await visitor.get(link);
  for (let guess = 1; guess <= 5; guess += 1) {
    page = await visitor.send(page, formWith(page, "action", "decide"), {
      decision: "approve",
      pin: `00000${guess}`,
    });
  }
  expect(page.status).toBe(423);
  expect((await visitor.get(link)).status).toBe(423);
  expect((await caseOf(city, applied)).version).toBe(askedVersion);
  const [told] = city.mailbox.mails({ to: "xiahe-1@example.org" });
  expect(told?.subject).toContain("锁定");
  const ask = await visitor.get("/pin");
  await visitor.send(ask, formWith(ask, "email"), { email: "xiahe-1@example.org" });
  const setLink =
    /https?:\S+\/pin\/\S+/u.exec(
      city.mailbox.mails({ to: "xiahe-1@example.org" })[0]?.text ?? "",
    )?.[0] ?? "";
  const set = await visitor.get(setLink);
  const unequal = await visitor.send(set, formWith(set, "again"), {
    pin: "135791",
    again: "135792",
  });
  expect(unequal.status).toBe(422);
  const done = await visitor.send(unequal, formWith(unequal, "again"), {
    pin: "135791",
    again: "135791",
  });
  expect(done.status).toBe(200);
  expect((await visitor.get(setLink)).status).toBe(410);
  const staff = (await city.dependencies.directory.organisation()).staff.find(
    ({ email }) => email === "xiahe-1@example.org",
  );
  expect(staff?.pinTries).toBe(0);
  // The link that took the guesses stays shut; a new one goes to the person, and opens with the new PIN.
  const shut = await visitor.get(link);
  expect(shut.status).toBe(423);
  expect(wordsOf(shut.html)).toContain("这个链接已锁定");
  expect(wordsOf((await visitor.send(shut, formWith(shut, "action", "renew"))).html)).toContain(
    "新链接已发出",
  );
  const mail = city.mailbox.mails({ to: "xiahe-1@example.org" })[0]?.text ?? "";
  const fresh = /https?:\S+\/decide\/\S+/u.exec(mail)?.[0] ?? "";
  expect(fresh).not.toBe(link);
  const open = await visitor.get(fresh);
  const opened = await visitor.send(open, formWith(open, "action", "open"), { pin: "135791" });
  expect(wordsOf(opened.html)).toContain("示例路1号");
  expect((await visitor.get(link)).status).toBe(410);
});

test("what is typed wrongly comes back with what was typed, and decides nothing", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const visitor = createVisitor(city.url);
  const page = await visitor.get(await linkOf(city, applied, "station"));
  const form = formWith(page, "action", "decide");
  const typed = { decision: "approve", pin: demoPin, reason: "<script>alert(1)</script>" };
  for (const [wrong, field] of [
    [{ decision: "" }, "decision"],
    [{ decision: "pay_me" }, "decision"],
    [{ decision: "confirm_refusal" }, "decision"],
    [{ amount: "５０００" }, "amount"],
    [{ amount: "1e3" }, "amount"],
    [{ amount: "-1" }, "amount"],
    [{ amount: "5000.01" }, "amount"],
    [{ amount: "0" }, "amount"],
    [{ reason: "长".repeat(501) }, "reason"],
    [{ decision: "reject", reason: "" }, "reason"],
  ] as const) {
    const answer = await visitor.send(page, form, { ...typed, ...wrong });
    expect(answer.status, JSON.stringify(wrong)).toBe(422);
    expect(answer.html).toContain(`href="#${field}"`);
    expect(answer.html).not.toContain("<script>alert");
    if (!("reason" in wrong)) expect(answer.html).toContain("&lt;script&gt;");
  }
  const forged = await visitor.send(page, form, { ...typed, token: "forged" });
  expect(forged.status).toBe(409);
  const stale = await visitor.send(page, form, { ...typed, version: "1" });
  expect(stale.status).toBe(409);
  expect((await caseOf(city, applied)).version).toBe(askedVersion);
});

test("a POST from another site is refused", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const link = await linkOf(city, applied, "station");
  const answer = await fetch(link, {
    method: "POST",
    body: new URLSearchParams({ decision: "approve", pin: demoPin }),
    headers: { origin: "https://evil.example" },
  });
  expect(answer.status).toBe(403);
});

test("a guessed or cut link is no page, and tells nothing", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const link = await linkOf(city, applied, "station");
  for (const guess of [
    link.slice(0, -1),
    link.slice(0, -1) + (link.endsWith("A") ? "B" : "A"),
    link.replace(".station.", ".city."),
  ]) {
    const page = await createVisitor(city.url).get(guess);
    expect(page.status).toBe(404);
    expect(page.html).not.toContain("5,000.00");
  }
});

test("lowered with a reason, returned for what is missing, completed and approved: every approver sees the new case", async () => {
  const applied = await applyWith(city, "golden-autumn");
  await decideAt(city, applied, "station", { amount: "4000", reason: "按学费票据核减" });
  const returned = await decideAt(city, applied, "district", {
    kind: "return",
    reason: "请补充缴费票据",
  });
  expect(wordsOf(returned.html)).toContain("退回补正");
  await until(
    "the applicant is asked",
    async () => (await caseOf(city, applied)).status === "needs_information",
  );
  await until("by mail", () =>
    city.mailbox
      .mails()
      .some(({ id }) => id.startsWith("information") && id.includes(applied.applicationId)),
  );
  const { visitor, page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("请补充缴费票据");
  const information = await visitor.get(`/status/${applied.applicationId}/information`);
  const upload = information.forms.find(({ multipart }) => multipart)!;
  const file = { name: "a.pdf", type: "application/pdf", bytes: Buffer.from("%PDF-1.4\n%%EOF\n") };
  const uploaded = await visitor.upload(information, upload, file);
  const sent = await visitor.send(uploaded, formTo(uploaded, "/information"));
  expect(sent.status, wordsOf(sent.html).slice(0, 300)).toBe(200);
  await until("the district is asked again", async () => {
    const approval = await city.dependencies.cases.approval(
      applied.applicationId,
      1,
      "district",
      1,
    );
    return approval?.ask === 2 && approval.mailedAt !== null;
  });
  expect(await caseOf(city, applied)).toMatchObject({ tier: "district", amountFen: 400_000 });
  await decideAt(city, applied, "district", { amount: "4000" });
  expect(await caseOf(city, applied)).toMatchObject({
    status: "public_notice",
    amountFen: 400_000,
  });
});

test("the rules' refusal is confirmed at the station and at the district; the person is told why and may apply again", async () => {
  const applied = await applyWith(city, "golden-autumn", { example: "4" });
  await decideAt(city, applied, "station", { kind: "confirm_refusal" });
  await decideAt(city, applied, "district", { kind: "confirm_refusal" });
  expect(await caseOf(city, applied)).toMatchObject({
    status: "ineligible",
    refusalCode: "GA_EXCLUDED_PROGRAMME",
  });
  await until("the outcome is mailed", () =>
    city.mailbox
      .mails()
      .some(({ id }) => id.startsWith("outcome") && id.includes(applied.applicationId)),
  );
});

test("a link that has run out passes to a stand-in: theirs decides, and the old one says that it was replaced", async () => {
  const fresh = await startCity();
  try {
    const applied = await applyWith(fresh, "golden-autumn");
    const link = await linkOf(fresh, applied, "station");
    const { deadlineAt } = await caseOf(fresh, applied);
    await fresh.clock.advanceTo(addMinutes(deadlineAt!, 40));
    const links = () =>
      new Set(fresh.mailbox.mails().flatMap(({ text }) => /\S+\/decide\/\S+/u.exec(text) ?? []));
    expect(links().size).toBe(2);
    const visitor = createVisitor(fresh.url);
    const old = await visitor.get(link);
    expect(old.status).toBe(410);
    expect(wordsOf(old.html)).toContain("已由新的链接代替");
    expect(old.forms.some(({ fields }) => fields.some(([name]) => name === "pin"))).toBe(false);
    const [newest = ""] = links();
    expect(newest).not.toBe(link);
    expect(wordsOf((await visitor.get(newest)).html)).toContain("您代替陈春生办理此案");
  } finally {
    await fresh.stop();
  }
});
