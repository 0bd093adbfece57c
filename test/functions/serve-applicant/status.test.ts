import { addMinutes } from "#shared/kernel/calendar.ts";
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { handleCase } from "#infra/local/demo/handler.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import {
  createVisitor,
  formTo,
  wordsOf,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { newAnswers, postTo, sendPaper } from "#test/support/applicant.ts";
import { applyWith, caseOf, decideAt, eventsOf, startCity, until } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const inApproval = async (programmeId = "emergency"): Promise<Applied> => {
  const applied = await applyWith(city, programmeId);
  await handleCase(city, applied.applicationId);
  await until("it is asked", async () => (await caseOf(city, applied)).status === "in_approval");
  return applied;
};

const signIn = async (
  visitor: Visitor,
  fields: { readonly reference: string; readonly code: string },
): Promise<VisitedPage> => postTo(city, visitor, paths.status, fields);

test("reference and code open the case, however they are typed", async () => {
  const { applicationId, accessCode } = await inApproval();
  const typed = {
    reference: ` ${applicationId.toLowerCase().replaceAll("0", "o").replaceAll("1", "l")} `,
    code: accessCode.toLowerCase().replaceAll("-", " "),
  };

  const page = await signIn(createVisitor(city.url), typed);

  expect(page.status).toBe(200);
  expect(new URL(page.url).pathname).toBe(paths.case(applicationId));
});

test("an unknown reference and a wrong code get the same answer, and the reference stays typed", async () => {
  const { applicationId } = await inApproval();
  const code = "0000-0000-0000";
  const visitor = createVisitor(city.url);

  const wrong = await signIn(visitor, { reference: applicationId, code });
  const unknown = await signIn(visitor, { reference: "SN0000000000", code });

  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  expect(wrong.html.replaceAll(applicationId, "")).toBe(
    unknown.html.replaceAll("SN0000000000", ""),
  );
  expect(wrong.html).toContain(`value="${applicationId}"`);
  expect(wrong.html).not.toContain(code);
});

test.each([
  ["nothing", { reference: "", code: "" }, ["f-reference", "f-code"]],
  ["markup", { reference: `"><script>`, code: "x" }, ["f-reference", "f-code"]],
  ["half a code", { reference: "SN0000000000", code: "short" }, ["f-code"]],
  ["far too much", { reference: "9".repeat(5_000), code: "9".repeat(5_000) }, ["f-reference"]],
])("what can't be a reference or a code is named: %s", async (_what, typed, named) => {
  const page = await signIn(createVisitor(city.url), typed);

  expect(page.status).toBe(422);
  for (const id of named) expect(page.html).toContain(`href="#${id}"`);
  expect(page.html).not.toContain("<script>");
});

test("codes can't be guessed: after ten tries the reference has to wait, for the right code too", async () => {
  const { applicationId, accessCode } = await inApproval();
  const visitor = createVisitor(city.url);
  for (let tried = 0; tried < 10; tried += 1) {
    await signIn(visitor, { reference: applicationId, code: "0000-0000-0000" });
  }

  const page = await signIn(visitor, { reference: applicationId, code: accessCode });

  expect(page.status).toBe(429);
  expect(page.html).toContain(`value="${applicationId}"`);
});

test("a draft is taken up again on another device by reference and code", async () => {
  const visitor = createVisitor(city.url);
  const page = await postTo(city, visitor, paths.apply("emergency"), newAnswers("emergency"));
  const reference = /SN[0-9A-Z]{10}/u.exec(wordsOf(page.html))?.[0] ?? "";
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(wordsOf(page.html))?.[0] ?? "";

  const other = await signIn(createVisitor(city.url), { reference, code });

  expect(new URL(other.url).pathname).toBe(new URL(page.url).pathname);
  expect(wordsOf(other.html)).not.toContain(code);
});

test("signing out ends the session, in the browser and here", async () => {
  const applied = await inApproval();
  const { visitor, page } = await follow(city.url, applied);

  const left = await visitor.send(page, formTo(page, "/leave"));

  expect(new URL(left.url).pathname).toBe(paths.status);
  expect((await visitor.get(paths.case(applied.applicationId))).status).toBe(404);
});

test("a session ends by itself after eight hours", async () => {
  const own = await startCity();
  try {
    const applied = await applyWith(own, "emergency");
    expect((await applied.visitor.get(paths.case(applied.applicationId))).status).toBe(200);
    const later = new Date(own.clock.nowMs() + 8 * 3_600_000 + 1_000).toISOString();
    await own.clock.advanceTo(later as Parameters<typeof own.clock.advanceTo>[0]);

    expect((await applied.visitor.get(paths.case(applied.applicationId))).status).toBe(404);
  } finally {
    await own.stop();
  }
});

const asked = "请补充：\n1. 户口本全部页\n2. <b>更正</b>开户银行";

const returned = async (): Promise<Applied & { readonly page: VisitedPage }> => {
  const applied = await inApproval("golden-autumn");
  await decideAt(city, applied, "station", { kind: "return", reason: asked });
  await until("it waits for the applicant", async () => {
    const tokens = await city.dependencies.cases.waitingTokens(applied.applicationId);
    return (await caseOf(city, applied)).status === "needs_information" && tokens.length > 0;
  });
  const page = await applied.visitor.get(paths.case(applied.applicationId));
  return { ...applied, page };
};

test("what is missing is told once and whole, as text, with the last day for it", async () => {
  const { page, applicationId } = await returned();

  expect(page.html).toContain("1. 户口本全部页<br />2. &lt;b&gt;更正&lt;/b&gt;开户银行");
  expect(page.html).not.toContain("<b>");
  expect(page.html).toContain(`href="${paths.information(applicationId)}"`);
  expect(wordsOf(page.html)).toMatch(/请在2026年\d+月\d+日前（含当天）补充/u);
});

test("further papers bring the case back to the tier that asked", async () => {
  const applied = await returned();
  const { visitor, applicationId } = applied;
  const form = await visitor.get(paths.information(applicationId));
  const nothing = await visitor.send(form, formTo(form, "/information"));
  const before = await city.dependencies.cases.papers(applicationId);
  const page = await sendPaper(visitor, form, 0);

  const handed = await visitor.send(page, formTo(page, "/information"));

  expect(nothing.status).toBe(422);
  expect(wordsOf(nothing.html)).toContain("还没有新的材料");
  expect(new URL(handed.url).pathname).toBe(paths.case(applicationId));
  await until("it is decided on again", async () => {
    const application = await caseOf(city, applied);
    return application.status === "in_approval" && application.tier === "station";
  });
  expect(await city.dependencies.cases.papers(applicationId)).toHaveLength(before.length + 1);
  expect((await eventsOf(city, applied)).map(({ type }) => type)).toContain("information_given");
});

test("ten taps hand in once", async () => {
  const applied = await returned();
  const { visitor, applicationId } = applied;
  const page = await sendPaper(visitor, await visitor.get(paths.information(applicationId)), 0);

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => visitor.send(page, formTo(page, "/information"))),
  );

  for (const { status, url } of answers) {
    expect([200, 422]).toContain(status);
    expect(new URL(url).pathname).toContain(applicationId);
  }
  const events = await eventsOf(city, applied);
  expect(events.filter(({ type }) => type === "information_given")).toHaveLength(1);
});

test("corrected answers are a new version, kept sealed, and go through every tier again when the payee changed", async () => {
  const applied = await returned();
  const { visitor, applicationId } = applied;
  const form = await visitor.get(paths.correct(applicationId));
  const { mendedCardNumber } = demoApplicant(7);

  const wrong = await visitor.send(form, formTo(form, "/correct"), { bankCardNumber: "1234" });
  const handed = await visitor.send(form, formTo(form, "/correct"), {
    bankCardNumber: mendedCardNumber,
  });

  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('href="#f-bankCardNumber"');
  expect(wrong.html).toContain('value="1234"');
  expect(new URL(handed.url).pathname).toBe(paths.case(applicationId));
  const application = await caseOf(city, applied);
  expect(application).toMatchObject({ answersVersion: 2, round: 2 });
  const answers = await city.dependencies.cases.answers(application);
  expect(answers?.["bankCardNumber"]).toBe(mendedCardNumber);
  const first = await city.dependencies.cases.answers(application, 1);
  expect(first?.["bankCardNumber"]).toMatch(/^\d{19}$/u);
  expect(first?.["bankCardNumber"]).not.toBe(mendedCardNumber);
});

test("a correction to somebody who has a claim already is refused, and what was typed stays", async () => {
  const other = await inApproval("golden-autumn");
  const taken = await city.dependencies.cases.answers(await caseOf(city, other));
  const studentIdNumber = taken?.["studentIdNumber"] ?? "";
  const applied = await returned();
  const form = await applied.visitor.get(paths.correct(applied.applicationId));

  const refused = await applied.visitor.send(form, formTo(form, "/correct"), { studentIdNumber });

  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("已经有另一份申请");
  expect(refused.html).toContain(`value="${studentIdNumber}"`);
  expect((await caseOf(city, applied)).status).toBe("needs_information");
});

const fundId = "CENTRAL-2026" as FundId;

/** Takes a case to a state by its stored steps, as its decisions and the bank would. */
const commit = async (
  application: Application,
  ...given: Parameters<typeof takeStep> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Application> => {
  const taken = takeStep(application, ...given);
  if (taken.kind === "refused") throw new Error(taken.code);
  const reserve =
    taken.step.after.fundId !== null && application.fundId === null
      ? caseTransfer(application.id, application.cycle, {
          kind: "reserve",
          fundId: taken.step.after.fundId,
          amountFen: application.amountFen,
          at: taken.step.event.at,
        })
      : null;
  const outcome = await city.dependencies.cases.commit({
    step: taken.step,
    accountLimits: noAccountLimits,
    ...(reserve ? { transfer: reserve } : {}),
  });
  if (outcome !== "committed") throw new Error(outcome);
  return (await city.dependencies.cases.get(application.id)) ?? application;
};

const system = { kind: "system", task: "test" } as const;

const reserved = async (): Promise<Applied> => {
  const applied = await inApproval("golden-autumn");
  const funds = await city.dependencies.funds.ofCode("CENTRAL");
  const fund = funds[0]?.id ?? fundId;
  const at = city.clock.now();
  await commit(
    await caseOf(city, applied),
    "reserved",
    { type: "approved", at, actor: system },
    { fundId: fund },
  );
  return applied;
};

const paymentFailed = async (): Promise<Applied> => {
  const applied = await reserved();
  const at = city.clock.now();
  const batchId = "B20260720-000000" as BatchId;
  const inBatch = await commit(
    await caseOf(city, applied),
    "batched",
    { type: "batched", at, actor: system },
    { batchId },
  );
  await commit(
    inBatch,
    "payment_failed",
    { type: "payment_failed", at, actor: system, detail: { failureCode: "account_not_found" } },
    {
      batchId: null,
      attempt: inBatch.attempt + 1,
      failureCode: "account_not_found",
      deadlineAt: addMinutes(at, 7 * 24 * 60),
    },
  );
  return applied;
};

const balanceOf = async (application: Application) => {
  const fund = application.fundId && (await city.dependencies.funds.get(application.fundId));
  if (!fund) throw new Error("the case has no fund");
  return { availableFen: fund.availableFen, reservedFen: fund.reservedFen };
};

test("a refused payment is told in words, and new card details are given once, and wait to be checked", async () => {
  const applied = await paymentFailed();
  const { visitor, applicationId } = applied;
  const before = await caseOf(city, applied);
  const balance = await balanceOf(before);
  const status = await visitor.get(paths.case(applicationId));
  const form = await visitor.get(paths.card(applicationId));
  const card = formTo(form, "/card");
  const stored = await city.dependencies.cases.answers(before);
  const { mendedCardNumber } = demoApplicant(8);

  const wrong = await visitor.send(form, card, { bankName: "新银行", bankCardNumber: "123" });
  const same = await visitor.send(form, card, {
    bankCardNumber: stored?.["bankCardNumber"] ?? "",
  });
  const forged = await visitor.send(form, card, {
    bankCardNumber: mendedCardNumber,
    _token: "forged",
  });
  const taps = await Promise.all(
    Array.from({ length: 5 }, () => visitor.send(form, card, { bankCardNumber: mendedCardNumber })),
  );

  expect(wordsOf(status.html)).toContain("账号不存在");
  expect(form.html).not.toContain(stored?.["bankCardNumber"] ?? "none");
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="新银行"');
  expect(wrong.html).toContain('href="#f-bankCardNumber"');
  expect(same.status).toBe(422);
  expect(wordsOf(same.html)).toContain("完全一样");
  expect(forged.status).toBe(403);
  for (const { url } of taps) expect(new URL(url).pathname).toBe(paths.case(applicationId));
  const after = await caseOf(city, applied);
  expect(after).toMatchObject({
    status: "payment_failed",
    deadlineAt: null,
    answersVersion: before.answersVersion + 1,
    attempt: before.attempt,
    version: before.version + 1,
  });
  const answers = await city.dependencies.cases.answers(after);
  expect(answers).toMatchObject({ ...stored, bankCardNumber: mendedCardNumber });
  expect(await balanceOf(after)).toEqual(balance);
  const waiting = await visitor.get(paths.case(applicationId));
  expect(wordsOf(waiting.html)).toContain("财务人员核对后重新发放");
  expect(new URL((await visitor.get(paths.card(applicationId))).url).pathname).toBe(
    paths.case(applicationId),
  );
});

test("withdrawing gives the money back, frees the claim and ends the case's execution; twice is once", async () => {
  const applied = await reserved();
  const { visitor, applicationId } = applied;
  const before = await caseOf(city, applied);
  const { availableFen, reservedFen } = await balanceOf(before);
  const form = await visitor.get(paths.withdraw(applicationId));

  await Promise.all(Array.from({ length: 4 }, () => visitor.send(form, formTo(form, "/withdraw"))));

  const after = await caseOf(city, applied);
  expect(after).toMatchObject({ status: "withdrawn", fundId: null, cycle: before.cycle + 1 });
  expect(await balanceOf(before)).toEqual({
    availableFen: availableFen + before.amountFen,
    reservedFen: reservedFen - before.amountFen,
  });
  const events = await eventsOf(city, applied);
  expect(events.filter(({ type }) => type === "withdrawn")).toHaveLength(1);
  await until("its execution ends", () =>
    city.executions().some(({ name, status }) => name === applicationId && status === "SUCCEEDED"),
  );
});

test("what is with the bank can't be withdrawn, and the page says so", async () => {
  const applied = await paymentFailed();
  const { visitor, applicationId } = applied;
  const form = await visitor.get(paths.withdraw(applicationId));
  const mended = await commit(await caseOf(city, applied), "reserved", {
    type: "card_checked",
    at: city.clock.now(),
    actor: system,
  });
  await commit(mended, "batched", { type: "batched", at: city.clock.now(), actor: system });

  const refused = await visitor.send(form, formTo(form, "/withdraw"));
  const shown = await visitor.get(paths.withdraw(applicationId));

  expect(refused.status).toBe(409);
  expect(wordsOf(shown.html)).toContain("不能撤回");
  expect((await caseOf(city, applied)).status).toBe("batched");
});

test("a decided case tells amount and reasons; before the decision it tells neither", async () => {
  const applied = await inApproval("golden-autumn");
  const before = await applied.visitor.get(paths.case(applied.applicationId));
  await decideAt(city, applied, "station", { kind: "reject", reason: "学籍无法核实 <i>" });
  await until("it is rejected", async () => (await caseOf(city, applied)).status === "rejected");

  const page = await applied.visitor.get(paths.case(applied.applicationId));
  const english = await applied.visitor.get(`${paths.case(applied.applicationId)}?lang=en`);

  expect(wordsOf(before.html)).not.toMatch(/5,000|核算依据|不符合的条件/u);
  expect(page.html).toContain("学籍无法核实 &lt;i&gt;");
  expect(wordsOf(page.html)).toContain("符合和不符合的条件");
  expect(wordsOf(page.html)).toContain("申请复议");
  expect(wordsOf(english.html)).toContain("Conditions met and missed");
});
