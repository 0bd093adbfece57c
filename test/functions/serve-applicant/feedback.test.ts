import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { feedbackWordsMax } from "#shared/domain/feedback.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, caseOf, decideAt, startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { endNotice, payOut } from "#test/support/journey.ts";

let city: Embedded;
let paid: Applied;
beforeAll(async () => {
  city = await startCity();
  paid = await applyWith(city, "golden-autumn");
  await decideAt(city, paid, "station");
  await decideAt(city, paid, "district");
  await endNotice(city, paid);
  const { fundId } = await caseOf(city, paid);
  await payOut(city, fundId!);
  // Weeks have passed: on the phone the session is over, and reference and code open the case again.
  paid = { ...paid, visitor: (await follow(city.url, paid)).visitor };
});
afterAll(() => city.stop());

test("before anything is paid there is nothing to answer, and nothing is asked", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const page = await applied.visitor.get(paths.feedback(applied.applicationId));
  expect(page.status).toBe(409);
  const status = await applied.visitor.get(paths.case(applied.applicationId));
  expect(status.html).not.toContain(paths.feedback(applied.applicationId));
});

test("a paid case asks; what is missing is named and what was typed stays", async () => {
  const { visitor, applicationId } = paid;
  const status = await visitor.get(paths.case(applicationId));
  expect(status.html).toContain(paths.feedback(applicationId));
  const page = await visitor.get(paths.feedback(applicationId));
  const form = formTo(page, paths.feedback(applicationId));

  const empty = await visitor.send(page, form, {
    words: `<b>谢谢</b>${"字".repeat(feedbackWordsMax)}`,
  });

  expect(empty.status).toBe(422);
  for (const id of ["arrived", "satisfaction", "words"]) {
    expect(empty.html).toContain(`href="#${id}"`);
    expect(empty.html).toContain(`id="${id}"`);
  }
  expect(empty.html).toContain("&lt;b&gt;谢谢&lt;/b&gt;");
});

test("money that didn't come is listed at the desk, looked into once, and the applicant sees it", async () => {
  const { visitor, applicationId } = paid;
  const page = await visitor.get(paths.feedback(applicationId));
  const form = formTo(page, paths.feedback(applicationId));
  const typed = { arrived: "no", satisfaction: "2", words: "银行说没有到" };
  const answered = await visitor.send(page, form, typed);
  expect(wordsOf(answered.html)).toContain("财务正在核对");
  // Sent again from a page that was still open: the first answer stands.
  await visitor.send(page, form, { arrived: "yes", satisfaction: "5", words: "" });
  expect(wordsOf((await visitor.get(paths.case(applicationId))).html)).toContain("财务正在核对");

  const finance = await signIn(city, "finance");
  const month = city.clock.now().slice(0, 7);
  const list = await finance.get(`${paths.desk("feedback")}?month=${month}`);
  expect(wordsOf(list.html)).toContain("银行说没有到");
  expect(wordsOf(list.html)).toMatch(/金秋助学\s*2\.0\s*1/u);
  const settled = await finance.send(list, formTo(list, paths.desk("feedback", applicationId)));
  expect(wordsOf(settled.html)).toContain("已核对：");
  expect(wordsOf((await visitor.get(paths.case(applicationId))).html)).toContain("财务已经核对");
});

test("without the page's token nothing is kept, and other people's cases aren't there", async () => {
  const other = await applyWith(city, "golden-autumn");
  const page = await other.visitor.get(paths.feedback(paid.applicationId));
  expect(page.status).toBe(404);
  expect((await (await signIn(city, "admin")).get(paths.desk("feedback"))).status).toBe(403);
});
