/** Giving what was asked for: a page for files, which leads on to the answers; either hands both in. */
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { askedPapers } from "#shared/domain/acceptance.ts";
import type { RecordedEvent } from "#shared/domain/application.ts";
import { missingPapers } from "#shared/domain/intake.ts";
import type { EveryProgramme, PaperRequirement } from "#shared/domain/programme.ts";
import { giveAsked, landingOf } from "#shared/casework/hand-in.ts";
import { policyDayOf } from "#shared/casework/load.ts";
import { landedFiles } from "#shared/casework/paper-files.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, lines } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { askedFor } from "#shared/web/case-words.ts";
import { askedAfterAdvance } from "#shared/web/fast-track-words.ts";
import { logUntold, refusalOf } from "./hand-in.ts";
import { leftOut, missingPaper, paperAnchor, paperList } from "./paper-list.ts";
import { storedAnswers } from "./papers.ts";

const words = {
  title: { zh: "补充材料和信息", en: "Send what was asked for" },
  asked: { zh: "需要补充", en: "What is needed" },
  papers: { zh: "上传材料", en: "Send papers" },
  answers: { zh: "填写的内容也要改？", en: "Do answers have to change too?" },
  answersNext: {
    zh: "请先上传完材料，再改填写的内容；改完在那一页一起提交。",
    en: "Send the papers first, then change the answers; that page hands in both.",
  },
  hand: { zh: "提交补充内容", en: "Hand it in" },
} as const satisfies Record<string, Text>;

const sendForm = "send";

/** Exactly what was asked for, and what the answers want that isn't there; everything when no paper was named. */
const offeredPapers = (
  wanted: readonly PaperRequirement[],
  events: readonly RecordedEvent[],
  kinds: readonly string[],
): readonly PaperRequirement[] => {
  const asked = askedPapers(events);
  const missing = missingPapers(wanted, kinds);
  return asked.length === 0
    ? wanted
    : wanted.filter((paper) => asked.includes(paper.kind) || missing.includes(paper));
};

interface InformationView {
  readonly status: number;
  readonly notice?: Text;
  readonly missing?: readonly PaperRequirement[];
}

const papersView = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  wanted: readonly PaperRequirement[],
  view: InformationView,
): Promise<PageResponse> => {
  const { application } = own;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const path = paths.information(application.id);
  const events = await uses.cases.events(application);
  const earlier = await uses.cases.papers(application.id);
  const asked = askedAfterAdvance(events, locale) ?? askedFor(events);
  const missing = view.missing ?? [];
  const summary = missing.map((paper) => ({
    href: `#${paperAnchor(paper.kind)}`,
    words: say(missingPaper(paper)),
  }));
  const list = await paperList(uses, {
    application,
    requirements: offeredPapers(
      wanted,
      events,
      earlier.map(({ kind }) => kind),
    ),
    files: await landedFiles(uses, application, landingOf(application, events)),
    earlier,
    missing: missing.map(({ kind }) => kind),
    returnTo: absolute(uses.siteUrl, path),
    sendForm,
    locale,
  });
  const token = await tokenField(uses, own, "information");
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(words.title),
      path,
      wrong: summary.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(words.title)}</h1>
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        ${
          asked !== null &&
          html`<div class="notice wait">
            <h2>${say(words.asked)}</h2>
            <p>${lines(asked)}</p>
          </div>`
        }
        <h2>${say(words.papers)}</h2>
        ${list}
        <h2>${say(words.answers)}</h2>
        <p>${say(words.answersNext)}</p>
        <p><a href="${paths.correct(application.id)}">${say(actions.change)}</a></p>
        <form id="${sendForm}" method="post" action="${path}">
          ${token}
          <div class="actions">
            <button>${say(words.hand)}</button>
            <a href="${paths.case(application.id)}">${say(actions.back)}</a>
          </div>
        </form>`,
    }),
  );
};

export const informationPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  if (application.status !== "needs_information") return redirect(paths.case(application.id));
  const { units } = await uses.directory.organisation();
  const read = readAnswers(programme, await storedAnswers(uses, own), units, null);
  if (read.kind === "problems") return redirect(paths.correct(application.id));
  const wanted = withEntrustment(
    application,
    programme.papers(read.facts, policyDayOf(uses, application)),
  );
  if (request.method === "GET") return papersView(uses, request, own, wanted, { status: 200 });
  if (!(await hasToken(uses, request, own, "information"))) {
    return papersView(uses, request, own, wanted, { status: 403, notice: expiredForm });
  }
  const given = { typed: null, read };
  const handed = await giveAsked(uses, application, given, leftOut(request.form));
  switch (handed.kind) {
    case "done":
      logUntold(application.id, handed.untold);
      return redirect(paths.case(application.id));
    case "missing":
      return papersView(uses, request, own, wanted, { status: 422, missing: handed.missing });
    default:
      return papersView(uses, request, own, wanted, refusalOf(handed, true));
  }
};
