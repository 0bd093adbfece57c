/**
 * Bad input on every form and every endpoint: it is refused with a page, never with a fault or a stack trace, it
 * shows nobody another person's case, and it moves no money. HOSTILE_SEED and HOSTILE_RUNS play another storm.
 */
import { capturedOutput } from "#test/support/captured-output.ts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { functions } from "#infra/manifest.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { caseOf, startCity } from "#test/support/city.ts";
import {
  gatherPeople,
  type People,
  type Persona,
  type Target,
} from "#test/support/hostile-people.ts";
import { formBody, hostileRequest, tokenName } from "#test/support/hostile-requests.ts";
import { answersOf, applyAs, expectBooksFit } from "#test/support/journey.ts";
import {
  createRawClient,
  type RawAnswer,
  type RawClient,
  type RawRequest,
} from "#test/support/raw-request.ts";

const seed = Number(process.env["HOSTILE_SEED"] ?? 20_261_120);
const runs = Number(process.env["HOSTILE_RUNS"] ?? 1_000);

let city: Embedded;
let client: RawClient;
let bystander: Applied;
let bystanderSecrets: readonly string[];
let personas: People["personas"];
let targets: People["targets"];
let people: People;
const faults: string[] = [];

beforeAll(async () => {
  city = await startCity({ report: (where, error) => faults.push(`${where}: ${error}`) });
  client = createRawClient(city.url);
  bystander = await applyAs(city, "golden-autumn", { unitId: "xiahe" });
  const answers = await answersOf(city, bystander);
  bystanderSecrets = ["applicantIdNumber", "phone", "bankCardNumber", "address"].map(
    (name) => answers[name] ?? "",
  );
  const gathered = await gatherPeople(city);
  people = { ...gathered, ids: [...gathered.ids, bystander.applicationId] };
  ({ personas, targets } = people);
});
afterAll(async () => {
  client.close();
  await city.stop();
});

const stackTrace =
  /\n\s+at .+:\d+:\d+|node:internal|node_modules|\.ts:\d+|(?:Type|Range|Syntax)Error\b/u;

const pageType = "text/html; charset=utf-8";

/** What holds of any answer to anything. */
const expectAnsweredWell = (sent: RawRequest, answer: RawAnswer): void => {
  const shown = `${sent.method} ${sent.path.slice(0, 300)} → ${answer.status}`;
  expect(answer.status, shown).toBeGreaterThanOrEqual(200);
  expect(answer.status, shown).toBeLessThan(500);
  expect(stackTrace.test(answer.body), `${shown}: a stack trace`).toBe(false);
  expect(answer.body.includes("<script>alert"), `${shown}: markup of the sender's`).toBe(false);
  // Node itself refuses what is no HTTP, and what has more headers than API Gateway takes, with no page.
  const byServer =
    [400, 431].includes(answer.status) && answer.headers["content-type"] === undefined;
  if (answer.status >= 400 && sent.method !== "HEAD" && !byServer) {
    // A program is told in JSON what people are told on a page.
    if (sent.path.startsWith("/api") && answer.headers["content-type"] !== pageType) {
      expect(answer.headers["content-type"], shown).toBe("application/problem+json");
      expect(JSON.parse(answer.body), shown).toMatchObject({ status: answer.status });
    } else {
      expect(answer.headers["content-type"], shown).toBe(pageType);
      expect(answer.body, shown).toMatch(/<h1[\s>]/u);
    }
  }
  const location = answer.headers["location"];
  if (typeof location === "string") {
    expect(/^\/(?!\/)/u.test(location) || location.startsWith(`${city.url}/`), shown).toBe(true);
  }
};

const ask = async (sent: RawRequest): Promise<RawAnswer> => {
  const answer = await client.send(sent);
  expectAnsweredWell(sent, answer);
  return answer;
};

/** One address for each route of the manifest, and for each area of the pages. */
const addresses = [
  ...new Set([
    ...functions.flatMap(({ trigger }) =>
      trigger.kind === "page"
        ? trigger.routes.map((route) => (route.split(" ")[1] ?? "").replace(/\{\w+\+?\}/u, "any"))
        : [],
    ),
    ...programmes.map(({ id }) => paths.apply(id)),
    paths.status,
    paths.asset("any.css"),
    ...["case", "cases", "funds", "batches", "exports", "sign-in"].map((area) => paths.desk(area)),
    paths.desk("sign-in", "code"),
  ]),
];

/** What a page says of an address that isn't one, or that the asker may not see. */
const notThere = [303, 403, 404, 405, 410];

test("every form that anybody can reach was found", () => {
  const found = new Set(targets.map(({ path }) => path.replaceAll(/SN[0-9A-Z]{10}/gu, "ID")));
  for (const path of [
    // The winter's form isn't offered in summer.
    ...["critical-illness", "emergency", "golden-autumn"].map(paths.apply),
    paths.status,
    paths.pin,
    paths.desk("sign-in"),
    paths.desk("sign-in", "code"),
    paths.desk("sign-out"),
    paths.desk("batches", "new"),
    paths.desk("exports", "new", "journal"),
    paths.desk("funds", "orders", "new"),
    "/status/ID/information",
    "/status/ID/correct",
    "/status/ID/card",
    "/status/ID/withdraw",
    "/status/ID/leave",
    "/status/ID/extend",
    "/desk/handling/ID/accept",
    "/desk/handling/ID/return",
    "/desk/handling/ID/record",
    "/apply/critical-illness/ID/answers",
    "/apply/critical-illness/ID/questions/members",
    "/apply/critical-illness/ID/submit",
  ]) {
    expect([...found], path).toContain(path);
  }
  for (const pattern of [/^\/decide\//u, /^\/pin\/[\w-]{43}$/u, /\/authorise$/u, /\/void$/u]) {
    expect(
      [...found].some((path) => pattern.test(path)),
      String(pattern),
    ).toBe(true);
  }
});

test.each(addresses)(
  "%s: methods, types and bodies that no form sends are refused",
  async (path) => {
    for (const method of ["PUT", "DELETE", "PATCH", "PROPFIND", "TRACE"]) {
      expect((await ask({ method, path })).status, method).toBe(405);
    }
    expect((await ask({ method: "OPTIONS", path })).status).toBe(204);
    // Nothing can be posted to the API's own pages at all; its operations have tests of their own.
    if (path.startsWith("/api")) return;
    for (const type of ["application/json", "text/xml", "multipart/form-data; boundary=x", ""]) {
      const sent = {
        method: "POST",
        path,
        headers: { "content-type": type },
        body: Buffer.from("{}"),
      };
      expect((await ask(sent)).status, type).toBe(415);
    }
    const large = formBody(city.url, `applicantName=${"长".repeat(100_000)}`);
    expect(large.body.length).toBeGreaterThan(300_000);
    const tooLarge = (await ask({ method: "POST", path, ...large })).status;
    expect(tooLarge).toBe(413);
    const elsewhere = formBody(city.url, "a=b");
    for (const headers of [
      { ...elsewhere.headers, origin: "https://evil.example" },
      { ...elsewhere.headers, origin: "null" },
      { ...elsewhere.headers, "sec-fetch-site": "cross-site" },
    ]) {
      expect((await ask({ method: "POST", path, headers, body: elsewhere.body })).status).toBe(403);
    }
  },
);

test.each(addresses)(
  "%s: an address that can't be read is refused or not found",
  async (address) => {
    const base = address === "/" ? "" : address;
    const longest = "x".repeat(3_000);
    const tails = [
      "/%E0%A4%A",
      "/%",
      "/%zz",
      "/%00",
      "/a%00b/%0d%0aset-cookie:x",
      "/..%2f..%2fetc%2fpasswd",
      "/../../etc/passwd",
      "//evil.example",
      "/__proto__",
      "/constructor/prototype",
      `/${longest}`,
      `/${longest}/${longest}/${longest}`,
    ];
    for (const { visitor, name } of personas) {
      const headers = { cookie: visitor.cookieHeader() };
      for (const tail of tails) {
        const sent = { method: "GET", path: base + tail, headers };
        const { status } = await ask(sent);
        expect([400, ...notThere], `${name} ${sent.path.slice(0, 60)}`).toContain(status);
      }
      await ask({ method: "GET", path: `${base}//`, headers });
      await ask({ method: "GET", path: `${address}?${"a=b&".repeat(1_500)}`, headers });
    }
    const huge = await client.send({ method: "GET", path: `${address}?${"a=b&".repeat(8_000)}` });
    expect(huge.status).toBe(431);
  },
);

test("what the store can't hold as a key, and periods at the ends of time, are answered as not there or wrong", async () => {
  const longest = "长".repeat(1_500);
  const persona = (name: string): Persona => personas.find((one) => one.name === name)!;
  const send = async (name: string, path: string, fields: Readonly<Record<string, string>>) => {
    const isSent = (one: Target): boolean => one.method === "POST" && one.path === path;
    const target = targets.find((one) => one.persona.name === name && isSent(one))!;
    const tokens = target.fields.filter(([field]) => tokenName.test(field)) as [string, string][];
    const { headers, body } = formBody(
      city.url,
      String(new URLSearchParams([...tokens, ...Object.entries(fields)])),
    );
    const cookie = persona(name).visitor.cookieHeader();
    return ask({ method: "POST", path, headers: { ...headers, cookie }, body: body });
  };
  for (const area of ["funds", "batches", "case", "cases", "exports"]) {
    const cookie = persona("auditor").visitor.cookieHeader();
    const path = paths.desk(area, longest.slice(0, 800));
    expect((await ask({ method: "GET", path, headers: { cookie } })).status, area).toBe(404);
  }
  const period = { from: "2026-01-01", to: "2026-12-31" };
  const wrong = [
    { fund: longest, ...period },
    { fund: "\0", ...period },
    { fund: "union", from: "9999-12-01", to: "9999-12-31" },
    { fund: "union", from: "9999-12-30", to: "9999-12-30" },
    { fund: "union", from: "0000-01-01", to: "0000-12-31" },
    { fund: "union", from: "0001-01-01", to: "0009-12-31" },
  ];
  for (const fields of wrong) {
    const { status } = await send("auditor", paths.desk("exports", "new", "journal"), fields);
    // A day far ahead is a day: such an export is made, and empty.
    expect([303, 422], JSON.stringify(fields).slice(0, 80)).toContain(status);
  }
  for (const fund of [longest, "\0", "__proto__", " union"]) {
    const { status } = await send("finance", paths.desk("batches", "new"), { fund });
    expect([404, 422], fund.slice(0, 20)).toContain(status);
  }
  for (const month of ["0000-01", "9999-12", "2026-00", longest.slice(0, 500), "\0"]) {
    const cookie = persona("auditor").visitor.cookieHeader();
    const path = `${paths.desk("funds", "union")}?${new URLSearchParams({ month }).toString()}`;
    expect((await ask({ method: "GET", path, headers: { cookie } })).status).toBe(200);
  }
  for (const number of [longest, "\0", "=1+1", "\u202e"]) {
    const path = paths.desk("funds", "orders", "new");
    const fields = { kind: "income", fund: "union", voucher: number, amount: "1", reason: "x" };
    const { status } = await send("administrator", path, fields);
    expect(status, number.slice(0, 20)).toBe(422);
  }
});

test("what only the embedded run has, answers rubbish without a fault too", async () => {
  const bodies = ["", "%", "{", '{"to":{}}', "to=%00&advance=P", "x".repeat(300_000)];
  for (const path of ["/healthz", "/dev/clock", "/dev/mail.json?to=%00", "/dev/none"]) {
    for (const method of ["GET", "POST", "PUT"]) {
      for (const text of bodies) {
        const headers = {
          "content-type": text.startsWith("{") ? "application/json" : "text/plain",
        };
        const answer = await client.send({ method, path, headers, body: Buffer.from(text) });
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        expect(stackTrace.test(answer.body), `${method} ${path}`).toBe(false);
      }
    }
  }
  const boundary = { "content-type": "multipart/form-data; boundary=x" };
  for (const path of [
    "/s3",
    "/s3/",
    "/s3/papers",
    "/s3/papers/papers/x",
    "/s3/%E0%A4%A",
    "/s3/..",
  ]) {
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      for (const body of ["", "--x\r\n\r\n\r\n--x--", "--x\r\ncontent-disposition: form-data"]) {
        const sent = { method, path, headers: boundary, body: Buffer.from(body) };
        const answer = await client.send(sent);
        expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        expect(stackTrace.test(answer.body), `${method} ${path}`).toBe(false);
      }
    }
  }
});

test("other people's cases are not there for whoever asks, by any address or form", async () => {
  const id = bystander.applicationId;
  const before = await caseOf(city, bystander);
  const caseAddresses = ["", "/information", "/correct", "/card", "/withdraw", "/leave"].map(
    (tail) => paths.case(id) + tail,
  );
  const draftAddresses = [
    "papers",
    "answers",
    "questions/phone",
    "check",
    "saved",
    "submit",
    "receipt",
  ].map((tail) => `${paths.apply("golden-autumn")}/${id}/${tail}`);
  for (const persona of personas) {
    const cookie = persona.visitor.cookieHeader();
    for (const path of [...caseAddresses, ...draftAddresses]) {
      expect((await ask({ method: "GET", path, headers: { cookie } })).status).toBe(404);
      const post = formBody(city.url, "_token=x&confirm=yes");
      const sent = { method: "POST", path, body: post.body, headers: { ...post.headers, cookie } };
      expect([404, 405], path).toContain((await ask(sent)).status);
    }
    const shown = await ask({
      method: "GET",
      path: paths.desk("case", id),
      headers: { cookie },
    });
    // The auditor sees every case as it is; a handler of another branch not even that it is there.
    const seesFacts = persona.name === "auditor";
    if (persona.name === "handler") expect(shown.status).toBe(404);
    for (const secret of bystanderSecrets) expect(shown.body.includes(secret)).toBe(seesFacts);
    if (seesFacts) continue;
    const paper = paths.desk("case", id, "papers", "1");
    const { status } = await ask({ method: "GET", path: paper, headers: { cookie } });
    expect([303, 403, 404]).toContain(status);
  }
  expect(await caseOf(city, bystander)).toEqual(before);
});

test("a storm of bad requests: each is answered with a page, none with a fault; the books fit, and nobody else's case is moved or shown", async () => {
  const before = await caseOf(city, bystander);
  const statuses: Record<number, number> = {};
  console.log(`hostile: seed ${seed}, ${runs} requests, ${targets.length} forms`);

  await fc.assert(
    fc.asyncProperty(hostileRequest(people, city.url), async (sent) => {
      const answer = await ask(sent);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const auditor = personas.find(({ name }) => name === "auditor");
      const isAuditor = sent.headers?.["cookie"]?.startsWith(
        auditor?.visitor.cookieHeader() || "nobody",
      );
      if (isAuditor) return;
      for (const secret of bystanderSecrets) expect(answer.body.includes(secret)).toBe(false);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );

  console.log(`hostile: answered with ${JSON.stringify(statuses)}`);
  expect(faults).toEqual([]);
  const logged = capturedOutput().filter((line) => line.startsWith('{"level":'));
  expect(logged.length).toBeGreaterThan(10);
  expect(logged.filter((line) => /"level":"(?:ERROR|CRITICAL)"/u.test(line))).toEqual([]);
  expect(bystanderSecrets.filter((secret) => logged.join("\n").includes(secret))).toEqual([]);
  expect((await client.send({ method: "GET", path: "/healthz" })).status).toBe(200);
  expect(await caseOf(city, bystander)).toEqual(before);
  await expectBooksFit(city, [bystander]);
});
