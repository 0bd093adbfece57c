/** What a reviewer of an appeal meets: a page of their own, words after the PIN only, and states that don't answer. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formTo, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { presentApproval } from "#shared/casework/ask-approver.ts";
import { linkOf } from "#shared/casework/decision-link.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, startCity, until } from "#test/support/city.ts";
import {
  applyAgain,
  applyAs,
  eventTypesOf,
  expectBooksFit,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const words = "去年十月以后已经停工，收入算错了。";

/** Rejected by the district; the applicant appeals, and the city is asked. */
const appealed = async (): Promise<Applied> => {
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district", { kind: "reject", reason: "收入情况核实不符" });
  await untilMailed(city, applied, "outcome:refused");
  const { visitor } = await follow(city.url, applied);
  const form = await visitor.get(paths.appeal(applied.applicationId));
  await visitor.send(form, formTo(form, "/appeal"), { words });
  return applied;
};

const presentLink = async (applied: Applied): Promise<string> => {
  await until("somebody is asked", async () => {
    const application = await caseOf(city, applied);
    const approval = await presentApproval(city.dependencies, application);
    return approval?.caseVersion === application.version && approval.mailedAt !== null;
  });
  const approval = await presentApproval(city.dependencies, await caseOf(city, applied));
  return linkOf({ ...city.dependencies, siteUrl: city.url }, approval!);
};

test("the words are shown after the PIN only, with who decided what before; both answers need words", async () => {
  const applied = await appealed();
  const link = await presentLink(applied);
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  const shown = wordsOf(page.html);
  expect(shown).toContain("您没有参与过此案");
  expect(shown).toContain("郑东升 · 未批准");
  expect(shown).not.toContain(words);
  const whole = await visitor.send(page, formWith(page, "action", "open"), { pin: demoPin });
  expect(wordsOf(whole.html)).toContain(words);

  const wordless = await visitor.send(whole, formWith(whole, "action", "decide"), {
    decision: "uphold",
    pin: demoPin,
    reason: "",
  });
  expect(wordless.status).toBe(422);
  const none = await visitor.send(whole, formWith(whole, "action", "decide"), {
    decision: "approve",
    pin: demoPin,
    reason: "同意",
  });
  expect(none.status).toBe(422);
  expect((await caseOf(city, applied)).status).toBe("under_appeal");

  const done = await visitor.send(whole, formWith(whole, "action", "decide"), {
    decision: "dismiss",
    pin: demoPin,
    reason: "停工证明与社保记录不一致",
  });
  expect(wordsOf(done.html)).toContain("已书面答复");
  await untilStatus(city, applied, "rejected");
  expect(wordsOf((await visitor.get(link)).html)).toContain("异议（复议）不成立");
});

test("what was claimed anew meanwhile isn't claimed twice: the page says so, and nothing is answered", async () => {
  const applied = await appealed();
  const link = await presentLink(applied);
  const anew = await applyAgain(city, applied);
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  const refused = await visitor.send(page, formWith(page, "action", "decide"), {
    decision: "uphold",
    pin: demoPin,
    reason: "停工属实",
  });
  expect(refused.status).toBe(422);
  expect(wordsOf(refused.html)).toContain("两件不能并存");
  expect(refused.html).toContain("停工属实");
  expect((await caseOf(city, applied)).status).toBe("under_appeal");
  await expectBooksFit(city, [applied, anew]);
});

test("a reviewer who stays silent is followed by another, whose answer takes the case up again", async () => {
  const applied = await appealed();
  const link = await presentLink(applied);
  const { deadlineAt } = await caseOf(city, applied);
  await city.clock.advanceTo(addMinutes(deadlineAt!, 40));
  const later = await presentLink(applied);
  expect(later).not.toBe(link);
  expect((await createVisitor(city.url).get(link)).status).toBe(410);
  const visitor = createVisitor(city.url);
  const page = await visitor.get(later);
  expect(wordsOf(page.html)).toContain("您代替");
  const done = await visitor.send(page, formWith(page, "action", "decide"), {
    decision: "uphold",
    pin: demoPin,
    reason: "停工属实，应予重新审批",
  });
  expect(done.status).toBe(200);
  expect(await caseOf(city, applied)).toMatchObject({ status: "in_approval", tier: "district" });
  expect((await eventTypesOf(city, applied)).slice(-3)).toEqual([
    "appealed",
    "stand_in_asked",
    "appeal_upheld",
  ]);
});
