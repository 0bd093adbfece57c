import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { aSentBatch, giveReturnAtDesk, returnOf, signIn } from "#test/support/desk.ts";
import { faultOf, loadCase, openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let admin: Visitor;
let officer: Visitor;
let auditor: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
  officer = await signIn(city, "finance");
  auditor = await signIn(city, "auditor");
});
afterAll(() => city.stop());

const grant = async (fundId: string, number: string, amount: string) => {
  const page = await admin.get(paths.desk("funds", fundId));
  return admin.send(page, formTo(page, "/grants"), { number, amount });
};

test("money coming in is booked once for its voucher, and shows in the ledger", async () => {
  const fundId = await openFund(city.dependencies, "grants", 100);
  const booked = await grant(fundId, "拨款〔2026〕12号", "50000.25");
  expect(booked.status).toBe(200);
  // The ledger runs from the month's opening to what the fund now holds.
  expect(wordsOf(booked.html)).toContain("拨款〔2026〕12号 +50,000.25 50,100.25 0.00 0.00");
  expect(wordsOf(booked.html)).toContain("月末 50,100.25 0.00 0.00");
  expect(wordsOf(booked.html)).toContain("人民币伍万零壹佰元贰角伍分");

  const again = await grant(fundId, "拨款〔2026〕12号", "50000.25");
  expect(again.status).toBe(409);
  expect(await city.dependencies.funds.get(fundId)).toMatchObject({
    grantedFen: 5_010_025,
    availableFen: 5_010_025,
  });
  expect(await faultOf(city.dependencies, fundId)).toBeNull();
});

test.each([
  "0",
  "-1",
  "1e9",
  "0.001",
  "NaN",
  "１００",
  "1,000",
  "9007199254740992",
  "Infinity",
  "",
])(
  "an amount typed as %j is sent back with what was typed, and nothing is booked",
  async (amount) => {
    const page = await grant("union", "V-1", amount);
    expect(page.status).toBe(422);
    expect(wordsOf(page.html)).toContain("50000.00");
    const kept = Object.fromEntries(formTo(page, "/grants").fields);
    expect(kept).toMatchObject({ number: "V-1", amount });
  },
);

test("each fund shows what it holds, is for and moved this month; another month's ledger is empty", async () => {
  const fundId = await openFund(city.dependencies, "shown", 1_000);
  const list = wordsOf((await officer.get(paths.desk("funds"))).html);
  expect(list).toContain("拨入＝可用＋已预留＋已发放");
  expect(list).toContain(
    "shown 工会经费 已发放 0.00 元 已预留 0.00 元 可用 1,000.00 元 累计拨入 1,000.00 元 本月变动 拨入 1,000.00 元 ×1",
  );
  const before = await officer.get(`${paths.desk("funds", fundId)}?month=2026-06`);
  expect(wordsOf(before.html)).toContain("账目 2026-06");
  expect(wordsOf(before.html)).toContain("这个月没有账目。");
  for (const month of ["2026-13", "<b>", "9999-99"]) {
    const asked = `${paths.desk("funds", fundId)}?month=${encodeURIComponent(month)}&page=-7`;
    expect(wordsOf((await officer.get(asked)).html)).toContain("账目 2026-07");
  }
});

test("a voucher number that is none is sent back, markup and all, as text", async () => {
  const page = await grant("union", "<img src=x onerror=alert(1)>", "5");
  expect(page.status).toBe(422);
  expect(page.html).not.toContain("<img");
  expect((await grant("union", "", "5")).status).toBe(422);
  expect((await grant("union", "=1+1", "5")).status).toBe(422);
});

test("cases that wait for money have it as soon as it is booked, the longest waiting first", async () => {
  const { cases } = city.dependencies;
  const fundId = await openFund(city.dependencies, "waiting", 0.01);
  const reserved = await reserveCase(
    city.dependencies,
    await openFund(city.dependencies, "w2", 9_000),
  );
  const waiting = { ...reserved, version: 3, status: "waiting_for_funds" as const, fundId: null };
  const event = {
    applicationId: reserved.id,
    version: 3,
    type: "approved_without_funds" as const,
    from: "reserved" as const,
    to: "waiting_for_funds" as const,
    at: city.clock.now(),
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  await cases.commit({ step: { before: reserved, after: { ...waiting, cycle: 2 }, event } });
  expect((await loadCase(city.dependencies, reserved.id)).status).toBe("waiting_for_funds");

  await grant(fundId, "G-9", "6000");
  const moved = await loadCase(city.dependencies, reserved.id);
  expect(["reserved", "public_notice"]).toContain(moved.status);
  expect(moved.fundId).not.toBeNull();
  expect(await faultOf(city.dependencies, moved.fundId as FundId)).toBeNull();
});

test("the export of a period adds up to the fen to what the ledger paid, read by another program", async () => {
  const fundId = await openFund(city.dependencies, "exported", 1_000_000);
  for (const amountFen of [500_000, 300_001, 1]) {
    await reserveCase(city.dependencies, fundId, {}, fen(amountFen));
  }
  const authoriser = await signIn(city, "authoriser");
  const id = await aSentBatch(city, officer, authoriser, fundId);
  const oneFails = await returnOf(city, id, (_row, index) =>
    index === 1 ? ["失败", "账号不存在"] : ["成功", ""],
  );
  await giveReturnAtDesk(city, officer, id, oneFails);

  const today = localDateOf(city.clock.now());
  const page = await auditor.get(paths.desk("export"));
  const made = await auditor.send(page, formTo(page, paths.desk("export")), {
    fund: fundId,
    from: today,
    to: today,
  });
  const link = /href="(?<href>\/desk\/export\/[^"]+)"/u.exec(made.html)?.groups?.["href"] ?? "";
  const bytes = Buffer.from(await auditor.download(link));
  const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true });
  const sumFen = rows.reduce((sum, row) => sum + Math.round(Number(row["金额"]) * 100), 0);

  const fund = await city.dependencies.funds.get(fundId);
  expect(rows).toHaveLength(2);
  expect(sumFen).toBe(fund?.paidFen);
  expect(sumFen).toBeGreaterThan(0);
  expect(wordsOf(made.html)).toContain("笔数 2");
});

test("a period that is none is sent back with what was typed", async () => {
  const page = await officer.get(paths.desk("export"));
  const form = formTo(page, paths.desk("export"));
  const wrong = [
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-03-02", to: "2026-03-01" },
    { from: "", to: "" },
    { from: "2000-01-01", to: "2026-01-01" },
  ];
  for (const dates of wrong) {
    const answer = await officer.send(page, form, { fund: "union", ...dates });
    expect(answer.status).toBe(422);
    const kept = Object.fromEntries(formTo(answer, paths.desk("export")).fields);
    expect(kept).toMatchObject({ ...dates, fund: "union" });
  }
  expect(
    (await officer.send(page, form, { fund: "none", from: "2026-01-01", to: "2026-01-02" })).status,
  ).toBe(422);
  expect((await officer.get("/desk/export/..%2Fbatches%2Fx.csv")).status).toBe(404);
});
