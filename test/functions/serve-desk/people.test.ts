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

test("an office says where complaints go: one language is enough, and empty takes it away", async () => {
  const path = paths.desk("people", "offices", "chunfeng");
  const contactNow = async () =>
    (await city.dependencies.directory.organisation()).units.find(({ id }) => id === "chunfeng")
      ?.contact;
  const page = await admin.get(path);
  await admin.send(page, formTo(page, path), {
    contactZh: "春风路1号，0531-12345678",
    contactEn: "",
  });
  const zh = "春风路1号,0531-12345678";
  expect(await contactNow()).toEqual({ zh, en: zh });

  const again = await admin.get(path);
  expect(again.html).toContain(`value="${zh}"`);
  await admin.send(again, formTo(again, path), { contactZh: "", contactEn: "" });
  expect(await contactNow()).toBeUndefined();
});

test("nobody but an administrator sees or changes people", async () => {
  const officer = await signIn(city, "finance");
  for (const path of [peoplePath, newPath, paths.desk("people", "changes")]) {
    expect((await officer.get(path)).status).toBe(403);
  }
});

const found = async (query: string): Promise<string> =>
  wordsOf((await admin.get(`${peoplePath}?${query}`)).html);

test("people are found by part of a name or an address, by office with those below, by role and by state", async () => {
  const byName = await found("q=%E6%9F%B3%E7%9F%A5");
  expect(byName).toContain("柳知夏");
  expect(byName).not.toContain("石立夏");
  expect(await found("q=CITY-HANDLER")).toContain("时文明");

  const branch = await found("unit=chengdong&role=handler");
  for (const name of ["贺东来", "柳知夏"]) expect(branch).toContain(name);
  for (const name of ["陈春生", "范清荷"]) expect(branch).not.toContain(name);

  expect(await found("q=nobody-at-all")).toContain("没有符合条件的人员");
  expect((await admin.get(`${peoplePath}?unit=nowhere&role=king&show=x&page=-1`)).status).toBe(200);
});

test("people stand under their office with its count, and what was typed stays in the form", async () => {
  const page = await admin.get(`${peoplePath}?unit=chunfeng&role=handler`);
  expect(wordsOf(page.html)).toMatch(/春风街道工会服务站 2 姓名/u);
  expect(page.html).toMatch(/<option value="chunfeng" selected>/u);
  expect(page.html).toMatch(/<option value="handler" selected>/u);
});

test("somebody away without a stand-in is found, and counted on the desk's first page", async () => {
  const person = await personBy("xiahe-2@example.org");
  expect(await found("show=away")).not.toContain(person.name);
  await change(person, { absenceFrom: "2026-07-01", absenceTo: "2026-08-01" });
  expect(await found("show=away")).toContain(person.name);
  expect(wordsOf((await admin.get(paths.desk())).html)).toContain("1 缺勤且没有代理的人");
});

test("hostile words in the search are shown as text", async () => {
  const page = await admin.get(`${peoplePath}?q=${encodeURIComponent('"><script>x</script>')}`);
  expect(page.status).toBe(200);
  expect(page.html).not.toContain("<script>x");
});
