import { request } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import type { EmbeddedOptions } from "#infra/local/embedded-options.ts";
import { startEmbedded } from "#infra/local/embedded.ts";
import type { Handler, HandlerModule } from "#infra/local/handlers.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { definitionOf, temporaryDirectory, waitingMachine } from "./fixtures.ts";

type Make = (dependencies: Dependencies) => Handler;

/** The waiting task of the tests: keeps its token in the store and mails that it asked. */
const ask: Make = (dependencies) => async (payload) => {
  const { id, taskToken } = payload as { id: string; taskToken: string };
  await dependencies.files.write(`tokens/${id}`, Buffer.from(taskToken), "text/plain");
  await dependencies.mailer.send({
    id: `ask:${id}`,
    to: "a@example.org",
    subject: `请审批 ${id}`,
    text: `${dependencies.siteUrl}/decide/${id}。`,
    html: "",
  });
  return {};
};

/** A page that gives back what it was asked with. */
const echo: Make = () => async (event) => {
  const { rawPath, cookies, body, isBase64Encoded, ...given } = event as APIGatewayProxyEventV2;
  if (rawPath === "/echo/broken") throw new Error("a secret that must not be shown");
  if (rawPath === "/echo/large") return { statusCode: 200, body: "x".repeat(7_000_000) };
  const { method } = given.requestContext.http;
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    cookies: ["__Host-a=1; Secure; Path=/", "__Host-b=2; Secure; Path=/"],
    body: JSON.stringify({
      method,
      rawPath,
      query: given.rawQueryString,
      cookies,
      body,
      isBase64Encoded,
      header: given.headers["x-two"],
      at: given.requestContext.timeEpoch,
    }),
  };
};

const handlers: Readonly<Record<string, Make>> = { ask, echo };

const fixture: EmbeddedOptions = {
  dataDir: null,
  functions: [
    definitionOf("echo", { kind: "page", routes: ["ANY /echo/{path+}"] }),
    definitionOf("ask", { kind: "task" }),
  ],
  machines: { application: waitingMachine(14 * 86_400), disbursement: waitingMachine(60) },
  loadHandler: async (name) => ({ createHandler: handlers[name] }) as HandlerModule,
};

const begin = async (options: Partial<EmbeddedOptions> = {}) => {
  const embedded = await startEmbedded({ ...fixture, ...options });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await embedded.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { ...embedded, stop };
};

const jsonOf = async (answer: Response): Promise<Record<string, unknown>> =>
  (await answer.json()) as Record<string, unknown>;

test("a request reaches its page as an API Gateway event, and the answer comes back whole", async () => {
  const { url } = await begin({ now: instant("2026-07-20T00:00:00Z") });

  const answer = await fetch(`${url}/echo/a%20b?x=1&x=2`, {
    method: "POST",
    headers: {
      cookie: "one=1; two=2",
      "content-type": "application/x-www-form-urlencoded",
      "X-Two": "yes",
    },
    body: "name=%E6%9D%8E",
  });

  const body = await jsonOf(answer);
  expect(body).toMatchObject({
    method: "POST",
    rawPath: "/echo/a%20b",
    query: "x=1&x=2",
    cookies: ["one=1", "two=2"],
    isBase64Encoded: true,
    header: "yes",
  });
  expect(Buffer.from(String(body["body"]), "base64").toString()).toBe("name=%E6%9D%8E");
  expect(new Date(Number(body["at"])).toISOString().slice(0, 10)).toBe("2026-07-20");
  expect(answer.headers.getSetCookie()).toHaveLength(2);
});

test("HEAD gets the headers alone", async () => {
  const { url } = await begin();

  const answer = await fetch(`${url}/echo/x`, { method: "HEAD" });

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe("");
});

test("what can't be answered is told without a stack trace", async () => {
  const reported: string[] = [];
  const { url } = await begin({ report: (where, name) => reported.push(`${where} ${name}`) });
  const tooLong = new Uint8Array(10_000_001);

  const answers = await Promise.all([
    fetch(`${url}/nowhere`),
    fetch(`${url}/echo/broken`),
    fetch(`${url}/echo/large`),
    fetch(`${url}/echo/x`, { method: "POST", body: tooLong }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([404, 500, 500, 413]);
  expect(await answers[0]?.text()).toContain("没有这个页面");
  expect(await answers[1]?.text()).toBe('{"message":"Internal Server Error"}');
  expect(reported).toEqual(["echo Error", "echo Error"]);
});

test("two runs in one process, begun at the same moment, don't meet", async () => {
  const [one, other] = await Promise.all([begin(), begin()]);

  await one.dependencies.workflow.start("application", "SN1", { id: "SN1" });
  await one.clock.settled();
  await one.dependencies.files.write("only/here", Buffer.from("1"), "text/plain");

  expect(one.mailbox.mails()).toHaveLength(1);
  expect(other.mailbox.mails()).toEqual([]);
  expect(other.executions()).toEqual([]);
  expect(await other.dependencies.files.list("only/")).toEqual([]);
  expect(one.url).not.toBe(other.url);
});

test("an execution goes on over HTTP, and a run shows its counters, its mails and its health", async () => {
  const { url, dependencies, clock } = await begin({ meter: true });
  await dependencies.workflow.start("application", "SN1", { id: "SN1" });
  await clock.settled();
  const token = await dependencies.files.read("tokens/SN1", 1000);

  expect(await dependencies.workflow.succeed(Buffer.from(token ?? []).toString(), {})).toBe(true);
  await clock.settled();

  const metrics = await jsonOf(await fetch(`${url}/dev/metrics.json`));
  expect(metrics).toMatchObject({
    executions: [{ machine: "application", name: "SN1", status: "SUCCEEDED", transitions: 1 }],
    mails: { ask: 1 },
    writeUnits: { byApplication: {} },
  });
  expect(await jsonOf(await fetch(`${url}/healthz`))).toMatchObject({ status: "ok" });
  const [mail] = (await (await fetch(`${url}/dev/mail.json`)).json()) as Record<string, string>[];
  expect(mail).toMatchObject({ id: "ask:SN1", to: "a@example.org", subject: "请审批 SN1" });
  const page = await (await fetch(`${url}/dev/mail`)).text();
  expect(page).toContain(`<a href="${url}/decide/SN1" rel="noreferrer">`);
});

test("the clock is read and moved over HTTP, by an instant or a duration, as a form or as JSON", async () => {
  const { url, clock } = await begin({ now: instant("2026-07-01T00:00:00Z") });
  const json = { "content-type": "application/json" };
  const move = (body: object) =>
    fetch(`${url}/dev/clock`, { method: "POST", headers: json, body: JSON.stringify(body) });

  const moved = await jsonOf(await move({ advance: "P5D" }));
  expect(String(moved["now"]).slice(0, 10)).toBe("2026-07-06");
  const form = new URLSearchParams({ to: "2026-07-20T09:00:00+08:00" });
  const answer = await fetch(`${url}/dev/clock`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });

  expect(answer.status).toBe(303);
  const read = await fetch(`${url}/dev/clock`, { headers: { accept: "application/json" } });
  expect(String((await jsonOf(read))["now"]).slice(0, 16)).toBe("2026-07-20T01:00");
  expect((await move({ to: "2026-07-02T00:00:00Z" })).status).toBe(400);
  expect((await move({ advance: "5 days" })).status).toBe(400);
  const elsewhere = await fetch(`${url}/dev/clock`, {
    method: "POST",
    headers: { ...json, "sec-fetch-site": "cross-site" },
    body: JSON.stringify({ advance: "P1D" }),
  });
  expect(elsewhere.status).toBe(403);
  expect(clock.now().slice(0, 10)).toBe("2026-07-20");
});

test("a stopped run takes up its executions, its mails and its clock at the next start", async () => {
  const dataDir = temporaryDirectory();
  const before = await begin({ dataDir, now: instant("2026-07-01T00:00:00Z") });
  await before.dependencies.workflow.start("application", "SN1", { id: "SN1" });
  await before.clock.advanceTo(instant("2026-07-09T00:00:00Z"));
  const sealed = await before.dependencies.vault.seal(
    { owner: "A", attribute: "b", salt: "" },
    "secret",
  );
  await before.stop();

  const after = await begin({ dataDir });
  await after.clock.settled();

  expect(after.resumed).toBe(1);
  expect(after.clock.now().slice(0, 10)).toBe("2026-07-09");
  expect(after.mailbox.mails()).toHaveLength(1);
  const scope = { owner: "A", attribute: "b", salt: "" };
  expect(await after.dependencies.vault.open(scope, sealed)).toBe("secret");
  const token = await after.dependencies.files.read("tokens/SN1", 1000);
  await after.dependencies.workflow.succeed(Buffer.from(token ?? []).toString(), { done: true });
  await after.clock.settled();
  expect(after.executions()).toMatchObject([{ name: "SN1", status: "SUCCEEDED" }]);
});

test("a run that can't start leaves nothing behind", async () => {
  const first = await begin();
  const port = Number(new URL(first.url).port);
  const dataDir = temporaryDirectory();

  await expect(begin({ dataDir, port })).rejects.toThrow("EADDRINUSE");

  const again = await begin({ dataDir });
  expect((await fetch(`${again.url}/healthz`)).status).toBe(200);
});

test("where people work for real the pages to look at the run are closed, health is not", async () => {
  const { url } = await begin({ devPages: false });
  const paths = ["/dev/mail", "/dev/mail.json", "/dev/clock", "/dev/metrics.json", "/healthz"];

  const answers = await Promise.all(paths.map((path) => fetch(`${url}${path}`)));

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 200]);
});

test("a request that comes while the run starts is answered when it has started", async () => {
  const reserved = await begin();
  const port = Number(new URL(reserved.url).port);
  await reserved.stop();
  const starting = begin({ port });
  const early = new Promise<number>((resolve, reject) => {
    const tryOnce = (): void => {
      request({ port, host: "127.0.0.1", path: "/echo/early" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on("error", (error) => ("code" in error ? setTimeout(tryOnce, 1) : reject(error)))
        .end();
    };
    tryOnce();
  });

  expect(await early).toBe(200);
  await starting;
});
