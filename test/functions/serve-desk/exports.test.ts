import { createHash } from "node:crypto";
import { BlobReader, TextWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportOf, fileOf } from "#infra/local/demo/desk.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { aSentBatch, giveReturnAtDesk, postAsIs, returnOf, signIn } from "#test/support/desk.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let officer: Visitor;
let authoriser: Visitor;
let auditor: Visitor;
let fundId: FundId;
let batchId: BatchId;
let today: string;

const pay = async (amountsFen: readonly number[], fails: number | null): Promise<BatchId> => {
  for (const amountFen of amountsFen)
    await reserveCase(city.dependencies, fundId, {}, fen(amountFen));
  const id = await aSentBatch(city, officer, authoriser, fundId);
  const answer = await returnOf(city, id, (_row, index) =>
    index === fails ? ["失败", "账号不存在"] : ["成功", ""],
  );
  await giveReturnAtDesk(city, officer, id, answer);
  return id;
};

beforeAll(async () => {
  city = await startCity();
  officer = await signIn(city, "finance");
  authoriser = await signIn(city, "authoriser");
  auditor = await signIn(city, "auditor");
  fundId = await openFund(city.dependencies, "exported", 1_000_000);
  batchId = await pay([500_000, 300_001, 1], 1);
  today = localDateOf(city.clock.now());
}, 60_000);
afterAll(() => city.stop());

const period = (): Record<string, string> => ({ fund: fundId, from: today, to: today });

const csvOf = (bytes: Uint8Array): Record<string, string>[] =>
  parse(Buffer.from(bytes), { bom: true, columns: true });

const fenOf = (yuan: string | undefined): number => Math.round(Number(yuan ?? "") * 100);

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const hashOn = ({ html }: VisitedPage): string =>
  /[0-9a-f]{64}/u.exec(wordsOf(html))?.[0] ?? "no hash";

const numberOn = ({ url }: VisitedPage): string => new URL(url).pathname.split("/").at(-1) ?? "";

test("payments of a period add up to what the ledger paid, masked, and the page shows the file's hash", async () => {
  const page = await exportOf(auditor, "payment_details", { ...period(), format: "csv" });
  const bytes = await fileOf(auditor, page);
  const rows = csvOf(bytes);

  const fund = await city.dependencies.funds.get(fundId);
  expect(rows).toHaveLength(2);
  expect(rows.reduce((sum, row) => sum + fenOf(row["金额"]), 0)).toBe(fund?.paidFen);
  expect(sha256(bytes)).toBe(hashOn(page));
  expect(wordsOf(page.html)).toContain("行数 2");
  for (const row of rows) {
    expect(row["姓名"]).toMatch(/^.\*$/u);
    expect(row["证件号码"]).toMatch(/^\*{4}/u);
    expect(row["银行卡号"]).toMatch(/^\*{4}\d{4}$/u);
    expect(row["受理编号"]).toMatch(/^SN/u);
    expect(row["困难类别"]).not.toBe("");
  }
  expect(wordsOf((await auditor.get(page.url)).html)).toMatch(/下载记录.*已下载/u);
  const manifest = JSON.parse(
    Buffer.from(await auditor.download(`${page.url}/manifest`)).toString(),
  ) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    kind: "payment_details",
    rows: 2,
    sumFen: fund?.paidFen,
    sha256: sha256(bytes),
    personalData: "masked",
  });
});

test("the same request with the same cut-off gives the same bytes, also after more money has moved", async () => {
  for (const kind of ["payment_details", "real_name_summary", "journal", "fund_ledger"]) {
    const first = await exportOf(officer, kind, { ...period(), format: "xlsx" });
    const before = await fileOf(officer, first);
    await pay([12_300], null);
    const rebuild = formTo(first, "/rebuild");
    const asked = await officer.send(first, rebuild);
    const after = await fileOf(officer, asked);

    expect(numberOn(asked)).not.toBe(numberOn(first));
    expect(sha256(after), kind).toBe(sha256(before));
    expect(hashOn(asked), kind).toBe(hashOn(first));
  }
  const now = await exportOf(officer, "payment_details", { ...period(), format: "csv" });
  expect(csvOf(await fileOf(officer, now)).length).toBe(6);
}, 60_000);

test("a workbook holds numbers as text and amounts as numbers, and the journal balances with the ledger", async () => {
  const page = await exportOf(officer, "journal", { ...period(), format: "xlsx" });
  const [head = [], ...rows] = await readSheet(Buffer.from(await fileOf(officer, page)));
  const at = (title: string): number => head.indexOf(title);
  const sumOf = (title: string, summary: string): number =>
    rows
      .filter((row) => String(row[at("摘要")]).startsWith(summary))
      .reduce((sum, row) => sum + Math.round(Number(row[at(title)] ?? 0) * 100), 0);
  const fund = await city.dependencies.funds.get(fundId);

  expect(sumOf("借方金额", "")).toBe(sumOf("贷方金额", ""));
  expect(sumOf("借方金额", "发放")).toBe(fund?.paidFen);
  expect(sumOf("借方金额", "收到资金")).toBe(fund?.grantedFen);
  for (const row of rows) expect(typeof row[at("科目编码")]).toBe("string");
});

test("the fund's own ledger ends in what the fund holds", async () => {
  const page = await exportOf(officer, "fund_ledger", { ...period(), format: "csv" });
  const rows = csvOf(await fileOf(officer, page));
  const fund = await city.dependencies.funds.get(fundId);
  const last = rows.at(-1);

  expect(rows[0]?.["事项"]).toBe("期初余额");
  expect(fenOf(last?.["可用余额"])).toBe(fund?.availableFen);
  expect(fenOf(last?.["预留余额"])).toBe(fund?.reservedFen);
  expect(fenOf(last?.["累计发放"])).toBe(fund?.paidFen);
});

test("a batch is set against the bank's answer, and its request says the total in words", async () => {
  const asked = { batch: batchId, format: "csv" };
  const lines = csvOf(await fileOf(officer, await exportOf(officer, "reconciliation", asked)));
  expect(lines.map((row) => row["我方状态"])).toEqual(expect.arrayContaining(["已付", "退票"]));
  expect(lines.every((row) => row["差异"] === "0.00")).toBe(true);

  const request = csvOf(await fileOf(officer, await exportOf(officer, "payment_request", asked)));
  const value = (label: string): string | undefined =>
    request.find((row) => row["付款申请单"] === label)?.["内容"]?.trim();
  const batch = await city.dependencies.batches.get(batchId);
  expect(value("笔数")).toBe("3");
  expect(value("金额（大写）")).toBe("人民币捌仟元零贰分");
  expect(value("银行文件校验值（SHA-256）")).toBe(batch?.fileSha256);
  const printed = await officer.get(paths.desk("exports", "request", batchId));
  expect(wordsOf(printed.html)).toContain("人民币捌仟元零贰分");
});

test("full numbers need the right and a purpose; who may not take them is refused and taken down", async () => {
  const address = paths.desk("exports", "new", "payment_details");
  const form = await officer.get(address);
  const fields = { ...period(), format: "csv", full: "yes" };
  const without = await officer.send(form, formTo(form, address), fields);
  expect(without.status).toBe(422);
  expect(wordsOf(without.html)).toContain("请写明用途");

  const page = await exportOf(officer, "payment_details", { ...fields, purpose: "年度审计核对" });
  const rows = csvOf(await fileOf(officer, page));
  expect(rows.every((row) => /^\t?\d{16,19}$/u.test(row["银行卡号"] ?? ""))).toBe(true);
  expect(rows.every((row) => /^\t?\d{17}[\dX]$/u.test(row["证件号码"] ?? ""))).toBe(true);
  const reads = await city.dependencies.accessLog.ofSubject(numberOn(page), 10);
  expect(reads.map(({ page: where }) => where)).toEqual(["export"]);

  expect((await authoriser.get(`${page.url}/file`)).status).toBe(403);
  const takings = await city.dependencies.exports.takings(numberOn(page));
  expect(takings.map(({ outcome }) => outcome).toSorted()).toEqual(["refused", "taken"]);

  // Somebody without the right ticks what no form offered: it comes masked.
  const own = await authoriser.get(address);
  const masked = await authoriser.send(own, formTo(own, address), {
    ...fields,
    purpose: "想看一看",
  });
  const sneaked = await city.dependencies.exports.get(numberOn(masked));
  expect(sneaked?.request.isFull).toBe(false);
});

const readZip = async (bytes: Uint8Array, password: string): Promise<string> => {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), {
    password,
    useWebWorkers: false,
  });
  const [entry] = (await reader.getEntries()) as FileEntry[];
  if (!entry) throw new Error("the ZIP holds one file");
  return entry.getData(new TextWriter());
};

test("a file under a password opens with it and with no other, and the password is kept nowhere", async () => {
  const password = "正确的密码-2026";
  const address = paths.desk("exports", "new", "payment_details");
  const form = await officer.get(address);
  const fields = { ...period(), format: "csv", password };
  const differ = await officer.send(form, formTo(form, address), {
    ...fields,
    "password-again": "x",
  });
  expect(differ.status).toBe(422);
  expect(differ.html).not.toContain(password);

  const page = await exportOf(officer, "payment_details", {
    ...fields,
    "password-again": password,
  });
  const bytes = await fileOf(officer, page);
  const table = await readZip(bytes, password);
  expect(sha256(Buffer.from(`\uFEFF${table.replace(/^\uFEFF/u, "")}`))).toBe(hashOn(page));
  await expect(readZip(bytes, "错误的密码-2026")).rejects.toThrow();
  expect(await city.dependencies.exports.password(numberOn(page))).toBeNull();
  expect(page.html).not.toContain(password);
  const request = await city.dependencies.files.read(
    `exports/requests/${numberOn(page)}.json`,
    1_000,
  );
  expect(Buffer.from(request ?? []).toString()).not.toContain(password);
});

test("the same form sent twice is one export, and a role without the right is refused", async () => {
  const address = paths.desk("exports", "new", "journal");
  const form = await officer.get(address);
  const fields = { ...period(), format: "csv" };
  const [one, two] = [
    await officer.send(form, formTo(form, address), fields),
    await officer.send(form, formTo(form, address), fields),
  ];
  expect(new URL(one.url).pathname).toBe(new URL(two.url).pathname);

  const admin = await signIn(city, "admin");
  expect((await postAsIs(admin, address, fields)).status).toBe(403);
  expect((await admin.get(`${one.url}/file`)).status).toBe(403);
  expect((await officer.get(paths.desk("exports", "E20260720-000000"))).status).toBe(404);
  expect((await officer.get("/desk/exports/..%2Fbatches%2Fx.csv")).status).toBe(404);
});

test("a period that is none is sent back with what was typed", async () => {
  const address = paths.desk("exports", "new", "payment_details");
  const page = await officer.get(address);
  for (const dates of [
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-03-02", to: "2026-03-01" },
    { from: "", to: "" },
    { from: "2000-01-01", to: "2026-01-01" },
  ]) {
    const answer = await officer.send(page, formTo(page, address), { fund: "union", ...dates });
    expect(answer.status).toBe(422);
    const kept = Object.fromEntries(formTo(answer, address).fields);
    expect(kept).toMatchObject({ ...dates, fund: "union" });
  }
  const typed = { fund: "none", from: "2026-01-01", to: "2026-01-02" };
  expect((await officer.send(page, formTo(page, address), typed)).status).toBe(422);
});
