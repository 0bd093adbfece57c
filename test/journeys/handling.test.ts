/** From the form to the first link: returned and given, prolonged and lapsed, a visit that finds otherwise, corrected. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { handleCase, handlerAt, visitAtDesk, acceptAtDesk } from "#infra/local/demo/handler.ts";
import {
  createVisitor,
  formTo,
  formWith,
  wordsOf,
  type VisitedPage,
} from "#infra/local/demo/visitor.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { follow } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { sendPaper } from "#test/support/applicant.ts";
import {
  applyWith,
  caseOf,
  decideAt,
  eventsOf,
  linkOf,
  startCity,
  until,
} from "#test/support/city.ts";
import {
  eventTypesOf,
  expectBooksFit,
  statusOf,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const seen: Applied[] = [];

const inAcceptance = async (programmeId = "golden-autumn"): Promise<Applied> => {
  const applied = await applyWith(city, programmeId);
  seen.push(applied);
  await until("its execution waits for handlers", async () => {
    const wait = await city.dependencies.cases.wait(applied.applicationId, "handling");
    return (await statusOf(city, applied)) === "in_acceptance" && wait !== null;
  });
  return applied;
};

const handler = () => handlerAt(city, "chunfeng-handler-1@example.org");

const returnCase = async (applied: Applied, fields: Readonly<Record<string, string>>) => {
  const visitor = await handler();
  const page = await visitor.get(paths.desk("handling", applied.applicationId));
  await visitor.send(page, formTo(page, "/return"), fields);
  await untilStatus(city, applied, "needs_information");
};

const correct = async (
  applied: Applied,
  typed: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const { visitor } = await follow(city.url, applied);
  const page = await visitor.get(paths.correct(applied.applicationId));
  return visitor.send(page, formTo(page, "/correct"), typed);
};

test("returned with a list, mailed once, given exactly that, accepted and visited: the station is asked", async () => {
  const applied = await inAcceptance();
  const { applicationId, visitor } = applied;
  await returnCase(applied, { "paper-id_cards": "yes", "paper-hukou_book": "yes", reason: "重拍" });
  await untilMailed(city, applied, "information");

  const form = await visitor.get(paths.information(applicationId));
  const one = await sendPaper(visitor, form, 0);
  const half = await visitor.send(one, formTo(one, "/information"));
  expect(half.status).toBe(422);
  expect(await statusOf(city, applied)).toBe("needs_information");
  const both = await sendPaper(visitor, half, 1);
  await visitor.send(both, formTo(both, "/information"));

  await untilStatus(city, applied, "in_acceptance");
  const page = await (await handler()).get(paths.desk("handling", applicationId));
  expect(wordsOf(page.html)).toContain("新增材料：2");
  expect(wordsOf(page.html)).toContain("此前退回时列出的内容");
  await decideAt(city, applied, "station");
  expect(await eventTypesOf(city, applied)).toEqual([
    "submitted",
    "assessed",
    "returned",
    "information_given",
    "assessed",
    "accepted",
    "visited",
    "tier_approved",
  ]);
});

test("returned after the acceptance, it comes back to its visit", async () => {
  const applied = await inAcceptance();
  await acceptAtDesk(await handler(), applied.applicationId);
  await returnCase(applied, { reason: "请补上门牌号" });
  const { visitor } = applied;
  const form = await visitor.get(paths.information(applied.applicationId));
  const page = await sendPaper(visitor, form, 0);
  await visitor.send(page, formTo(page, "/information"));
  await untilStatus(city, applied, "in_verification");
  expect((await caseOf(city, applied)).round).toBe(1);
});

test("a visit that finds otherwise is seen first by the approver, who rejects", async () => {
  const applied = await inAcceptance();
  const visitor = await handler();
  await acceptAtDesk(visitor, applied.applicationId);
  const findings = "邻居说一家人已搬走";
  await visitAtDesk(visitor, applied.applicationId, { confirmed: false, findings });
  const link = await linkOf(city, applied, "station");

  const approver = createVisitor(city.url);
  const masked = await approver.get(link);
  expect(wordsOf(masked.html)).toContain("入户核实与申报不符");
  expect(masked.html.indexOf("入户核实与申报不符")).toBeLessThan(masked.html.indexOf('id="pin"'));
  expect(masked.html).not.toContain(findings);
  const opened = await approver.send(masked, formWith(masked, "action", "open"), { pin: demoPin });
  expect(wordsOf(opened.html)).toContain(findings);
  expect(wordsOf(opened.html)).toContain("柳知夏");
  await decideAt(city, applied, "station", { kind: "reject", reason: "核实不符" });
  expect(await statusOf(city, applied)).toBe("rejected");
});

test("corrected while an approver has a link: the link is dead, a handler and the next approver see what changed", async () => {
  const applied = await inAcceptance();
  const old = await linkOf(city, applied, "station");
  const unchanged = await correct(applied, {});
  expect(unchanged.status).toBe(422);
  const handed = await correct(applied, { phone: "13900001111", medicalExpense: "1" });
  expect(new URL(handed.url).pathname).toBe(paths.case(applied.applicationId));

  const dead = await createVisitor(city.url).get(old);
  expect(wordsOf(dead.html)).toContain("案件有变化");
  await untilStatus(city, applied, "in_acceptance");
  expect(await caseOf(city, applied)).toMatchObject({ round: 2, decidedBy: {} });
  await handleCase(city, applied.applicationId);
  // The visit stands: neither address nor household changed.
  const types = await eventTypesOf(city, applied);
  expect(types.filter((type) => type === "visited")).toHaveLength(1);
  expect(types.slice(-3)).toEqual(["corrected", "assessed", "accepted"]);

  const fresh = await linkOf(city, applied, "station");
  const approver = createVisitor(city.url);
  const masked = await approver.get(fresh);
  expect(wordsOf(masked.html)).toContain("提交后的改动");
  expect(masked.html).not.toContain("13900001111");
  const opened = await approver.send(masked, formWith(masked, "action", "open"), { pin: demoPin });
  expect(opened.html).toContain("13900001111");
});

test("corrected to another address, the home is visited again", async () => {
  const applied = await inAcceptance();
  await handleCase(city, applied.applicationId);
  await correct(applied, { address: "示例市新家路8号" });
  await untilStatus(city, applied, "in_acceptance");
  await handleCase(city, applied.applicationId);
  const types = await eventTypesOf(city, applied);
  expect(types.filter((type) => type === "visited")).toHaveLength(2);
});

test("prolonged once, a second time refused with words, and lapsed at its new limit with a mail", async () => {
  const applied = await inAcceptance("critical-illness");
  await returnCase(applied, { "paper-id_cards": "yes", reason: "重拍" });
  await untilMailed(city, applied, "information");
  const { deadlineAt } = await caseOf(city, applied);
  const { visitor } = await follow(city.url, applied);
  const sent = await sendPaper(
    visitor,
    await visitor.get(paths.information(applied.applicationId)),
    0,
  );
  expect(wordsOf(sent.html)).toContain("已上传");

  const page = await visitor.get(paths.extend(applied.applicationId));
  const status = await visitor.send(page, formTo(page, "/extend"));
  await visitor.send(page, formTo(page, "/extend"));
  const prolonged = await caseOf(city, applied);
  expect(prolonged.deadlineAt! > deadlineAt!).toBe(true);
  expect(wordsOf(status.html)).toContain("不能再延长");
  const again = await visitor.get(paths.extend(applied.applicationId));
  expect(again.status).toBe(409);
  expect(wordsOf(again.html)).toContain("已经延长过");
  // What was uploaded before is still there to be handed in.
  const information = await visitor.get(paths.information(applied.applicationId));
  expect(wordsOf(information.html)).toContain("已上传");

  await city.clock.advanceTo(deadlineAt!);
  expect(await statusOf(city, applied)).toBe("needs_information");
  await city.clock.advanceTo(prolonged.deadlineAt!);
  await untilMailed(city, applied, "outcome:lapsed");
  expect((await eventsOf(city, applied)).filter(({ type }) => type === "extended")).toHaveLength(1);
}, 40_000);

test("whatever happened on the way, every case's events follow one from the other", async () => {
  await expectBooksFit(city, seen);
});
