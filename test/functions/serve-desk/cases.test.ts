import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, decideAt, startCity, winter } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { cardOf, openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let officer: Visitor;
let auditor: Visitor;
beforeAll(async () => {
  city = await startCity();
  officer = await signIn(city, "finance");
  auditor = await signIn(city, "auditor");
});
afterAll(() => city.stop());

test("finance sees a case with names and numbers masked, the auditor as it is", async () => {
  const fundId = await openFund(city.dependencies, "facts", 100_000);
  const answers = {
    applicantName: "诸葛小亮",
    phone: "13812345678",
    address: "示例路99号",
    bankCardNumber: cardOf(31_337),
  };
  const { id } = await reserveCase(city.dependencies, fundId, answers);

  const masked = await officer.get(paths.desk("case", id));
  expect(masked.status).toBe(200);
  for (const fact of Object.values(answers)) expect(masked.html).not.toContain(fact);
  expect(masked.html).toContain("诸葛*");
  expect(masked.html).toContain(`****${cardOf(31_337).slice(-4)}`);

  const whole = await auditor.get(paths.desk("case", id));
  for (const fact of Object.values(answers)) expect(whole.html).toContain(fact);
});

test("what a person typed is shown as text, whatever it is", async () => {
  const fundId = await openFund(city.dependencies, "markup", 100_000);
  const { id } = await reserveCase(city.dependencies, fundId, {
    applicantName: `"><img src=x onerror=alert(1)>`,
    bankName: "<script>alert(1)</script>",
  });
  const page = await auditor.get(paths.desk("case", id));

  expect(page.html).not.toContain("<img");
  expect(page.html).not.toContain("<script>alert");
  expect(page.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("a real case shows its reasons, its trail and its papers; only the auditor may open a paper", async () => {
  const applied = await applyWith(city, "golden-autumn");
  await decideAt(city, applied, "station");
  const path = paths.desk("case", applied.applicationId);
  const shown = await officer.get(path);
  expect(wordsOf(shown.html)).toContain("按政策核算");
  expect(wordsOf(shown.html)).toContain("本级审核通过");
  expect(shown.html).not.toContain("/papers/1");

  const whole = await auditor.get(path);
  expect(whole.html).toContain(`${path}/papers/1`);
  expect((await auditor.download(`${path}/papers/1`)).length).toBeGreaterThan(0);
  expect((await auditor.get(`${path}/papers/99`)).status).toBe(404);
  expect((await officer.get(`${path}/papers/1`)).status).toBe(403);
});

test("the desk counts what waits where, lists it, and finds a case by its reference", async () => {
  const fundId = await openFund(city.dependencies, "counted", 100_000);
  const { id } = await reserveCase(city.dependencies, fundId);
  const home = await officer.get(paths.desk());
  expect(wordsOf(home.html)).toMatch(/已批准，待发放 [1-9]/u);
  expect(wordsOf(home.html)).toMatch(/公示中 [1-9]/u);

  const list = await officer.get(paths.desk("cases", "reserved"));
  expect(list.html).toContain(id);
  const found = await officer.send(home, formTo(home, paths.desk("case")), {
    reference: ` ${id.toLowerCase()} `,
  });
  expect(found.url).toBe(`${city.url}${paths.desk("case", id)}`);
  expect((await officer.get(`${paths.desk("case")}?reference=x`)).status).toBe(404);
  expect((await officer.get(paths.desk("cases", "nonsense"))).status).toBe(404);
  expect((await officer.get(paths.desk("case", "SN9999999999"))).status).toBe(404);
  expect((await officer.get(paths.desk("cases", "paid"))).status).toBe(404);
});

test("the desk speaks English too, and remembers it", async () => {
  const page = await auditor.get(`${paths.desk()}?lang=en`);
  expect(wordsOf(page.html)).toContain("Cases under way");
  expect(wordsOf((await auditor.get(paths.desk("funds"))).html)).toContain("Available");
  await auditor.get(`${paths.desk()}?lang=zh-CN`);
  expect(wordsOf((await auditor.get(paths.desk("funds"))).html)).toContain("可用");
});

test("the desk says when deadlines reach a year whose holidays aren't published", async () => {
  const late = await startCity({ now: winter });
  try {
    const home = await (await signIn(late, "auditor")).get(paths.desk());
    expect(wordsOf(home.html)).toContain("2027年的放假调休安排尚未载入");
    const summerHome = await (await signIn(city, "auditor")).get(paths.desk());
    expect(wordsOf(summerHome.html)).not.toContain("放假调休安排尚未载入");
  } finally {
    await late.stop();
  }
});
