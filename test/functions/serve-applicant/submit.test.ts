import { afterAll, beforeAll, expect, test } from "vitest";
import { createVisitor, formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Handler, LoadHandler } from "#infra/local/handlers.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import {
  handIn,
  newAnswers,
  postTo,
  sendPapers,
  startDraft,
  type Draft,
} from "#test/support/applicant.ts";
import { startCity, until } from "#test/support/city.ts";

let city: Embedded;
let winterCity: Embedded;
beforeAll(async () => {
  city = await startCity();
  winterCity = await startCity({ now: instant("2026-11-20T02:00:00Z") });
});
afterAll(async () => {
  await city.stop();
  await winterCity.stop();
});

const caseOf = async (site: Embedded, { id }: Draft) => {
  const application = await site.dependencies.cases.get(id);
  if (!application) throw new Error("the case is gone");
  return application;
};
const executionsOf = (site: Embedded, { id }: Draft) =>
  site.executions().filter(({ name }) => name.startsWith(id));

test.each(["critical-illness", "emergency", "golden-autumn", "winter-warmth"])(
  "%s: from the form to a case before its base office, with a receipt",
  async (programmeId) => {
    const site = programmeId === "winter-warmth" ? winterCity : city;
    const draft = await startDraft(site, programmeId);
    const receipt = await handIn(draft.visitor, await sendPapers(draft.visitor, draft.page));

    expect(receipt.status).toBe(200);
    expect(receipt.url).toBe(`${site.url}${paths.receipt(programmeId, draft.id)}`);
    expect(receipt.html).toContain(draft.id);
    expect(receipt.html).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u);
    await until("it is assessed", async () => (await caseOf(site, draft)).status !== "submitted");
    const application = await caseOf(site, draft);
    expect(application).toMatchObject({ unitId: "chunfeng", line: "territorial", tier: "station" });
    expect(application.household).not.toBeNull();
    const status = await draft.visitor.get(paths.case(draft.id));
    // The fast track is decided on at once; whatever else was sent is checked by a handler first.
    const isFast = application.fastTrack !== null;
    expect(application.status).toBe(isFast ? "in_approval" : "in_acceptance");
    expect(wordsOf(status.html)).toContain(isFast ? "审批中" : "受理审查中");
    expect(wordsOf(status.html)).toContain("提交申请");
  },
);

test("nothing of the receipt's address, cookies or stored rows tells the access code or a number", async () => {
  const draft = await startDraft(city, "emergency");
  const receipt = await handIn(draft.visitor, await sendPapers(draft.visitor, draft.page));
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(wordsOf(receipt.html))?.[0] ?? "none";
  const application = await caseOf(city, draft);
  const stored = JSON.stringify([application, await city.dependencies.cases.events(application)]);

  expect(receipt.url).not.toContain(code);
  expect(stored).not.toContain(code);
  for (const name of ["applicantName", "applicantIdNumber", "phone", "bankCardNumber", "address"]) {
    const typed = draft.answers[name] ?? "";
    expect(typed.length).toBeGreaterThan(2);
    expect(stored, name).not.toContain(typed);
    expect(receipt.url, name).not.toContain(encodeURIComponent(typed));
  }
});

test("twenty taps on the button at once: one case, one event, one execution, the same receipt", async () => {
  const draft = await startDraft(city, "emergency");
  const page = await sendPapers(draft.visitor, draft.page);

  const receipts = await Promise.all(Array.from({ length: 20 }, () => handIn(draft.visitor, page)));

  const answered = receipts.map(({ status, url }) => `${status} ${new URL(url).pathname}`);
  expect([...new Set(answered)]).toEqual([`200 ${paths.receipt("emergency", draft.id)}`]);
  const events = await city.dependencies.cases.events(await caseOf(city, draft));
  expect(events.filter(({ type }) => type === "submitted")).toHaveLength(1);
  expect(executionsOf(city, draft)).toHaveLength(1);
  const papers = await city.dependencies.cases.papers(draft.id);
  expect(new Set(papers.map(({ sha256 }) => sha256)).size).toBe(papers.length);
});

test("two drafts of one household for the same, sent at once: one case, and the other is told", async () => {
  const answers = newAnswers("golden-autumn");
  const drafts = [
    await startDraft(city, "golden-autumn", answers),
    await startDraft(city, "golden-autumn", answers),
  ];
  const pages = await Promise.all(drafts.map(({ visitor, page }) => sendPapers(visitor, page)));

  const answered = await Promise.all(
    drafts.map(({ visitor }, index) => {
      const page = pages[index];
      if (!page) throw new Error("no page");
      return handIn(visitor, page);
    }),
  );

  expect(answered.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const refused = answered.find(({ status }) => status === 409);
  expect(wordsOf(refused?.html ?? "")).toContain("同样的申请已经有一份");
  expect(wordsOf(refused?.html ?? "")).toContain("都还保存着");
  const statuses = await Promise.all(
    drafts.map(async (draft) => (await caseOf(city, draft)).status),
  );
  expect(statuses.filter((status) => status === "draft")).toHaveLength(1);
});

test("the other parent can't claim for the same student; after a withdrawal they can", async () => {
  const mother = await startDraft(city, "golden-autumn");
  await handIn(mother.visitor, await sendPapers(mother.visitor, mother.page));
  const studentIdNumber = mother.answers["studentIdNumber"] ?? "";
  const father = await startDraft(city, "golden-autumn", { studentIdNumber });
  const papers = await sendPapers(father.visitor, father.page);

  expect((await handIn(father.visitor, papers)).status).toBe(409);
  await until("it is assessed", async () => (await caseOf(city, mother)).status !== "submitted");
  const confirm = await mother.visitor.get(paths.withdraw(mother.id));
  await mother.visitor.send(confirm, formTo(confirm, "/withdraw"));
  expect((await caseOf(city, mother)).status).toBe("withdrawn");

  const receipt = await handIn(father.visitor, await father.visitor.get(father.page.url));

  expect(receipt.url).toMatch(/\/receipt$/u);
  expect((await caseOf(city, father)).status).not.toBe("draft");
});

test("an invoice used in another household's case is refused", async () => {
  const first = await startDraft(city, "critical-illness", { invoiceNumbers: "INV-2026-77" });
  await handIn(first.visitor, await sendPapers(first.visitor, first.page));
  const second = await startDraft(city, "critical-illness", { invoiceNumbers: "A1, inv-2026-77" });

  const refused = await handIn(second.visitor, await sendPapers(second.visitor, second.page));

  expect(refused.status).toBe(409);
  expect((await caseOf(city, second)).status).toBe("draft");
});

test("a season that closed in between: refused with words, the draft kept", async () => {
  const autumn = await startCity({ now: instant("2026-08-31T15:59:00Z") });
  try {
    const draft = await startDraft(autumn, "golden-autumn");
    const page = await sendPapers(draft.visitor, draft.page);
    await autumn.clock.advanceTo(instant("2026-08-31T16:00:00Z"));

    const refused = await handIn(draft.visitor, page);

    expect(refused.status).toBe(409);
    expect(wordsOf(refused.html)).toContain("2027年7月1日");
    expect((await caseOf(autumn, draft)).status).toBe("draft");
  } finally {
    await autumn.stop();
  }
});

test("without its token, or with the token of another form, a button does nothing", async () => {
  const draft = await startDraft(city, "emergency");
  const page = await sendPapers(draft.visitor, draft.page);
  const change = await draft.visitor.get(paths.answers("emergency", draft.id));
  const otherToken = Object.fromEntries(formTo(change, "/answers").fields)["_token"] ?? "";

  for (const _token of ["", "forged", otherToken]) {
    const refused = await postTo(city, draft.visitor, paths.submit("emergency", draft.id), {
      _token,
    });
    expect(refused.status).toBe(403);
  }
  expect((await caseOf(city, draft)).status).toBe("draft");
  expect((await handIn(draft.visitor, page)).url).toMatch(/\/receipt$/u);
});

const everyAddress = (draft: Draft): readonly string[] => [
  paths.papers(draft.programmeId, draft.id),
  paths.answers(draft.programmeId, draft.id),
  paths.submit(draft.programmeId, draft.id),
  paths.receipt(draft.programmeId, draft.id),
  paths.case(draft.id),
  paths.information(draft.id),
  paths.correct(draft.id),
  paths.card(draft.id),
  paths.withdraw(draft.id),
  paths.leave(draft.id),
];

test("somebody else's case is no such page on every address, by GET and by POST", async () => {
  const [mine, other] = [await startDraft(city, "emergency"), await startDraft(city, "emergency")];
  const token = Object.fromEntries(formTo(mine.page, "/submit").fields)["_token"] ?? "";
  const stranger: Visitor = createVisitor(city.url);

  for (const address of everyAddress(other)) {
    for (const visitor of [mine.visitor, stranger]) {
      expect((await visitor.get(address)).status, address).toBe(404);
      const posted = await postTo(city, visitor, address, { _token: token });
      expect([404, 405], address).toContain(posted.status);
    }
  }
  expect((await caseOf(city, other)).status).toBe("draft");
});

test("a draft stands only under its own programme's address", async () => {
  const draft = await startDraft(city, "emergency");

  expect((await draft.visitor.get(paths.papers("golden-autumn", draft.id))).status).toBe(404);
});

/** The pages with a workflow that can't be reached; everything else of the run as it is. */
const withoutWorkflow: LoadHandler = async (name) => {
  if (name !== "serve-applicant") return { createHandler: () => () => Promise.resolve({}) };
  const { createHandler } = await import("#functions/serve-applicant/handler.ts");
  const unreachable = (): Promise<never> => Promise.reject(new Error("out of reach"));
  return {
    createHandler: (given) => {
      const workflow = { start: unreachable, succeed: unreachable };
      return createHandler({ ...given, workflow }) as Handler;
    },
  };
};

test("an execution that can't be started loses nothing: the case is in, and a job starts it later", async () => {
  const cut = await startCity({ loadHandler: withoutWorkflow });
  try {
    const draft = await startDraft(cut, "emergency");

    const receipt = await handIn(draft.visitor, await sendPapers(draft.visitor, draft.page));

    expect(receipt.url).toMatch(/\/receipt$/u);
    expect((await caseOf(cut, draft)).status).toBe("submitted");
    expect(executionsOf(cut, draft)).toEqual([]);
  } finally {
    await cut.stop();
  }
});
