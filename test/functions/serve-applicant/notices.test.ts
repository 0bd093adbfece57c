import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { createVisitor, formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { postTo, typedOn } from "#test/support/applicant.ts";
import { caseOf, decideAt, startCity, until } from "#test/support/city.ts";
import { answersOf, applyAs, eventTypesOf, secretsOf } from "#test/support/journey.ts";

let city: Embedded;
/** One at each of two stations, both under the notice of their base office. */
let schooling: Applied;
let illness: Applied;
beforeAll(async () => {
  city = await startCity();
  schooling = await applyAs(city, "golden-autumn", { unitId: "chunfeng" });
  illness = await applyAs(city, "critical-illness", { unitId: "xiahe" });
  for (const applied of [schooling, illness]) {
    await decideAt(city, applied, "station");
    await until("its notice is published", async () => (await noticesOf(applied)).length === 1);
  }
}, 30_000);
afterAll(() => city.stop());

const noticesOf = ({ applicationId }: Applied) =>
  city.dependencies.notices.noticesOf(applicationId);
const objectionsOf = ({ applicationId }: Applied) =>
  city.dependencies.notices.objectionsOf(applicationId);
const get = (address: string) => createVisitor(city.url).get(address);

const formOf = async (applied: Applied) => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(paths.objection(applied.applicationId));
  return { visitor, page, form: formTo(page, "/objection") };
};

test("the list shows what stands: masked names, offices, amounts and days, and nothing of anybody", async () => {
  const page = await get(paths.notices);
  const words = wordsOf(page.html);

  expect(page.status).toBe(200);
  for (const expected of ["春风街道工会服务站", "夏荷街道工会服务站", "金秋助学", "5,000.00 元"]) {
    expect(words).toContain(expected);
  }
  expect(words).toContain("2026年7月20日至2026年7月27日");
  expect(page.html).toContain('<meta name="robots" content="noindex"');
  for (const applied of [schooling, illness]) {
    const { applicantName = "" } = await answersOf(city, applied);
    expect(words).toContain(`${applicantName.slice(0, 2)}*`);
    for (const secret of await secretsOf(city, applied)) expect(page.html).not.toContain(secret);
  }
});

test.each([
  ["an office", { unit: "chunfeng" }, 1],
  ["a programme", { programme: "critical-illness" }, 1],
  ["both, with nothing there", { unit: "chunfeng", programme: "critical-illness" }, 0],
  ["what there isn't", { unit: "nowhere", programme: "'--" }, 2],
] as const)("it can be narrowed down to %s", async (_what, query, count) => {
  const page = await get(`${paths.notices}?${new URLSearchParams({ ...query }).toString()}`);
  expect(page.html.match(/href="\/notices\/SN/gu) ?? []).toHaveLength(count);
  if (count === 0) expect(wordsOf(page.html)).toContain("现在没有正在公示的名单");
});

test.each(["x", "0.x.y", "1.eyJ4IjoxfQ.", "9..", "%00"])(
  "a place in the list that this page never gave (%s) is the beginning",
  async (after) => {
    const page = await get(`${paths.notices}?after=${after}`);
    expect(page.status).toBe(200);
    expect(page.html.match(/href="\/notices\/SN/gu) ?? []).toHaveLength(2);
  },
);

test("a notice's page says the same and how to object; nothing is cached", async () => {
  const response = await fetch(`${city.url}${paths.notice(schooling.applicationId)}`);
  const html = await response.text();

  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(wordsOf(html)).toContain("2026年7月27日（含当日）前提出");
  expect(html).toContain(`href="${paths.objection(schooling.applicationId)}"`);
  for (const secret of await secretsOf(city, schooling)) expect(html).not.toContain(secret);
});

test("what was never noticed is not told apart from what isn't there", async () => {
  const other = await applyAs(city, "golden-autumn", { unitId: "chunfeng" });
  const [sent, unknown] = [
    await get(paths.notice(other.applicationId)),
    await get("/notices/SN0000000000"),
  ];
  expect([sent.status, unknown.status]).toEqual([404, 404]);
  expect(sent.html).toBe(unknown.html);
  expect((await get(paths.objection(other.applicationId))).status).toBe(404);
});

test("an office's address and phone for complaints are shown where it has them", async () => {
  const { directory } = city.dependencies;
  const unit = (await directory.organisation()).units.find(({ id }) => id === ("xiahe" as UnitId));
  if (!unit) throw new Error("no such office");
  const { contact: _hotline, ...silent } = unit;
  expect(wordsOf((await get(paths.notice(illness.applicationId))).html)).toContain("12351");

  await directory.putUnit(silent);
  const without = await get(paths.notice(illness.applicationId));
  await directory.putUnit(unit);

  expect(without.status).toBe(200);
  expect(wordsOf(without.html)).not.toContain("投诉");
});

test.each([
  ["nothing", { words: "", contact: "" }, ["f-words"]],
  [
    "far too much",
    { words: "异".repeat(1_001), contact: "c".repeat(101) },
    ["f-words", "f-contact"],
  ],
] as const)(
  "an objection with %s comes back with what was typed, and holds nothing",
  async (_what, typed, named) => {
    const { visitor, page, form } = await formOf(illness);
    const answer = await visitor.send(page, form, typed);

    expect(answer.status).toBe(422);
    for (const id of named) expect(answer.html).toContain(`href="#${id}"`);
    expect(typedOn(answer, "/objection")).toMatchObject(typed);
    expect(await objectionsOf(illness)).toEqual([]);
  },
);

test("without the form's own token and mark nothing is taken, and nothing typed is lost", async () => {
  const { page, form } = await formOf(illness);
  const typed = { words: "他不困难", contact: "" };
  // Another browser, with this one's token.
  const forged = await createVisitor(city.url).send(page, form, typed);
  expect(forged.status).toBe(403);
  expect(typedOn(forged, "/objection")).toMatchObject(typed);

  const bare = await postTo(
    city,
    createVisitor(city.url),
    paths.objection(illness.applicationId),
    typed,
  );
  expect(bare.status).toBe(403);
  expect((await caseOf(city, illness)).status).toBe("public_notice");
});

test("the language can be changed with the words still there", async () => {
  const { visitor, page, form } = await formOf(illness);
  const typed = { words: "他不困难", contact: "a@example.org", intent: "language" };
  const english = await visitor.send(page, { ...form, action: `${form.action}?lang=en` }, typed);
  expect(english.html).toContain('lang="en"');
  expect(typedOn(english, "/objection")).toMatchObject({
    words: "他不困难",
    contact: "a@example.org",
  });
  expect((await caseOf(city, illness)).status).toBe("public_notice");
});

test("an objection gives a receipt and holds that case only; sent twice it is one; the applicant learns neither who nor what", async () => {
  const { visitor, page, form } = await formOf(illness);
  const typed = { words: "他名下有两套住房", contact: "neighbour@example.org" };
  const received = await visitor.send(page, form, typed);
  const again = await visitor.send(page, form, typed);

  expect(received.status).toBe(200);
  for (const answer of [received, again]) {
    expect(wordsOf(answer.html)).toContain(`${illness.applicationId}-1`);
    expect(wordsOf(answer.html)).toContain("邮箱");
  }
  expect(await objectionsOf(illness)).toMatchObject([
    { ...typed, number: 1, noticeKind: "grass_roots" },
  ]);
  expect((await caseOf(city, illness)).status).toBe("objection");
  expect((await caseOf(city, schooling)).status).toBe("public_notice");
  expect(
    (await eventTypesOf(city, illness)).filter((type) => type === "objection_raised"),
  ).toHaveLength(1);

  const status = createVisitor(city.url);
  const { applicationId, accessCode } = illness;
  const own = await postTo(city, status, paths.status, {
    reference: applicationId,
    code: accessCode,
  });
  expect(wordsOf(own.html)).toContain("异议处理中");
  expect(own.html).not.toMatch(/两套住房|neighbour/u);
  const asked = city.mailbox.mails().filter(({ id }) => id.startsWith("review:"));
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(asked)).not.toMatch(/两套住房|neighbour/u);
});

test("the receipt is shown to whoever sent it, and the notice stays up while it is looked into", async () => {
  const other = await get(`${paths.objection(illness.applicationId)}?received=1`);
  expect(wordsOf(other.html)).not.toContain("异议回执号");
  expect(other.forms.length).toBeGreaterThan(0);
  expect((await get(paths.notice(illness.applicationId))).status).toBe(200);

  const { visitor, page, form } = await formOf(illness);
  const second = await visitor.send(page, form, { words: "我也这么看", contact: "" });
  expect(wordsOf(second.html)).toContain(`${illness.applicationId}-2`);
  expect(wordsOf(second.html)).not.toContain("邮箱");
});

test("many tries from one place have to wait, with what was typed still there", async () => {
  const { visitor, page, form } = await formOf(schooling);
  let answer = page;
  for (let tried = 0; tried < 31 && answer.status !== 429; tried += 1) {
    answer = await visitor.send(page, form, { words: "同一句话", contact: "" });
  }
  expect(answer.status).toBe(429);
  expect(typedOn(answer, "/objection")).toMatchObject({ words: "同一句话" });
  expect(await objectionsOf(schooling)).toHaveLength(1);
});

test("when its time is over a notice is taken down and says so, and can't be objected to", async () => {
  const { visitor, page, form } = await formOf(illness);
  await city.clock.advanceTo(addMinutes((await noticesOf(illness))[0]!.endsAt, 1));

  const gone = await get(paths.notice(illness.applicationId));
  expect(gone.status).toBe(410);
  expect(wordsOf(gone.html)).toContain("公示已结束");
  expect((await get(paths.objection(illness.applicationId))).status).toBe(410);
  const late = await visitor.send(page, form, { words: "太晚了", contact: "" });
  expect(late.status).toBe(410);
  expect(await objectionsOf(illness)).toHaveLength(2);
  expect(wordsOf((await get(paths.notices)).html)).toContain("现在没有正在公示的名单");
  // The internal copy stays.
  expect(await noticesOf(illness)).toHaveLength(1);
});
