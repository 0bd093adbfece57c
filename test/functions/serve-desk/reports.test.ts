import readSheets from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { aSentBatch, giveReturnAtDesk, returnOf, signIn } from "#test/support/desk.ts";
import { reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let officer: Visitor;
beforeAll(async () => {
  city = await startCity();
  officer = await signIn(city, "finance");
});
afterAll(() => city.stop());

const report = async (query: Readonly<Record<string, string>> = {}) =>
  officer.get(`${paths.desk("reports")}?${new URLSearchParams(query).toString()}`);

const aCase = (programmeId: string, unitId: string, sentOn: string, amountYuan: number) =>
  reserveCase(city.dependencies, "union" as FundId, {}, yuan(amountYuan), {
    programmeId,
    unitId: unitId as UnitId,
    submittedAt: instant(`${sentOn}T02:00:00Z`),
  });

test("before there is a case, the page says so and draws the funds alone", async () => {
  const { status, html } = await report();
  expect(status).toBe(200);
  expect(wordsOf(html)).toContain("所选范围内没有数据。");
  expect(wordsOf(html)).toContain("目前没有在办案件。");
  expect(wordsOf(html)).toContain("这个期间没有发放。");
  expect(html).toContain('id="funds-now-title"');
  expect(html).not.toContain('id="ages-title"');
});

test("what was received, approved and paid, by programme and office, with its times", async () => {
  const authoriser = await signIn(city, "authoriser");
  // A case of critical illness is paid and done; one of the winter before is paid, too.
  await aCase("critical-illness", "chunfeng", "2026-07-06", 3_000);
  await aCase("critical-illness", "liangang", "2026-07-13", 2_000);
  const id = await aSentBatch(city, officer, authoriser, "union");
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id));
  await aCase("golden-autumn", "chunfeng", "2026-07-16", 5_000);

  const { html } = await report();
  const words = wordsOf(html);
  expect(words).toContain(
    "收到申请 3 批准 3 10,000.00 元 发放笔数 2 5,000.00 元 不予救助 0 在办 1",
  );
  // 10 and 5 working days until Monday 20 July.
  expect(words).toContain("大病救助 2 7.5 5 10 10");
  expect(words).toContain("合计 2 7.5 5 10 10");
  expect(words).toContain("已批准，待发放 1 0 0 0 1");
});

test("the address carries the choice: an office with those below it, a programme, a period", async () => {
  const district = wordsOf((await report({ unit: "chengdong" })).html);
  expect(district).toContain("收到申请 2 批准 2 8,000.00 元 发放笔数 1 3,000.00 元");
  expect(district).toContain("机构（含下级）：城东区总工会");
  expect(district).toContain("资金不分机构和项目，以下是全部资金。");

  const programme = wordsOf((await report({ programme: "golden-autumn" })).html);
  expect(programme).toContain("收到申请 1 批准 1 5,000.00 元 发放笔数 0 0.00 元");

  const june = wordsOf((await report({ from: "2026-06-01", to: "2026-06-30" })).html);
  expect(june).toContain("收到申请 0 批准 0 0.00 元 发放笔数 0 0.00 元 不予救助 0 在办 1");
});

test("a period that is none comes back with what was typed, and an unknown office is none", async () => {
  const wrong = [
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-03-02", to: "2026-03-01" },
    { from: "2020-01-01", to: "2026-01-01" },
    { from: `"><script>alert(1)</script>`, to: "" },
  ];
  for (const dates of wrong) {
    const { status, html } = await report(dates);
    expect(status, dates.from).toBe(422);
    expect(html).toMatch(/class="summary" role="alert"/u);
    expect(html).not.toContain("<script>alert");
    const typed = dates.from
      .replaceAll('"', "&quot;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
    expect(html).toContain(`value="${typed}"`);
  }
  expect((await report({ unit: "nowhere", programme: "none" })).status).toBe(200);
});

const sheetsOf = async (address: string) => {
  const bytes = await officer.download(address);
  return readSheets(Buffer.from(bytes));
};

test("the usual periods are a tap away, and keep what else was chosen", async () => {
  const { html } = await report({ unit: "chengdong" });
  expect(html).toContain("unit=chengdong&amp;from=2026-07-01&amp;to=2026-09-30");
  expect(html).toContain("unit=chengdong&amp;from=2026-04-01&amp;to=2026-06-30");
  expect(wordsOf(html)).toContain("本月 上月 本季度 上季度 今年 去年");
});

test("the workbook says what the page says: a sheet for each table, amounts as numbers", async () => {
  const sheets = await sheetsOf(`${paths.desk("reports", "table")}?from=2026-01-01&to=2026-12-31`);
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    "按救助项目",
    "按机构",
    "各月末资金情况",
    "在办案件的状态和时长",
    "从提交到发放",
    "到账与满意度",
  ]);
  const [byProgramme] = sheets;
  expect(byProgramme?.data[0]?.slice(0, 6)).toEqual([
    "救助项目",
    "收到申请",
    "批准",
    "批准金额",
    "发放笔数",
    "发放金额",
  ]);
  expect(byProgramme?.data.at(-1)?.slice(0, 6)).toEqual(["合计", 3, 3, 10_000, 2, 5_000]);
});

test("a campaign: who applied, was helped and still waits, money by source and office", async () => {
  const query = new URLSearchParams({
    programme: "critical-illness",
    from: "2026-07-01",
    to: "2026-07-31",
  }).toString();
  const { status, html } = await officer.get(`${paths.desk("reports", "campaign")}?${query}`);
  expect(status).toBe(200);
  const words = wordsOf(html);
  expect(words).toContain("救助户数 2 5,000.00 元");
  expect(words).toContain("户均金额 2,500.00 元");
  expect(words).toContain("工会经费 工会经费 2 5,000.00 元 合计 2 5,000.00 元");
  const [summary, bySource] = await sheetsOf(
    `${paths.desk("reports", "campaign", "table")}?${query}`,
  );
  expect(summary?.data).toContainEqual(["救助户数", 2, 5000]);
  expect(bySource?.data.at(-1)).toEqual(["合计", null, 2, 5000]);
});

test("the annual pack ties to the ledger, names each batch's hash, and says so of an empty year", async () => {
  const { html } = await officer.get(paths.desk("reports", "annual"));
  const words = wordsOf(html);
  expect(words).toContain("与账目相符");
  expect(words).not.toContain("不符");
  const [batch] = await city.dependencies.batches.list("done", 1);
  expect(words).toContain(batch?.fileSha256 ?? "no hash");
  const sheets = await sheetsOf(`${paths.desk("reports", "annual", "table")}?year=2026`);
  const [funds] = sheets;
  const own = funds?.data.find(([name]) => name === "工会经费");
  const fund = await city.dependencies.funds.get("union" as FundId);
  const { availableFen, reservedFen } = fund ?? { availableFen: 0, reservedFen: 0 };
  expect(own?.slice(-3)).toEqual([(availableFen + reservedFen) / 100, reservedFen / 100, "相符"]);
  const before = await officer.get(`${paths.desk("reports", "annual")}?year=2025`);
  expect(wordsOf(before.html)).toContain("发放批次 这一年没有。");
});

test("finance, administration and audit see it, and the page says what it counts in English too", async () => {
  for (const person of ["admin", "auditor"]) {
    expect((await (await signIn(city, person)).get(paths.desk("reports"))).status).toBe(200);
  }
  const handler = await signIn(city, "chunfeng-handler-1");
  expect((await handler.get(paths.desk("reports"))).status).toBe(403);
  const english = wordsOf((await report({ lang: "en" })).html);
  expect(english).toContain("Received 3 Approved 3");
  expect(english).not.toMatch(/[\u4E00-\u9FFF]{6,}/u);
  await report({ lang: "zh-CN" });
});
