/** Pages for workers: which page an address asks for, and whose case it may show. */
import { pageHandler } from "#shared/lambda/page-handler.ts";
import { inOneRequest } from "#shared/casework/remembered-organisation.ts";
import { asset } from "#shared/web/assets.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { messagePage, notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { pathOf, paths, readApplicantPath, type ApplicantRoute } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { appealPage } from "./pages/appeal.ts";
import { answersPage } from "./pages/answers.ts";
import { applyPage } from "./pages/apply.ts";
import { cardPage } from "./pages/card.ts";
import { checkPage } from "./pages/check.ts";
import { casePage } from "./pages/case.ts";
import { extensionPage } from "./pages/extension.ts";
import { feedbackPage } from "./pages/feedback.ts";
import { noticePage, noticesPage } from "./pages/notices.ts";
import { objectionPage } from "./pages/objection.ts";
import { homePage } from "./pages/home.ts";
import { correctPage } from "./pages/correct.ts";
import { informationPage } from "./pages/information.ts";
import { papersPage } from "./pages/papers.ts";
import { preCheckPage } from "./pages/pre-check.ts";
import { questionPage } from "./pages/question.ts";
import { receiptPage } from "./pages/receipt.ts";
import { renewalPage } from "./pages/renewal.ts";
import { savedPage } from "./pages/saved.ts";
import { signInPage } from "./pages/sign-in.ts";
import { submitPage } from "./pages/submit.ts";
import { withdrawPage } from "./pages/withdraw.ts";
import { endSession, hasToken, ownCase, type OwnCase } from "./session.ts";
import type { Uses } from "./uses.ts";

type CasePage = (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
) => PageResponse | Promise<PageResponse>;

const leave: CasePage = async (uses, request, own) =>
  request.method === "POST" && (await hasToken(uses, request, own, "leave"))
    ? redirect(paths.status, await endSession(uses, own))
    : redirect(paths.case(own.application.id));

const draftPages: Readonly<Record<"papers" | "answers" | "check" | "saved" | "submit", CasePage>> =
  {
    papers: papersPage,
    answers: answersPage,
    check: checkPage,
    saved: savedPage,
    submit: submitPage,
  };

const casePages: Readonly<
  Record<
    | "case"
    | "information"
    | "correct"
    | "card"
    | "withdraw"
    | "leave"
    | "renewal"
    | "appeal"
    | "feedback"
    | "extend",
    CasePage
  >
> = {
  case: casePage,
  information: informationPage,
  correct: correctPage,
  card: cardPage,
  withdraw: withdrawPage,
  appeal: appealPage,
  extend: extensionPage,
  feedback: feedbackPage,
  leave,
  renewal: renewalPage,
};

/** Pages that a POST means nothing to. */
const onlyShown: readonly ApplicantRoute["kind"][] = [
  "home",
  "asset",
  "papers",
  "check",
  "saved",
  "receipt",
  "case",
  "notices",
  "notice",
];

const notPostable = (request: PageRequest): PageResponse =>
  messagePage(
    405,
    request.locale,
    {
      title: { zh: "这个页面不能提交", en: "Nothing can be sent to this page" },
      happened: { zh: "没有任何内容被改动。", en: "Nothing was changed." },
      next: { zh: "请从首页重新进入。", en: "Please start again from the first page." },
      link: { href: paths.home, label: { zh: "回首页", en: "To the first page" } },
    },
    { path: pathOf(request) },
  );

/** A draft has its papers, a case its status: an address of the other kind leads there. */
const caseResponse = async (
  uses: Uses,
  request: PageRequest,
  route: Extract<ApplicantRoute, { id: unknown }>,
): Promise<PageResponse> => {
  const own = await ownCase(uses, request, route.id);
  const programme = own && programmeById(own.application.programmeId);
  if (!own || !programme) return notFoundPage(request.locale);
  const isDraft = own.application.status === "draft";
  if ("programmeId" in route) {
    if (route.programmeId !== programme.id) return notFoundPage(request.locale);
    if (route.kind === "receipt") {
      return isDraft
        ? redirect(paths.papers(programme.id, route.id))
        : receiptPage(uses, request, own, programme);
    }
    if (!isDraft) return redirect(paths.receipt(programme.id, route.id));
    return route.kind === "question"
      ? questionPage(uses, request, own, programme, route.page)
      : draftPages[route.kind](uses, request, own, programme);
  }
  return isDraft && route.kind !== "leave"
    ? redirect(paths.papers(programme.id, route.id))
    : casePages[route.kind](uses, request, own, programme);
};

const respond = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const route = readApplicantPath(request.path);
  if (!route) return notFoundPage(request.locale);
  if (request.method === "POST" && onlyShown.includes(route.kind)) return notPostable(request);
  switch (route.kind) {
    case "home":
      return homePage(uses, request);
    case "asset":
      return asset(route.file) ?? notFoundPage(request.locale);
    case "apply": {
      const programme = programmeById(route.programmeId);
      return programme ? applyPage(uses, request, programme) : notFoundPage(request.locale);
    }
    case "preCheck": {
      const programme = programmeById(route.programmeId);
      return programme ? preCheckPage(uses, request, programme) : notFoundPage(request.locale);
    }
    case "status":
      return signInPage(uses, request);
    case "notices":
      return noticesPage(uses, request);
    case "notice":
      return noticePage(uses, request, route.noticedId);
    case "objection":
      return objectionPage(uses, request, route.noticedId);
    default:
      return caseResponse(uses, request, route);
  }
};

export const createHandler = (uses: Uses) =>
  pageHandler(
    { name: "serve-applicant", siteUrl: uses.siteUrl, uploadOrigin: uses.uploadOrigin },
    (request) => respond(inOneRequest(uses), request),
  );
