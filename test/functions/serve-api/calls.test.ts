/** Who may call, how often, in which form: everything that is refused before an operation is asked. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Embedded } from "#infra/local/embedded.ts";
import { apiProblemCodes } from "#shared/web/api-problem.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { checkedCaller, contractOfRun, type Contract } from "#test/support/api-contract.ts";
import { answersAsJson, caller, newClient, type Caller } from "#test/support/api.ts";
import { newAnswers, programmeOf } from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";

let city: Embedded;
let contract: Contract;
let call: Caller;
beforeAll(async () => {
  city = await startCity();
  contract = await contractOfRun(city);
  call = checkedCaller(city, contract, (await newClient(city)).key);
});
afterAll(() => city.stop());

const programme = programmeOf("emergency");

const begun = async (answers: Readonly<Record<string, unknown>> = {}) => {
  const created = await call("POST", "applications", {
    body: { programmeId: programme.id, answers },
  });
  const { application, accessCode } = created.body as {
    application: { id: string; version: string };
    accessCode: string;
  };
  return { id: application.id, version: application.version, accessCode };
};

test.each([
  ["no key", null],
  ["another kind of key", "Basic c25rOnNuaw=="],
  ["a key that is none of ours", `Bearer snk_${"x".repeat(43)}`],
  ["a key that can't be one", "Bearer snk_x"],
])("%s is answered with 401", async (_name, authorization) => {
  const answer = await call("GET", "programmes", { headers: { authorization } });
  expect(answer).toMatchObject({ status: 401, body: { code: "key_missing" } });
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
});

test("a revoked key is none from the next call on", async () => {
  const { key, client } = await newClient(city);
  const other = checkedCaller(city, contract, key);
  expect((await other("GET", "programmes")).status).toBe(200);
  const { apiClients, clock } = city.dependencies;
  expect(await apiClients.revoke(client.keyHash, clock.now(), "admin" as StaffId)).toBe(true);
  expect((await other("GET", "programmes")).status).toBe(401);
  expect(await apiClients.revoke(client.keyHash, clock.now(), "admin" as StaffId)).toBe(false);
});

test("a client does what its scopes say and nothing else", async () => {
  const { key } = await newClient(city, { scopes: ["notices:read"] });
  const other = checkedCaller(city, contract, key);
  expect((await other("GET", "notices")).status).toBe(200);
  for (const [method, path] of [
    ["GET", "programmes"],
    ["POST", "applications"],
    ["GET", "applications/SN0000000000"],
    ["POST", "notices/SN0000000000/objections"],
  ] as const) {
    const answer = await other(method, path, method === "POST" ? { body: {} } : {});
    expect(answer, path).toMatchObject({ status: 403, body: { code: "scope_missing" } });
  }
});

test("a client that calls too often is told when to come again, and nobody else is", async () => {
  const { key } = await newClient(city, { callsPerMinute: 2 });
  const other = checkedCaller(city, contract, key);
  expect((await other("GET", "units")).status).toBe(200);
  expect((await other("GET", "units")).status).toBe(200);
  const late = await other("GET", "units");
  expect(late).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
  expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await call("GET", "units")).status).toBe(200);
});

test("a case is opened by its access code; a wrong code and no such case are one answer", async () => {
  const { id, accessCode } = await begun();
  expect((await call("GET", `applications/${id}`, { accessCode })).status).toBe(200);
  const typed = accessCode.toLowerCase().replaceAll("-", " ");
  expect((await call("GET", `applications/${id}`, { accessCode: typed })).status).toBe(200);
  const wrong = await call("GET", `applications/${id}`, { accessCode: "0000-0000-0000" });
  const absent = await call("GET", "applications/SN0000000000", { accessCode });
  const none = await call("GET", `applications/${id}`);
  expect(wrong).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(absent.body).toEqual(wrong.body);
  expect(none.body).toEqual(wrong.body);
});

test.each([
  ["no operation", "GET", "nothing", 404, "not_found"],
  ["a reference that can be none", "GET", "applications/..%2F..", 404, "not_found"],
  ["another method", "PUT", "programmes", 405, "method_not_allowed"],
  ["a method that is nobody's", "DELETE", "applications", 405, "method_not_allowed"],
  ["an address that can't be read", "GET", "applications/%FF", 400, "address_unreadable"],
  ["a parameter that isn't known", "GET", "programmes?debug=1", 400, "query_invalid"],
  ["a parameter that comes twice", "GET", "notices?limit=1&limit=2", 400, "query_invalid"],
  ["a limit that is none", "GET", "notices?limit=0", 400, "query_invalid"],
  ["a cursor of somebody's own", "GET", "notices?cursor=0..x", 400, "query_invalid"],
])("%s is refused", async (_name, method, path, status, code) => {
  const answer = await caller(city, (await newClient(city)).key)(method, path, { accessCode: "x" });
  expect(answer).toMatchObject({ status, body: { code }, contentType: "application/problem+json" });
  if (status === 405) expect(answer.headers.get("allow")).toContain("GET");
});

const whole = { programmeId: programme.id };

test.each([
  ["text", "x", { "content-type": "text/plain" }, 415, "type_unsupported"],
  [
    "a form",
    "a=1",
    { "content-type": "application/x-www-form-urlencoded" },
    415,
    "type_unsupported",
  ],
  ["no JSON", "{", {}, 400, "json_unreadable"],
  ["too deep a nest", "[".repeat(12) + "]".repeat(12), {}, 400, "json_unreadable"],
  ["too much", JSON.stringify({ ...whole, x: "x".repeat(70_000) }), {}, 413, "too_large"],
  ["a list", "[]", {}, 422, "invalid"],
  ["a member that isn't known", JSON.stringify({ ...whole, status: "paid" }), {}, 422, "invalid"],
  ["no such programme", JSON.stringify({ programmeId: "lottery" }), {}, 422, "invalid"],
  ["no idempotency key", JSON.stringify(whole), { "idempotency-key": null }, 400, "header_invalid"],
  [
    "a key that is too short",
    JSON.stringify(whole),
    { "idempotency-key": "x" },
    400,
    "header_invalid",
  ],
  ["HTML wanted", JSON.stringify(whole), { accept: "text/html" }, 406, "not_acceptable"],
])("a request with %s is refused", async (_name, body, headers, status, code) => {
  const answer = await call("POST", "applications", { body, headers });
  expect(answer).toMatchObject({ status, body: { code } });
});

test("what is wrong is named by its place, in the reader's language", async () => {
  const answers = { phone: "12", homes: "many", nickname: "x", unionMember: "perhaps" };
  const body = { ...whole, answers };
  const chinese = await call("POST", "applications", { body });
  expect(chinese.body).toMatchObject({
    code: "invalid",
    errors: expect.arrayContaining([
      expect.objectContaining({ pointer: "/answers/nickname", code: "unknown" }),
      expect.objectContaining({ pointer: "/answers/unionMember", code: "not_an_option" }),
    ]),
  });
  const given = { ...whole, answers: { phone: "12", homes: "many" } };
  const headers = { "accept-language": "fr, en;q=0.5" };
  const english = await call("POST", "applications", { body: given, headers });
  expect(english.headers.get("content-language")).toBe("en");
  expect(english.body).toMatchObject({
    errors: [
      {
        pointer: "/answers/phone",
        code: "not_a_phone",
        detail: expect.stringContaining("11 digits"),
      },
      { pointer: "/answers/homes", code: "not_a_count" },
    ],
  });
});

test("the same request gets the same answer, another one under its key is refused", async () => {
  const headers = { "idempotency-key": "one-and-the-same" };
  const body = { ...whole, answers: { address: "示例路1号" } };
  const first = await call("POST", "applications", { body, headers });
  const second = await call("POST", "applications", { body, headers });
  expect(second.status).toBe(201);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  const other = await call("POST", "applications", { body: whole, headers });
  expect(other).toMatchObject({ status: 422, body: { code: "key_reused" } });
  const elsewhere = checkedCaller(city, contract, (await newClient(city)).key);
  expect((await elsewhere("POST", "applications", { body, headers })).body).not.toEqual(first.body);
});

test("of many at once with one key one is answered, the others wait or get its answer", async () => {
  const headers = { "idempotency-key": "all-at-the-same-time" };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call("POST", "applications", { body: whole, headers })),
  );
  const made = answers
    .filter(({ status }) => status === 201)
    .map(({ body }) => JSON.stringify(body));
  expect(new Set(made).size).toBe(1);
  for (const { status } of answers) expect([201, 409]).toContain(status);
});

test("a draft is changed by whoever knows its version", async () => {
  const { id, accessCode } = await begun();
  const path = `applications/${id}/answers`;
  const body = { answers: { address: "示例路2号" } };
  expect((await call("PUT", path, { accessCode, body })).status).toBe(428);
  const stale = { "if-match": '"dx"' };
  expect((await call("PUT", path, { accessCode, body, headers: stale })).status).toBe(412);
  const { headers } = await call("GET", `applications/${id}`, { accessCode });
  const current = { "if-match": headers.get("etag") };
  const changed = await call("PUT", path, { accessCode, body, headers: current });
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(headers.get("etag"));
  expect((await call("PUT", path, { accessCode, body, headers: current })).status).toBe(412);
});

test("answers that leave something out take it back", async () => {
  const { id, accessCode } = await begun({ address: "示例路3号", phone: "13900000001" });
  const path = `applications/${id}/answers`;
  const headers = { "if-match": "*" };
  await call("PUT", path, { accessCode, headers, body: { answers: { phone: "13900000002" } } });
  expect((await call("GET", path, { accessCode })).body).toEqual({
    answers: { phone: "13900000002" },
  });
});

test("checking answers says which papers they need, and keeps nothing", async () => {
  const answers = answersAsJson(programme, newAnswers(programme.id));
  const path = `programmes/${programme.id}/checks`;
  const checked = await call("POST", path, { body: { answers } });
  expect(checked.body).toMatchObject({ complete: true, errors: [] });
  expect((checked.body as { papers: unknown[] }).papers.length).toBeGreaterThan(0);
  const some = await call("POST", path, { body: { answers: { phone: "1" } } });
  expect(some.body).toMatchObject({ complete: false, papers: null });
  expect((await call("POST", "programmes/lottery/checks", { body: { answers: {} } })).status).toBe(
    404,
  );
});

test("a cross-site page gets nothing: no CORS headers, no cookies", async () => {
  const headers = { origin: "https://elsewhere.example" };
  const answer = await call("GET", "programmes", { headers });
  const names = [...answer.headers.keys()];
  expect(
    names.filter((name) => name.startsWith("access-control-") || name === "set-cookie"),
  ).toEqual([]);
  const preflight = await fetch(`${city.url}/api/v1/applications`, { method: "OPTIONS", headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
});

test("HEAD is GET without a body", async () => {
  const answer = await call("HEAD", "programmes");
  expect(answer).toMatchObject({ status: 200, body: null });
});

test("every kind of problem has a page of its own, in both languages", async () => {
  for (const code of apiProblemCodes) {
    const page = await fetch(`${city.url}/api/problems/${code}?lang=en`);
    expect(page.status, code).toBe(200);
    expect(await page.text()).toContain(code);
  }
  expect((await fetch(`${city.url}/api/problems/none`)).status).toBe(404);
});
