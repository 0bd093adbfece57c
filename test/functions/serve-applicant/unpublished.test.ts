/** A year whose living standard isn't confirmed: nothing can be assessed, so nobody is let in only to wait. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createVisitor, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { handIn, postTo, sendPapers, startDraft } from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  // L is confirmed for 2025 to 2027.
  city = await startCity({ now: instant("2027-12-31T15:00:00Z") });
});
afterAll(() => city.stop());

test("a draft of the last confirmed day can't be handed in on the first of the next year, and is kept", async () => {
  const draft = await startDraft(city, "critical-illness");
  const page = await sendPapers(draft.visitor, draft.page);
  await city.clock.advanceTo(instant("2027-12-31T16:00:00Z"));

  const answer = await handIn(draft.visitor, page);

  expect(answer.status).toBe(409);
  expect(wordsOf(answer.html)).toContain("2028年的救助标准还没有公布");
  const kept = await city.dependencies.cases.get(draft.id);
  expect(kept?.status).toBe("draft");
});

test("the start page and each programme's own say in plain words why nothing is taken", async () => {
  const home = wordsOf((await createVisitor(city.url).get("/")).html);
  expect(home.split("等待公布2028年救助标准").length - 1).toBe(programmes.length);

  for (const { id } of programmes) {
    const page = await createVisitor(city.url).get(paths.apply(id));
    expect(page.status).toBe(200);
    expect(page.forms).toEqual([]);
    expect(wordsOf(page.html)).toContain("2028年的救助标准还没有公布，暂时不能受理");
  }
  const english = await createVisitor(city.url).get(`${paths.apply("critical-illness")}?lang=en`);
  expect(wordsOf(english.html)).toContain("The standards of 2028 are not published yet");
});

test("a button pressed on a page from last year begins nothing, and the reason is said", async () => {
  const page = await postTo(city, createVisitor(city.url), paths.apply("critical-illness"), {});

  expect(page.status).toBe(409);
  expect(wordsOf(page.html)).toContain("2028年的救助标准还没有公布");
  expect(page.forms).toEqual([]);
});
