/** The desk's pages of advances and recovery: who may do what, and what is said of what can't be taken. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { claimRecovery } from "#shared/domain/recovery.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { aSentBatch, giveReturnAtDesk, postAsIs, returnOf, signIn } from "#test/support/desk.ts";
import { loadCase, openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
const people = new Map<string, Visitor>();
beforeAll(async () => {
  city = await startCity();
  for (const person of ["finance", "authoriser", "admin", "auditor"]) {
    people.set(person, await signIn(city, person));
  }
});
afterAll(() => city.stop());

const as = (person: string): Visitor => {
  const visitor = people.get(person);
  if (!visitor) throw new Error(`${person} is signed in`);
  return visitor;
};

let funds = 0;

/** A case whose advance of 2,000 was paid at the bank and is claimed back, because no papers came. */
const owing = async (): Promise<ApplicationId> => {
  const uses = city.dependencies;
  const fundId = await openFund(uses, `recovery-${(funds += 1)}`, 10_000);
  const { id } = await reserveCase(uses, fundId, {}, yuan(5_000), {
    programmeId: "emergency",
    fastTrack: "advance",
    advanceFen: yuan(2_000),
    submittedAt: uses.clock.now(),
  });
  const batchId = await aSentBatch(city, as("finance"), as("authoriser"), fundId);
  await giveReturnAtDesk(city, as("finance"), batchId, await returnOf(city, batchId));
  const paid = await loadCase(uses, id);
  const taken = claimRecovery(paid, {
    cause: "papers_missing",
    paidFen: yuan(2_000),
    standsFen: zeroFen,
    at: uses.clock.now(),
    actor: { kind: "system", task: "close-overdue" },
  });
  if (taken.kind === "refused") throw new Error("an advance that was paid is claimed back");
  const outcome = await uses.cases.commit({ step: taken.step });
  if (outcome !== "committed") throw new Error(outcome);
  return id;
};

const open = (person: string, id: ApplicationId) => as(person).get(paths.desk("recovery", id));

const offers = async (person: string, id: ApplicationId): Promise<readonly string[]> =>
  (await open(person, id)).forms
    .map(({ action }) => action.split("/").at(-1) ?? "")
    .filter((action) => action !== "sign-out");

test("each role is offered its own part, and no role both halves of a write-off", async () => {
  const id = await owing();
  expect(await offers("finance", id)).toEqual(["repayments", "write-off"]);
  expect(await offers("admin", id)).toEqual(["write-off"]);
  expect(await offers("auditor", id)).toEqual([]);
  expect(await offers("authoriser", id)).toEqual([]);
  for (const [person, action] of [
    ["admin", "repayments"],
    ["auditor", "write-off"],
    ["finance", "write-off-confirmed"],
    ["authoriser", "repayments"],
  ] as const) {
    const address = paths.desk("recovery", id, action);
    expect((await postAsIs(as(person), address, { amount: "1", voucher: "X" })).status).toBe(403);
  }
  expect((await loadCase(city.dependencies, id)).status).toBe("recovery_due");
});

test("what can't be booked comes back with what was typed, and says what to mend", async () => {
  const id = await owing();
  const page = await open("finance", id);
  const tried = await as("finance").send(page, formTo(page, "/repayments"), {
    amount: "2,000",
    voucher: "回单:1",
  });
  expect(tried.status).toBe(422);
  expect(wordsOf(tried.html)).toContain("不要逗号");
  expect(wordsOf(tried.html)).toContain("凭证号请填1到40个字母");
  expect(tried.html).toContain('value="2,000"');
  const above = await as("finance").send(page, formTo(page, "/repayments"), {
    amount: "2000.01",
    voucher: "HD-1",
  });
  expect(above.status).toBe(422);
  expect(wordsOf(above.html)).toContain("不能多于尚欠的金额");
});

test("the list has it with what is due and what came back, and the case's page leads there", async () => {
  const id = await owing();
  const page = await open("finance", id);
  await as("finance").send(page, formTo(page, "/repayments"), { amount: "500", voucher: "HD-7" });
  const words = wordsOf((await as("auditor").get(paths.desk("recovery"))).html);
  expect(words).toContain(`${id} 2,000.00 元 500.00 元 1,500.00 元`);
  const shown = await as("auditor").get(paths.desk("case", id));
  expect(shown.html).toContain(paths.desk("recovery", id));
  expect(wordsOf((await open("auditor", id)).html)).toContain("HD-7");
});

test("a write-off is confirmed by the authoriser; after a repayment in between nothing is confirmed", async () => {
  const id = await owing();
  const page = await open("admin", id);
  expect((await as("admin").send(page, formTo(page, "/write-off"), { reason: "" })).status).toBe(
    422,
  );
  await as("admin").send(page, formTo(page, "/write-off"), { reason: "家庭确无偿还能力" });
  const waiting = await open("authoriser", id);
  expect(wordsOf(waiting.html)).toContain("家庭确无偿还能力");

  const officer = await open("finance", id);
  await as("finance").send(officer, formTo(officer, "/repayments"), {
    amount: "100",
    voucher: "HD-3",
  });
  const late = await as("authoriser").send(waiting, formTo(waiting, "/write-off-confirmed"));
  expect(late.status).toBe(409);
  expect((await loadCase(city.dependencies, id)).status).toBe("recovery_due");
});

test("a case whose money was never claimed back has no such page", async () => {
  const fundId = await openFund(city.dependencies, "not-claimed", 10_000);
  const { id } = await reserveCase(city.dependencies, fundId);
  expect((await open("finance", id)).status).toBe(404);
  expect((await as("finance").get(paths.desk("recovery", "SN0000000000"))).status).toBe(404);
});
