/** The desk's page on which a payment found wrong later is claimed back: who may do what, and what comes back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
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

/** A case whose 3,000 yuan were paid at the bank. */
const paid = async (): Promise<ApplicationId> => {
  const uses = city.dependencies;
  const fundId = await openFund(uses, `claim-${(funds += 1)}`, 10_000);
  const { id } = await reserveCase(uses, fundId, {}, yuan(3_000));
  const batchId = await aSentBatch(city, as("finance"), as("authoriser"), fundId);
  await giveReturnAtDesk(city, as("finance"), batchId, await returnOf(city, batchId));
  expect((await loadCase(uses, id)).status).toBe("paid");
  return id;
};

const address = (id: ApplicationId, action = "claim"): string => paths.desk("recovery", id, action);
const open = (person: string, id: ApplicationId) => as(person).get(address(id));
const statusOf = async (id: ApplicationId) => (await loadCase(city.dependencies, id)).status;
const typed = { amount: "1000", cause: "wrong_amount", reason: "多发一千元" };

const propose = async (id: ApplicationId, fields: Readonly<Record<string, string>> = {}) => {
  const page = await open("finance", id);
  return as("finance").send(page, formTo(page, "/claim"), { ...typed, ...fields });
};

const press = async (person: string, id: ApplicationId, action: string) => {
  const page = await open(person, id);
  return as(person).send(page, formTo(page, `/${action}`));
};

const offers = async (person: string, id: ApplicationId): Promise<readonly string[]> =>
  (await open(person, id)).forms
    .map(({ action }) => action.split("/").at(-1) ?? "")
    .filter((action) => action !== "sign-out");

test("finance proposes, the authoriser confirms or turns it down, and nobody else does either", async () => {
  const id = await paid();
  expect(await offers("finance", id)).toEqual(["claim"]);
  for (const person of ["authoriser", "admin", "auditor"]) {
    expect(await offers(person, id)).toEqual([]);
    expect((await postAsIs(as(person), address(id), typed)).status).toBe(403);
  }
  await propose(id);
  expect(await offers("finance", id)).toEqual(["claim-dropped"]);
  expect(await offers("authoriser", id)).toEqual(["claim-confirmed", "claim-dropped"]);
  expect(await offers("auditor", id)).toEqual([]);
  const version = String((await loadCase(city.dependencies, id)).version);
  for (const [person, action] of [
    ["finance", "claim-confirmed"],
    ["admin", "claim-confirmed"],
    ["admin", "claim-dropped"],
    ["auditor", "claim-dropped"],
  ] as const) {
    expect((await postAsIs(as(person), address(id, action), { version })).status).toBe(403);
  }
  expect(await statusOf(id)).toBe("paid");
  const shown = await as("auditor").get(paths.desk("case", id));
  expect(shown.html).toContain(address(id));
});

test("what can't be claimed comes back with what was typed, and says what to mend", async () => {
  const id = await paid();
  for (const [fields, words] of [
    [{ amount: "3000.01" }, "不能多于已发放、尚未退回的金额"],
    [{ amount: "3,000" }, "不要逗号"],
    [{ cause: "" }, "请选择原因"],
    [{ reason: " " }, "请写明追回的理由"],
  ] as const) {
    const tried = await propose(id, fields);
    expect(tried.status).toBe(422);
    expect(wordsOf(tried.html)).toContain(words);
  }
  const above = await propose(id, { amount: "3000.01" });
  expect(above.html).toContain('value="3000.01"');
  expect(above.html).toContain(typed.reason);
  expect(await statusOf(id)).toBe("paid");
});

test("turned down, nothing is owed and it can be proposed anew; a page of before does nothing", async () => {
  const id = await paid();
  await propose(id);
  const before = await open("authoriser", id);
  await press("authoriser", id, "claim-dropped");
  expect(await statusOf(id)).toBe("paid");
  await propose(id, { amount: "3000", cause: "returned_by_bank" });
  const late = await as("authoriser").send(before, formTo(before, "/claim-confirmed"));
  expect(late.status).toBe(409);
  expect(await statusOf(id)).toBe("paid");
  await press("finance", id, "claim-dropped");
  expect(await offers("finance", id)).toEqual(["claim"]);
});

test("confirmed, it is a recovery like any other: part comes back, two people write off the rest", async () => {
  const id = await paid();
  await propose(id);
  const confirmed = await press("authoriser", id, "claim-confirmed");
  expect(wordsOf(confirmed.html)).toContain("发放金额有误");
  expect(await statusOf(id)).toBe("recovery_due");
  // The claim's page leads on to the recovery.
  expect(wordsOf((await open("finance", id)).html)).toContain("登记退款");

  const recovery = () => as("finance").get(paths.desk("recovery", id));
  const page = await recovery();
  await as("finance").send(page, formTo(page, "/repayments"), { amount: "400", voucher: "HD-1" });
  const again = await recovery();
  await as("finance").send(again, formTo(again, "/write-off"), { reason: "家庭确无偿还能力" });
  const rest = await as("authoriser").get(paths.desk("recovery", id));
  await as("authoriser").send(rest, formTo(rest, "/write-off-confirmed"));
  expect(await statusOf(id)).toBe("closed");

  // What is still out can be claimed another time.
  const second = await open("finance", id);
  expect(wordsOf(second.html)).toContain("2,600.00");
  expect((await propose(id, { amount: "2600.01" })).status).toBe(422);
});

test("who has both roles still doesn't confirm a claim of their own", async () => {
  const { directory } = city.dependencies;
  const { staff } = await directory.organisation();
  const person = staff.find(({ email }) => email === "finance@example.org");
  if (!person) throw new Error("there is a finance officer");
  const id = await paid();
  await propose(id);
  await directory.putStaff({ ...person, roles: [...person.roles, "finance_authoriser"] });
  try {
    expect(await offers("finance", id)).toEqual(["claim-dropped"]);
    expect(wordsOf((await open("finance", id)).html)).toContain("这是您自己提出的");
    const version = String((await loadCase(city.dependencies, id)).version);
    const tried = await postAsIs(as("finance"), address(id, "claim-confirmed"), { version });
    expect(tried.status).toBe(403);
    expect(await statusOf(id)).toBe("paid");
  } finally {
    await directory.putStaff(person);
  }
});

test("a case whose money isn't out has no such page", async () => {
  const fundId = await openFund(city.dependencies, "claim-none", 10_000);
  const { id } = await reserveCase(city.dependencies, fundId);
  expect((await open("finance", id)).status).toBe(404);
  expect((await postAsIs(as("finance"), address(id), typed)).status).toBe(409);
});
