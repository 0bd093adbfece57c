import { afterAll, beforeAll, expect, test } from "vitest";
import { sealTotp } from "#functions/serve-desk/totp.ts";
import { demoTotpSecret } from "#infra/local/demo-city.ts";
import { createVisitor, formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { asFarAsCode, codeNow, mailedLink, signIn, typeCode } from "#test/support/desk.ts";
import { staff } from "#test/support/cases.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const later = (minutes: number): Promise<void> =>
  city.clock.advanceTo(addMinutes(city.clock.now(), minutes));

const ask = async (visitor: Visitor, email: string) => {
  const page = await visitor.get(paths.desk("sign-in"));
  return visitor.send(page, formTo(page, paths.desk("sign-in")), { email });
};

test("an unknown address gets the same answer as a known one, and only the known one a mail", async () => {
  await later(60);
  const before = city.mailbox.mails().length;
  const known = await ask(createVisitor(city.url), "Finance@Example.org");
  const unknown = await ask(createVisitor(city.url), "nobody@example.org");
  const approver = await ask(createVisitor(city.url), "chunfeng-1@example.org");

  expect(known.status).toBe(200);
  expect(unknown.html).toBe(known.html);
  expect(approver.html).toBe(known.html);
  expect(city.mailbox.mails().length).toBe(before + 1);
  expect(mailedLink(city, "finance@example.org").startsWith(`${city.url}/desk/sign-in/`)).toBe(
    true,
  );
});

test("a sixth request within the hour is refused, for a known and an unknown address alike", async () => {
  await later(60);
  for (const email of ["auditor@example.org", "stranger@example.org"]) {
    const visitor = createVisitor(city.url);
    const before = city.mailbox.mails({ to: email }).length;
    const statuses: number[] = [];
    for (let request = 0; request < 6; request += 1)
      statuses.push((await ask(visitor, email)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect(city.mailbox.mails({ to: email }).length - before).toBe(email.startsWith("a") ? 5 : 0);
  }
  await later(60);
  expect((await ask(createVisitor(city.url), "stranger@example.org")).status).toBe(200);
});

test("what is no address is sent back with a word on how to mend it, and nothing is lost", async () => {
  const page = await ask(createVisitor(city.url), '"><script>alert(1)</script>');

  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain("name@example.com");
  expect(page.html).not.toContain("<script>alert");
  expect(Object.fromEntries(formTo(page, paths.desk("sign-in")).fields)["email"]).toContain(
    "script",
  );
});

test("opening the link changes nothing, however often; the button uses it up, once", async () => {
  await later(60);
  const visitor = createVisitor(city.url);
  await ask(visitor, "finance@example.org");
  const link = mailedLink(city, "finance@example.org");
  for (let scan = 0; scan < 20; scan += 1) expect((await visitor.get(link)).status).toBe(200);
  expect((await fetch(link, { method: "HEAD" })).status).toBe(200);

  const page = await visitor.get(link);
  const code = await visitor.send(page, formTo(page, link.slice(city.url.length)));
  expect(code.url).toBe(`${city.url}${paths.desk("sign-in", "code")}`);
  expect((await visitor.get(link)).status).toBe(410);
  expect((await visitor.send(page, formTo(page, link.slice(city.url.length)))).status).toBe(410);
});

test("a link is good for ten minutes", async () => {
  await later(60);
  const visitor = createVisitor(city.url);
  await ask(visitor, "finance@example.org");
  const link = mailedLink(city, "finance@example.org");
  const page = await visitor.get(link);
  await later(10);

  expect((await visitor.get(link)).status).toBe(410);
  expect((await visitor.send(page, formTo(page, link.slice(city.url.length)))).status).toBe(410);
  expect((await visitor.get(paths.desk())).url).toContain("sign-in");
});

test("a link alone opens nothing; a wrong code is refused, and a right one works once", async () => {
  await later(60);
  const first = await asFarAsCode(city, "admin@example.org");
  const second = await asFarAsCode(city, "admin@example.org");
  expect((await first.get(paths.desk("funds"))).url).toContain("sign-in");
  expect((await typeCode(first, "000000")).status).toBe(422);
  expect((await typeCode(first, "not a code")).status).toBe(422);

  const code = await codeNow(city);
  expect((await typeCode(first, code)).url).toBe(`${city.url}/desk`);
  expect((await typeCode(second, code)).status).toBe(422);
  expect((await second.get(paths.desk("funds"))).url).toContain("sign-in");
});

test("guessing codes ends after ten tries in a quarter of an hour", async () => {
  await later(60);
  const visitor = await asFarAsCode(city, "authoriser@example.org");
  const page = await visitor.get(paths.desk("sign-in", "code"));
  const form = formTo(page, paths.desk("sign-in", "code"));
  const statuses: number[] = [];
  for (let guess = 0; guess < 11; guess += 1) {
    statuses.push((await visitor.send(page, form, { code: "123456" })).status);
  }
  expect(statuses.at(-2)).toBe(422);
  expect(statuses.at(-1)).toBe(429);
  expect((await visitor.send(page, form, { code: await codeNow(city) })).status).toBe(429);
});

test("the first sign-in sets the authenticator up, and is kept only when a code confirms it", async () => {
  await later(60);
  const newcomer = staff("ST0000NEWC", "city", { roles: ["auditor"], email: "new@example.org" });
  await city.dependencies.directory.putStaff({ ...newcomer, unitId: "city" as UnitId });
  const stored = async () => city.dependencies.directory.staff("ST0000NEWC" as StaffId);

  const visitor = await asFarAsCode(city, "new@example.org");
  const page = await visitor.get(paths.desk("sign-in", "code"));
  const secretOn = (html: string): string =>
    /id="totp-secret">(?<secret>[A-Z2-7 ]+)</u
      .exec(html)
      ?.groups?.["secret"]?.replaceAll(" ", "") ?? "";
  const secret = secretOn(page.html);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
  expect(page.html).toContain("otpauth://totp/");

  const form = formTo(page, paths.desk("sign-in", "code"));
  const wrong = await visitor.send(page, form, { code: "000000" });
  expect(wrong.status).toBe(422);
  expect(secretOn(wrong.html)).toBe(secret);
  expect((await stored())?.totpSealed).toBeNull();

  const right = await visitor.send(page, form, { code: await codeNow(city, secret) });
  expect(right.url).toBe(`${city.url}/desk`);
  const sealed = (await stored())?.totpSealed ?? "";
  expect(sealed).not.toBe("");
  expect(sealed).not.toContain(secret);

  const again = await asFarAsCode(city, "new@example.org");
  expect(secretOn((await again.get(paths.desk("sign-in", "code"))).html)).toBe("");
});

test("whoever holds the mailbox can't set up another authenticator for somebody who has one", async () => {
  await later(60);
  const own = staff("ST0000OWNS", "city", { roles: ["auditor"], email: "owns@example.org" });
  await city.dependencies.directory.putStaff({ ...own, unitId: "city" as UnitId });
  const thief = await asFarAsCode(city, "owns@example.org");
  const page = await thief.get(paths.desk("sign-in", "code"));
  const secret =
    /id="totp-secret">(?<secret>[A-Z2-7 ]+)</u.exec(page.html)?.groups?.["secret"] ?? "";
  const stolen = secret.replaceAll(" ", "");
  const { directory, vault } = city.dependencies;
  await directory.setTotp(own.id, await sealTotp(vault, own.id, demoTotpSecret));

  const answer = await thief.send(page, formTo(page, paths.desk("sign-in", "code")), {
    code: await codeNow(city, stolen),
  });
  expect(answer.url).not.toBe(`${city.url}/desk`);
  expect((await thief.get(paths.desk())).url).toContain("sign-in");
});

test("a session planted before signing in is not the one used afterwards, and ends with signing out", async () => {
  await later(60);
  const planted = "planted-by-somebody-else";
  await asFarAsCode(city, "auditor@example.org");
  const response = await fetch(`${city.url}/desk`, {
    headers: { cookie: `__Host-desk=${planted}` },
    redirect: "manual",
  });
  expect(response.headers.get("location")).toBe("/desk/sign-in");

  const visitor = await signIn(city, "auditor");
  const desk = await visitor.get(paths.desk());
  expect(desk.status).toBe(200);
  const out = await visitor.send(desk, formTo(desk, paths.desk("sign-out")));
  expect(out.url).toContain("sign-in");
  // The form of the page that is still open: its session is over.
  expect((await visitor.send(desk, formTo(desk, paths.desk("sign-out")))).status).toBe(401);
});

test("a session ends after eight hours, and at once when the person no longer works here", async () => {
  await later(60);
  const auditor = await signIn(city, "auditor");
  expect((await auditor.get(paths.desk("batches"))).status).toBe(200);
  await later(8 * 60);
  expect((await auditor.get(paths.desk("batches"))).url).toContain("sign-in");

  const admin = await signIn(city, "admin");
  expect((await admin.get(paths.desk("funds"))).status).toBe(200);
  const { staff: people } = await city.dependencies.directory.organisation();
  const person = people.find(({ email }) => email === "admin@example.org");
  if (!person) throw new Error("the demo city has an administrator");
  await city.dependencies.directory.putStaff({ ...person, roles: ["auditor"] });
  expect((await admin.get(paths.desk("batches"))).status).toBe(200);
  await city.dependencies.directory.putStaff({ ...person, active: false });
  expect((await admin.get(paths.desk("funds"))).url).toContain("sign-in");
  await city.dependencies.directory.putStaff(person);
});

test("every page of the desk tells strangers nothing but where to sign in", async () => {
  for (const path of ["", "/funds", "/batches", "/batches/new", "/export", "/case/SN0000000001"]) {
    const response = await fetch(`${city.url}/desk${path}`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/desk/sign-in"]);
  }
  const post = await fetch(`${city.url}/desk/export`, { method: "POST", redirect: "manual" });
  expect(post.status).toBe(401);
});
