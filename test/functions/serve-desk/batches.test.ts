import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enterReceipt } from "#infra/local/demo/desk.ts";
import { formTo, formWith, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity, until } from "#test/support/city.ts";
import {
  answerOddLines,
  anAssembledBatch,
  aSentBatch,
  batchOf,
  giveReturnAtDesk,
  pageOfBatch,
  postAsIs,
  returnOf,
  signIn,
  untilStatus,
  uploadReturn,
} from "#test/support/desk.ts";
import {
  cardOf,
  faultOf,
  loadCase,
  openFund,
  reserveCase,
} from "#test/support/disbursement-world.ts";

let city: Embedded;
let officer: Visitor;
let authoriser: Visitor;
beforeAll(async () => {
  city = await startCity();
  officer = await signIn(city, "finance");
  authoriser = await signIn(city, "authoriser");
});
afterAll(() => city.stop());

let funds = 0;

/** A fund of its own with so many payable cases of 5,000.00. */
const payableFund = async (size: number): Promise<string> => {
  const id = await openFund(city.dependencies, `desk-${(funds += 1)}`, 1_000_000);
  for (let number = 0; number < size; number += 1) await reserveCase(city.dependencies, id);
  return id;
};

test("from the fund to the settled payment: two people, one file, one return, closed books", async () => {
  const fundId = await payableFund(3);
  const shown = await officer.get(paths.desk("batches", "new"));
  expect(wordsOf(shown.html)).toContain(
    `${fundId} 待发放 3 笔 · 15,000.00 元 本次将列入 3 笔 · 15,000.00 元 人民币壹万伍仟元整`,
  );

  const id = await anAssembledBatch(city, officer, fundId);
  const page = await pageOfBatch(authoriser, id);
  expect(wordsOf(page.html)).toContain("人民币壹万伍仟元整");
  expect(wordsOf(page.html)).toMatch(/王\* \*{4}\d{4} 5,000\.00 元/u);
  await authoriser.send(page, formTo(page, "/authorise"));
  await untilStatus(city, id, "sent");

  await enterReceipt(officer, id, await batchOf(city, id));
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id));
  await untilStatus(city, id, "closed");
  expect(await batchOf(city, id)).toMatchObject({ status: "closed", count: 3, exceptions: 0 });
  expect(await faultOf(city.dependencies, (await batchOf(city, id)).fundId)).toBeNull();
  const closed = wordsOf((await pageOfBatch(officer, id)).html);
  expect(closed).toContain("已结清");
  expect(closed).toContain("吕清");
  expect(closed).toContain("施正");
});

test("before a batch is made its page names who would be left out, and why", async () => {
  const fundId = await payableFund(2);
  const { id } = await reserveCase(city.dependencies, fundId as FundId, {
    bankCardNumber: "6222020000000000001",
  });
  const { html } = await officer.get(`${paths.desk("batches", "new")}?fund=${fundId}`);

  expect(wordsOf(html)).toContain("待发放 3 笔 · 15,000.00 元 本次将列入 2 笔 · 10,000.00 元");
  expect(wordsOf(html)).toContain("本次不列入 1 笔");
  expect(wordsOf(html)).toContain(`银行卡信息不完整或卡号校验不符：请联系申请人更正 (1) ${id}`);
});

test("the payment list adds up, in figures and in words; accounts are whole for who may have the file", async () => {
  const fundId = await openFund(city.dependencies, "listed", 1_000_000);
  await reserveCase(city.dependencies, fundId, {
    applicantName: "欧阳文静",
    bankCardNumber: cardOf(4_712),
  });
  await reserveCase(city.dependencies, fundId);
  const id = await anAssembledBatch(city, officer, fundId);
  const list = paths.desk("batches", id, "list");
  const whole = await officer.get(list);
  const masked = await authoriser.get(list);

  expect(wordsOf(whole.html)).toContain("合计 2 笔 10,000.00");
  expect(wordsOf(whole.html)).toContain("大写：人民币壹万元整");
  expect(whole.html).toContain(cardOf(4_712));
  expect(whole.html).toContain("欧阳文静");
  expect(masked.html).not.toContain(cardOf(4_712));
  expect(masked.html).toContain(`****${cardOf(4_712).slice(-4)}`);
  expect(masked.html).not.toContain("欧阳文静");
  expect((await officer.get(paths.desk("batches", "B20200101-000000", "list"))).status).toBe(404);
});

test("no page of a batch shows a whole name or card number", async () => {
  const fundId = await openFund(city.dependencies, "masked", 1_000_000);
  await reserveCase(city.dependencies, fundId, {
    applicantName: "欧阳文静",
    bankCardNumber: cardOf(4_711),
  });
  const id = await anAssembledBatch(city, officer, fundId);
  const page = await pageOfBatch(officer, id);

  expect(page.html).toContain("欧阳*");
  expect(page.html).toContain(`****${cardOf(4_711).slice(-4)}`);
  expect(page.html).not.toContain("欧阳文静");
  expect(page.html).not.toContain(cardOf(4_711));
});

test("the same form sent twice makes one batch", async () => {
  const fundId = await payableFund(1);
  const page = await officer.get(paths.desk("batches", "new"));
  const form = formWith(page, "fund", fundId);
  const sent = await Promise.all([1, 2, 3].map(() => officer.send(page, form)));

  expect(new Set(sent.map(({ url }) => url)).size).toBe(1);
  const open = await city.dependencies.batches.list("open", 100);
  expect(open.filter((batch) => batch.fundId === fundId)).toHaveLength(1);
});

test("the maker can't authorise, even without the page's leave and with both roles", async () => {
  const id = await anAssembledBatch(city, officer, await payableFund(1));
  const version = String((await batchOf(city, id)).version);
  const address = paths.desk("batches", id, "authorise");
  expect((await postAsIs(officer, address, { version })).status).toBe(403);

  const { staff } = await city.dependencies.directory.organisation();
  const maker = staff.find(({ email }) => email === "finance@example.org");
  if (!maker) throw new Error("the demo city has a finance officer");
  await city.dependencies.directory.putStaff({
    ...maker,
    roles: ["finance_officer", "finance_authoriser"],
  });
  const page = await pageOfBatch(officer, id);
  expect(page.forms.some(({ action }) => action.endsWith("/authorise"))).toBe(false);
  expect((await postAsIs(officer, address, { version })).status).toBe(403);
  await city.dependencies.directory.putStaff(maker);
  expect(await batchOf(city, id)).toMatchObject({
    status: "awaiting_authorisation",
    checkerId: null,
  });
});

test("what is authorised is what was shown, once, however often the button is pressed", async () => {
  const id = await anAssembledBatch(city, officer, await payableFund(1));
  const page = await pageOfBatch(authoriser, id);
  const form = formTo(page, "/authorise");
  expect((await authoriser.send(page, form, { version: "1" })).status).toBe(409);
  expect((await batchOf(city, id)).checkerId).toBeNull();

  await Promise.all([1, 2, 3, 4].map(() => authoriser.send(page, form)));
  await untilStatus(city, id, "sent");
  const { history } = await batchOf(city, id);
  expect(history.filter(({ type }) => type === "authorised")).toHaveLength(1);
  expect(history.filter(({ type }) => type === "file_written")).toHaveLength(1);
});

test("voiding needs a reason, puts the cases back and ends the execution", async () => {
  const fundId = await payableFund(3);
  const id = await anAssembledBatch(city, officer, fundId);
  const page = await pageOfBatch(authoriser, id);
  const silent = await authoriser.send(page, formTo(page, "/void"), { reason: "  " });
  expect(silent.status).toBe(422);
  expect((await batchOf(city, id)).status).toBe("awaiting_authorisation");

  const reason = '<b>重复</b>"';
  const voided = await authoriser.send(page, formTo(page, "/void"), { reason });
  expect(voided.status).toBe(200);
  expect(await batchOf(city, id)).toMatchObject({ status: "voided", voidReason: reason });
  expect(voided.html).not.toContain(reason);
  for (const { applicationId } of await city.dependencies.batches.items(id)) {
    expect((await loadCase(city.dependencies, applicationId)).status).toBe("reserved");
  }
  await until("the execution has ended", () =>
    city.executions().some(({ name, status }) => name.startsWith(id) && status === "SUCCEEDED"),
  );
  expect((await authoriser.send(page, formTo(page, "/authorise"))).status).toBe(409);
  const second = await anAssembledBatch(city, officer, fundId);
  expect(await batchOf(city, second)).toMatchObject({ count: 3 });
});

test("a file that is no return is refused with a word on how to mend it, and nothing is booked", async () => {
  const id = await aSentBatch(city, officer, authoriser, await payableFund(1));
  const text = await returnOf(city, id);
  const garbage = [
    new TextEncoder().encode("hello"),
    // Without its mark UTF-16 could be anything.
    iconv.encode(text, "utf16le"),
    new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
  ];
  for (const bytes of garbage) {
    const uploaded = await uploadReturn(officer, id, bytes);
    const forms = uploaded.forms.filter(({ action }) => action.endsWith("/returns"));
    const answers = await Promise.all(forms.map((form) => officer.send(uploaded, form)));
    expect(answers.every(({ status }) => status === 422)).toBe(true);
    expect(wordsOf(answers[0]?.html ?? "")).toContain("处理结果");
  }
  expect(await batchOf(city, id)).toMatchObject({ status: "sent", returnKeys: [] });
});

test("one upload is read once, whoever presses the button how often; another name is not found", async () => {
  const id = await aSentBatch(city, officer, authoriser, await payableFund(2));
  const uploaded = await uploadReturn(
    officer,
    id,
    new TextEncoder().encode(await returnOf(city, id)),
  );
  const form = formTo(uploaded, "/returns");
  const others = ["../../x.csv", "0".repeat(24), `${"0".repeat(24)}.csv`];
  for (const name of others) {
    const answer = await officer.send(uploaded, form, { upload: name });
    expect([404, 422]).toContain(answer.status);
  }

  await Promise.all([1, 2, 3].map(() => officer.send(uploaded, form)));
  await untilStatus(city, id, "closed");
  expect(await batchOf(city, id)).toMatchObject({ returnsRead: 1, exceptions: 0 });
  expect((await batchOf(city, id)).returnKeys).toHaveLength(1);
});

test("odd lines are listed on the page, the one that may be a double payment first", async () => {
  const id = await aSentBatch(city, officer, authoriser, await payableFund(2));
  const bad = (await returnOf(city, id)).replaceAll("5000.00", "50.00");
  const first = await uploadReturn(officer, id, new TextEncoder().encode(bad));
  await officer.send(first, formTo(first, "/returns"));
  await until("the return is read", async () => (await batchOf(city, id)).returnsRead === 1);
  expect((await batchOf(city, id)).status).toBe("sent");
  expect(wordsOf((await pageOfBatch(officer, id)).html)).toContain("金额不符");

  const failed = await uploadReturn(
    officer,
    id,
    iconv.encode(await returnOf(city, id, () => ["失败", "账号不存在"]), "gbk"),
  );
  await officer.send(failed, formTo(failed, "/returns"));
  await until("the return is read", async () => (await batchOf(city, id)).returnsRead === 2);
  expect((await batchOf(city, id)).status).toBe("sent");
  const unanswered = await answerOddLines(officer, id, "");
  expect(unanswered.status).toBe(422);
  await answerOddLines(officer, id, "银行回盘金额写错，已电话核实");
  await untilStatus(city, id, "closed");
  const late = await uploadReturn(officer, id, new TextEncoder().encode(await returnOf(city, id)));
  await officer.send(late, formTo(late, "/returns"));
  await until("the late return is read", async () => (await batchOf(city, id)).returnsRead === 3);
  const words = wordsOf((await pageOfBatch(officer, id)).html);
  expect(words.indexOf("可能重复支付")).toBeGreaterThan(0);
  expect(words.indexOf("可能重复支付")).toBeLessThan(words.indexOf("金额不符"));
  expect(words).toContain("已电话核实");
  expect((await batchOf(city, id)).status).toBe("closed");
});

test("a batch for which nothing is left is voided, and unknown batches and funds are not found", async () => {
  const fundId = await payableFund(1);
  const page = await officer.get(paths.desk("batches", "new"));
  await anAssembledBatch(city, officer, fundId);
  const late = await officer.send(page, formWith(page, "fund", fundId));
  const id = late.url.split("/").pop() as BatchId;
  await untilStatus(city, id, "voided");
  expect(wordsOf((await pageOfBatch(officer, id)).html)).toContain("没有可发放的案件");

  expect((await pageOfBatch(officer, "B20260720-000000" as BatchId)).status).toBe(404);
  expect((await pageOfBatch(officer, "x" as BatchId)).status).toBe(404);
  const unknown = await postAsIs(officer, paths.desk("batches", "new"), {
    fund: "none",
    nonce: "a".repeat(22),
  });
  expect(unknown.status).toBe(404);
});
