import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { fen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { capturedOutput } from "#test/support/captured-output.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { aSentBatch, giveReturnAtDesk, returnOf, signIn } from "#test/support/desk.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let auditor: Visitor;
let handler: Visitor;
let applied: Applied;
let typed: Readonly<Record<string, string>>;
const output = capturedOutput();
beforeAll(async () => {
  city = await startCity();
  applied = await applyWith(city, "golden-autumn", { unitId: "chunfeng" });
  await until("assessed", async () => (await caseOf(city, applied)).status === "in_acceptance");
  typed = (await city.dependencies.cases.answers(await caseOf(city, applied))) ?? {};
  auditor = await signIn(city, "auditor");
  handler = await signIn(city, "chunfeng-handler-1");
});
afterAll(() => city.stop());

const searchPath = paths.desk("search");

const searchFor = async (visitor: Visitor, person: string): Promise<VisitedPage> => {
  const page = await visitor.get(searchPath);
  return visitor.send(page, formTo(page, paths.desk("search", "person")), { person });
};

const answer = (name: string): string => {
  const value = typed[name];
  if (!value) throw new Error(`no ${name} was typed`);
  return value;
};

test("a number of any kind leads to its page; what is none is named beside the field", async () => {
  const by = (number: string) => auditor.get(`${searchPath}?number=${encodeURIComponent(number)}`);
  const { applicationId } = applied;
  expect((await by(` ${applicationId.toLowerCase()} `)).url).toBe(
    `${city.url}${paths.desk("case", applicationId)}`,
  );
  const { fileId } = await caseOf(city, applied);
  expect((await by(fileId ?? "")).url).toBe(`${city.url}${paths.desk("archive", fileId ?? "")}`);
  const wrong = await by("SN12");
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('href="#number"');
  expect(wrong.html).toMatch(/name="number"[^>]*value="SN12"/u);
});

test.each(["applicantIdNumber", "phone", "bankCardNumber"])(
  "a person's cases are found by %s, and the number stands in no address and no log",
  async (name) => {
    const number = answer(name);
    const found = await searchFor(auditor, ` ${number} `);
    expect(found.status).toBe(200);
    expect(found.html).toContain(applied.applicationId);
    expect(found.url).not.toContain(number);
    expect(found.html).not.toContain(number);
    expect(output.join("\n")).not.toContain(number);
  },
);

test("a result is nobody else's, and is over after a quarter of an hour", async () => {
  const found = await searchFor(auditor, answer("applicantIdNumber"));
  const path = new URL(found.url).pathname;
  expect((await handler.get(path)).status).toBe(404);
  expect((await auditor.get(`${path}x`)).status).toBe(404);
  await city.clock.advanceTo(addMinutes(city.clock.now(), 14));
  expect((await auditor.get(path)).status).toBe(200);
  await city.clock.advanceTo(addMinutes(city.clock.now(), 2));
  const over = await auditor.get(path);
  expect(over.status).toBe(404);
  expect(wordsOf(over.html)).toContain("已过期");
});

test("what is no number comes back with what was typed; somebody unknown is not found", async () => {
  const wrong = await searchFor(auditor, "12<34");
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('href="#person"');
  expect(wrong.html).toContain("12&lt;34");
  const nobody = await searchFor(auditor, "13999999999");
  expect(wordsOf(nobody.html)).toContain("没有找到这个人的申请");
});

test("whoever may not see whose case it is can't search by person either", async () => {
  const finance = await signIn(city, "finance");
  const page = await finance.get(searchPath);
  expect(page.status).toBe(200);
  expect(page.forms.some(({ action }) => action === paths.desk("search", "person"))).toBe(false);
  expect((await finance.get(paths.desk("search", "person"))).status).toBe(403);
});

test("another branch's handler does not find the person's case", async () => {
  const elsewhere = await signIn(city, "xiahe-handler-1");
  const found = await searchFor(elsewhere, answer("applicantIdNumber"));
  expect(found.status).toBe(200);
  expect(found.html).not.toContain(applied.applicationId);
});

test("conditions stand in the address; a wrong day or amount is named, and all that was typed stays", async () => {
  const by = (query: string) => auditor.get(`${searchPath}?${query}`);
  const day = "2026-07-20";
  const found = await by(`state=in_acceptance&unit=chengdong&from=${day}&to=${day}&min=1&max=9999`);
  expect(found.html).toContain(applied.applicationId);
  for (const query of ["from=2026-07-21", "max=1", "unit=xiahe", "programme=winter-warmth"]) {
    expect((await by(query)).html, query).not.toContain(applied.applicationId);
  }
  const wrong = await by("from=2026-02-31&to=2026-01-01&min=abc&state=in_approval");
  expect(wrong.status).toBe(422);
  for (const field of ["from", "min"]) expect(wrong.html).toContain(`href="#${field}"`);
  expect(wrong.html).toContain('value="2026-02-31"');
  expect(wrong.html).toMatch(/<option value="in_approval" selected>/u);
  expect((await by("from=2026-07-20&to=2026-07-01")).html).toContain('href="#to"');
});

test("paid cases are found by the day of payment", async () => {
  const fundId = await openFund(city.dependencies, "paid-search", 100_000);
  const { id } = await reserveCase(city.dependencies, fundId, {}, fen(123_400));
  const officer = await signIn(city, "finance");
  const authoriser = await signIn(city, "authoriser");
  const batch = await aSentBatch(city, officer, authoriser, fundId);
  await giveReturnAtDesk(city, officer, batch, await returnOf(city, batch));
  const paid = await officer.get(`${searchPath}?state=paid&min=1234&max=1234`);
  expect(paid.html).toContain(id);
  expect(wordsOf(paid.html)).toContain("共 1 件，合计 1,234.00 元");
  const before = await officer.get(`${searchPath}?state=paid&from=2026-06-01&to=2026-06-30`);
  expect(before.html).not.toContain(id);
  for (const period of [
    "from=0001-01-01",
    "from=2020-01-01&to=2026-12-31",
    "to=9999-12-31&from=2026-01-01",
  ]) {
    const long = await officer.get(`${searchPath}?state=paid&${period}`);
    expect(long.status, period).toBe(422);
    expect(long.html).toContain('href="#from"');
  }
  expect((await officer.get(`${searchPath}?state=paid&to=9999-12-31`)).status).toBe(200);
}, 20_000);
