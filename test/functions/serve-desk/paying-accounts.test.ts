/** A fund's paying account at the desk, and the way of a batch to its bank and back. */
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import writeSheet from "write-excel-file/node";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity, until } from "#test/support/city.ts";
import { aSentBatch, batchOf, pageOfBatch, signIn, uploadReturn } from "#test/support/desk.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let admin: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
});
afterAll(() => city.stop());

const typed = {
  profileId: "cmb",
  accountNumber: "7559 0001 2310 888",
  accountName: "示例市总工会",
  bankName: "招商银行示例市分行",
};

const page = (visitor: Visitor, fundId: string): Promise<VisitedPage> =>
  visitor.get(paths.desk("paying-accounts", fundId));

const save = async (fundId: string, fields: Readonly<Record<string, string>>) => {
  const shown = await page(admin, fundId);
  return admin.send(shown, formTo(shown, paths.desk("paying-accounts", fundId)), fields);
};

test("an account is set, shown with who set it and when, and its number in full to few", async () => {
  const fundId = await openFund(city.dependencies, "shown", 100);
  expect(wordsOf((await page(admin, fundId)).html)).toContain("还没有登记付款账户");

  const saved = await save(fundId, typed);
  expect(saved.status).toBe(200);
  expect(wordsOf(saved.html)).toContain("招商银行 代发");
  expect(wordsOf(saved.html)).toContain("755900012310888");
  const again = await save(fundId, { ...typed, accountName: "示例市总工会专户" });
  expect(wordsOf(again.html)).toContain("示例市总工会专户");
  const changes = await city.dependencies.payingAccounts.changes(fundId);
  expect(changes.map(({ number, account }) => [number, account.accountName])).toEqual([
    [1, "示例市总工会"],
    [2, "示例市总工会专户"],
  ]);

  const auditor = await signIn(city, "auditor");
  const seen = await page(auditor, fundId);
  expect(seen.html).toContain("****0888");
  expect(seen.html).not.toContain("755900012310888");
  expect(seen.forms.some(({ action }) => action.includes("paying-accounts"))).toBe(false);
  const fund = await auditor.get(paths.desk("funds", fundId));
  expect(fund.html).toContain(paths.desk("paying-accounts", fundId));
});

test.each([
  [{ profileId: "" }, "profileId"],
  [{ accountNumber: "12345" }, "accountNumber"],
  [{ accountNumber: "7.55E+14" }, "accountNumber"],
  [{ accountName: " " }, "accountName"],
  [{ profileId: "icbc", bankName: "" }, "bankName"],
  [{ profileId: "boc", bankCode: "" }, "bankCode"],
])("%j comes back at the field %s with everything that was typed", async (changes, field) => {
  const given = { ...typed, ...changes };
  const back = await save("union", given);
  expect(back.status).toBe(422);
  expect(back.html).toContain(`href="#${field}"`);
  expect(back.html).toContain(`id="${field}-problem"`);
  const kept = Object.fromEntries(formTo(back, paths.desk("paying-accounts", "union")).fields);
  const { profileId: _profileId, ...texts } = given;
  expect(kept).toMatchObject(texts);
  expect((await city.dependencies.funds.get("union" as FundId))?.payingAccount).toBeNull();
});

test("the form sent twice is one change, and one that was opened before another saves nothing", async () => {
  const fundId = await openFund(city.dependencies, "twice", 100);
  const shown = await page(admin, fundId);
  const form = formTo(shown, paths.desk("paying-accounts", fundId));
  await admin.send(shown, form, typed);
  expect((await admin.send(shown, form, typed)).status).toBe(200);
  expect((await admin.send(shown, form, { ...typed, accountName: "别的账户" })).status).toBe(409);
  expect(await city.dependencies.payingAccounts.changes(fundId)).toHaveLength(1);
});

test("a batch keeps the account it was made with; its file and the bank's workbook follow the bank", async () => {
  const fundId = await openFund(city.dependencies, "paid-by-cmb", 100_000);
  await reserveCase(city.dependencies, fundId, {}, yuan(1_409.5));
  const second = await reserveCase(city.dependencies, fundId, {}, yuan(100));
  await save(fundId, typed);
  const officer = await signIn(city, "finance");
  const authoriser = await signIn(city, "authoriser");
  const id = await aSentBatch(city, officer, authoriser, fundId);
  await save(fundId, { ...typed, profileId: "generic" });

  const batch = await pageOfBatch(officer, id);
  expect(wordsOf(batch.html)).toContain("招商银行 代发");
  const { fileKey } = await batchOf(city, id);
  expect(fileKey).toBe(`batches/${id}/bank.xlsx`);
  const download = await officer.get(paths.desk("batches", id, "file"));
  expect(download.status).toBe(200);
  const file = Buffer.from((await city.dependencies.files.read(fileKey ?? "", 100_000)) ?? []);
  const [head, ...rows] = await readSheet<string>(file, { parseNumber: (digits) => digits });
  expect(head?.slice(0, 3)).toEqual(["账号", "户名", "金额"]);

  // What the bank gives back is a workbook too, without our reference; one payment it refuses.
  const answer = [
    ["账号", "户名", "金额", "交易状态", "错误描述"],
    ...rows.map(([account, name, amount]) =>
      amount === "100.00"
        ? [account, name, amount, "代发失败", "户口不存在"]
        : [account, name, amount, "代发成功", ""],
    ),
  ];
  const bytes = await writeSheet(
    answer.map((row) => row.map((value) => ({ value: String(value ?? ""), type: String }))),
    {},
  ).toBuffer();
  const uploaded = await uploadReturn(officer, id, bytes);
  await officer.send(uploaded, formTo(uploaded, "/returns"));
  await until("the batch is closed", async () => (await batchOf(city, id)).status === "closed");

  const items = await city.dependencies.batches.items(id);
  expect(
    items.map(({ applicationId, status, failureCode }) =>
      applicationId === second.id ? [status, failureCode] : status,
    ),
  ).toEqual(expect.arrayContaining(["paid", ["failed", "account_not_found"]]));
  const [original] = await city.dependencies.files.list(`batches/${id}/answers/`);
  expect(original?.sizeBytes).toBe(bytes.length);
});

test("what can't be read as an answer books nothing and says so", async () => {
  const fundId = await openFund(city.dependencies, "unread", 100_000);
  await reserveCase(city.dependencies, fundId);
  const officer = await signIn(city, "finance");
  const id = await aSentBatch(city, officer, await signIn(city, "authoriser"), fundId);
  const uploaded = await uploadReturn(officer, id, Buffer.from("PK\u0003\u0004 no workbook"));
  expect((await officer.send(uploaded, formTo(uploaded, "/returns"))).status).toBe(422);
  expect((await batchOf(city, id)).returnKeys).toEqual([]);
});
