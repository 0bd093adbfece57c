import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Application } from "#shared/domain/application.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { fen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, caseOf, decideAt, startCity, until, winter } from "#test/support/city.ts";
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
  const large = await auditor.get(`${path}/papers/1/page`);
  expect(large.html).toContain(`href="${path}#papers"`);
  expect((await auditor.get(`${path}/papers/99`)).status).toBe(404);
  expect((await auditor.get(`${path}/papers/99/page`)).status).toBe(404);
  expect((await officer.get(`${path}/papers/1/page`)).status).toBe(403);
  expect((await officer.get(`${path}/papers/1`)).status).toBe(403);
});

test("the desk counts what waits where, lists it, and finds a case by its reference", async () => {
  const fundId = await openFund(city.dependencies, "counted", 100_000);
  const { id } = await reserveCase(city.dependencies, fundId);
  const home = await officer.get(paths.desk());
  expect(wordsOf(home.html)).toMatch(/已批准，待发放 [1-9]/u);
  expect(wordsOf(home.html)).toMatch(/公示中 [1-9]/u);

  const list = await officer.get(paths.desk("cases", "reserved"));
  expect(list.url).toBe(`${city.url}${paths.desk("cases")}?state=reserved`);
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

test("a list is narrowed by what its address says, sorted by deadline, and tells its sum", async () => {
  const fundId = await openFund(city.dependencies, "listed", 100_000);
  const soon = await reserveCase(city.dependencies, fundId, {}, fen(111_100), {
    deadlineAt: instant("2026-07-21T16:00:00Z"),
  });
  const late = await reserveCase(city.dependencies, fundId, {}, fen(111_100), {
    deadlineAt: instant("2026-07-17T16:00:00Z"),
  });
  const list = async (query: string) => officer.get(`${paths.desk("cases")}?${query}`);

  const all = (await list("state=reserved")).html;
  expect(all.indexOf(late.id)).toBeGreaterThan(0);
  expect(all.indexOf(late.id)).toBeLessThan(all.indexOf(soon.id));
  expect(wordsOf(all)).toContain("还剩1个工作日");

  const overdue = await list("state=reserved&overdue=yes");
  expect(overdue.html).toContain(late.id);
  expect(overdue.html).not.toContain(soon.id);
  expect(overdue.html).toMatch(/name="overdue"[^>]*checked/u);
  expect(wordsOf(overdue.html)).toContain("共 1 件，合计 1,111.00 元");

  expect((await list("state=objection")).html).not.toContain(late.id);
  expect((await list("programme=emergency")).html).not.toContain(late.id);
  expect((await list("unit=xiahe")).html).not.toContain(late.id);
  expect((await list("tier=city")).html).not.toContain(late.id);
  expect((await list("state=%3Cscript%3E&unit=x&tier=y&page=999")).status).toBe(200);
});

test("a case's page says where it stands, whose turn it is, and what its money did", async () => {
  const fundId = await openFund(city.dependencies, "standing", 100_000);
  const { id } = await reserveCase(city.dependencies, fundId);
  const page = await officer.get(paths.desk("case", id));
  expect(wordsOf(page.html)).toMatch(
    /5,000.00 元 已批准，待发放.*由财务办理.*下一步：归集到发放批次/u,
  );
  expect(page.html).toContain(`${paths.desk("funds", fundId)}?month=2026-07`);
  expect(wordsOf(page.html)).not.toContain("哈希链");

  const audited = await auditor.get(paths.desk("case", id));
  const [, event] = await city.dependencies.cases.events(
    (await city.dependencies.cases.get(id)) as Application,
  );
  expect(wordsOf(audited.html)).toContain("哈希链");
  if (event) expect(audited.html).toContain(event.hash);
});

test("a handler sees the cases of the own branch only, in lists and by address", async () => {
  const own = await applyWith(city, "golden-autumn", { unitId: "chunfeng" });
  const foreign = await applyWith(city, "golden-autumn", { unitId: "xiahe" });
  for (const applied of [own, foreign]) {
    await until("assessed", async () => (await caseOf(city, applied)).status === "in_acceptance");
  }
  const handler = await signIn(city, "chunfeng-handler-1");
  const list = await handler.get(paths.desk("cases"));
  expect(list.html).toContain(own.applicationId);
  expect(list.html).not.toContain(foreign.applicationId);
  expect((await handler.get(paths.desk("case", own.applicationId))).status).toBe(200);
  for (const address of [[], ["papers", "1"], ["form"]]) {
    const path = paths.desk("case", foreign.applicationId, ...address);
    expect((await handler.get(path)).status, path).toBe(404);
  }
  expect((await auditor.get(paths.desk("case", foreign.applicationId))).status).toBe(200);
  expect(wordsOf((await handler.get(paths.desk())).html)).toMatch(/[1-9]\d* 待受理/u);
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
