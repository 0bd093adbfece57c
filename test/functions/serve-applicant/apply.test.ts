import { afterAll, beforeAll, expect, test } from "vitest";
import { asTyped } from "#infra/local/demo/applicant.ts";
import { createVisitor, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Answers } from "#shared/domain/form.ts";
import { answersTo } from "#shared/domain/intake.ts";
import { paths } from "#shared/web/paths.ts";
import { iconFile, stylesheetFile } from "#shared/web/asset-names.ts";
import { programmes } from "#workflows/registry.ts";
import {
  answerAll,
  beginDraft,
  newAnswers,
  postTo,
  programmeOf,
  startDraft,
  typedOn,
} from "#test/support/applicant.ts";
import { startCity, summer } from "#test/support/city.ts";
import { isClosed, wrongAnswers } from "#test/support/wrong-input.ts";
import { instant } from "#shared/kernel/calendar.ts";

let city: Embedded;
/** A day in the winter season; the others take applications then too, but golden autumn. */
let winterCity: Embedded;
beforeAll(async () => {
  city = await startCity();
  winterCity = await startCity({ now: instant("2026-11-20T02:00:00Z") });
});
afterAll(async () => {
  await city.stop();
  await winterCity.stop();
});

const cityFor = (programmeId: string): Embedded =>
  programmeId === "winter-warmth" ? winterCity : city;
const ids = programmes.map(({ id }) => id);

test("the first page lists every programme, with its season at this hour", async () => {
  const page = await createVisitor(city.url).get("/");

  expect(page.status).toBe(200);
  for (const programme of programmes) {
    expect(page.html).toContain(programme.title.zh);
    expect(page.html).toContain(`href="${paths.apply(programme.id)}"`);
  }
  expect(wordsOf(page.html)).toContain("2026年8月31日截止");
  expect(wordsOf(page.html)).toContain("2026年11月15日开始受理");
});

test("out of season a programme says when it opens", async () => {
  const page = await createVisitor(city.url).get(paths.apply("winter-warmth"));

  expect(page.status).toBe(200);
  expect(wordsOf(page.html)).toContain("2026年11月15日至2026年12月31日");
  expect(page.forms).toEqual([]);
});

test("the button of a start page out of season begins nothing, and says when the season is", async () => {
  await winterCity.clock.settled();
  const before = winterCity.writeUnits()?.total;

  const page = await postTo(
    winterCity,
    createVisitor(winterCity.url),
    paths.apply("golden-autumn"),
    {},
  );

  expect(page.status).toBe(409);
  expect(wordsOf(page.html)).toContain("2027年7月1日");
  expect(winterCity.writeUnits()?.total).toBe(before);
});

test("an empty form comes back with every question named and linked, and nothing is stored", async () => {
  const { visitor, page: question, id } = await beginDraft(city, "golden-autumn");
  await city.clock.settled();
  const before = city.writeUnits()?.total;

  const page = await answerAll(visitor, question, "golden-autumn", id, {});

  expect(page.status).toBe(422);
  const asked = Object.entries(programmeOf("golden-autumn").form.fields).filter(
    ([, field]) => !field.optional,
  );
  for (const [name] of asked) {
    expect(page.html, name).toContain(`href="#f-${name}"`);
    expect(page.html, name).toContain(`id="f-${name}-problem"`);
  }
  expect(page.html).toContain("<title>有错误：");
  expect(city.writeUnits()?.total).toBe(before);
});

const expectKept = (
  shown: Readonly<Record<string, string>>,
  sent: Answers,
  except: string,
): void => {
  for (const [name, typed] of Object.entries(sent)) {
    if (!name.startsWith(except) && typed !== "") expect(shown[name], name).toBe(typed);
  }
};

test.each(ids)(
  "%s: each field empty or wrong is named on the page with all questions, and all else is kept",
  async (id) => {
    const programme = programmeOf(id);
    const site = cityFor(id);
    const answers = answersTo(programme.form, newAnswers(id));
    const { visitor, page: question, id: draft } = await beginDraft(site, id);
    const token = Object.fromEntries(formWith(question, "_token").fields)["_token"] ?? "";
    const action = paths.answers(id, draft);
    const form = { action, method: "post", multipart: false, fields: [] };
    const asked = programme.form.sections.flatMap(({ fields }) => fields);
    let refused = 0;

    for (const name of asked) {
      const field = programme.form.fields[name];
      if (!field) continue;
      // questions.test.ts tries all of them, page by page.
      for (const typed of wrongAnswers(field).slice(0, 1)) {
        const sent = { ...answers, [name]: typed };
        const page = await visitor.send(question, form, { ...sent, _token: token });

        expect(page.status, `${name}: ${JSON.stringify(typed.slice(0, 40))}`).toBe(422);
        expect(page.html, name).toContain(`href="#f-${name}`);
        expect(page.html, name).toContain(`id="f-${name}-problem"`);
        expect(page.html).not.toContain("<script>");
        const shown = typedOn(page, "/answers");
        expectKept(shown, asTyped(programme, answers), name);
        if (!isClosed(field)) expect(shown[name] ?? "", name).toBe(typed);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(20);
  },
);

test("what looks like an attack but is a possible name is taken, and shown as text ever after", async () => {
  const applicantName = `<img src=x onerror="alert(1)">`;
  const { visitor, id } = await startDraft(city, "emergency", { applicantName });

  const page = await visitor.get(paths.answers("emergency", id));

  expect(page.status).toBe(200);
  expect(page.html).not.toContain("<img");
  expect(typedOn(page, paths.answers("emergency", id))["applicantName"]).toBe(applicantName);
});

test("fields that nobody asked for are ignored: a status, an amount, inherited names", async () => {
  const smuggled = { status: "paid", amountFen: "999999", id: "SN0000000000", version: "9" };
  const hostile = JSON.parse(`{"__proto__":"x","constructor":"y","hasOwnProperty":"z"}`) as Answers;

  const { id } = await startDraft(city, "emergency", { ...smuggled, ...hostile });

  const application = await city.dependencies.cases.get(id);
  expect(application).toMatchObject({ id, status: "draft", version: 0, amountFen: 0 });
  const stored = application && (await city.dependencies.cases.draftAnswers(application));
  const known = Object.keys(programmeOf("emergency").form.fields);
  expect(Object.keys(stored?.answers ?? {}).filter((name) => !known.includes(name))).toEqual([]);
});

test("more invoice numbers than one application takes are refused with words, not with a fault", async () => {
  const invoiceNumbers = Array.from({ length: 100 }, (_none, index) => index).join(",");
  const answers = { ...newAnswers("critical-illness"), invoiceNumbers };

  const { visitor, page: question, id } = await beginDraft(city, "critical-illness");
  const page = await answerAll(visitor, question, "critical-illness", id, answers);

  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain("最多填60个发票号码");
  expect(typedOn(page, "/answers")["invoiceNumbers"]).toBe(invoiceNumbers);
});

test("the language switch of a half-filled form brings it back in the other language as it was", async () => {
  const half = { applicantName: "王示例", annualIncome: "abc", eventDate: "2026-13-45" };

  const { visitor, id } = await beginDraft(city, "emergency");
  const address = `${paths.answers("emergency", id)}?lang=en`;

  const page = await postTo(city, visitor, address, { ...half, intent: "language" });

  expect(page.status).toBe(200);
  expect(page.html).toContain('<html lang="en"');
  expect(page.html).not.toContain("f-annualIncome-problem");
  expect(typedOn(page, "/answers")).toMatchObject(half);
});

test("a language once chosen is kept", async () => {
  const visitor = createVisitor(city.url);
  await visitor.get("/?lang=en");

  const page = await visitor.get(paths.apply("emergency"));

  expect(page.html).toContain('<html lang="en">');
  expect(wordsOf(page.html).replace("中文", "")).not.toMatch(/[\u4E00-\u9FFF]/u);
});

test("looking writes nothing, however often and by whatever method that only looks", async () => {
  const { visitor, id, programmeId } = await startDraft(city, "golden-autumn");
  await city.clock.settled();
  const before = city.writeUnits()?.total;
  const addresses = ["/", paths.apply(programmeId), paths.status, paths.case(id)];

  for (const address of addresses) {
    await visitor.get(address);
    const response = await fetch(`${city.url}${address}`, { method: "HEAD" });
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).toBe("");
    await fetch(`${city.url}${address}`, { method: "OPTIONS" });
  }
  await visitor.get(paths.papers(programmeId, id));
  await visitor.get(paths.question(programmeId, id, "phone"));
  await visitor.get(paths.check(programmeId, id));
  await visitor.get(paths.saved(programmeId, id));
  await visitor.get(paths.submit(programmeId, id));
  await visitor.get(paths.withdraw(id));

  expect(city.writeUnits()?.total).toBe(before);
});

test.each([
  "/apply/no-such-programme",
  "/apply/constructor",
  "/apply/golden-autumn/SN0000000000/papers",
  "/apply/golden-autumn/%00/papers",
  "/apply/golden-autumn/SN0000000000/receipt",
  "/status/SN0000000000",
  "/status/SN0000000000/withdraw",
  "/status/x",
  "/assets/other.css",
  "/apply/..%2f..%2fetc",
])("%s: no such page, in words", async (address) => {
  const page = await createVisitor(city.url).get(address);

  expect(page.status).toBe(404);
  expect(wordsOf(page.html)).toContain("找不到这个页面");
});

test.each([
  "/status/SN0000000000/information",
  "/status/SN0000000000/card",
  "/status/SN0000000000/leave",
])("a POST to %s without a session is no such page", async (address) => {
  const page = await postTo(city, createVisitor(city.url), address, { bankName: "x" });

  expect(page.status).toBe(404);
});

test("a form posted from another site is refused, whatever it carries", async () => {
  const response = await fetch(`${city.url}${paths.apply("emergency")}`, {
    method: "POST",
    body: new URLSearchParams(newAnswers("emergency") as Record<string, string>),
    headers: { origin: "https://evil.example" },
  });

  expect(response.status).toBe(403);
});

test("bodies that are no form are refused without a fault", async () => {
  const url = `${city.url}${paths.apply("emergency")}`;
  const headers = { "content-type": "application/json", origin: city.url };
  const json = await fetch(url, { method: "POST", body: "[".repeat(10_000), headers });
  const large = await fetch(url, {
    method: "POST",
    body: `applicantName=${"x".repeat(300_000)}`,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: city.url },
  });

  expect(json.status).toBe(415);
  expect(large.status).toBe(413);
});

test("the sheet and the icon come with a year's keeping, and the pages with none", async () => {
  const sheet = await fetch(`${city.url}${paths.asset(stylesheetFile)}`);
  const page = await fetch(`${city.url}/`);

  expect(sheet.headers.get("cache-control")).toContain("immutable");
  expect(sheet.headers.get("content-type")).toContain("text/css");
  expect((await fetch(`${city.url}${paths.asset(iconFile)}`)).status).toBe(200);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("no page of the form weighs more than 60 KB", async () => {
  for (const { id } of programmes) {
    const draft = await startDraft(cityFor(id), id);
    for (const address of [
      paths.apply(id),
      paths.answers(id, draft.id),
      paths.check(id, draft.id),
    ]) {
      const { html } = await draft.visitor.get(address);
      expect(Buffer.byteLength(html), address).toBeLessThan(60_000);
    }
  }
});

test("too many applications from one address: asked to wait, with words and the minutes", async () => {
  const busy = await startCity({ now: summer });
  try {
    const key = "apply-address";
    const signed = await busy.dependencies.vault.sign("rate-limit", "127.0.0.1");
    const windowEnds = instant("2026-07-20T02:00:00Z");
    for (let tried = 0; tried < 300; tried += 1) {
      await busy.dependencies.directory.countAttempt(`${key}#${signed}`, windowEnds);
    }

    const page = await postTo(busy, createVisitor(busy.url), paths.apply("emergency"), {});

    expect(page.status).toBe(429);
    expect(wordsOf(page.html)).toContain("请在60分钟后再试");
  } finally {
    await busy.stop();
  }
});
