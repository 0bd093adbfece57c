/**
 * What only the embedded run has: its health, its mailbox, its clock, its counters. Never part of a bundle for
 * AWS. Whoever can open these pages can read every mail, so `DEV_PAGES=off` closes them where people work for real.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { instantOfMs, type Instant } from "#shared/kernel/calendar.ts";
import type { Locale } from "#shared/kernel/text.ts";
import { clockPage, mailPage, messagePage } from "./dev-views.ts";
import { addDuration } from "./duration.ts";
import type { DevPages } from "./http.ts";
import type { Mailbox } from "./mailbox.ts";
import { ClockCannotGoBack, type MovableClock } from "./movable-clock.ts";

interface DevInput {
  readonly enabled: boolean;
  readonly clock: MovableClock;
  readonly mailbox: Mailbox;
  readonly metrics: () => object;
  /** The TOTP code of the demo people at this moment of the clock; null where there is no demo city. */
  readonly totp: (() => Promise<string>) | null;
  /** Why the run is not well; null when it is. */
  readonly fault: () => string | null;
}

interface Exchange {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly headers: IncomingMessage["headers"];
  readonly locale: Locale;
  readonly response: ServerResponse;
}

const shownMails = 200;

const json = ({ response, method }: Exchange, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(method === "HEAD" ? undefined : JSON.stringify(body, null, 1));
};

const html = ({ response, method }: Exchange, status: number, body: string): void => {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(method === "HEAD" ? undefined : body);
};

const wantsJson = ({ headers }: Exchange): boolean =>
  headers.accept?.includes("application/json") === true ||
  headers["content-type"]?.startsWith("application/json") === true;

const fieldsOf = ({ body, headers }: Exchange): Readonly<Record<string, unknown>> => {
  const text = body.toString("utf8");
  if (headers["content-type"]?.startsWith("application/json") !== true) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
};

/** @returns null when neither `to` nor `advance` can be read. */
const targetOf = (fields: Readonly<Record<string, unknown>>, now: Instant): Instant | null => {
  const { to, advance } = fields;
  if (typeof advance === "string" && advance !== "") return addDuration(now, advance);
  if (typeof to !== "string" || to === "") return null;
  const ms = Date.parse(to);
  return Number.isFinite(ms) ? instantOfMs(ms) : null;
};

const unreadable = {
  zh: "请填写时刻（to，例如 2026-12-01T09:00:00+08:00）或时长（advance，例如 P5D、PT2H）。",
  en: "Give an instant (to, for example 2026-12-01T09:00:00+08:00) or a duration (advance, for example P5D or PT2H).",
};

const fromElsewhere = ({ headers }: Exchange): boolean => {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
};

const moveClock = async (input: DevInput, exchange: Exchange): Promise<void> => {
  if (fromElsewhere(exchange)) return json(exchange, 403, { message: "Forbidden" });
  const refuse = (message: { zh: string; en: string }): void =>
    wantsJson(exchange)
      ? json(exchange, 400, { message })
      : html(exchange, 400, clockPage(exchange.locale, input.clock.now(), message));
  const target = targetOf(fieldsOf(exchange), input.clock.now());
  if (target === null) return refuse(unreadable);
  try {
    await input.clock.advanceTo(target);
  } catch (error) {
    if (!(error instanceof ClockCannotGoBack)) throw error;
    return refuse({ zh: "时钟不能往回拨。", en: "The clock can't go back." });
  }
  if (wantsJson(exchange)) return json(exchange, 200, { now: input.clock.now() });
  exchange.response.writeHead(303, { location: "/dev/clock" }).end();
};

const answer = async (input: DevInput, path: string, exchange: Exchange): Promise<void> => {
  const isRead = exchange.method === "GET" || exchange.method === "HEAD";
  if (path === "/healthz" && isRead) {
    const fault = input.fault();
    return json(exchange, fault === null ? 200 : 503, {
      status: fault === null ? "ok" : "down",
      ...(fault === null ? {} : { fault }),
      now: input.clock.now(),
    });
  }
  if (input.enabled) {
    const to = exchange.query.get("to");
    const filter = to === null ? {} : { to };
    if (path === "/dev/clock" && exchange.method === "POST") return moveClock(input, exchange);
    if (path === "/dev/clock" && isRead) {
      return wantsJson(exchange)
        ? json(exchange, 200, { now: input.clock.now() })
        : html(exchange, 200, clockPage(exchange.locale, input.clock.now(), null));
    }
    if (path === "/dev/mail.json" && isRead)
      return json(exchange, 200, input.mailbox.mails(filter));
    if (path === "/dev/mail" && isRead) {
      const mails = input.mailbox.mails({ ...filter, limit: shownMails });
      return html(exchange, 200, mailPage(exchange.locale, mails));
    }
    if (path === "/dev/totp" && isRead && input.totp) {
      const code = await input.totp();
      return wantsJson(exchange)
        ? json(exchange, 200, { code })
        : html(exchange, 200, messagePage(exchange.locale, { zh: code, en: code }));
    }
    if (path === "/dev/metrics.json" && isRead) return json(exchange, 200, input.metrics());
  }
  return html(
    exchange,
    404,
    messagePage(exchange.locale, { zh: "没有这个页面。", en: "There is no such page." }),
  );
};

export const createDevPages =
  (input: DevInput): DevPages =>
  (request, response, body) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    return answer(input, url.pathname, {
      method: request.method ?? "GET",
      query: url.searchParams,
      body,
      headers: request.headers,
      locale: url.searchParams.get("lang") === "en" ? "en" : "zh-CN",
      response,
    });
  };
