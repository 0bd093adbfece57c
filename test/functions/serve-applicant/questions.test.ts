import { afterAll, beforeAll, expect, test } from "vitest";
import { asTyped } from "#infra/local/demo/applicant.ts";
import {
  createVisitor,
  expectStatus,
  formTo,
  wordsOf,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { isAsked } from "#shared/domain/family.ts";
import { commonFields } from "#shared/domain/household.ts";
import { questionPages } from "#shared/domain/question-pages.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import {
  answerAll,
  beginDraft,
  newAnswers,
  programmeOf,
  typedOn,
} from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";
import { isClosed, wrongAnswers } from "#test/support/wrong-input.ts";

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

const cityFor = (programmeId: string): Embedded =>
  programmeId === "winter-warmth" ? winterCity : city;
const ids = programmes.map(({ id }) => id);

const pageOf = (page: VisitedPage): string =>
  /\/questions\/(?<name>[\w-]+)/u.exec(page.url)?.groups?.["name"] ?? page.url;

type Typed = Readonly<Record<string, string>>;

const send = (visitor: Visitor, page: VisitedPage, typed: Typed = {}): Promise<VisitedPage> =>
  visitor.send(page, formTo(page, /\/questions\//u), typed);

/** Answers of the page that is shown, out of all there are. */
const ownOf = (page: VisitedPage, programmeId: string, answers: Typed): Typed => {
  const asked = questionPages(programmeOf(programmeId).form).find(
    ({ id }) => id === pageOf(page),
  )?.fields;
  const own = Object.entries(answers).filter(([name]) =>
    asked?.some((field) => name === field || name.startsWith(`${field}-`)),
  );
  return Object.fromEntries(own);
};

const questionsMax = 40;

/** Answers page by page until no question is left. */
const walk = async (
  visitor: Visitor,
  first: VisitedPage,
  programmeId: string,
  answers: Typed,
): Promise<{ readonly page: VisitedPage; readonly walked: readonly string[] }> => {
  let page = first;
  const walked: string[] = [];
  while (page.url.includes("/questions/") && walked.length < questionsMax) {
    walked.push(pageOf(page));
    page = expectStatus(
      await send(visitor, page, ownOf(page, programmeId, answers)),
      200,
      pageOf(page),
    );
  }
  return { page, walked };
};

test.each(ids)(
  "%s: one small topic after the other, then all answers to check, then the papers",
  async (id) => {
    const { visitor, page: first, id: draft } = await beginDraft(cityFor(id), id);
    const answers = asTyped(programmeOf(id), newAnswers(id));

    const { page, walked } = await walk(visitor, first, id, answers);

    const on = localDate("2026-07-20");
    const asked = isAsked(programmeOf(id).form, newAnswers(id), on);
    const pages = questionPages(programmeOf(id).form).filter(({ fields }) => fields.some(asked));
    expect(walked).toEqual(pages.map((one) => one.id));
    expect(page.url).toContain(paths.check(id, draft));
    const words = wordsOf(page.html);
    expect(words).toContain(answers["applicantName"]);
    expect(words).toContain("接下来要上传的材料");
    expect(words).toContain("去上传材料");
    const papers = await visitor.get(paths.papers(id, draft));
    expect(papers.url).toContain("/papers");
    expect(papers.status).toBe(200);
  },
);

const expectOthersKept = (kept: Typed, sent: Typed, except: string): void => {
  for (const [other, said] of Object.entries(sent)) {
    if (!other.startsWith(except) && said !== "")
      expect(kept[other], `${except}: ${other}`).toBe(said);
  }
};

test.each(ids)(
  "%s: each field of each page empty, too long, wrong or hostile is named on its page, and all else is kept",
  async (id) => {
    const site = cityFor(id);
    const programme = programmeOf(id);
    const { visitor, page: first, id: draft } = await beginDraft(site, id);
    const answers = asTyped(programme, newAnswers(id));
    await walk(visitor, first, id, answers);
    let refused = 0;

    for (const [place, question] of questionPages(programme.form).entries()) {
      const page = await visitor.get(paths.question(id, draft, question.id));
      if (pageOf(page) !== question.id) continue;
      for (const name of question.fields) {
        const field = programme.form.fields[name];
        // What all programmes ask is tried in one of them, a page here and a page there.
        if (name in commonFields && 1 + (place % (ids.length - 1)) !== ids.indexOf(id)) continue;
        if (!field || !page.html.includes(`f-${name}`)) continue;
        for (const typed of wrongAnswers(field)) {
          const own = { ...ownOf(page, id, answers), [name]: typed };
          const shown = await send(visitor, page, own);

          expect(shown.status, `${name}: ${JSON.stringify(typed.slice(0, 40))}`).toBe(422);
          expect(shown.html, name).toContain(`href="#f-${name}`);
          const [, target = ""] = /href="#(?<id>f-[\w-]+)"/u.exec(shown.html) ?? [];
          expect(shown.html, name).toContain(`id="${target}"`);
          expect(shown.html, name).toContain(`id="f-${name}-problem"`);
          expect(shown.html).not.toContain("<script>");
          const kept = typedOn(shown, /\/questions\//u);
          if (!isClosed(field)) expect(kept[name] ?? "", name).toBe(typed);
          expectOthersKept(kept, own, name);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(20);
  },
);

test("whatever is wrong on one page, the others keep what they said", async () => {
  const { visitor, page, id } = await beginDraft(city, "emergency");
  const phone = await send(visitor, page, {
    applicantName: "王示例",
    applicantIdNumber: newAnswers("emergency")["applicantIdNumber"] ?? "",
  });

  const wrong = await send(visitor, phone, { phone: "123", email: "nobody" });
  const back = await visitor.get(paths.question("emergency", id, "applicant-name"));

  expect(wrong.status).toBe(422);
  expect(typedOn(back, /\/questions\//u)["applicantName"]).toBe("王示例");
});

test("kept for later as it stands, and taken up on another phone with reference and code", async () => {
  const { visitor, page, id } = await beginDraft(city, "golden-autumn");
  const answers = asTyped(programmeOf("golden-autumn"), newAnswers("golden-autumn"));
  const phone = await send(visitor, page, ownOf(page, "golden-autumn", answers));

  const saved = await send(visitor, phone, { phone: "139 (half", email: "", intent: "later" });

  expect(saved.url).toContain(paths.saved("golden-autumn", id));
  const words = wordsOf(saved.html);
  expect(words).toContain(id);
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(words)?.[0] ?? "";
  const other = createVisitor(city.url);
  const door = await other.get(paths.status);
  const resumed = await other.send(door, formTo(door, paths.status), { reference: id, code });
  expect(pageOf(resumed)).toBe("phone");
  expect(typedOn(resumed, /\/questions\//u)["phone"]).toBe("139 (half");
});

test("what is too long to be kept is said, also to somebody who wants to go on later", async () => {
  const { visitor, page } = await beginDraft(city, "emergency");

  const shown = await send(visitor, page, { applicantName: "长".repeat(5_000), intent: "later" });

  expect(shown.status).toBe(422);
  expect(shown.html).toContain('id="f-applicantName-problem"');
});

test("the language switch of a question page keeps what was typed, and stores nothing", async () => {
  const { visitor, page } = await beginDraft(city, "emergency");
  await city.clock.settled();
  const before = city.writeUnits()?.total;

  const form = formTo(page, /\/questions\//u);
  const shown = await visitor.send(
    page,
    { ...form, action: `${form.action}?lang=en` },
    {
      applicantName: "王示例",
      applicantIdNumber: "1",
      intent: "language",
    },
  );

  expect(shown.status).toBe(200);
  expect(shown.html).toContain('<html lang="en"');
  expect(typedOn(shown, /\/questions\//u)).toMatchObject({
    applicantName: "王示例",
    applicantIdNumber: "1",
  });
  expect(city.writeUnits()?.total).toBe(before);
});

/** A draft whose questions are all answered but for what `changes` says. */
const answered = async (
  programmeId: string,
  changes: Typed = {},
): Promise<{
  readonly visitor: Visitor;
  readonly id: ApplicationId;
  readonly page: VisitedPage;
  readonly answers: Typed;
}> => {
  const { visitor, page: first, id } = await beginDraft(city, programmeId);
  const answers = { ...newAnswers(programmeId), ...changes };
  const page = await answerAll(visitor, first, programmeId, id, answers);
  return { visitor, id, page, answers };
};

test("one answer is changed from the check page, which shows it then", async () => {
  const { visitor, id } = await answered("golden-autumn");
  const check = await visitor.get(paths.check("golden-autumn", id));
  expect(check.html).toContain(
    `${paths.question("golden-autumn", id, "annual-income")}?from=check`,
  );
  const change = await visitor.get(
    `${paths.question("golden-autumn", id, "annual-income")}?from=check`,
  );

  const wrong = await send(visitor, change, { annualIncome: "viel" });
  const after = await send(visitor, wrong, { annualIncome: "48000" });

  expect(wrong.status).toBe(422);
  expect(after.url).toContain(paths.check("golden-autumn", id));
  expect(wordsOf(after.html)).toContain("48,000.00 元");
});

test("cards of the family: one more, one fewer, without a script and without storing anything", async () => {
  const { visitor, id } = await answered("golden-autumn");
  const members = await visitor.get(paths.question("golden-autumn", id, "members"));
  const cards = (page: VisitedPage): number => page.html.split('class="person"').length - 1;
  expect(cards(members)).toBe(2);
  const first = typedOn(members, /\/questions\//u)["members-1-name"];
  const second = typedOn(members, /\/questions\//u)["members-2-name"];

  const more = await send(visitor, members, { intent: "add-members" });
  const fewer = await send(visitor, more, { intent: "remove-members-1" });

  expect(cards(more)).toBe(3);
  expect(typedOn(more, /\/questions\//u)["members-1-name"]).toBe(first);
  expect(cards(fewer)).toBe(2);
  expect(typedOn(fewer, /\/questions\//u)["members-1-name"]).toBe(second);
  const again = await visitor.get(paths.question("golden-autumn", id, "members"));
  expect(typedOn(again, /\/questions\//u)["members-1-name"]).toBe(first);
});

test("a household of more people than were named is asked for the rest, by figures", async () => {
  const { visitor, id } = await answered("golden-autumn");
  const size = await visitor.get(
    `${paths.question("golden-autumn", id, "household-size")}?from=check`,
  );

  const check = await send(visitor, size, { householdSize: "4" });
  const papers = await visitor.get(paths.papers("golden-autumn", id));

  expect(wordsOf(check.html)).toContain("还没有填全");
  expect(wordsOf(check.html)).not.toContain("去上传材料");
  expect(pageOf(papers)).toBe("members");
  expect(wordsOf(papers.html)).toContain("一共 4 口人，所以这里应填 3 张");
  expect(papers.html.split('class="person"')).toHaveLength(4);
});

test("somebody who lives alone is not asked who else is there", async () => {
  const { visitor, page } = await beginDraft(city, "golden-autumn");
  const all = asTyped(programmeOf("golden-autumn"), newAnswers("golden-autumn"));
  const alone = Object.fromEntries(
    Object.entries({ ...all, householdSize: "1" }).filter(([name]) => !name.startsWith("members")),
  );

  const { page: check, walked } = await walk(visitor, page, "golden-autumn", alone);

  expect(walked).not.toContain("members");
  expect(wordsOf(check.html)).toContain("去上传材料");
});

test("a child under 14 needs a guardian's consent, which nobody else is asked for", async () => {
  const young = "37010220150601001X".replace("X", "");
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(young[index]), 0);
  const studentIdNumber = `${young}${"10X98765432"[sum % 11]}`;
  const { visitor, id } = await answered("golden-autumn", { consentGuardian: "yes" });
  const address = paths.question("golden-autumn", id, "consent-means-check");
  const student = await visitor.get(paths.question("golden-autumn", id, "student-name"));
  const consents = {
    consentMeansCheck: "yes",
    consentSensitiveData: "yes",
    consentPublicNotice: "yes",
  };

  await send(visitor, student, { studentName: "王小例", studentIdNumber });
  const asked = await visitor.get(address);
  const without = await send(visitor, asked, { ...consents, consentGuardian: "" });
  const given = await send(visitor, without, { ...consents, consentGuardian: "yes" });

  expect(asked.html).toContain('name="consentGuardian"');
  expect(without.status).toBe(422);
  expect(without.html).toContain('href="#f-consentGuardian"');
  expect(given.url).toContain("/check");
  const grown = await beginDraft(city, "golden-autumn");
  const page = await grown.visitor.get(
    paths.question("golden-autumn", grown.id, "consent-means-check"),
  );
  expect(page.html).not.toContain("consentGuardian");
});

test("without its token a question page keeps nothing, and what was typed comes back", async () => {
  const { visitor, page, id } = await beginDraft(city, "emergency");

  const forged = await send(visitor, page, {
    applicantName: "王示例",
    applicantIdNumber: "",
    _token: "x",
  });

  expect(forged.status).toBe(403);
  expect(typedOn(forged, /\/questions\//u)["applicantName"]).toBe("王示例");
  const application = await city.dependencies.cases.get(id);
  const stored = application && (await city.dependencies.cases.draftAnswers(application));
  expect(stored?.answers).toEqual({});
});

test("a page saved costs one small write", async () => {
  const { visitor, page } = await beginDraft(city, "golden-autumn");
  const answers = asTyped(programmeOf("golden-autumn"), newAnswers("golden-autumn"));
  await city.clock.settled();
  const before = city.writeUnits()?.total ?? 0;

  const { walked } = await walk(visitor, page, "golden-autumn", answers);

  expect((city.writeUnits()?.total ?? 0) - before).toBeLessThanOrEqual(walked.length);
});

test.each(["no-such-page", "..%2fcheck", "__proto__", "members"])(
  "the question %s that nobody is asked leads to the first that is open",
  async (name) => {
    const { visitor, id } = await beginDraft(city, "emergency");
    if (name === "members") {
      const page = await visitor.get(paths.question("emergency", id, "household-size"));
      await send(visitor, page, { householdSize: "1" });
    }

    const shown = await visitor.get(`/apply/emergency/${id}/questions/${name}`);

    expect(pageOf(shown)).toBe("applicant-name");
  },
);
