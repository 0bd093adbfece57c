import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";

let city: Embedded;
let admin: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
});
afterAll(() => city.stop());

const peoplePath = paths.desk("people");
const newPath = paths.desk("people", "new");

const personBy = async (email: string): Promise<Staff> => {
  const { staff } = await city.dependencies.directory.organisation();
  const person = staff.find((one) => one.email === email);
  if (!person) throw new Error(`nobody is ${email}`);
  return person;
};

const appoint = async (fields: Readonly<Record<string, string>>): Promise<VisitedPage> => {
  const page = await admin.get(newPath);
  return admin.send(page, formTo(page, newPath), fields);
};

const change = async (
  person: Staff,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const path = paths.desk("people", "staff", person.id);
  const page = await admin.get(path);
  return admin.send(page, formTo(page, path), fields);
};

const someone = (mailbox: string) => ({
  name: "李新人",
  email: `${mailbox}@example.org`,
  unitId: "qiushi",
  role_approver: "yes",
});

test("somebody appointed is known at once, with the roles that were ticked", async () => {
  const answer = await appoint(someone("new-1"));
  expect(answer.status).toBe(200);
  expect(wordsOf(answer.html)).toContain("李新人");
  expect(await personBy("new-1@example.org")).toMatchObject({
    unitId: "qiushi",
    roles: ["approver"],
    active: true,
    pinHash: null,
  });
  const changes = wordsOf((await admin.get(paths.desk("people", "changes"))).html);
  expect(changes).toContain("任命");
  expect(changes).not.toContain("李新人");
});

test("roles that exclude one another are refused, and what was typed is still there", async () => {
  const answer = await appoint({ ...someone("new-2"), role_finance_officer: "yes" });
  expect(answer.status).toBe(422);
  expect(wordsOf(answer.html)).toContain("不能兼任");
  const kept = Object.fromEntries(formTo(answer, newPath).fields);
  expect(kept).toMatchObject({ name: "李新人", email: "new-2@example.org", role_approver: "yes" });
  await expect(personBy("new-2@example.org")).rejects.toThrow();
});

test.each([
  ["name", { name: "" }, "请填写姓名"],
  ["email", { email: "x" }, "邮箱格式不对"],
  ["unitId", { unitId: "" }, "请选择机构"],
  ["absenceFrom", { absenceFrom: "2026-02-30", absenceTo: "2026-03-01" }, "起止日期"],
  ["ownIdNumber", { ownIdNumber: "123" }, "18位"],
  ["kinIdNumbers", { kinIdNumbers: "123 456" }, "18位"],
  [
    "standInMax",
    { absenceFrom: "2026-07-01", absenceTo: "2026-07-02", standInMax: "many" },
    "金额",
  ],
])("a wrong %s is named beside its field", async (field, fields, says) => {
  const answer = await appoint({ ...someone("new-3"), ...fields });
  expect(answer.status).toBe(422);
  expect(wordsOf(answer.html)).toContain(says);
  expect(answer.html).toContain(`href="#${field}"`);
});

test("ID numbers of relatives leave the form as keyed hashes only", async () => {
  const kin = "110101199003074370";
  await appoint({ ...someone("new-4"), kinIdNumbers: kin });
  const person = await personBy("new-4@example.org");
  expect(person.kin).toEqual([await city.dependencies.vault.blindIndex("id-number", kin)]);
  const page = await admin.get(paths.desk("people", "staff", person.id));
  expect(page.html).not.toContain(kin);
  expect(wordsOf(page.html)).toContain("已登记近亲属: 1");
});

test("a change made from an older state is not saved over a newer one", async () => {
  const person = await personBy("qiushi-1@example.org");
  const path = paths.desk("people", "staff", person.id);
  const older = await admin.get(path);
  expect((await change(person, { name: "孙秋月甲" })).status).toBe(200);
  const late = await admin.send(older, formTo(older, path), { name: "孙秋月乙" });
  expect(late.status).toBe(409);
  expect((await personBy("qiushi-1@example.org")).name).toBe("孙秋月甲");
});

test("an administrator can't change their own roles, nor be the last one to go", async () => {
  const self = await personBy("admin@example.org");
  const more = await change(self, { role_reviewer: "yes" });
  expect(more.status).toBe(422);
  expect(wordsOf(more.html)).toContain("另一位管理员");
  expect((await personBy("admin@example.org")).roles).toEqual(["administrator"]);
});

test("an office is opened under the office one tier above, and shows that nobody decides there yet", async () => {
  const path = paths.desk("people", "offices", "new");
  const page = await admin.get(path);
  const fields = {
    nameZh: "冬雪街道工会服务站",
    nameEn: "Dongxue Street Service Station",
    unitId: "dongxue",
    tierAndLine: "territorial:station",
    parentId: "city",
  };
  const refused = await admin.send(page, formTo(page, path), fields);
  expect(refused.status).toBe(422);
  expect(wordsOf(refused.html)).toContain("正好高一层");

  const opened = await admin.send(refused, formTo(refused, path), { parentId: "chengxi" });
  expect(opened.status).toBe(200);
  expect(wordsOf(opened.html)).toContain("冬雪街道工会服务站");
  expect(wordsOf(opened.html)).toContain("缺审批人");
});

test("nobody but an administrator sees or changes people", async () => {
  const officer = await signIn(city, "finance");
  for (const path of [peoplePath, newPath, paths.desk("people", "changes")]) {
    expect((await officer.get(path)).status).toBe(403);
  }
});
