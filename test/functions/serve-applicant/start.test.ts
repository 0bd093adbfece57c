import { capturedOutput } from "#test/support/captured-output.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createVisitor, formTo, wordsOf, type VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { canonicalJson } from "#shared/domain/trail.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { postTo, typedOn } from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";
import { everyRow } from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const open = (path: string): Promise<VisitedPage> => createVisitor(city.url).get(path);
const ids = programmes.map(({ id }) => id);
const study = "golden-autumn";

test("the first page says what help there is, how much at most, what it costs and who decides", async () => {
  const { html, status } = await open("/");
  const words = wordsOf(html);

  expect(status).toBe(200);
  for (const { title } of programmes) expect(words).toContain(title.zh);
  for (const figure of ["20,000 元", "10,000 元", "5,000 元", "3,000 元"]) {
    expect(words).toContain(`最高 ${figure}`);
  }
  expect(words).toContain("不收任何费用，由工会工作人员核实后决定");
  // What can't be applied for today stands last.
  expect(words.lastIndexOf("最高")).toBe(words.indexOf("最高 3,000 元"));
});

test("a start page has amounts, conditions, papers and times of the policy, and one button", async () => {
  const page = await open(paths.apply(study));
  const words = wordsOf(page.html);

  expect(page.status).toBe(200);
  expect(page.forms.map(({ action, method }) => [action, method])).toEqual([
    [paths.apply(study), "post"],
  ]);
  for (const said of [
    "2026年8月31日截止",
    "每生每年 5,000 元",
    "没有困难职工档案的 4,000 元",
    "不到 2,124 元",
    "连续工作满 12 个月",
    "录取通知书",
    "学籍证明",
    "3 个工作日内",
    "一般不超过 35 个工作日",
    "2026年9月30日",
    "加密保存",
  ]) {
    expect(words).toContain(said);
  }
  expect(page.html).toContain(`href="${paths.preCheck(study)}"`);
});

test("an emergency says that help comes first, and which papers may follow", async () => {
  const words = wordsOf((await open(paths.apply("emergency"))).html);

  expect(words).toContain("24 小时内");
  expect(words.indexOf("手头有的先拍照")).toBeLessThan(words.indexOf("先行救助金到账后再补"));
});

test("out of season it says when, what to expect, and shows no button", async () => {
  const page = await open(paths.apply("winter-warmth"));

  expect(page.forms).toEqual([]);
  expect(wordsOf(page.html)).toContain("2026年11月15日至2026年12月31日");
  expect(wordsOf(page.html)).toContain("每户 2,000 元");
});

test.each(ids)("%s: start page and pre-check are whole in English too", async (id) => {
  for (const path of [paths.apply(id), paths.preCheck(id)]) {
    const { html, status } = await open(`${path}?lang=en`);
    expect(status).toBe(200);
    const words = wordsOf(html.replaceAll(/<(?<tag>\w+)[^>]* lang="zh-CN"[^>]*>[^<]*/gu, ""));
    expect(words).not.toMatch(/\p{Script=Han}/u);
  }
});

const answers = {
  householdSize: "3",
  annualIncome: "54321.09",
  rigidExpense: "18000",
  netLoss: "",
  schoolLevel: "bachelor",
};

const check = (fields: Readonly<Record<string, string>>, id = study): Promise<VisitedPage> =>
  postTo(city, createVisitor(city.url), paths.preCheck(id), fields);

test("the pre-check says what it looks like and why, promises nothing, and keeps what was typed", async () => {
  const page = await check(answers);
  const words = wordsOf(page.html);

  expect(page.status).toBe(200);
  expect(new URL(page.url).search).toBe("");
  for (const said of ["看起来可能符合条件", "5,000 元", "不是审批结果", "您都可以申请，不收费"]) {
    expect(words).toContain(said);
  }
  expect(typedOn(page, paths.preCheck(study))).toMatchObject(answers);
});

test("what speaks against it is named first, and one may apply all the same", async () => {
  const page = await check({ ...answers, tick_homes: "yes" });
  const words = wordsOf(page.html);

  expect(words).toContain("看起来可能不符合条件 家庭住房超过 1 套");
  expect(words).toContain("您都可以申请，不收费");
  expect(typedOn(page, paths.preCheck(study))["tick_homes"]).toBe("yes");
});

/** The whole table as one text; the store gives a row's attributes in any order. */
const allRows = async (): Promise<string> =>
  (await everyRow())
    .map((row) => canonicalJson(JSON.parse(row)))
    .toSorted()
    .join("\n");

test("nothing of a pre-check is stored, and nothing typed is logged", async () => {
  const before = await allRows();

  await check(answers);
  await check({ ...answers, annualIncome: "98765.43", schoolLevel: "" });

  // Compared as a whole, so that no row is ever printed.
  expect((await allRows()) === before).toBe(true);
  expect(capturedOutput().join("")).not.toMatch(/54321|98765/u);
});

test.each([
  ["nothing", {}, ["householdSize", "annualIncome", "schoolLevel"]],
  [
    "words",
    { ...answers, annualIncome: "很多", householdSize: "三" },
    ["annualIncome", "householdSize"],
  ],
  ["far too much", { ...answers, rigidExpense: "9".repeat(5_000) }, ["rigidExpense"]],
  ["no such level", { ...answers, schoolLevel: "constructor" }, ["schoolLevel"]],
  ["markup", { ...answers, netLoss: '"><script>alert(1)</script>' }, ["netLoss"]],
])("what can't be read is named, linked and kept: %s", async (_what, fields, named) => {
  const page = await check(fields);

  expect(page.status).toBe(422);
  for (const name of named) {
    expect(page.html).toContain(`href="#f-${name}"`);
    expect(page.html).toContain(`id="f-${name}"`);
  }
  expect(page.html).not.toContain("<script>alert");
  const typed = typedOn(page, paths.preCheck(study));
  for (const [name, value] of Object.entries(fields)) {
    if (name !== "schoolLevel") expect(typed[name]).toBe(value);
  }
});

test("the language switch brings it back in the other language as it was typed, unread", async () => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(paths.preCheck(study));
  const form = {
    ...formTo(page, paths.preCheck(study)),
    action: `${paths.preCheck(study)}?lang=en`,
  };

  const english = await visitor.send(page, form, { annualIncome: "很多", intent: "language" });

  expect(english.status).toBe(200);
  expect(wordsOf(english.html)).toContain("Two-minute check");
  expect(typedOn(english, paths.preCheck(study))["annualIncome"]).toBe("很多");
});

test("a programme that isn't there has no pre-check", async () => {
  expect((await open(paths.preCheck("toString"))).status).toBe(404);
  expect((await open("/pre-check")).status).toBe(404);
});

test("out of season the pre-check goes by the next season's rules and says when to apply", async () => {
  const page = await check({ ...answers, cause: "illness", modelWorker: "none" }, "winter-warmth");

  expect(wordsOf(page.html)).toContain("看起来可能符合条件");
  expect(wordsOf(page.html)).toContain("2026年11月15日");
});

test("a year without standards has nothing to check against", async () => {
  const later = await startCity({ now: instant("2028-02-01T02:00:00Z") });
  try {
    const page = await createVisitor(later.url).get(paths.preCheck("emergency"));
    expect(new URL(page.url).pathname).toBe(paths.apply("emergency"));
    expect(wordsOf(page.html)).toContain("2028年的救助标准还没有公布");
  } finally {
    await later.stop();
  }
});

test("no start page or pre-check weighs more than 60 KB", async () => {
  for (const id of ids) {
    for (const path of [paths.home, paths.apply(id), paths.preCheck(id)]) {
      expect(Buffer.byteLength((await open(path)).html)).toBeLessThan(60_000);
    }
  }
});
