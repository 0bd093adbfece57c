import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { barApplicant } from "#shared/casework/bar-list.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import {
  handIn,
  newAnswers,
  postTo,
  sendPapers,
  startDraft,
  typedOn,
} from "#test/support/applicant.ts";
import { applyWith, caseOf, eventsOf, startCity, until } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

/** A case that was rejected before its district, by its stored steps. */
const rejected = async (): Promise<Applied> => {
  const applied = await applyWith(city, "golden-autumn");
  await until("it is assessed", async () => (await caseOf(city, applied)).policyVersion !== null);
  const steps = [
    ["accepted", "in_verification"],
    ["visited", "in_approval"],
    ["rejected", "rejected"],
  ] as const;
  for (const [type, to] of steps) {
    const actor = { kind: "staff", staffId: "ST00000006" as StaffId } as const;
    const detail = { tier: "district" };
    const changes = { tier: "district" as const };
    const event = { type, at: city.clock.now(), actor, detail };
    const taken = takeStep(await caseOf(city, applied), to, event, changes);
    if (taken.kind === "refused") throw new Error(type);
    const releasedClaims =
      type === "rejected" ? await claimsHeldBy(city.dependencies, taken.step.before) : [];
    const outcome = await city.dependencies.cases.commit({ step: taken.step, releasedClaims });
    expect(outcome).toBe("committed");
  }
  return applied;
};

const appealForm = async (
  applied: Applied,
): Promise<{ readonly visitor: Visitor; readonly page: VisitedPage }> => {
  const { visitor } = await follow(city.url, applied);
  return { visitor, page: await visitor.get(paths.appeal(applied.applicationId)) };
};

const send = (visitor: Visitor, page: VisitedPage, words: string): Promise<VisitedPage> =>
  visitor.send(page, formTo(page, "/appeal"), { words });

test("the page says until when, what happens, and that somebody else looks", async () => {
  const { page } = await appealForm(await rejected());
  const words = wordsOf(page.html);

  expect(page.status).toBe(200);
  expect(words).toContain("请在2026年8月3日前（含当天）提交");
  expect(words).toContain("没有参与过这份申请的人员");
  expect(words).toContain("复议成立的");
  expect(words).toContain("复议不成立的");
});

test("nothing written, or far too much, is named, and what was typed stays", async () => {
  const applied = await rejected();
  const { visitor, page } = await appealForm(applied);
  const long = `我不同意<b>，${"因为".repeat(500)}`;

  const empty = await send(visitor, page, "  ");
  const tooLong = await send(visitor, page, long);

  expect([empty.status, tooLong.status]).toEqual([422, 422]);
  expect(empty.html).toContain('href="#f-words"');
  expect(wordsOf(tooLong.html)).toContain("请删去 8 个字");
  expect(typedOn(tooLong, "/appeal")["words"]).toBe(long);
  expect(tooLong.html).not.toContain("<b>，");
  expect((await caseOf(city, applied)).status).toBe("rejected");
});

test("exactly a thousand characters are taken, ten taps file once, and the words lie sealed", async () => {
  const applied = await rejected();
  const { visitor, page } = await appealForm(applied);
  const words = "理".repeat(1_000);

  const answers = await Promise.all(Array.from({ length: 10 }, () => send(visitor, page, words)));

  for (const { url } of answers) {
    expect(new URL(url).pathname).toBe(paths.case(applied.applicationId));
  }
  const events = (await eventsOf(city, applied)).filter(({ type }) => type === "appealed");
  expect(events).toHaveLength(1);
  expect(events[0]?.confidential?.reason).toBe(words);
  expect(JSON.stringify(events[0]?.detail)).not.toContain("理");
  expect(await caseOf(city, applied)).toMatchObject({ status: "under_appeal", round: 2 });
  const { page: status } = await follow(city.url, applied);
  expect(wordsOf(status.html)).toContain("复议中");
  expect(wordsOf(status.html)).toContain("书面答复");
  expect((await send(visitor, page, "再来一次")).status).toBe(200);
  expect((await eventsOf(city, applied)).at(-1)?.type).toBe("appealed");
});

test("a form from elsewhere files nothing and keeps what was typed; switching the language too", async () => {
  const applied = await rejected();
  const { visitor, page } = await appealForm(applied);
  const forged = await visitor.send(page, formTo(page, "/appeal"), {
    words: "我的理由",
    _token: "forged",
  });
  const english = await visitor.send(page, formTo(page, "/appeal"), {
    words: "我的理由",
    intent: "language",
  });

  expect(forged.status).toBe(403);
  expect(typedOn(forged, "/appeal")["words"]).toBe("我的理由");
  expect(english.status).toBe(200);
  expect(typedOn(english, "/appeal")["words"]).toBe("我的理由");
  expect((await caseOf(city, applied)).status).toBe("rejected");
});

test("what was not refused can't be appealed, nor by anybody else", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const own = await appealForm(applied);
  expect(wordsOf(own.page.html)).toContain("没有可以复议的决定");
  const forced = await postTo(city, own.visitor, paths.appeal(applied.applicationId), {
    words: "x",
  });
  expect(forced.status).toBe(403);
  const other = await follow(city.url, await applyWith(city, "emergency"));
  const strange = await other.visitor.get(paths.appeal(applied.applicationId));
  expect(strange.status).toBe(404);
});

test("when the days are over, the page says so, and a form that was kept open files nothing", async () => {
  const own = await startCity();
  try {
    const before = city;
    city = own;
    const applied = await rejected();
    const { visitor, page } = await appealForm(applied);
    await own.clock.advanceTo(addMinutes(instant("2026-08-03T16:00:00Z"), -8 * 60 + 1));
    const again = await follow(own.url, applied);
    const kept = await again.visitor.get(paths.appeal(applied.applicationId));
    await own.clock.advanceTo(instant("2026-08-03T16:00:00Z"));

    const late = await send(again.visitor, kept, "晚了一分钟");

    expect(page.status).toBe(200);
    expect(visitor).toBeDefined();
    expect(late.status).toBe(409);
    expect(wordsOf(late.html)).toContain("复议期限到2026年8月3日为止，已经过了");
    expect((await caseOf(own, applied)).status).toBe("rejected");
    city = before;
  } finally {
    await own.stop();
  }
});

test("whoever is barred is told until when, why and how to challenge it; nothing is sent, nothing typed is lost", async () => {
  const applied = await rejected();
  const application = await caseOf(city, applied);
  const given = { reason: "票据系伪造", by: "ST00000021" as StaffId };
  const bar = await barApplicant(city.dependencies, application, {
    ...given,
    code: "false_declaration",
  });
  const stored = await city.dependencies.cases.answers(application);
  const answers = { ...newAnswers("golden-autumn"), ...stored };
  const { visitor, page } = await startDraft(city, "golden-autumn", answers);
  const papers = await sendPapers(visitor, page);

  const refused = await handIn(visitor, papers);

  expect(refused.status).toBe(409);
  const words = wordsOf(refused.html);
  expect(words).toContain("虚假申报");
  expect(words).toContain("2029年7月20日");
  expect(words).toContain("书面申诉");
  expect(words).not.toContain("票据系伪造");
  await city.dependencies.oversight.liftBar(bar, {
    at: city.clock.now(),
    by: given.by,
    words: "申诉成立",
  });
  const sent = await handIn(visitor, papers);
  expect(new URL(sent.url).pathname).toContain("/receipt");
});
