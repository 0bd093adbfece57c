import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Application } from "#shared/domain/application.ts";
import { withdraw } from "#shared/domain/intake.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { sharingBy } from "#test/support/allocation.ts";
import { startCity } from "#test/support/city.ts";
import {
  anAssembledBatch,
  pageOfBatch,
  postAsIs,
  postWithoutToken,
  signIn,
} from "#test/support/desk.ts";
import { cardOf, loadCase, openFund, reserveCase } from "#test/support/disbursement-world.ts";

const policy = sharingBy(
  sharingBy(policyPack, "golden-autumn", { method: "quota", quotas: { chunfeng: 1 } }),
  "critical-illness",
  { method: "pro_rata", quotas: {} },
);

let city: Embedded;
let admin: Visitor;
let officer: Visitor;
beforeAll(async () => {
  city = await startCity({ policy });
  admin = await signIn(city, "admin");
  officer = await signIn(city, "finance");
});
afterAll(() => city.stop());

let funds = 0;
const fundWith = (amountYuan: number): Promise<FundId> =>
  openFund(city.dependencies, `share-${(funds += 1)}`, amountYuan);

/** A case that waits for money of the union's dues. */
const waitingCase = async (
  programmeId: string,
  amountYuan: number,
  unitId = "chunfeng",
): Promise<Application> => {
  const aside = await fundWith(amountYuan);
  const reserved = await reserveCase(city.dependencies, aside, {}, fen(amountYuan * 100), {
    programmeId,
    unitId: unitId as UnitId,
  });
  const event = {
    applicationId: reserved.id,
    version: 3,
    type: "approved_without_funds" as const,
    from: "reserved" as const,
    to: "waiting_for_funds" as const,
    at: city.clock.now(),
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  const after = {
    ...reserved,
    version: 3,
    status: "waiting_for_funds" as const,
    since: city.clock.now(),
    fundId: null,
    cycle: 2,
  };
  await city.dependencies.cases.commit({ step: { before: reserved, after, event } });
  return loadCase(city.dependencies, reserved.id);
};

/** Ends the cases of a test, so that the next one's list is its own. */
const takeOff = async (cases: readonly Application[]): Promise<void> => {
  for (const { id } of cases) {
    const application = await loadCase(city.dependencies, id);
    const taken = withdraw(application, [], city.clock.now());
    if (taken.kind !== "refused") await city.dependencies.cases.commit(taken);
  }
};

const statusesOf = async (cases: readonly Application[]): Promise<readonly string[]> =>
  Promise.all(cases.map(async ({ id }) => (await loadCase(city.dependencies, id)).status));

const preview = (programme: string, fund: string, second = "no") =>
  admin.get(
    `${paths.desk("allocations", "new")}?programme=${programme}&fund=${fund}&second=${second}`,
  );

test("places of an office: its first case gets the place, and a second round gives what is left over", async () => {
  const cases = [
    await waitingCase("golden-autumn", 100, "liangang"),
    await waitingCase("golden-autumn", 200),
    await waitingCase("golden-autumn", 300),
  ];
  const fund = await fundWith(1_000);
  const shown = await preview("golden-autumn", fund);
  expect(wordsOf(shown.html)).toContain("按单位名额");
  expect(wordsOf(shown.html)).toMatch(/分配金额\s*1 件 · 200\.00 元/u);
  const made = await admin.send(shown, formTo(shown, "/allocations/new"));
  expect(wordsOf(made.html)).toContain("已办完");
  expect(await statusesOf(cases)).toEqual([
    "waiting_for_funds",
    "public_notice",
    "waiting_for_funds",
  ]);
  const second = await preview("golden-autumn", fund, "yes");
  expect(wordsOf(second.html)).toMatch(/分配金额\s*0 件/u);
  expect(wordsOf(second.html)).toContain("目前分配不到任何案件");

  await takeOff([cases[1]!]);
  const again = await preview("golden-autumn", fund, "yes");
  expect(wordsOf(again.html)).toMatch(/分配金额\s*1 件 · 300\.00 元/u);
  await takeOff(cases);
});

test("in proportion: the page shows each part before it is given, and an auditor finds it equal afterwards", async () => {
  const cases = [
    await waitingCase("critical-illness", 300),
    await waitingCase("critical-illness", 100),
  ];
  const fund = await fundWith(200);
  const shown = await preview("critical-illness", fund);
  expect(wordsOf(shown.html)).toMatch(/300\.00 元\s*150\.00 元/u);
  expect(wordsOf(shown.html)).toMatch(/100\.00 元\s*50\.00 元/u);
  const made = await admin.send(shown, formTo(shown, "/allocations/new"));
  const address = new URL(made.url).pathname;

  for (const person of [officer, await signIn(city, "auditor")]) {
    const checked = await person.get(`${address}?check=yes`);
    expect(wordsOf(checked.html)).toContain("结果与当时完全一致");
  }
  expect((await loadCase(city.dependencies, cases[0]!.id)).amountFen).toBe(15_000);
  const overview = await officer.get(paths.desk("allocations"));
  expect(overview.html).toContain(address);
  const listed = await admin.get(`${paths.desk("allocations")}?lang=en`);
  expect(wordsOf(listed.html)).toContain("In proportion");
  await admin.get(`${paths.desk("allocations")}?lang=zh-CN`);
});

test("an allocation that was cut off is finished by a button, and by nobody without the right", async () => {
  const [waiting] = [await waitingCase("critical-illness", 100)];
  const fundId = await fundWith(1_000);
  const id = "A20260720-CVT0FF";
  const candidate = {
    applicationId: waiting.id,
    unitId: waiting.unitId!,
    submittedAt: waiting.submittedAt!,
    amountFen: waiting.amountFen,
    perCapitaFen: null,
  };
  await city.dependencies.allocations.put({
    id,
    programmeId: "critical-illness",
    fundId,
    method: "pro_rata",
    potFen: fen(100_000),
    quotas: {},
    secondRound: false,
    candidates: [candidate],
    awards: [{ applicationId: waiting.id, amountFen: waiting.amountFen }],
    madeAt: city.clock.now(),
    madeBy: "ST00000022" as never,
    carriedOutAt: null,
  });
  const page = await admin.get(paths.desk("allocations", id));
  expect(wordsOf(page.html)).toContain("正在办理");
  expect((await officer.get(paths.desk("allocations", id))).html).not.toContain("/continue");
  const address = paths.desk("allocations", id, "continue");
  expect((await postAsIs(officer, address, {})).status).toBe(403);
  expect((await postWithoutToken(admin, address)).status).toBe(403);
  expect(await statusesOf([waiting])).toEqual(["waiting_for_funds"]);

  const done = await admin.send(page, formTo(page, "/continue"));

  expect(wordsOf(done.html)).toContain("已办完");
  expect(await statusesOf([waiting])).toEqual(["public_notice"]);
});

test("what is no programme, no fund and no allocation is no page; without the right nothing is shown or made", async () => {
  for (const [programme, fund] of [
    ["no-such", "union"],
    ["golden-autumn", "no-such"],
    ["golden-autumn", "../union"],
  ] as const) {
    expect((await preview(programme, fund)).status).toBe(404);
  }
  expect((await admin.get(paths.desk("allocations", "A20260720-000000"))).status).toBe(404);
  expect((await admin.get(paths.desk("allocations", "x"))).status).toBe(404);
  expect((await admin.get(paths.desk("allocations", "waiting", "x"))).status).toBe(404);
  expect((await officer.get(paths.desk("allocations", "new"))).status).toBe(403);
  const fields = { programme: "golden-autumn", fund: "union", nonce: "a".repeat(22), mark: "" };
  expect((await postAsIs(officer, paths.desk("allocations", "new"), fields)).status).toBe(403);
  expect(
    (await postAsIs(admin, paths.desk("allocations", "new"), { ...fields, nonce: "x" })).status,
  ).toBe(404);
  const unseen = await postAsIs(admin, paths.desk("allocations", "new"), fields);
  expect(unseen.status).toBe(409);
  // First come, first served is shared by nobody.
  const warm = await officer.get(paths.desk("allocations", "waiting", "winter-warmth"));
  expect(wordsOf(warm.html)).toContain("先到先得");
});

test("a batch leaves out what fails its second check and says why; the same card and amount twice is flagged", async () => {
  const fundId = await fundWith(100_000);
  const early = { submittedAt: "2026-11-20T01:00:00.000Z" as never };
  const held = await reserveCase(city.dependencies, fundId, {}, fen(100_000), early);
  const wrongCard = await reserveCase(city.dependencies, fundId, { bankCardNumber: "1234" });
  const card = { bankCardNumber: cardOf(8_888) };
  const twins = [
    await reserveCase(city.dependencies, fundId, card),
    await reserveCase(city.dependencies, fundId, card),
  ];
  await reserveCase(city.dependencies, fundId);

  const id = await anAssembledBatch(city, officer, fundId);

  const page = await pageOfBatch(officer, id);
  const words = wordsOf(page.html);
  expect(words).toContain("发放前复核 (3)");
  expect(words).toMatch(new RegExp(`${held.id} 未列入 还没有到发放开始日`, "u"));
  expect(words).toMatch(new RegExp(`${wrongCard.id} 未列入 银行卡信息不完整`, "u"));
  const flagged = twins.filter((twin) =>
    words.includes(`${twin.id} 请核对 本批次中有另一笔同卡同额`),
  );
  expect(flagged).toHaveLength(1);
  expect(await statusesOf([held, wrongCard, ...twins])).toEqual([
    "reserved",
    "reserved",
    "batched",
    "batched",
  ]);
});
