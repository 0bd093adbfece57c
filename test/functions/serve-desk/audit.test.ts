import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, formWith, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import { tableFromEnvironment, updateRow } from "#shared/adapters/dynamodb/client.ts";
import { fundKey } from "#shared/adapters/dynamodb/keys.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let administrator: Visitor;
let auditor: Visitor;
let officer: Visitor;
beforeAll(async () => {
  city = await startCity();
  administrator = await signIn(city, "admin");
  auditor = await signIn(city, "auditor");
  officer = await signIn(city, "finance");
});
afterAll(() => city.stop());

const audit = paths.desk("audit");
const union = "union" as FundId;

/** Somebody writes one fen into a fund's row, past the program. */
const tamper = (byFen: number) =>
  updateRow(tableFromEnvironment(process.env), fundKey(union), {
    update: "SET availableFen = availableFen + :by, grantedFen = grantedFen + :by",
    expression: "attribute_exists(PK)",
    values: { ":by": byFen },
  });

const assemble = async () => {
  const page = await officer.get(`${paths.desk("batches", "new")}?fund=union`);
  return officer.send(page, formWith(page, "nonce"));
};

test("before the first audit the page says so, and after one in order that every fen is explained", async () => {
  expect(wordsOf((await auditor.get(audit)).html)).toContain("还没有核过账。");
  await reserveCase(city.dependencies, union, {}, yuan(5000));
  await auditBooks(city.dependencies);

  const words = wordsOf((await auditor.get(audit)).html);

  expect(words).toContain("核对相符的金额 100.00 %");
  expect(words).toContain("账目相符，没有差异。");
});

test("a difference freezes the fund: the page shows it to the fen, no batch is made, and only an administrator may clear it", async () => {
  await tamper(1);
  await auditBooks(city.dependencies);

  const { html } = await auditor.get(audit);
  const words = wordsOf(html);
  expect(words).toContain("未解除的差异 2");
  expect(words).toContain("余额与流水合计不符 可用");
  expect(words).not.toContain("核对相符的金额 100.00 %");
  expect(html).not.toContain("/clear");
  expect(words).toContain("由管理员查明后解除");
  expect(wordsOf((await auditor.get(paths.desk())).html)).toContain("1 核账有差异的资金");

  const refused = await assemble();
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("该项资金已冻结");

  const forged = await auditor.send(await auditor.get(audit), {
    ...formTo(await administrator.get(audit), "/clear"),
    fields: [],
  });
  expect(forged.status).toBe(403);
});

test("it is cleared with words only, on the findings that were shown; then batches are made again", async () => {
  const shown = await administrator.get(audit);
  const form = formTo(shown, "/clear");
  const wordless = await administrator.send(shown, form);
  expect(wordless.status).toBe(422);
  expect(wordsOf(wordless.html)).toContain("请写明查明的原因和处理结果");

  await city.clock.advanceTo(addMinutes(city.dependencies.clock.now(), 1));
  await auditBooks(city.dependencies);
  const late = await administrator.send(shown, form, { words: "已查明：<b>人工改动</b>" });
  expect(late.status).toBe(409);
  expect(wordsOf(late.html)).toContain("核账又发现了差异");
  expect(late.html).toContain("已查明：&lt;b&gt;人工改动&lt;/b&gt;");

  await tamper(-1);
  const cleared = await administrator.send(late, formTo(late, "/clear"));
  expect(cleared.status).toBe(200);
  expect(cleared.html).toContain("已查明：&lt;b&gt;人工改动&lt;/b&gt;");
  expect(wordsOf(cleared.html)).toContain("已冻结的资金 0");
  expect((await assemble()).status).toBe(200);
  // Sent again, after a lost answer: nothing more happens.
  expect((await administrator.send(late, formTo(late, "/clear"))).status).toBe(200);
});
