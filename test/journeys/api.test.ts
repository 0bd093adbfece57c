/** A city's own app takes cases their whole way by the JSON API; every answer is held against its document. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { createVisitor, formTo } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { CaseBody } from "#functions/serve-api/document/schemas.ts";
import { handleCase, handlerAt } from "#infra/local/demo/handler.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { checkedCaller, contractOfRun } from "#test/support/api-contract.ts";
import {
  answersAsJson,
  applyByApi,
  newClient,
  sendPapersByApi,
  type ApiAnswer,
  type Caller,
} from "#test/support/api.ts";
import { newAnswers, programmeOf } from "#test/support/applicant.ts";
import { decideAt, startCity } from "#test/support/city.ts";

import {
  checkMendedCards,
  endNotice,
  expectBooksFit,
  payOut,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
let call: Caller;
beforeAll(async () => {
  city = await startCity();
  const { key } = await newClient(city);
  call = checkedCaller(city, await contractOfRun(city), key);
});
afterAll(() => city.stop());

const programme = programmeOf("golden-autumn");

const caseIn = ({ body }: ApiAnswer): CaseBody => body as CaseBody;

/** Begins with two answers, gives the rest, sends the papers and submits. */
const applyStepByStep = async (): Promise<Applied> => {
  const answers = answersAsJson(programme, newAnswers(programme.id));
  const some = { applicantName: answers["applicantName"], phone: answers["phone"] };
  const created = await call("POST", "applications", {
    body: { programmeId: programme.id, answers: some },
  });
  expect(created.status).toBe(201);
  const { application, accessCode } = created.body as { application: CaseBody; accessCode: string };
  expect(application.problems.length).toBeGreaterThan(10);
  expect(created.headers.get("location")).toBe(paths.apiV1("applications", application.id));

  const path = `applications/${application.id}`;
  const early = await call("POST", `${path}/submission`, { accessCode, body: {} });
  expect(early).toMatchObject({ status: 422, body: { code: "invalid" } });
  const whole = await call("PUT", `${path}/answers`, {
    accessCode,
    body: { answers },
    headers: { "if-match": created.headers.get("etag") },
  });
  expect(whole.status).toBe(200);
  expect(caseIn(whole).problems).toEqual([]);
  expect((await call("GET", `${path}/answers`, { accessCode })).body).toEqual({ answers });

  const without = await call("POST", `${path}/submission`, { accessCode, body: {} });
  expect(without).toMatchObject({ status: 422, body: { code: "papers_missing" } });
  await sendPapersByApi(call, application.id, accessCode);
  const sent = await call("POST", `${path}/submission`, { accessCode, body: {} });
  expect(sent.status).toBe(200);
  expect(caseIn(sent)).toMatchObject({ status: "submitted", problems: [] });
  const applicationId = parseApplicationId(application.id);
  if (!applicationId) throw new Error("no reference");
  return { visitor: createVisitor(city.url), applicationId, accessCode };
};

const caseOf = async ({ applicationId, accessCode }: Applied): Promise<CaseBody> =>
  caseIn(await call("GET", `applications/${applicationId}`, { accessCode }));

const step = (applied: Applied, name: string, body: unknown = {}): Promise<ApiAnswer> => {
  const { applicationId, accessCode } = applied;
  return call("POST", `applications/${applicationId}/${name}`, { accessCode, body });
};

test("an application goes from an unfinished draft to money on a mended card", async () => {
  const applied = await applyStepByStep();
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await untilStatus(city, applied, "public_notice");

  const notices = await call("GET", `notices?programmeId=${programme.id}&limit=1`);
  const { items } = notices.body as { items: readonly { applicationId: string }[] };
  expect(items.map(({ applicationId }) => applicationId)).toEqual([applied.applicationId]);
  expect((await call("GET", `notices/${applied.applicationId}`)).status).toBe(200);

  await endNotice(city, applied);
  expect((await call("GET", `notices/${applied.applicationId}`)).status).toBe(410);
  const fund = (await city.dependencies.cases.get(applied.applicationId))?.fundId ?? "";
  await payOut(city, fund, () => ["失败", "账号户名不符"]);
  const failed = await caseOf(applied);
  expect(failed).toMatchObject({ status: "payment_failed" });
  expect(failed.allowed).toContain("mendCard");
  expect(failed.bankSays).toBeTruthy();

  const card = { bankName: "示例银行", bankCardNumber: "6222" };
  expect((await step(applied, "card", card)).body).toMatchObject({
    code: "invalid",
    errors: [{ pointer: "/bankCardNumber", code: "not_a_bank_card" }],
  });
  const mended = { ...card, bankCardNumber: demoApplicant(77).mendedCardNumber };
  const given = caseIn(await step(applied, "card", mended));
  expect(given).toMatchObject({ status: "payment_failed", deadlineAt: null });
  expect(given.allowed).not.toContain("mendCard");
  await checkMendedCards(city);
  expect((await caseOf(applied)).status).toBe("reserved");
  await payOut(city, fund);
  const paid = await caseOf(applied);
  expect(paid.status).toBe("paid");
  expect(paid.outcome?.amountFen).toBeGreaterThan(0);
  expect(paid.timeline.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["card_mended", "card_checked"]),
  );
  await expectBooksFit(city, [applied]);
});

test("a refusal is told with its reasons, and is appealed once", async () => {
  const applied = await applyByApi(city, programme, newAnswers(programme.id));
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district", { kind: "reject", reason: "收入情况核实不符" });
  await untilMailed(city, applied, "outcome:refused");
  const refused = await caseOf(applied);
  expect(refused.outcome).toMatchObject({ kind: "rejected", appeal: { state: "open" } });
  expect(refused.outcome?.said.map(({ words }) => words)).toEqual(["收入情况核实不符"]);

  expect((await step(applied, "appeal", { words: " " })).status).toBe(422);
  expect(caseIn(await step(applied, "appeal", { words: "收入算错了。" })).status).toBe(
    "under_appeal",
  );
  const again = await step(applied, "appeal", { words: "再来一次。" });
  expect(again).toMatchObject({ status: 409, body: { reason: "appealed_before" } });
  expect(caseIn(await step(applied, "withdrawal")).status).toBe("withdrawn");
  expect((await step(applied, "withdrawal")).status).toBe(200);
});

/** A handler returns the case with a list of what is missing. */
const askFor = async (applied: Applied, words: string): Promise<void> => {
  const handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  const shown = await handler.get(paths.desk("handling", applied.applicationId));
  await handler.send(shown, formTo(shown, "/return"), { reason: words });
  await untilStatus(city, applied, "needs_information");
};

test("what is asked for is prolonged once, corrected and given", async () => {
  const applied = await applyByApi(city, programme, newAnswers(programme.id));
  expect((await step(applied, "extension")).body).toMatchObject({ reason: "not_asked" });
  await untilStatus(city, applied, "in_acceptance");
  await askFor(applied, "请补充收入证明。");
  const asked = await caseOf(applied);
  expect(asked.asked?.words).toContain("请补充收入证明");
  expect(asked.allowed).toContain("giveInformation");

  expect((await step(applied, "information")).body).toMatchObject({ code: "nothing_new" });
  const longer = caseIn(await step(applied, "extension"));
  expect((longer.asked?.until ?? "") > (asked.asked?.until ?? "")).toBe(true);
  expect((await step(applied, "extension")).body).toMatchObject({ reason: "used_up" });
  await sendPapersByApi(call, applied.applicationId, applied.accessCode);
  expect(caseIn(await step(applied, "information")).status).toBe("submitted");

  const { accessCode, applicationId } = applied;
  const read = await call("GET", `applications/${applicationId}/answers`, { accessCode });
  const { answers } = read.body as { answers: Record<string, unknown> };
  expect((await step(applied, "correction", { answers })).body).toMatchObject({
    code: "nothing_new",
  });
  const moved = { ...answers, address: "示例市新路9号" };
  expect(caseIn(await step(applied, "correction", { answers: moved })).status).toBe("submitted");
  await untilStatus(city, applied, "in_acceptance");
  await handleCase(city, applicationId);
  expect((await caseOf(applied)).timeline.map(({ type }) => type)).toContain("corrected");
});

test("an objection to a notice holds the case, and is one however often it is sent", async () => {
  const applied = await applyByApi(city, programme, newAnswers(programme.id));
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await untilStatus(city, applied, "public_notice");
  const path = `notices/${applied.applicationId}/objections`;
  const headers = { "idempotency-key": "objection-of-a-neighbour" };
  const body = { words: "他家有两套住房。" };
  const first = await call("POST", path, { body, headers });
  expect(first.status).toBe(201);
  const second = await call("POST", path, { body, headers });
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(await city.dependencies.notices.objectionsOf(applied.applicationId)).toHaveLength(1);
  expect((await caseOf(applied)).status).toBe("objection");
});
