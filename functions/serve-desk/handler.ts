import { pageHandler } from "#shared/lambda/page-handler.ts";
import { inOneRequest } from "#shared/casework/remembered-organisation.ts";
import type { Text } from "#shared/kernel/text.ts";
import { messagePage, notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { forbidden, mayDo, type Desk } from "./frame.ts";
import { showCase } from "./pages/case.ts";
import { answerCode, showCode } from "./pages/code.ts";
import { findCase, showHome } from "./pages/home.ts";
import { sendPaper, showPaper } from "./pages/paper.ts";
import { answerLink, answerSignIn, showLink, showSignIn } from "./pages/sign-in.ts";
import type { Route } from "./route.ts";
import { closeSession, hasToken, openSession, type DeskSession } from "./session.ts";
import type { Uses } from "./uses.ts";

/** 审批表, read when one is printed. */
const showApprovalForm: Route["answer"] = async (desk, id) =>
  (await import("./pages/approval-form.ts")).showApprovalForm(desk, id);

/** Longer addresses with fixed words stand before the ones they would fit. */
const ownRoutes: readonly Route[] = [
  { method: "GET", path: [], right: null, answer: showHome },
  { method: "GET", path: ["case"], right: "see_cases", answer: findCase },
  { method: "GET", path: ["case", ":"], right: "see_cases", answer: showCase },
  { method: "GET", path: ["case", ":", "form"], right: "see_cases", answer: showApprovalForm },
  { method: "GET", path: ["case", ":", "papers", ":"], right: "see_facts", answer: sendPaper },
  {
    method: "GET",
    path: ["case", ":", "papers", ":", "page"],
    right: "see_facts",
    answer: showPaper,
  },
];

/**
 * Areas with pages of their own, read when one of them is first opened: a cold start reads what every request
 * needs, and nobody opens all of them.
 */
const areas: Readonly<Record<string, () => Promise<readonly Route[]>>> = {
  "api-clients": async () => (await import("./pages/api-clients/routes.ts")).apiClientRoutes,
  cases: async () => (await import("./pages/case-list-routes.ts")).caseListRoutes,
  search: async () => (await import("./pages/search/routes.ts")).searchRoutes,
  funds: async () => (await import("./pages/funds/routes.ts")).fundRoutes,
  batches: async () => (await import("./pages/batches/routes.ts")).batchRoutes,
  exports: async () => (await import("./pages/exports/routes.ts")).exportRoutes,
  "paying-accounts": async () =>
    (await import("./pages/paying-account/routes.ts")).payingAccountRoutes,
  feedback: async () => (await import("./pages/feedback/routes.ts")).feedbackRoutes,
  audit: async () => (await import("./pages/audit/routes.ts")).auditRoutes,
  trail: async () => (await import("./pages/trail/routes.ts")).trailRoutes,
  reports: async () => (await import("./pages/reports/routes.ts")).reportRoutes,
  recovery: async () => (await import("./pages/recovery/routes.ts")).recoveryRoutes,
  policy: async () => (await import("./pages/policy/routes.ts")).policyRoutes,
  people: async () => (await import("./pages/people/routes.ts")).peopleRoutes,
  oversight: async () => (await import("./pages/oversight/routes.ts")).oversightRoutes,
  "on-behalf": async () => (await import("./pages/on-behalf/routes.ts")).onBehalfRoutes,
  handling: async () => (await import("./pages/handling/routes.ts")).handlingRoutes,
  archive: async () => (await import("./pages/archive/routes.ts")).archiveRoutes,
  allocations: async () => (await import("./pages/allocation/routes.ts")).allocationRoutes,
};

/** The routes that an address may fit: those of its area, by its first segment. */
const routesUnder = async (first = ""): Promise<readonly Route[]> =>
  Object.hasOwn(areas, first) ? ((await areas[first]?.()) ?? []) : ownRoutes;

const routeOf = async (method: string, segments: readonly string[]): Promise<Route | undefined> => {
  const routes = await routesUnder(segments[0]);
  return routes.find(
    (route) =>
      route.method === method &&
      route.path.length === segments.length &&
      route.path.every((part, index) => part === ":" || part === segments[index]),
  );
};

const signInWords: Text = { zh: "登录", en: "Sign in" };

/**
 * What was sent without a session is not done; the page says so instead of losing it without a
 * word.
 */
const signedOut = (request: PageRequest): PageResponse =>
  request.method === "GET"
    ? redirect(paths.desk("sign-in"))
    : messagePage(401, request.locale, {
        title: { zh: "登录已过期", en: "You are signed out" },
        happened: {
          zh: "刚才的操作没有办理，因为登录已经到期或退出。",
          en: "What you just sent was not done: your session has ended.",
        },
        next: { zh: "请重新登录后再操作。", en: "Please sign in and do it again." },
        link: { href: paths.desk("sign-in"), label: signInWords },
      });

const forged = (desk: Desk): PageResponse => forbidden(desk, "no_form_token");

const atDesk = async (
  uses: Uses,
  request: PageRequest,
  session: DeskSession,
): Promise<PageResponse> => {
  const desk: Desk = { uses, request, session };
  const segments = request.path.slice(1);
  if (request.method === "POST" && !(await hasToken(uses, request, session))) return forged(desk);
  if (request.method === "POST" && segments.join("/") === "sign-out") {
    return redirect(paths.desk("sign-in"), await closeSession(uses, session));
  }
  const route = await routeOf(request.method, segments);
  if (!route) return notFoundPage(request.locale);
  if (route.right !== null && !mayDo(desk, route.right)) return forbidden(desk, route.right);
  const [first = "", second = ""] = route.path.flatMap((part, index) =>
    part === ":" ? [segments[index] ?? ""] : [],
  );
  return route.answer(desk, first, second);
};

const signIn = (
  uses: Uses,
  request: PageRequest,
  step: string | undefined,
): PageResponse | Promise<PageResponse> => {
  const posted = request.method === "POST";
  if (step === undefined) return posted ? answerSignIn(uses, request) : showSignIn(request);
  if (step === "code") return posted ? answerCode(uses, request) : showCode(uses, request);
  return posted ? answerLink(uses, request, step) : showLink(uses, request, step);
};

const respond = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const [, area, step, ...more] = request.path;
  if (area === "sign-in" && more.length === 0) return signIn(uses, request, step);
  const session = await openSession(uses, request);
  return session ? atDesk(uses, request, session) : signedOut(request);
};

export const createHandler = (uses: Uses) =>
  pageHandler(
    { name: "serve-desk", siteUrl: uses.siteUrl, uploadOrigin: uses.uploadOrigin },
    (request) => respond(inOneRequest(uses), request),
  );
