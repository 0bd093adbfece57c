import { afterAll, beforeAll, expect, test } from "vitest";
import { hasRight, worksAtDesk, type Right } from "#functions/serve-desk/rights.ts";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Role } from "#shared/domain/organisation.ts";
import { paths } from "#shared/web/paths.ts";
import { staff } from "#test/support/cases.ts";
import { startCity } from "#test/support/city.ts";
import {
  anAssembledBatch,
  batchOf,
  postAsIs,
  postWithoutToken,
  signIn,
} from "#test/support/desk.ts";
import { orderByHand, orderIdOn } from "#test/support/fund-orders.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
const people = new Map<string, Visitor>();
beforeAll(async () => {
  city = await startCity();
  for (const person of ["finance", "authoriser", "admin", "auditor"]) {
    people.set(person, await signIn(city, person));
  }
});
afterAll(() => city.stop());

const visitor = (person: string): Visitor => {
  const found = people.get(person);
  if (!found) throw new Error(`${person} is signed in`);
  return found;
};

test("no role alone holds both halves of a payment, and an approver has nothing to do at the desk", () => {
  const holds = (role: Role, right: Right): boolean =>
    hasRight(staff("x", "city", { roles: [role] }), right);
  const roles: readonly Role[] = [
    "approver",
    "finance_officer",
    "finance_authoriser",
    "administrator",
    "auditor",
  ];
  for (const role of roles) {
    expect(holds(role, "assemble") && holds(role, "authorise")).toBe(false);
    expect(holds(role, "order_funds") && holds(role, "assemble")).toBe(false);
    expect(holds(role, "claim_back") && holds(role, "confirm_claim_back")).toBe(false);
  }
  expect(worksAtDesk(staff("x", "city", { roles: ["approver"] }))).toBe(false);
  expect(worksAtDesk(staff("x", "city", { roles: ["auditor"], active: false }))).toBe(false);
  for (const right of ["order_funds", "assemble", "authorise", "void", "import_return"] as const) {
    expect(holds("auditor", right)).toBe(false);
  }
});

test.each([
  ["finance", { "/funds": 200, "/batches": 200, "/batches/new": 200, "/exports": 200 }],
  ["authoriser", { "/funds": 200, "/batches": 200, "/batches/new": 403, "/exports": 200 }],
  ["admin", { "/funds": 200, "/batches": 403, "/batches/new": 403, "/exports": 403 }],
  ["auditor", { "/funds": 200, "/batches": 200, "/batches/new": 403, "/exports": 200 }],
])("%s sees what the role may see", async (person, expected) => {
  const shown: Record<string, number> = {};
  for (const path of Object.keys(expected)) {
    shown[path] = (await visitor(person).get(`/desk${path}`)).status;
  }
  expect(shown).toEqual(expected);
});

const income = (fund: string): Record<string, string> => ({
  kind: "income",
  fund,
  voucher: "X-1",
  amount: "1",
  reason: "x",
});

/** Money into a fund, ordered by the administrator and waiting for the second person. */
const anIncomeOrder = async (fundId: string): Promise<string> =>
  orderIdOn(await orderByHand(visitor("admin"), "income", fundId, { voucher: "R-1", amount: "7" }));

test("whoever lacks a right is refused at the post too, and nothing changes", async () => {
  const fundId = await openFund(city.dependencies, "rights", 100_000);
  await reserveCase(city.dependencies, fundId);
  const id = await anAssembledBatch(city, visitor("finance"), fundId);
  const before = await batchOf(city, id);
  const orderId = await anIncomeOrder(fundId);
  const fund = await city.dependencies.funds.get(fundId);
  const posts: readonly (readonly [string, string, Record<string, string>])[] = [
    ["admin", paths.desk("batches", id, "authorise"), { version: String(before.version) }],
    ["auditor", paths.desk("batches", id, "authorise"), { version: String(before.version) }],
    ["auditor", paths.desk("batches", id, "void"), { reason: "x" }],
    ["admin", paths.desk("batches", id, "void"), { reason: "x" }],
    ["authoriser", paths.desk("batches", "new"), { fund: fundId, nonce: "a".repeat(22) }],
    ["auditor", paths.desk("batches", id, "returns"), { upload: `${"0".repeat(24)}.csv` }],
    ...(["finance", "authoriser", "auditor"] as const).map(
      (person) => [person, paths.desk("funds", "orders", "new"), income(fundId)] as const,
    ),
    ...(["admin", "finance", "auditor"] as const).map(
      (person) => [person, paths.desk("funds", "orders", orderId, "authorise"), {}] as const,
    ),
    ...(["finance", "auditor"] as const).map(
      (person) =>
        [person, paths.desk("funds", "orders", orderId, "cancel"), { cancelReason: "x" }] as const,
    ),
    ["admin", paths.desk("exports", "new", "journal"), { from: "2026-01-01", to: "2026-12-31" }],
  ];
  for (const [person, address, fields] of posts) {
    expect((await postAsIs(visitor(person), address, fields)).status, `${person} ${address}`).toBe(
      403,
    );
  }
  expect(await batchOf(city, id)).toEqual(before);
  expect(await city.dependencies.funds.get(fundId)).toEqual(fund);
  expect((await visitor("auditor").get(paths.desk("batches", id, "file"))).status).toBe(403);
});

test("a post without the session's token is refused, also with another person's, and from another site", async () => {
  const fundId = await openFund(city.dependencies, "forged", 100_000);
  const orderId = await anIncomeOrder(fundId);
  const address = paths.desk("funds", "orders", orderId, "authorise");
  const fields = {};
  expect((await postWithoutToken(visitor("authoriser"), address, fields)).status).toBe(403);

  const home = await visitor("auditor").get(paths.desk());
  const stolen = home.forms
    .find(({ action }) => action.endsWith("sign-out"))
    ?.fields.find(([name]) => name === "_token")?.[1];
  const answer = await postWithoutToken(visitor("authoriser"), address, {
    ...fields,
    _token: stolen ?? "",
  });
  expect(answer.status).toBe(403);
  expect(await city.dependencies.funds.get(fundId)).toMatchObject({ grantedFen: 10_000_000 });

  const crossSite = await fetch(`${city.url}${address}`, {
    method: "POST",
    headers: {
      origin: "https://elsewhere.example.org",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "number=F-1&amount=100",
    redirect: "manual",
  });
  expect(crossSite.status).toBe(403);
});

test("no page of the desk may be framed or kept by a cache", async () => {
  const response = await fetch(`${city.url}/desk/sign-in`);
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(response.headers.get("cache-control")).toBe("no-store");
});
