/**
 * Every page in every state that it is looked at in: one line each. Pages that links lead to are found by following
 * them; here stands what no link leads to, or what is worth a name.
 */
import { demoPin } from "#infra/local/demo-city.ts";
import {
  createVisitor,
  formTo,
  formWith,
  type PageForm,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { postWithoutToken } from "./desk.ts";
import { setPinLink, type StagedCity } from "./staged-city.ts";

export interface ShownPage {
  readonly name: string;
  readonly visitor: Visitor;
  readonly path: string;
  /** What it must come with. */
  readonly status: number;
}

/** A page that is the answer to something that was sent. */
export interface AnsweredPage {
  readonly name: string;
  readonly visitor: Visitor;
  readonly page: VisitedPage;
  readonly status: number;
}

/** The pages that have an address, each with who looks at it. */
export const shownPages = async (staged: StagedCity): Promise<readonly ShownPage[]> => {
  const { cases, draft, links, people, batches, applicantOf } = staged;
  const { stranger, approver } = people;
  const page = (name: string, visitor: Visitor, path: string, status = 200): ShownPage => ({
    name,
    visitor,
    path,
    status,
  });
  const casePages: ShownPage[] = [];
  for (const [name, applied] of Object.entries(cases)) {
    const visitor = await applicantOf(applied);
    casePages.push(
      page(`the applicant's page of a case: ${name}`, visitor, paths.case(applied.applicationId)),
    );
    if (name === "returned") {
      casePages.push(page("what is asked for", visitor, paths.information(applied.applicationId)));
      casePages.push(page("answers to correct", visitor, paths.correct(applied.applicationId)));
      casePages.push(page("an extension", visitor, paths.extend(applied.applicationId)));
    }
    if (name === "rejected")
      casePages.push(page("an appeal", visitor, paths.appeal(applied.applicationId)));
    if (name === "refusedByBank")
      casePages.push(page("the card", visitor, paths.card(applied.applicationId)));
    if (name === "arrived")
      casePages.push(page("withdrawal", visitor, paths.withdraw(applied.applicationId)));
  }
  return [
    page("the first page", stranger, paths.home),
    ...programmes.map(({ id }) => page(`a programme: ${id}`, stranger, paths.apply(id))),
    page("a draft's papers", draft.visitor, paths.papers(draft.programmeId, draft.id)),
    ...casePages,
    page(
      "the receipt",
      await applicantOf(cases.arrived),
      paths.receipt("golden-autumn", cases.arrived.applicationId),
    ),
    page("following a case", stranger, paths.status),
    page("a notice", stranger, paths.notice(cases.noticed.applicationId)),
    page("an objection", stranger, paths.objection(cases.noticed.applicationId)),
    page("a link", stranger, links.open),
    page("a link, opened", approver, links.open),
    page("a link of the second tier", stranger, links.district),
    page("a link that is decided", stranger, links.decided),
    page("a link that has ended", stranger, links.ended, 409),
    page("an appeal's link", stranger, links.appeal),
    page("a link of nobody", stranger, paths.decide("SN0000000000.1.station.1.x"), 404),
    page("asking for a PIN", stranger, paths.pin),
    page("setting a PIN", stranger, links.setPin),
    page("a PIN link of nobody", stranger, paths.setPin("x".repeat(43)), 410),
    page("signing in", stranger, paths.desk("sign-in")),
    page("a sign-in link of nobody", stranger, paths.desk("sign-in", "x".repeat(43)), 410),
    page("the code", people.half, paths.desk("sign-in", "code")),
    page("no such page", stranger, "/no-such-page", 404),
    page("an address that can't be read", stranger, "/%ff", 400),
    page("a case of somebody else", stranger, paths.case(cases.paid.applicationId), 404),
    page("the desk", people.administrator, paths.desk()),
    page("a case at the desk", people.auditor, paths.desk("case", cases.advanced.applicationId)),
    page("a handler's list", people.handler, paths.desk("handling")),
    page("a case to accept", people.handler, paths.desk("handling", cases.arrived.applicationId)),
    page("funds", people.finance, paths.desk("funds")),
    page("fund orders", people.authoriser, paths.desk("funds", "orders")),
    page(
      "allotment by formula",
      people.administrator,
      `${paths.desk("funds", "formula")}?fund=union`,
    ),
    page("the year-end close", people.administrator, paths.desk("funds", "year-end")),
    page("opening a fund", people.administrator, paths.desk("funds", "terms")),
    page("a fund's paying account", people.administrator, paths.desk("paying-accounts", "union")),
    page("a batch", people.authoriser, paths.desk("batches", batches.assembled)),
    page("mended cards to check", people.finance, paths.desk("batches", "cards")),
    page("payments on hold", people.authoriser, paths.desk("batches", "holds")),
    page("a batch at the bank", people.finance, paths.desk("batches", batches.sent)),
    page("exports", people.auditor, paths.desk("exports")),
    page("a new export", people.finance, paths.desk("exports", "new", "payment_details")),
    page(
      "a payment request on paper",
      people.finance,
      paths.desk("exports", "request", batches.closed),
    ),
    page(
      "claiming a payment back",
      people.finance,
      paths.desk("recovery", cases.paid.applicationId, "claim"),
    ),
    page("reports", people.administrator, paths.desk("reports")),
    page("a campaign's report", people.finance, paths.desk("reports", "campaign")),
    page("the annual audit pack", people.auditor, paths.desk("reports", "annual")),
    page("the nightly audit", people.auditor, paths.desk("audit")),
    page("the archive", people.handler, paths.desk("archive")),
    page("what a reviewer looks at", people.reviewer, paths.desk("oversight")),
    page("the trail", people.auditor, paths.desk("trail")),
    page("who read personal data", people.auditor, paths.desk("trail", "reads")),
    page("a page of the desk without the right", people.finance, paths.desk("policy"), 403),
  ];
};

/** A form that a visitor sends as it is, with something typed. */
const answered = async (
  name: string,
  visitor: Visitor,
  status: number,
  path: string,
  formOf: (page: VisitedPage) => PageForm,
  typed: Readonly<Record<string, string>> = {},
): Promise<AnsweredPage> => {
  const page = await visitor.get(path);
  return { name, visitor, status, page: await visitor.send(page, formOf(page), typed) };
};

/** Pages that answer something wrong: each names what, and keeps what was typed. */
export const answeredPages = async (staged: StagedCity): Promise<readonly AnsweredPage[]> => {
  const { cases, batches, links, people, city } = staged;
  const stranger = createVisitor(city.url);
  const to = (ending: string) => (page: VisitedPage) => formTo(page, ending);
  const post = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${city.url}${path}`, {
      method: "POST",
      body: new URLSearchParams({ a: "1" }),
      headers: { origin: city.url, ...headers },
    });
  const raw = async (name: string, response: Response, status: number): Promise<AnsweredPage> => ({
    name,
    visitor: stranger,
    status,
    page: { status: response.status, url: response.url, html: await response.text(), forms: [] },
  });
  return [
    await raw(
      "sent from elsewhere",
      await post("/status", { origin: "https://elsewhere.example" }),
      403,
    ),
    await raw("sent to a page that takes nothing", await post("/"), 405),
    await raw("a method of no page", await fetch(`${city.url}/`, { method: "DELETE" }), 405),
    await raw(
      "too much",
      await fetch(`${city.url}/status`, {
        method: "POST",
        body: "x".repeat(300_000),
        headers: { origin: city.url, "content-type": "application/x-www-form-urlencoded" },
      }),
      413,
    ),
    await raw(
      "another kind",
      await fetch(`${city.url}/status`, {
        method: "POST",
        body: "{}",
        headers: { origin: city.url, "content-type": "application/json" },
      }),
      415,
    ),
    await answered("a case that can't be followed", stranger, 422, paths.status, to(paths.status)),
    await answered(
      "an objection without words",
      stranger,
      422,
      paths.objection(cases.noticed.applicationId),
      to("/objection"),
    ),
    await answered("a decision without a choice", stranger, 422, links.open, (page) =>
      formWith(page, "action", "decide"),
    ),
    await answered(
      "a decision with the wrong PIN",
      stranger,
      422,
      links.district,
      (page) => formWith(page, "action", "decide"),
      { decision: "approve", pin: "111111" },
    ),
    await answered(
      "a PIN for somebody unknown",
      stranger,
      200,
      paths.pin,
      (page) => formWith(page, "email"),
      { email: "x" },
    ),
    await answered(
      "a PIN that is too short",
      stranger,
      422,
      await setPinLink(city),
      (page) => formWith(page, "pin"),
      { pin: "1", again: demoPin },
    ),
    await answered(
      "signing in without an address",
      stranger,
      422,
      paths.desk("sign-in"),
      to(paths.desk("sign-in")),
      { email: "x" },
    ),
    await answered("the wrong code", people.half, 422, paths.desk("sign-in", "code"), to("/code"), {
      code: "000000",
    }),
    await answered(
      "a return without words",
      people.handler,
      422,
      paths.desk("handling", cases.arrived.applicationId),
      to("/return"),
    ),
    await answered(
      "a record with what is missing",
      people.handler,
      422,
      paths.desk("handling", cases.accepted.applicationId, "record"),
      to("/record"),
    ),
    await answered(
      "voiding without a reason",
      people.finance,
      422,
      paths.desk("batches", batches.assembled),
      to("/void"),
    ),
    await answered(
      "an order of money without an amount",
      people.administrator,
      422,
      `${paths.desk("funds", "orders", "new")}?kind=income&fund=union`,
      to("/orders/new"),
    ),
    {
      name: "a form of the desk that was forged",
      visitor: people.finance,
      status: 403,
      page: await postWithoutToken(people.finance, paths.desk("batches", "new")),
    },
    {
      name: "sent to the desk by nobody",
      visitor: stranger,
      status: 401,
      page: await stranger.send(
        { status: 200, url: city.url, html: "", forms: [] },
        { action: paths.desk("batches", "new"), method: "post", multipart: false, fields: [] },
      ),
    },
  ];
};
