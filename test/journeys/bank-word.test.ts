/** The bank's word on a batch, over HTTP: its receipt, a file it refused whole, money that came back, and what finance holds. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { enterReceipt } from "#infra/local/demo/desk.ts";
import { formTo, formWith, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import type { Application } from "#shared/domain/application.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity, until } from "#test/support/city.ts";
import {
  anAssembledBatch,
  aSentBatch,
  batchOf,
  giveReturnAtDesk,
  pageOfBatch,
  postAsIs,
  returnOf,
  signIn,
  untilStatus,
} from "#test/support/desk.ts";
import { faultOf, loadCase, openFund, reserveCase } from "#test/support/disbursement-world.ts";

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
const payableFund = async (
  size: number,
): Promise<{ readonly fundId: FundId; readonly cases: readonly Application[] }> => {
  const fundId = await openFund(city.dependencies, `word-${(funds += 1)}`, 1_000_000);
  const cases: Application[] = [];
  for (let number = 0; number < size; number += 1) {
    cases.push(await reserveCase(city.dependencies, fundId));
  }
  return { fundId, cases };
};

const balances = async (fundId: FundId) => {
  const fund = await city.dependencies.funds.get(fundId);
  return { reserved: fund?.reservedFen, paid: fund?.paidFen };
};

test("a receipt that says another sum keeps the batch open; the right one closes it", async () => {
  const { fundId } = await payableFund(2);
  const id = await aSentBatch(city, officer, authoriser, fundId);
  await enterReceipt(officer, id, { count: 1, sumFen: 500_000 as never });
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id));

  expect((await batchOf(city, id)).status).toBe("sent");
  const open = wordsOf((await pageOfBatch(officer, id)).html);
  expect(open).toContain("银行受理的笔数或金额与批次不符");
  expect(open).toContain("✗ 不符");
  const page = await pageOfBatch(officer, id);
  const wrong = await officer.send(page, formTo(page, "/acceptance"), {
    number: "SL-9",
    count: "两",
    sum: "10000",
  });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="SL-9"');

  await enterReceipt(officer, id, await batchOf(city, id));
  await untilStatus(city, id, "closed");
  const closed = await batchOf(city, id);
  expect(closed.history.filter(({ type }) => type === "accepted")).toHaveLength(3);
  expect(wordsOf((await pageOfBatch(officer, id)).html)).not.toContain("✗");
  await until("its execution ends", () =>
    city.executions().some(({ name, status }) => name.startsWith(id) && status === "SUCCEEDED"),
  );
});

const uploadPaper = async (id: BatchId, bytes: Uint8Array): Promise<void> => {
  const page = await pageOfBatch(officer, id);
  const form = page.forms.filter(({ multipart }) => multipart).at(-1);
  if (!form) throw new Error("the page takes no paper");
  await officer.upload(page, form, { name: "r.pdf", type: "application/pdf", bytes });
};

const refusalPath = (id: BatchId): string => paths.desk("batches", id, "refusal");

test("a file the bank refused whole: a paper, two people, and every payment anew under another reference", async () => {
  const { fundId, cases } = await payableFund(2);
  const id = await aSentBatch(city, officer, authoriser, fundId);
  await uploadPaper(id, new TextEncoder().encode("hello"));
  const first = await pageOfBatch(officer, id);
  const noPaper = await officer.send(first, formTo(first, /\/refusal$/u), {
    refusalReason: "格式",
  });
  expect(noPaper.status).toBe(422);
  await uploadPaper(id, new TextEncoder().encode("%PDF-1.4\n1 0 obj\n"));
  const second = await pageOfBatch(officer, id);
  const uploads = [...second.html.matchAll(/<option value="(?<key>[0-9a-f]{24})"/gu)];
  for (const { groups } of uploads) {
    const page = await pageOfBatch(officer, id);
    if (!page.forms.some(({ action }) => action.endsWith("/refusal"))) break;
    await officer.send(page, formTo(page, /\/refusal$/u), {
      upload: groups?.["key"] ?? "",
      refusalReason: "文件格式错误，整批拒收",
    });
  }
  expect((await batchOf(city, id)).refusal?.reason).toBe("文件格式错误，整批拒收");
  expect((await loadCase(city.dependencies, cases[0]!.id)).status).toBe("batched");

  const own = await postAsIs(officer, `${refusalPath(id)}-confirmed`, { version: "9" });
  expect(own.status).toBe(403);
  const page = await pageOfBatch(authoriser, id);
  expect(wordsOf(page.html)).toContain("整批拒收");
  const confirm = formTo(page, "/refusal-confirmed");
  await Promise.all([1, 2, 3].map(() => authoriser.send(page, confirm)));

  await untilStatus(city, id, "voided");
  for (const { id: caseId } of cases) {
    expect(await loadCase(city.dependencies, caseId)).toMatchObject({
      status: "reserved",
      batchId: null,
      attempt: 2,
    });
  }
  const again = await aSentBatch(city, officer, authoriser, fundId);
  const references = async (batchId: BatchId) =>
    (await city.dependencies.batches.items(batchId)).map(({ reference }) => reference);
  const spent = await references(id);
  expect((await references(again)).filter((one) => spent.includes(one))).toEqual([]);

  // The bank says after all that it paid the refused file: nothing moves, and somebody must ask.
  const before = await balances(fundId);
  const late = (await returnOf(city, again)).replaceAll(/-2,/gu, "-1,");
  await giveReturnAtDesk(city, officer, id, late);
  expect(await balances(fundId)).toEqual(before);
  expect(wordsOf((await pageOfBatch(officer, id)).html)).toContain("可能重复支付");
  expect(await faultOf(city.dependencies, fundId)).toBeNull();
});

test("money that came back after a success is booked back by two people and paid once more, once", async () => {
  const { fundId, cases } = await payableFund(1);
  const [paid] = cases;
  const id = await aSentBatch(city, officer, authoriser, fundId);
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id));
  await untilStatus(city, id, "closed");
  expect(await balances(fundId)).toEqual({ reserved: 0, paid: 500_000 });

  const path = paths.desk("batches", id, "items", `${paid!.id}-1`);
  const page = await officer.get(path);
  const wrong = await officer.send(page, formTo(page, "/returned"), { voucher: "!", cause: "" });
  expect(wrong.status).toBe(422);
  const said = { voucher: "TP-2026-7", cause: "payer_balance" };
  await Promise.all([1, 2].map(() => officer.send(page, formTo(page, "/returned"), said)));
  expect(await balances(fundId)).toEqual({ reserved: 0, paid: 500_000 });
  expect((await postAsIs(officer, `${path}/agreed`, { voucher: "TP-2026-7" })).status).toBe(403);

  const asked = await authoriser.get(path);
  const stale = await postAsIs(authoriser, `${path}/agreed`, { voucher: "TP-OTHER" });
  expect(stale.status).toBe(409);
  await Promise.all([1, 2, 3].map(() => authoriser.send(asked, formTo(asked, "/agreed"))));
  expect(await balances(fundId)).toEqual({ reserved: 500_000, paid: 0 });
  expect(await loadCase(city.dependencies, paid!.id)).toMatchObject({
    status: "reserved",
    cycle: 2,
    attempt: 2,
  });
  expect((await batchOf(city, id)).status).toBe("closed");

  // The bank's own list of it, weeks later, tells nothing new.
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id, () => ["退票", "余额不足"]));
  const [listed] = await city.dependencies.batches.exceptions(id);
  expect(listed?.code).toBe("already_settled");

  const again = await aSentBatch(city, officer, authoriser, fundId);
  await giveReturnAtDesk(city, officer, again, await returnOf(city, again));
  await untilStatus(city, again, "closed");
  expect(await balances(fundId)).toEqual({ reserved: 0, paid: 500_000 });
  expect((await loadCase(city.dependencies, paid!.id)).status).toBe("paid");
  const kinds = (await city.dependencies.funds.transfersOf(paid!.id, 2)).map(
    ({ kind, subject }) => `${subject.slice(-1)} ${kind}`,
  );
  expect(kinds.toSorted()).toEqual(["1 post", "1 refund", "1 reserve", "2 post", "2 reserve"]);
  expect(await faultOf(city.dependencies, fundId)).toBeNull();
  const { findings } = await auditBooks(city.dependencies);
  expect(findings.filter((finding) => finding.fundId === fundId)).toEqual([]);
});

test("what finance holds is left out and said, not authorised, and released by another person only", async () => {
  const { fundId, cases } = await payableFund(2);
  const [held] = cases;
  const page = await officer.get(paths.desk("batches", "holds"));
  const form = formTo(page, paths.desk("batches", "holds"));
  const both = await officer.send(page, form, { words: "核实", programme: "", reference: "" });
  expect(both.status).toBe(422);
  const hold = { reference: held!.id, words: "接到反映，正在核实" };
  await Promise.all([1, 2].map(() => officer.send(page, form, hold)));
  const holds = await city.dependencies.oversight.paymentHolds();
  expect(holds.filter(({ subject }) => subject.kind === "case")).toHaveLength(1);
  const preview = await officer.get(`${paths.desk("batches", "new")}?fund=${fundId}`);
  expect(wordsOf(preview.html)).toContain("财务已暂停发放");

  const id = await anAssembledBatch(city, officer, fundId);
  expect((await batchOf(city, id)).count).toBe(1);
  const [hold1] = holds;
  const release = paths.desk("batches", "holds", hold1!.id);
  expect((await officer.get(release)).status).toBe(403);
  expect((await postAsIs(officer, release, { words: "没事" })).status).toBe(403);

  // A hold that comes after the batch was filled: the second person is kept from sending it on.
  const late = await officer.get(paths.desk("batches", "holds"));
  await officer.send(late, formTo(late, paths.desk("batches", "holds")), {
    programme: cases[1]!.programmeId,
    words: "政策口径待明确",
  });
  const toAuthorise = await pageOfBatch(authoriser, id);
  const refused = await authoriser.send(toAuthorise, formTo(toAuthorise, "/authorise"));
  expect(refused.status).toBe(409);
  expect((await batchOf(city, id)).status).toBe("awaiting_authorisation");

  for (const one of await city.dependencies.oversight.paymentHolds()) {
    const asked = await authoriser.get(paths.desk("batches", "holds", one.id));
    await authoriser.send(asked, formTo(asked, one.id), { words: "已核实，无问题" });
  }
  await authoriser.send(toAuthorise, formTo(toAuthorise, "/authorise"));
  await untilStatus(city, id, "sent");
  const rest = await anAssembledBatch(city, officer, fundId);
  expect(await city.dependencies.batches.items(rest)).toMatchObject([{ applicationId: held!.id }]);
});

test("a batch narrowed to a programme takes in no other, and says so", async () => {
  const { fundId } = await payableFund(1);
  await reserveCase(city.dependencies, fundId, {}, undefined, { programmeId: "critical-illness" });
  const path = `${paths.desk("batches", "new")}?fund=${fundId}&programme=critical-illness`;
  const page = await officer.get(path);
  expect(wordsOf(page.html)).toContain("待发放 1 笔");
  const made = await officer.send(page, formWith(page, "nonce"));
  const id = new URL(made.url).pathname.split("/").pop() as BatchId;
  await untilStatus(city, id, "awaiting_authorisation");
  expect(await batchOf(city, id)).toMatchObject({
    count: 1,
    scope: { programmeId: "critical-illness", unitId: null },
  });
  expect(wordsOf((await pageOfBatch(officer, id)).html)).toContain("范围");
});
