/**
 * Giving what was asked for. Files and questions stand on two pages, because a file is sent by a form of its
 * own and would take what was typed beside it along into nowhere; either page hands both in.
 */
import { identify } from "#shared/casework/identify.ts";
import {
  changedFields,
  giveInformation,
  missingPapers,
  type Correction,
} from "#shared/domain/intake.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme, PaperRequirement } from "#shared/domain/programme.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, lines } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { acceptFiles, landedFiles } from "../paper-files.ts";
import { limits, overLimit } from "../rate-limit.ts";
import { readAnswers, type AnswersRead } from "../read-answers.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import { tellExecution } from "../tell-execution.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere, expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { askedFor } from "./case-words.ts";
import { formPage, postedAnswers, switchesLanguage } from "./form-page.ts";
import { chosenFiles, missingPaper, paperAnchor, paperList } from "./paper-list.ts";
import { storedAnswers } from "./papers.ts";
import { momentAt } from "./submit.ts";

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
  nothing: {
    zh: "还没有新的材料，填写的内容也没有改动。请按要求补充后再提交。",
    en: "There is no new paper and no changed answer yet. Please add what was asked for and hand it in then.",
  },
  claimed: {
    zh: "改后的号码（学生、患者或发票）在本期已经有另一份申请，请检查。",
    en: "The changed number (student, patient or invoice) belongs to another application of this period; please check it.",
  },
} as const satisfies Record<string, Text>;

const sendForm = "send";

interface InformationView {
  readonly status: number;
  readonly notice?: Text;
  readonly missing?: readonly PaperRequirement[];
}

type ReadFacts = Extract<AnswersRead, { kind: "facts" }>;

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
  const asked = askedFor(await uses.cases.events(application));
  const missing = view.missing ?? [];
  const summary = missing.map((paper) => ({
    href: `#${paperAnchor(paper.kind)}`,
    words: say(missingPaper(paper)),
  }));
  const list = await paperList(uses, {
    application,
    requirements: wanted,
    files: await landedFiles(uses, application),
    earlier: await uses.cases.papers(application.id),
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

/** The correction of a case's answers, or null when nothing was changed. */
const correctionOf = async (
  uses: Uses,
  own: OwnCase,
  programme: EveryProgramme,
  stored: Answers,
  typed: Answers,
  read: ReadFacts,
): Promise<Correction | null> => {
  const changed = changedFields(programme.form, stored, typed);
  if (changed.length === 0) return null;
  const appliedOn = localDateOf(own.application.submittedAt ?? uses.clock.now());
  const { units } = await uses.directory.organisation();
  const before = readAnswers(programme, stored, units);
  const after = await identify(uses, programme, read.facts, appliedOn);
  return {
    form: programme.form,
    changed,
    unit: read.unit,
    // Answers that no longer read hold no claims that could be told from them; none is freed then.
    before:
      before.kind === "facts" ? await identify(uses, programme, before.facts, appliedOn) : after,
    after,
  };
};

type HandedIn =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly status: number; readonly notice: Text }
  | { readonly kind: "missing"; readonly missing: readonly PaperRequirement[] };

/** Hands in new papers and changed answers as one step. Pressed twice, it happens once. */
const handIn = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  typed: Answers | null,
  read: ReadFacts,
): Promise<HandedIn> => {
  const { application } = own;
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return { kind: "refused", status: 429, notice: tooOften(minutes) };
  const stored = await storedAnswers(uses, own);
  const correction = typed ? await correctionOf(uses, own, programme, stored, typed, read) : null;
  const files = chosenFiles(await landedFiles(uses, application), request.form);
  const papers = await acceptFiles(uses, application, files);
  if (!correction && papers.added === 0) {
    return { kind: "refused", status: 422, notice: words.nothing };
  }
  const missing = missingPapers(programme.papers(read.facts), papers.kinds);
  if (missing.length > 0) return { kind: "missing", missing };
  const moment = momentAt(uses.clock.now(), application.submittedAt);
  const given = giveInformation(application, { correction, newPapers: papers.added, moment });
  if (given.kind === "refused") return { kind: "done" };
  const outcome = await uses.cases.commit({
    ...given,
    ...(correction && typed ? { answers: typed } : {}),
  });
  if (outcome === "committed") {
    await tellExecution(uses, given.step.after);
    return { kind: "done" };
  }
  if (outcome === "claim_exists") return { kind: "refused", status: 409, notice: words.claimed };
  const now = await uses.cases.get(application.id);
  return now?.status === "needs_information"
    ? { kind: "refused", status: 409, notice: changedElsewhere }
    : { kind: "done" };
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
  const read = readAnswers(programme, await storedAnswers(uses, own), units);
  if (read.kind === "problems") return redirect(paths.correct(application.id));
  const wanted = programme.papers(read.facts);
  if (request.method === "GET") return papersView(uses, request, own, wanted, { status: 200 });
  if (!(await hasToken(uses, request, own, "information"))) {
    return papersView(uses, request, own, wanted, { status: 403, notice: expiredForm });
  }
  const handed = await handIn(uses, request, own, programme, null, read);
  switch (handed.kind) {
    case "done":
      return redirect(paths.case(application.id));
    case "missing":
      return papersView(uses, request, own, wanted, { status: 422, missing: handed.missing });
    case "refused":
      return papersView(uses, request, own, wanted, handed);
  }
};

export const correctPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  if (application.status !== "needs_information") return redirect(paths.case(application.id));
  const { units } = await uses.directory.organisation();
  const isGet = request.method === "GET";
  const answers = isGet ? await storedAnswers(uses, own) : postedAnswers(request, programme);
  const read = readAnswers(programme, answers, units);
  const asked = askedFor(await uses.cases.events(application));
  const view = {
    request,
    programme,
    units,
    answers,
    title: words.title,
    ...(asked === null
      ? {}
      : { above: html`<div class="notice wait"><p>${lines(asked)}</p></div>` }),
    button: words.hand,
    token: await tokenField(uses, own, "correct"),
  };
  if (isGet) return formPage({ ...view, ...(read.kind === "problems" ? read : {}), status: 200 });
  if (switchesLanguage(request)) return formPage({ ...view, status: 200 });
  if (!(await hasToken(uses, request, own, "correct"))) {
    return formPage({ ...view, status: 403, notice: expiredForm });
  }
  if (read.kind === "problems") return formPage({ ...view, ...read, status: 422 });
  const handed = await handIn(uses, request, own, programme, answers, read);
  switch (handed.kind) {
    case "done":
      return redirect(paths.case(application.id));
    case "missing":
      return formPage({ ...view, status: 422, further: handed.missing.map(missingPaper) });
    case "refused":
      return formPage({ ...view, status: handed.status, notice: handed.notice });
  }
};
