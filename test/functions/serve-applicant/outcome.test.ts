/** What the status page says in each outcome. Cases are brought there by their stored steps, as their people would. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import { accountLimitsOf } from "#shared/casework/award-limits.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type {
  Application,
  EventConfidential,
  EventType,
  Status,
} from "#shared/domain/application.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

type Next = readonly [
  type: EventType,
  to: Status,
  told?: {
    readonly confidential?: EventConfidential;
    readonly detail?: Readonly<Record<string, string>>;
    readonly changes?: Partial<Application>;
  },
];

/** Takes a case through these steps. */
const brought = async (applied: Applied, steps: readonly Next[]): Promise<Applied> => {
  await until("it is assessed", async () => (await caseOf(city, applied)).policyVersion !== null);
  for (const [type, to, told] of steps) {
    const taken = takeStep(
      await caseOf(city, applied),
      to,
      {
        type,
        at: city.clock.now(),
        actor: { kind: "staff", staffId: "ST00000001" as StaffId },
        ...(told?.confidential ? { confidential: told.confidential } : {}),
        ...(told?.detail ? { detail: told.detail } : {}),
      },
      told?.changes ?? {},
    );
    if (taken.kind === "refused") throw new Error(`${type}: ${taken.code}`);
    const accountLimits = await accountLimitsOf(city.dependencies, taken.step.before);
    const outcome = await city.dependencies.cases.commit({ step: taken.step, accountLimits });
    if (outcome !== "committed") throw new Error(outcome);
  }
  return applied;
};

const reasoned = (reason: string) => ({ confidential: { reason }, detail: { tier: "district" } });

const accepted: Next = ["accepted", "in_verification"];
const visited: Next = [
  "visited",
  "in_approval",
  {
    confidential: {
      visit: {
        visitedOn: localDate("2026-07-21"),
        staffIds: ["ST00000025" as StaffId],
        others: [],
        metWith: "本人",
        findings: "家中陈设简单，邻居议论不作数",
        confirmed: true,
        paperNumbers: [1],
      },
    },
    changes: { tier: "district", atUnitId: "chengdong" as Application["atUnitId"] },
  },
];
const beforeDistrict = [accepted, visited] as const;
const rejected: Next = ["rejected", "rejected", reasoned("学籍核实不符\n请核对<学校>")];

const shownOf = async (applied: Applied) => {
  const { page, visitor } = await follow(city.url, applied);
  return { html: page.html, words: wordsOf(page.html), visitor };
};

const golden = (steps: readonly Next[], example?: string) =>
  applyWith(city, "golden-autumn", example ? { example } : {}).then((applied) =>
    brought(applied, steps),
  );

test("while nothing is decided the page gives no reasons", async () => {
  const { words } = await shownOf(await golden([accepted]));
  expect(words).not.toContain("条款");
  expect(words).not.toContain("您现在可以怎么做");
});

test("rejected: the reason, every condition with its clause, what was looked at, and what to do until which day", async () => {
  const applied = await golden([...beforeDistrict, rejected]);
  const { html, words } = await shownOf(applied);

  expect(html).toContain("学籍核实不符<br />请核对&lt;学校&gt;");
  expect(words).toContain("符合和不符合的条件");
  expect(words).toMatch(/✓ 符合：/u);
  expect(words).toContain("2.2, 8.1 employment.minMonths");
  expect(words).toContain("入户核实 2026年7月21日 · 核实情况与申请一致");
  expect(words).not.toContain("邻居议论");
  expect(words).toContain("您提交的材料");
  expect(words).toMatch(/可以在2026年8月3日前（含当天）申请复议/u);
  expect(html).toContain(`href="${paths.appeal(applied.applicationId)}"`);
  expect(words).toContain("再次申请：");
  // Winter warmth is shut in July; emergency relief and critical illness are open all year.
  expect(html).toContain(`href="${paths.apply("emergency")}"`);
  expect(html).not.toContain(`href="${paths.apply("winter-warmth")}"`);
});

test("on paper the page is the written notice: reference, office, day, decision", async () => {
  const applied = await golden([...beforeDistrict, rejected]);
  const { html } = await shownOf(applied);
  const notice = wordsOf(/<div class="printed">[\s\S]*?<\/div>/u.exec(html)?.[0] ?? "");

  for (const said of [
    "决定告知书",
    applied.applicationId,
    "金秋助学",
    "不予批准",
    "城东区总工会",
    "2026年7月20日",
  ]) {
    expect(notice).toContain(said);
  }
});

test("refused by the rules: the missed condition stands first, with the rule's own suggestion", async () => {
  const confirmed: Next = ["refusal_confirmed", "ineligible", reasoned("核对无误")];
  const { words } = await shownOf(await golden([["accepted", "in_approval"], confirmed], "4:"));

  expect(words).toContain("不符合条件");
  expect(words).toMatch(/符合和不符合的条件 ✗ 不符合：/u);
  expect(words).toContain("8.2 ga.excluded");
  expect(words).toContain("可在冬季申请冬送温暖");
  expect(words).toContain("核对无误");
});

test("approved: the amount, its working to be opened, and no notice; lowered: how much less and why", async () => {
  const approved: Next = ["approved_without_funds", "waiting_for_funds", reasoned("情况属实")];
  const { html, words } = await shownOf(await golden([...beforeDistrict, approved]));
  expect(words).toContain("5,000.00 元");
  expect(words).toContain("核算依据");
  expect(words).not.toContain("情况属实");
  expect(html).not.toContain("printed");

  const [type, to, told] = approved;
  const lowered: Next = [type, to, { ...told, changes: { amountFen: yuan(4_000) } }];
  const less = await shownOf(await golden([...beforeDistrict, lowered]));
  expect(less.words).toContain("4,000.00 元");
  expect(less.words).toContain("按政策核算：5,000.00 元");
  expect(less.words).toContain("情况属实");
});

test("an objection that was upheld, an appeal under way and one that was dismissed are told as what they are", async () => {
  const objected = await golden([
    ...beforeDistrict,
    ["approved", "public_notice", { detail: { tier: "district" } }],
    ["objection_raised", "objection"],
    ["objection_upheld", "rejected", reasoned("经核实另有住房")],
  ]);
  const objection = await shownOf(objected);
  expect(objection.words).toContain("经核实另有住房");
  expect(objection.html).toContain(`href="${paths.appeal(objected.applicationId)}"`);

  const appealed: Next = ["appealed", "under_appeal", { confidential: { reason: "我的理由" } }];
  const underAppeal = await shownOf(await golden([...beforeDistrict, rejected, appealed]));
  expect(underAppeal.words).toContain("复议中");
  expect(underAppeal.words).toContain("学籍核实不符");
  expect(underAppeal.words).not.toContain("申请复议，由没有参与过");

  const dismissed: Next = ["appeal_dismissed", "rejected", reasoned("复核无误，维持")];
  const end = await shownOf(await golden([...beforeDistrict, rejected, appealed, dismissed]));
  expect(end.words).toContain("复核无误，维持");
  expect(end.words).toContain("学籍核实不符");
  expect(end.words).toContain("每个决定可以复议一次");
});

test("lapsed and withdrawn: what was missing, no decision where none was made, and that one may apply again", async () => {
  const returned: Next = ["returned", "needs_information", reasoned("请补交学籍证明")];
  const lapsed = await shownOf(await golden([returned, ["lapsed", "lapsed"]]));
  expect(lapsed.words).toContain("请补交学籍证明");
  expect(lapsed.words).toContain("按政策初步核对的情况");
  expect(lapsed.words).toMatch(/再次申请：正在受理，2026年8月31日截止/u);
  expect(lapsed.words).not.toContain("可以在2026");

  const withdrawn = await shownOf(await golden([["withdrawn", "withdrawn"]]));
  expect(withdrawn.words).toContain("已撤回");
  expect(withdrawn.words).toContain("再次申请：");
  expect(withdrawn.words).not.toContain("条款");
});

test("money to be paid back: how much and why, in writing", async () => {
  const claimed = await golden([
    ...beforeDistrict,
    ["recovery_claimed", "recovery_due", reasoned("先行救助后没有补齐材料")],
  ]);
  const { words } = await shownOf(claimed);
  expect(words).toContain("已发放的款项应当退回");
  expect(words).toContain("先行救助后没有补齐材料");
});

test("in English the page has no Chinese of its own", async () => {
  const applied = await golden([
    ...beforeDistrict,
    ["rejected", "rejected", { detail: { tier: "district" } }],
  ]);
  const { visitor } = await follow(city.url, applied);
  const page = await visitor.get(`${paths.case(applied.applicationId)}?lang=en`);
  const words = wordsOf(page.html).replaceAll(/中文/gu, "");
  expect(words).not.toMatch(/\p{Script=Han}/u);
  expect(words).toContain("What you can do now");
});
