import { afterAll, beforeAll, expect, test } from "vitest";
import { figureLabel, figureValue } from "#functions/serve-desk/pages/policy/labels.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { figuresOf, listsOf } from "#shared/domain/policy-figures.ts";
import { paths } from "#shared/web/paths.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";

let city: Embedded;
let administrator: Visitor;
beforeAll(async () => {
  city = await startCity();
  administrator = await signIn(city, "admin");
});
afterAll(() => city.stop());

const page = () => administrator.get(paths.desk("policy"));

const tryDraft = async (draft: unknown, on = ""): Promise<VisitedPage> => {
  const shown = await page();
  const text = typeof draft === "string" ? draft : JSON.stringify(draft);
  return administrator.send(shown, formTo(shown, paths.desk("policy")), { draft: text, on });
};

const draft = {
  programmes: {
    "golden-autumn": [
      {
        version: "golden-autumn-2027",
        effectiveFrom: "2027-01-01",
        basedOn: "golden-autumn-2025",
        figures: { filedYuan: { higher: "5500.00" } },
      },
    ],
  },
};

test("the page shows versions, their days, confirmed years and every figure, and that nothing is adopted here", async () => {
  const words = wordsOf((await page()).html);

  expect(words).toContain("common-2025");
  expect(words).toContain("2025年1月1日起生效");
  expect(words).toContain("已确认低保标准的年度：2025、2026、2027");
  expect(words).toContain("2028年还没有确认");
  expect(words).toContain("低保标准 L（元/人/月） 1062.00 monthlyYuan");
  expect(words).toContain("采用草案要由管理员修改政策文件并提交版本库");
});

test("every figure of the pack has a name in both languages", () => {
  const names = listsOf(policyPack).flatMap(({ list, entries }) =>
    entries.flatMap((entry) => figuresOf(list, entry)),
  );
  // Levels of schooling are a programme's own; they stand as the file has them.
  const known = names.filter(({ name }) => !name.startsWith("stageOf."));
  for (const { name } of known) {
    expect(figureLabel(name, "zh-CN"), name).not.toMatch(/[a-z]{3}/u);
    expect(figureLabel(name, "en"), name).not.toMatch(/\p{Script=Han}/u);
  }
  expect(figureLabel("somethingNew", "zh-CN")).toBe("somethingNew");
});

test("values are told as people read them", () => {
  expect(figureValue("x", "true", "zh-CN")).toBe("是");
  expect(figureValue("x", "false", "en")).toBe("no");
  expect(figureValue("x", "null", "zh-CN")).toBe("不限");
  expect(figureValue("x", null, "zh-CN")).toBe("–");
  expect(figureValue("x", "[]", "en")).toBe("none");
  expect(figureValue("x", '["station","city"]', "zh-CN")).toContain("市总工会");
  expect(figureValue("x", '[{"aboveYuan":"1.00","percent":5}]', "en")).toBe(
    "Above, yuan 1.00 Rate, % 5",
  );
  expect(figureValue("commonPapersRequired", "null", "zh-CN")).toBe("按共同材料清单");
  expect(figureValue("x", '[{"kind":"a","title":{"zh":"证明","en":"Proof"}}]', "zh-CN")).toBe(
    "证明",
  );
});

test("without cases a draft is tried on the worked ones", async () => {
  const tried = await tryDraft(draft);

  expect(tried.status).toBe(200);
  const words = wordsOf(tried.html);
  expect(words).toContain("还没有可试算的案件");
  expect(words).toContain("试算结果：按2027年1月1日的政策");
  expect(words).toContain("建档家庭（元） · 高等教育 filedYuan.higher 5000.00 5500.00");
  expect(words).toContain("合计 9 42,600.00 43,600.00 2 0 0 0 7 2 0");
});

test("a draft is tried on the city's cases: who gains, with totals, and nothing personal", async () => {
  const applied = await applyWith(city, "golden-autumn", { example: "1:" });
  await until("it is assessed", async () => (await caseOf(city, applied)).policyVersion !== null);

  const tried = await tryDraft(draft);

  const words = wordsOf(tried.html);
  expect(words).toContain("合计 1 5,000.00 5,500.00 1 0 0 0 0 1 0");
  expect(words).toContain(applied.applicationId);
  expect(words).toContain("增加 · 审批层级有变");
  const answers = await city.dependencies.cases.answers(await caseOf(city, applied));
  for (const name of ["applicantName", "applicantIdNumber", "phone", "bankCardNumber"]) {
    expect(tried.html.includes(answers?.[name] ?? ""), name).toBe(false);
  }
  const before = wordsOf((await tryDraft(draft, "2026-12-31")).html);
  expect(before).toContain("这一天草案与现行政策没有不同");
  expect(before).toContain("没有案件的结果有变");
});

test("a draft that can't be taken comes back as it was typed, each fault with its mend", async () => {
  const wrong = JSON.stringify({ common: [{ version: "x", effectiveFrom: "2027-01-01" }] });

  const tried = await tryDraft(wrong);

  expect(tried.status).toBe(422);
  expect(wordsOf(tried.html)).toContain("草案需要修改");
  expect(wordsOf(tried.html)).toContain("common[x].figures");
  expect(Object.fromEntries(formTo(tried, paths.desk("policy")).fields)["draft"]).toContain(
    '"version":"x"',
  );
});

test.each([
  ["", "", "请粘贴草案内容"],
  ["{}", "2027-02-30", "没有这一天"],
  ["x".repeat(200_001), "", "草案太长"],
  ["{}", "2024-12-31", "还没有生效"],
])("what can't be tried is said (%#)", async (text, on, says) => {
  const tried = await tryDraft(text, on);
  expect(tried.status).toBe(422);
  expect(wordsOf(tried.html)).toContain(says);
});

test("the page reads in English too", async () => {
  const words = wordsOf((await administrator.get(`${paths.desk("policy")}?lang=en`)).html);
  expect(words).toContain("Years with a confirmed L: 2025, 2026, 2027");
  expect(words).toContain("from 1 January 2025");
  await administrator.get(`${paths.desk("policy")}?lang=zh-CN`);
});

test("only an administrator has the page", async () => {
  const finance = await signIn(city, "finance");
  expect((await finance.get(paths.desk("policy"))).status).toBe(403);
});
