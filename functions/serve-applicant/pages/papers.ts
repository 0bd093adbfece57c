/** A draft with its papers: what is there, what is still wanted, and the button that sends it. */
import { policyDayOf } from "#shared/casework/load.ts";
import type { Answers } from "#shared/domain/form.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import { missingPapers } from "#shared/domain/intake.ts";
import type { EveryProgramme, PaperRequirement } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { landedFiles } from "#shared/casework/paper-files.ts";
import { readAnswers, type AnswersRead } from "#shared/casework/read-answers.ts";
import { rememberedCode } from "#shared/casework/applicant-session.ts";
import { loadDraft, openQuestion } from "../draft.ts";
import { tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { missingPaper, paperAnchor, paperList } from "./paper-list.ts";
import { seasonNow, seasonWords } from "#shared/web/season.ts";

const words = {
  title: { zh: "上传材料并提交", en: "Send papers and hand in" },
  kept: {
    zh: "您填写的内容已经保存，还没有提交。请抄下或拍下受理编号和查询码，中途离开后凭它们可以接着办（7天内）。",
    en: "What you filled in is saved but not handed in yet. Write down or photograph the reference and the access code: with them you can go on later, within seven days.",
  },
  reference: { zh: "受理编号", en: "Reference" },
  code: { zh: "查询码", en: "Access code" },
  codeGone: {
    zh: "（您登录时用的查询码）",
    en: "(the one you signed in with)",
  },
  papers: { zh: "材料", en: "Papers" },
  check: { zh: "核对或修改填写的内容", en: "Check or change your answers" },
  send: { zh: "确认提交", en: "Hand in" },
  sendNote: {
    zh: "提交后由工会审核。内容如不属实，救助款要退回。",
    en: "The union examines it then. If it is not true, the money has to be paid back.",
  },
  mayFollow: {
    zh: "急难申请先救助、后补手续：有什么先传什么，没有的现在不用传，直接提交即可。其余材料在先行救助金到账后再补。",
    en: "In an emergency help comes first and papers later: send what you have at hand, leave out what you don't, and hand it in. The rest follows once the advance is paid.",
  },
  stillMissing: { zh: "还需要上传：", en: "Still to be sent:" },
} as const satisfies Record<string, Text>;

/** The reference and, where the browser still has it, the access code. */
export const credentials = async (
  uses: Uses,
  request: PageRequest,
  { application }: OwnCase,
): Promise<Html> => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const code = await rememberedCode(uses, request, application);
  return html`<dl class="facts">
    <dt>${say(words.reference)}</dt>
    <dd><span class="code">${application.id}</span></dd>
    <dt>${say(words.code)}</dt>
    <dd>${code === null ? say(words.codeGone) : html`<strong class="code">${code}</strong>`}</dd>
  </dl>`;
};

const sendForm = "send";

/** What the papers page has to say besides the papers. */
export interface PapersView {
  readonly status: number;
  readonly notice?: Text;
  /** Required papers that were not there when it was to be sent. */
  readonly missing?: readonly PaperRequirement[];
}

const sendBox = (
  stillMissing: readonly PaperRequirement[],
  action: string,
  token: Html,
  request: PageRequest,
): Html => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const names = stillMissing.map(({ title }) => say(title));
  return html`<h2>${say(words.send)}</h2>
    <div id="still-missing" data-live>
      ${
        names.length > 0 &&
        html`<div class="notice wait">
          <p>${say(words.stillMissing)}</p>
          <ul>
            ${names.map((name) => html`<li>${name}</li>`)}
          </ul>
        </div>`
      }
    </div>
    <form id="${sendForm}" method="post" action="${action}">
      ${token}
      <p>${say(words.sendNote)}</p>
      <div class="actions"><button>${say(actions.send)}</button></div>
    </form>`;
};

type ReadFacts = Extract<AnswersRead, { kind: "facts" }>;

const shownPapers = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  read: ReadFacts,
  view: PapersView,
): Promise<PageResponse> => {
  const { application } = own;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const path = paths.papers(programme.id, application.id);
  const requirements = withEntrustment(
    application,
    papersToSend(programme, read.facts, policyDayOf(uses, application)),
  );
  const files = await landedFiles(uses, application);
  const there = files.filter(({ check }) => check.kind !== "refused").map(({ kind }) => kind);
  const missing = view.missing ?? [];
  const summary = missing.map((paper) => ({
    href: `#${paperAnchor(paper.kind)}`,
    words: say(missingPaper(paper)),
  }));
  const list = await paperList(uses, {
    application,
    requirements,
    files,
    earlier: [],
    missing: missing.map(({ kind }) => kind),
    returnTo: absolute(uses.siteUrl, path),
    sendForm,
    locale,
  });
  const token = await tokenField(uses, own, "submit");
  const submit = paths.submit(programme.id, application.id);
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
        <p>${say(programme.title)} · ${say(seasonWords(seasonNow(uses, programme)))}</p>
        <div class="panel">
          <p>${say(words.kept)}</p>
          ${await credentials(uses, request, own)}
        </div>
        <p>
          <a href="${paths.check(programme.id, application.id)}">${say(words.check)}</a>
        </p>
        <h2>${say(words.papers)}</h2>
        ${programme.fastTrack && html`<div class="notice good"><p>${say(words.mayFollow)}</p></div>`}
        ${list} ${sendBox(missingPapers(requirements, there), submit, token, request)}`,
    }),
  );
};

/** The stored answers of a case that was sent. They were whole when they were stored. */
export const storedAnswers = async (uses: Uses, { application }: OwnCase): Promise<Answers> =>
  (await uses.cases.answers(application)) ?? {};

export const papersPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  view: PapersView = { status: 200 },
): Promise<PageResponse> => {
  const draft = await loadDraft(uses, own, programme);
  const read = readAnswers(programme, draft.answers, draft.units, draft.on);
  // Questions that are open, or an office that was closed meanwhile: the answers come first.
  return read.kind === "facts"
    ? shownPapers(uses, request, own, programme, read, view)
    : redirect(openQuestion(own, draft));
};
