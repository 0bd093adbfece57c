/** An officer applies for a worker (代办): the signed consents are a paper, and who entered it stands aside. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlerAt } from "#infra/local/demo/handler.ts";
import { createVisitor, formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { VisitedPage, Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { parseAccessCode, parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import {
  answerAll,
  handIn,
  newAnswers,
  postTo,
  sendPaper,
  sendPapers,
  uploadForms,
} from "#test/support/applicant.ts";
import { startCity, until } from "#test/support/city.ts";
import { postWithoutToken, signIn } from "#test/support/desk.ts";

let city: Embedded;
let officer: Visitor;
beforeAll(async () => {
  city = await startCity();
  officer = await handlerAt(city, "chunfeng-handler-1@example.org");
});
afterAll(() => city.stop());

const here = { programme: "golden-autumn", present: "yes" };

const begin = async (
  fields: Readonly<Record<string, string>> = here,
  visitor = officer,
): Promise<VisitedPage> => {
  const page = await visitor.get(paths.desk("on-behalf"));
  return visitor.send(page, formTo(page, "/on-behalf"), fields);
};

const idIn = (page: VisitedPage): ApplicationId => {
  const id = parseApplicationId(new URL(page.url).pathname.split("/")[3] ?? "");
  if (!id) throw new Error(`no draft: ${page.status} ${page.url}`);
  return id;
};

/** The draft with all answers given, on its papers page. */
const filledIn = async (): Promise<{ readonly id: ApplicationId; readonly page: VisitedPage }> => {
  const form = await begin();
  const id = idIn(form);
  await answerAll(officer, form, here.programme, id, newAnswers(here.programme));
  return { id, page: await officer.get(paths.papers(here.programme, id)) };
};

const caseOf = async (id: ApplicationId) => {
  const application = await city.dependencies.cases.get(id);
  if (!application) throw new Error("no such case");
  return application;
};

test("a case entered at the desk is sent with the worker's signature, and handled by somebody else", async () => {
  const { id, page } = await filledIn();
  const whole = await sendPapers(officer, page);
  const receipt = await handIn(officer, whole);

  expect(wordsOf(page.html)).toContain("代办委托和知情同意书");
  expect(new URL(receipt.url).pathname).toBe(paths.receipt(here.programme, id));
  const words = wordsOf(receipt.html);
  const code = parseAccessCode(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(words)?.[0] ?? "");
  expect(words).toContain(id);
  expect(code).not.toBeNull();
  expect(words).toContain("当面交给职工本人");

  const application = await caseOf(id);
  const [sent] = await city.dependencies.cases.events(application);
  const { enteredBy } = application;
  expect(sent).toMatchObject({
    type: "submitted",
    actor: { kind: "staff", staffId: enteredBy },
    detail: { onBehalf: true, workerPresent: true, consent: "entrustment" },
  });
  await until(
    "it is before its handlers",
    async () => (await caseOf(id)).status === "in_acceptance",
  );

  // Whoever entered it can neither accept nor return it; a colleague can.
  const own = await officer.get(paths.desk("handling", id));
  expect(own.status).toBe(403);
  expect(wordsOf(own.html)).toContain("您代为录入");
  const colleague = await handlerAt(city, "chunfeng-handler-2@example.org");
  const shown = await colleague.get(paths.desk("handling", id));
  expect(wordsOf(shown.html)).toContain("工会工作人员代办，本人在场并签字委托");
  expect(wordsOf(shown.html)).toContain("代办委托和知情同意书");
  await colleague.send(shown, formTo(shown, "/accept"));
  await until("it is accepted", async () => (await caseOf(id)).status === "in_verification");
  const visit = await colleague.get(paths.desk("handling", id, "record"));
  expect(visit.html).toContain("安小满");
  expect(visit.html).not.toContain(`visitor-${enteredBy}`);
  expect(visit.html.split("<fieldset")[1]).not.toContain("柳知夏");

  // The officer hands the receipt over and leaves the case.
  const left = await officer.send(receipt, formTo(receipt, "/leave"));
  expect(new URL(left.url).pathname).toBe(paths.status);
  expect((await officer.get(paths.case(id))).status).toBe(404);

  // The worker follows it from any phone with what stands on the receipt.
  const worker = createVisitor(city.url);
  const followed = await postTo(city, worker, paths.status, { reference: id, code: code ?? "" });
  expect(new URL(followed.url).pathname).toBe(paths.case(id));
  expect(wordsOf(followed.html)).toContain("工会工作人员代办，本人在场并签字委托");
});

test("without the signed paper it can't be sent, and nothing is lost", async () => {
  const { id, page } = await filledIn();
  let shown = page;
  // The signed paper stands first; every other one is sent.
  for (let index = 1; index < uploadForms(page).length; index += 1) {
    shown = await sendPaper(officer, shown, index);
  }

  const refused = await handIn(officer, shown);

  expect(refused.status).toBe(422);
  expect(wordsOf(refused.html)).toContain("代办委托和知情同意书");
  expect((await caseOf(id)).status).toBe("draft");
});

test.each([
  ["nothing", {}, ["programme", "present"]],
  ["a programme that isn't there", { programme: "toString", present: "yes" }, ["programme"]],
  ["a programme out of season", { programme: "winter-warmth", present: "yes" }, ["programme"]],
  ["no signature", { programme: "emergency" }, ["present"]],
  ["markup", { programme: '"><script>', present: '"><script>' }, ["programme", "present"]],
])("what is missing is named, and no draft begun: %s", async (what, fields, named) => {
  const page = await begin(fields);

  expect(page.status).toBe(422);
  expect(new URL(page.url).pathname).toBe(paths.desk("on-behalf"));
  for (const id of ["programme", "present"]) {
    expect(page.html.includes(`href="#${id}"`)).toBe(named.includes(id));
    expect(page.html).toContain(`id="${id}"`);
  }
  expect(page.html).not.toContain("><script>");
  if (what === "no signature") {
    expect(page.html).toMatch(/value="emergency"[^>]* checked/u);
  }
});

test("only handlers apply for others, and no forged form does", async () => {
  const finance = await signIn(city, "finance");
  expect((await finance.get(paths.desk("on-behalf"))).status).toBe(403);
  expect((await postWithoutToken(officer, paths.desk("on-behalf"), here)).status).toBe(403);
  expect((await createVisitor(city.url).get(paths.desk("on-behalf"))).url).toContain("sign-in");
});

test("the paper to sign holds every consent of the form, word for word", async () => {
  const form = wordsOf((await officer.get(paths.desk("on-behalf", "form"))).html);

  for (const consent of ["同意核对家庭经济状况", "处理敏感个人信息", "同意按规定公示"]) {
    expect(form).toContain(consent);
  }
  expect(form).toContain("职工签字");
});
