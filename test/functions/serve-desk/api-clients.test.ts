import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { caller } from "#test/support/api.ts";
import { startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";

let city: Embedded;
let admin: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
});
afterAll(() => city.stop());

const listPath = paths.desk("api-clients");
const newPath = paths.desk("api-clients", "new");

const make = async (fields: Readonly<Record<string, string>>): Promise<VisitedPage> => {
  const page = await admin.get(newPath);
  return admin.send(page, formTo(page, newPath), fields);
};

const app = { name: "示例市民App", scope_programmes_read: "yes", callsPerMinute: "60" };

const keyOn = ({ html }: VisitedPage): string => /snk_[\w-]{43}/u.exec(html)?.[0] ?? "";

const calls = async (key: string): Promise<number> =>
  (await caller(city, key)("GET", "programmes")).status;

test("a key is shown once, works, and ends at once when it is revoked", async () => {
  expect(wordsOf((await admin.get(listPath)).html)).toContain("还没有接口客户端");
  const made = await make(app);
  const key = keyOn(made);
  expect(key).not.toBe("");
  expect(await calls(key)).toBe(200);
  const again = await admin.get(new URL(made.url).pathname);
  expect(keyOn(again)).toBe("");
  expect(wordsOf((await admin.get(listPath)).html)).toContain("示例市民App");

  const revoked = await admin.send(again, formTo(again, "/revoke"));
  expect(wordsOf(revoked.html)).toContain("已停用");
  expect(await calls(key)).toBe(401);
  const [client] = await city.dependencies.apiClients.all();
  expect(client?.revokedAt).not.toBeNull();
  expect(JSON.stringify(client)).not.toContain(key);
});

test.each([
  ["name", { name: "" }, "请填写名称"],
  ["name", { name: "x".repeat(70) }, "最多60个字"],
  ["scopes", { scope_programmes_read: "" }, "请至少勾选一项"],
  ["callsPerMinute", { callsPerMinute: "many" }, "整数"],
  ["callsPerMinute", { callsPerMinute: "0" }, "整数"],
])(
  "a wrong %s is named beside its field, and what was typed is still there",
  async (field, fields, says) => {
    const before = (await city.dependencies.apiClients.all()).length;
    const answer = await make({ ...app, name: "另一个App", ...fields });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.html)).toContain(says);
    expect(answer.html).toContain(`href="#${field}"`);
    const kept = Object.fromEntries(formTo(answer, newPath).fields);
    expect(kept["callsPerMinute"]).toBe({ ...app, ...fields }.callsPerMinute);
    expect(await city.dependencies.apiClients.all()).toHaveLength(before);
  },
);

test("only an administrator makes keys", async () => {
  const auditor = await signIn(city, "auditor");
  expect((await auditor.get(listPath)).status).toBe(403);
  expect((await auditor.get(newPath)).status).toBe(403);
  expect((await admin.get(paths.desk("api-clients", "CLNOBODY00"))).status).toBe(404);
});
