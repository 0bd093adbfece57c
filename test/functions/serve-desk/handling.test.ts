import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { acceptAtDesk, handleAtDesk, handlerAt, visitAtDesk } from "#infra/local/demo/handler.ts";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addDays, localDateOf } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, caseOf, eventsOf, startCity, until } from "#test/support/city.ts";
import { postAsIs, postWithoutToken, signIn } from "#test/support/desk.ts";
import { uploadForms } from "#test/support/applicant.ts";
import { aPhoto } from "#test/support/photo.ts";

let city: Embedded;
let handler: Visitor;
let above: Visitor;
let elsewhere: Visitor;
beforeAll(async () => {
  city = await startCity();
  handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  above = await handlerAt(city, "chengdong-handler-1@example.org");
  elsewhere = await handlerAt(city, "xiahe-handler-1@example.org");
});
afterAll(() => city.stop());

const inAcceptance = async (unitId = "chunfeng"): Promise<Applied> => {
  const applied = await applyWith(city, "golden-autumn", { unitId });
  await until("it is before its handlers", async () => {
    const { status } = await caseOf(city, applied);
    const wait = await city.dependencies.cases.wait(applied.applicationId, "handling");
    return status === "in_acceptance" && wait !== null;
  });
  return applied;
};

const pageOf = (visitor: Visitor, { applicationId }: Applied): Promise<VisitedPage> =>
  visitor.get(paths.desk("handling", applicationId));
const statusOf = async (applied: Applied) => (await caseOf(city, applied)).status;

test("the queue lists what waits, by step, for the office and the one above, and for no other branch", async () => {
  const applied = await inAcceptance();
  for (const visitor of [handler, above]) {
    const queue = await visitor.get(paths.desk("handling"));
    expect(queue.html).toContain(paths.desk("handling", applied.applicationId));
    expect(wordsOf(queue.html)).toContain("待受理");
    expect(wordsOf(queue.html)).toContain("春风街道工会服务站");
  }
  const other = await elsewhere.get(paths.desk("handling"));
  expect(other.html).not.toContain(applied.applicationId);
  expect((await pageOf(elsewhere, applied)).status).toBe(404);
  const posted = await postAsIs(
    elsewhere,
    paths.desk("handling", applied.applicationId, "accept"),
    { version: "2" },
  );
  expect(posted.status).toBe(404);
  expect(await statusOf(applied)).toBe("in_acceptance");
});

test("an office without handlers of its own is seen to by the district above it", async () => {
  const applied = await inAcceptance("qiushi");
  expect((await above.get(paths.desk("handling"))).html).toContain(applied.applicationId);
  await handleAtDesk(above, applied.applicationId);
  expect(await statusOf(applied)).toBe("in_approval");
});

test("the case's page has facts, papers, the rules' findings and the archive; only a handler sees it", async () => {
  const applied = await inAcceptance();
  const page = await pageOf(handler, applied);
  const words = wordsOf(page.html);
  for (const part of ["申报内容", "材料", "按政策核算", "困难职工档案", "退回补正"]) {
    expect(words).toContain(part);
  }
  expect(page.html).toContain(paths.desk("case", applied.applicationId, "papers", "1"));
  const auditor = await signIn(city, "auditor");
  expect((await pageOf(auditor, applied)).status).toBe(403);
});

test("the page says first what is missing and whose turn it is, and leads to the buttons by one link", async () => {
  const applied = await inAcceptance();
  const page = await pageOf(handler, applied);
  const words = wordsOf(page.html);
  expect(words).toContain("由 春风街道工会服务站 · 经办人 柳知夏、安小满 办理");
  expect(words).toContain("必交材料都已上传");
  const order = ['class="standing', 'href="#act"', "必交材料", 'id="assessment"', 'id="act"'].map(
    (part) => page.html.indexOf(part),
  );
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(order[0]).toBeGreaterThan(0);
});

test("a form that came back can be read in the other language, where its address leads", async () => {
  const applied = await inAcceptance();
  const page = await pageOf(handler, applied);
  const silent = await handler.send(page, formTo(page, "/return"));
  expect(silent.status).toBe(422);
  const switched = await handler.get(`${new URL(silent.url).pathname}?lang=en`);
  expect(switched.status).toBe(200);
  expect(wordsOf(switched.html)).toContain("What to do");
  await handler.get(`${paths.desk()}?lang=zh-CN`);
});

test("accepted with the button, twice or without its token: once, and by nobody else's form", async () => {
  const applied = await inAcceptance();
  const address = paths.desk("handling", applied.applicationId, "accept");
  expect((await postWithoutToken(handler, address)).status).toBe(403);
  expect((await postAsIs(handler, address, { version: "1" })).status).toBe(409);
  expect(await statusOf(applied)).toBe("in_acceptance");

  const page = await pageOf(handler, applied);
  const answers = await Promise.all(
    [1, 2, 3].map(() => handler.send(page, formTo(page, "/accept"))),
  );
  expect(answers.map(({ status }) => status)).toContain(200);
  expect(await statusOf(applied)).toBe("in_verification");
  const types = (await eventsOf(city, applied)).map(({ type }) => type);
  expect(types.filter((type) => type === "accepted")).toHaveLength(1);
  expect((await handler.send(page, formTo(page, "/accept"))).status).toBe(200);
});

test("returned with a list: a reason is required, what was ticked stays, and the applicant sees exactly that", async () => {
  const applied = await inAcceptance();
  const page = await pageOf(handler, applied);
  const form = formTo(page, "/return");

  const silent = await handler.send(page, form, { "paper-hukou_book": "yes" });
  expect(silent.status).toBe(422);
  expect(silent.html).toContain('href="#reason"');
  expect(silent.html).toMatch(/name="paper-hukou_book"[^>]*checked/u);
  const unknown = await handler.send(page, form, { "paper-passport": "yes", reason: "请补" });
  expect(unknown.status).toBe(422);
  expect(await statusOf(applied)).toBe("in_acceptance");

  const reason = "户口本缺少<首页>";
  await handler.send(page, form, { "paper-hukou_book": "yes", reason });
  expect(await statusOf(applied)).toBe("needs_information");
  const status = await applied.visitor.get(paths.case(applied.applicationId));
  expect(status.html).toMatch(/<li>户口本<\/li>/u);
  expect(status.html).toContain("户口本缺少&lt;首页&gt;");
  const information = await applied.visitor.get(paths.information(applied.applicationId));
  expect(uploadForms(information)).toHaveLength(1);
  const again = await pageOf(handler, applied);
  expect(wordsOf(again.html)).toContain("不在经办环节");
});

const recordOf = (id: ApplicationId) => handler.get(paths.desk("handling", id, "record"));

const inVerification = async (): Promise<Applied> => {
  const applied = await inAcceptance();
  await acceptAtDesk(handler, applied.applicationId);
  return applied;
};

const whole = { others: "王社区", metWith: "本人", findings: "属实", confirmed: "yes" };

const sendForm = async (id: ApplicationId, bytes: Uint8Array): Promise<VisitedPage> => {
  const papers = await handler.get(paths.desk("handling", id, "visit"));
  const file = { name: "x.jpg", type: "image/jpeg", bytes };
  return handler.upload(papers, uploadForms(papers)[0]!, file);
};

test("a visit is recorded with its signed form; without one, without people or words, the page says what is missing", async () => {
  const applied = await inVerification();
  const { applicationId } = applied;
  const bare = await recordOf(applicationId);
  const none = await handler.send(bare, formTo(bare, "/record"));
  expect(none.status).toBe(422);
  for (const anchor of ["papers", "visitors", "metWith", "findings", "confirmed"]) {
    expect(none.html).toContain(`href="#${anchor}"`);
  }
  const landed = await sendForm(applicationId, aPhoto(1));
  expect(wordsOf(landed.html)).toContain("已上传 照片");

  const record = await recordOf(applicationId);
  const form = formTo(record, "/record");
  const tomorrow = addDays(localDateOf(city.clock.now()), 1);
  const early = await handler.send(record, form, { ...whole, visitedOn: tomorrow });
  expect(early.status).toBe(422);
  expect(wordsOf(early.html)).toContain("不能晚于今天");
  expect(early.html).toContain("属实");
  const saved = await handler.send(record, form, whole);
  expect(saved.status).toBe(200);
  expect(await statusOf(applied)).toBe("in_approval");
  const events = await eventsOf(city, applied);
  expect(events.at(-1)?.confidential?.visit).toMatchObject({ others: ["王社区"], confirmed: true });
  const papers = await city.dependencies.cases.papers(applicationId);
  expect(papers.filter(({ kind }) => kind === "visit_form")).toHaveLength(1);
});

test("what is no photo and no PDF doesn't count as the signed form", async () => {
  const applied = await inVerification();
  const bytes = new TextEncoder().encode("<html><script>alert(1)</script></html>");
  const page = await sendForm(applied.applicationId, bytes);
  expect(wordsOf(page.html)).toContain("不能用");
  const record = await recordOf(applied.applicationId);
  const saved = await handler.send(record, formTo(record, "/record"), whole);
  expect(saved.status).toBe(422);
  expect(saved.html).toContain('href="#papers"');
  expect(await statusOf(applied)).toBe("in_verification");
});

test("ten taps record one visit, and ask one approver once", async () => {
  const applied = await inVerification();
  await sendForm(applied.applicationId, aPhoto(2));
  const record = await recordOf(applied.applicationId);
  await Promise.all(
    Array.from({ length: 10 }, () => handler.send(record, formTo(record, "/record"), whole)),
  );
  const types = (await eventsOf(city, applied)).map(({ type }) => type);
  expect(types.filter((type) => type === "visited")).toHaveLength(1);
  const asked = city.mailbox.mails().filter(({ text }) => text.includes(applied.applicationId));
  expect(asked.filter(({ text }) => text.includes("/decide/"))).toHaveLength(1);
});

test("nobody handles a case of their own: the page says so, and nothing is done", async () => {
  const applied = await inAcceptance();
  const { persons } = await caseOf(city, applied);
  const { staff } = await city.dependencies.directory.organisation();
  const listed = staff.find(({ email }) => email === "chunfeng-handler-1@example.org")!;
  const own = (await city.dependencies.directory.staff(listed.id))!;
  await city.dependencies.directory.putStaff({ ...own, identity: persons[0] as BlindIndex });
  try {
    const page = await pageOf(handler, applied);
    expect(page.status).toBe(403);
    expect(wordsOf(page.html)).toContain("回避");
    const address = paths.desk("handling", applied.applicationId, "accept");
    expect((await postAsIs(handler, address, { version: "2" })).status).toBe(403);
    expect(await statusOf(applied)).toBe("in_acceptance");
  } finally {
    await city.dependencies.directory.putStaff(own);
  }
});

test("names typed by a visitor are shown as text, and a second handler's later record is no second visit", async () => {
  const applied = await inVerification();
  const { applicationId } = applied;
  await visitAtDesk(handler, applicationId, { confirmed: false, findings: "<b>人不住这里</b>" });
  const page = await pageOf(above, applied);
  expect(page.html).toContain("&lt;b&gt;人不住这里&lt;/b&gt;");
  expect(wordsOf(page.html)).toContain("与申报不符");
  const record = await above.get(paths.desk("handling", applicationId, "record"));
  expect(new URL(record.url).pathname).toBe(paths.desk("handling", applicationId));
});

test("what is late stands first, with how many working days it is over", async () => {
  const applied = await inAcceptance();
  const { deadlineAt } = await caseOf(city, applied);
  await city.clock.advanceTo(deadlineAt!);
  const visitor = await handlerAt(city, "chunfeng-handler-1@example.org");
  const queue = await visitor.get(paths.desk("handling"));
  expect(wordsOf(queue.html)).toContain("已超期1个工作日");
  const digests = city.mailbox.mails().filter(({ id }) => id.startsWith("handling:"));
  expect(digests.some(({ to }) => to === "chunfeng-handler-1@example.org")).toBe(true);
}, 20_000);
