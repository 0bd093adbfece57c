import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasRight, type Right } from "#functions/serve-desk/rights.ts";
import type { Route } from "#functions/serve-desk/route.ts";
import type { Applied } from "#infra/local/demo/applicant.ts";
import {
  createVisitor,
  formTo,
  formWith,
  wordsOf,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes, localDateOf } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { staff } from "#test/support/cases.ts";
import { applyWith, linkOf, startCity, until } from "#test/support/city.ts";
import { postAsIs, signIn } from "#test/support/desk.ts";
import { anchorNextNight, proved } from "#test/support/trail.ts";

let city: Embedded;
let auditor: Visitor;
let applied: Applied;
beforeAll(async () => {
  city = await startCity();
  applied = await applyWith(city, "golden-autumn");
  await linkOf(city, applied, "station");
  auditor = await signIn(city, "auditor");
});
afterAll(() => city.stop());

const isRoutes = (value: unknown): value is readonly Route[] =>
  Array.isArray(value) && value.length > 0;

/** Every route of the desk's areas, whoever adds one. */
const everyRoute = async (): Promise<readonly Route[]> => {
  const folder = new URL("../../../functions/serve-desk/pages/", import.meta.url);
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith("routes.ts"));
  const modules = await Promise.all(
    files.map(
      async (name) => (await import(new URL(name, folder).href)) as Record<string, unknown>,
    ),
  );
  return modules.flatMap((module) => Object.values(module).filter(isRoutes)).flat();
};

const addressOf = ({ path }: Route): string =>
  paths.desk(...path.map((part) => (part === ":" ? "x" : part)));

const isAuditors = ({ right }: Route): boolean =>
  right === null || hasRight(staff("x", "city", { roles: ["auditor"] }), right);

/** What an auditor may send: searches, and files that are made for reading. None of them changes a business row. */
const mayBeSent = [
  /^\/desk\/archive\/find$/u,
  /^\/desk\/search\/(?:person|cases)$/u,
  /^\/desk\/exports?(?:\/.*)?$/u,
  /^\/desk\/reports(?:\/.*)?$/u,
  /^\/desk\/trail\/proofs$/u,
];

/** Open to two roles that share no right but seeing: the page itself asks for either (order-actions, claim-actions). */
const refusedByThePage = [
  /^\/desk\/funds\/orders\/x\/cancel$/u,
  /^\/desk\/recovery\/x\/claim-dropped$/u,
];

/** What an auditor doesn't even see: forms of other people's work, the bank's file, and secrets of the system. */
const keptFrom: readonly Right[] = [
  "handle",
  "apply_for",
  "keep_archive",
  "assemble",
  "bank_file",
  "manage_people",
  "simulate_policy",
  "second_look",
  "compare_branches",
  "bar_people",
  "allocate",
  "check_card",
  "hold_payments",
  "order_funds",
  "authorise_funds",
  "clear_finding",
];

test("every form of the desk is refused to an auditor, but for searches and exports", async () => {
  const posts = (await everyRoute()).filter(({ method }) => method === "POST");
  expect(posts.length).toBeGreaterThan(30);
  const allowed = posts.filter(isAuditors).map(addressOf);
  const known = [...mayBeSent, ...refusedByThePage];
  expect(allowed.filter((address) => !known.some((one) => one.test(address)))).toEqual([]);
  for (const route of posts.filter((one) => !isAuditors(one))) {
    const { status } = await postAsIs(auditor, addressOf(route), {});
    expect(status, addressOf(route)).toBe(403);
  }
});

test("an auditor sees every page but those on purpose kept from them", async () => {
  const pages = (await everyRoute()).filter(({ method }) => method === "GET");
  const refused = pages.filter((route) => !isAuditors(route));
  const unlisted = refused.filter(({ right }) => right !== null && !keptFrom.includes(right));
  expect(unlisted.map(addressOf)).toEqual([]);
  const theirs = pages.filter((one) => isAuditors(one) && !one.path.includes(":"));
  // Second looks are reviewers' and administrators' work; what came of each stands in the case's trail.
  for (const route of theirs.filter(({ path }) => path[0] !== "oversight")) {
    const { status } = await auditor.get(addressOf(route));
    expect(status, addressOf(route)).not.toBe(403);
  }
});

const reads = () => city.dependencies.accessLog.ofSubject(applied.applicationId, 50);

test("whoever opens a case in full is taken down, once in ten minutes; who sees it masked is not", async () => {
  const path = paths.desk("case", applied.applicationId);
  const before = (await reads()).length;
  await auditor.get(path);
  await auditor.get(path);
  const [read, ...earlier] = await reads();
  expect(earlier).toHaveLength(before);
  expect(read).toMatchObject({ page: "case" });
  expect(read?.fields).toContain("id_number");

  await (await signIn(city, "finance")).get(path);
  expect(await reads()).toHaveLength(before + 1);
  await city.clock.advanceTo(addMinutes(city.clock.now(), 11));
  await auditor.get(path);
  expect(await reads()).toHaveLength(before + 2);
});

test("a paper, and a case behind a link after the PIN, are taken down too; before the PIN nothing is", async () => {
  const [paper] = await city.dependencies.cases.papers(applied.applicationId);
  const before = (await reads()).length;
  await fetch(
    `${city.url}${paths.desk("case", applied.applicationId, "papers", String(paper?.number))}`,
    {
      headers: { cookie: auditor.cookieHeader() },
      redirect: "manual",
    },
  );
  expect((await reads())[0]).toMatchObject({ page: "paper", fields: ["papers"] });

  const approver = createVisitor(city.url);
  const link = await approver.get(await linkOf(city, applied, "station"));
  expect(await reads()).toHaveLength(before + 1);
  await approver.send(link, formWith(link, "action", "open"), { pin: demoPin });
  expect(await reads()).toHaveLength(before + 2);
  expect((await reads()).map(({ page }) => page)).toContain("decision");
});

test("who read what is listed by day, by person and by case; a day that is none comes back with what was typed", async () => {
  const listed = async (query: Readonly<Record<string, string>>) =>
    auditor.get(`${paths.desk("trail", "reads")}?${new URLSearchParams(query).toString()}`);
  const day = localDateOf(city.clock.now());
  expect(wordsOf((await listed({ day })).html)).toContain(applied.applicationId);
  expect(wordsOf((await listed({ day: "2020-01-01" })).html)).toContain("没有记录。");
  const ofCase = wordsOf((await listed({ subject: applied.applicationId, day: "" })).html);
  expect(ofCase).toContain("审批链接");
  const nobody = await listed({ day, person: "ST00000001x" });
  expect(wordsOf(nobody.html)).toContain("没有记录。");
  const wrong = await listed({ day: "明天" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain("明天");
  expect((await (await signIn(city, "admin")).get(paths.desk("trail"))).status).toBe(403);
});

test("one case is proved at once, a changed event is named, and a number that is none comes back", async () => {
  const anchor = await anchorNextNight(city);
  auditor = await signIn(city, "auditor");
  const one = async (number: string) =>
    auditor.get(`${paths.desk("trail", "one")}?${new URLSearchParams({ number }).toString()}`);
  const sound = await one(applied.applicationId.toLowerCase());
  expect(wordsOf(sound.html)).toContain("核验通过");
  expect(wordsOf(sound.html)).toContain("2026年7月20日");
  const wrong = await one("SN12");
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="SN12"');
  expect(wordsOf((await auditor.get(paths.desk("trail"))).html)).toContain(anchor.root);
});

test("the whole trail is exported and proved in the background, and the file is proved elsewhere", async () => {
  const page = await auditor.get(paths.desk("trail"));
  const asked = await auditor.send(page, formTo(page, "/trail/proofs"));
  expect(asked.status).toBe(200);
  await until("it is proved", async () => {
    const [run] = await city.dependencies.trail.proofs(1);
    return (run?.done ?? null) !== null;
  });
  const path = new URL(asked.url).pathname;
  expect(wordsOf((await auditor.get(path)).html)).toContain("全部核验通过");
  const file = await auditor.download(`${path}/file`);
  const verdict = await proved(file);
  expect(verdict.first).toBeNull();
  expect(verdict.proved.reads).toBeGreaterThan(2);
  expect((await auditor.get(paths.desk("trail", "proofs", "x"))).status).toBe(404);
});
