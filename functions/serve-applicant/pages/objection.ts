/** Objecting to a notice (异议): no account, a name only if one likes; a receipt to ask for the answer with. */
import { objectTo, standingOf, type Standing } from "#shared/casework/raise-objection.ts";
import { isMailAddress } from "#shared/casework/answer-objections.ts";
import {
  objectionProblems,
  objectionWordsMaxLength,
  type Objection,
  type ObjectionProblem,
} from "#shared/domain/public-notice.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { receiptOf } from "#shared/web/mails/objection-answer.ts";
import { formWords } from "#shared/web/messages.ts";
import {
  cookie,
  cookieOf,
  htmlPage,
  redirect,
  type PageRequest,
  type PageResponse,
} from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { objectionProblemWords, objectionReceived } from "#shared/web/refusal-words.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { switchesLanguage } from "./form-page.ts";
import { noNoticePage, noticeFacts, untilWords } from "./notices.ts";

const words = {
  title: { zh: "提出异议", en: "Object to a notice" },
  kept: {
    zh: "您是谁、说了什么，只有负责核实的工作人员能看到，不会告诉申请人，也不会公开。",
    en: "Who you are and what you say is seen only by whoever looks into it. The applicant is not told, and nothing is published.",
  },
  held: {
    zh: "收到异议后，这一项救助暂停办理并重新核实，其他人的救助不受影响。工会将在规定期限内书面答复。",
    en: "This one case then stops and is looked into again; nobody else's is touched. The union answers in writing, within its time limit.",
  },
  said: { zh: "异议内容", en: "What you object to" },
  saidHint: {
    zh: `请写明您了解的情况和依据，最多 ${objectionWordsMaxLength} 个字`,
    en: `What you know and how you know it; at most ${objectionWordsMaxLength} characters`,
  },
  contact: { zh: "怎样联系您（选填）", en: "How to reach you (optional)" },
  contactHint: {
    zh: "留下电子邮箱，答复会发到邮箱；留下电话，工作人员会联系您；不留也可以",
    en: "With an e-mail address you get the answer by mail, with a phone number somebody calls you; you may leave it empty",
  },
  send: { zh: "提交异议", en: "Send the objection" },
  back: { zh: "返回公示", en: "Back to the notice" },
  received: { zh: "异议已收到", en: "Your objection was received" },
  receipt: { zh: "异议回执号：", en: "Your receipt number: " },
  byMail: {
    zh: "有了结果，答复会发到您留下的邮箱。",
    en: "The answer will be sent to the e-mail address you gave.",
  },
  list: { zh: "返回公示列表", en: "Back to the list of notices" },
} as const satisfies Record<string, Text>;

const formId = "objection";
type ControlName = "words" | "contact";
type Typed = Readonly<Record<ControlName, string>>;

/** What was typed that is not too long to come back in the page; anything longer was no objection. */
const typedMax = 20_000;

const typedIn = ({ form }: PageRequest): Typed => ({
  words: (form["words"] ?? "").slice(0, typedMax).trim(),
  contact: (form["contact"] ?? "").slice(0, typedMax).trim(),
});

const controlOf = (problem: ObjectionProblem): ControlName =>
  problem === "contact_too_long" ? "contact" : "words";

/** A browser's own mark for this form: it binds the anti-forgery token, and makes one form sent twice one objection. */
const markCookie = (id: ApplicationId): string => `objection-${id}`;
const markSeconds = 4 * 3600;
const markPattern = /^[\w-]{22}$/u;

const markOf = (request: PageRequest, id: ApplicationId): string | null => {
  const mark = cookieOf(request, markCookie(id)) ?? "";
  return markPattern.test(mark) ? mark : null;
};

const tokenOf = ({ vault }: Uses, id: ApplicationId, mark: string): Promise<string> =>
  vault.sign("form", `objection|${id}|${mark}`);

const hasToken = async (
  uses: Uses,
  request: PageRequest,
  id: ApplicationId,
  mark: string,
): Promise<boolean> => {
  const wanted = await tokenOf(uses, id, mark);
  return uses.vault.digest(request.form["_token"] ?? "") === uses.vault.digest(wanted);
};

interface View {
  readonly status: number;
  readonly problems?: readonly ObjectionProblem[];
  readonly notice?: Text;
}

const control = (
  request: PageRequest,
  name: ControlName,
  shown: { readonly label: Text; readonly hint: Text; readonly problem: Text | undefined },
): Html => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const id = `f-${name}`;
  const state = {
    id,
    name,
    "aria-describedby": shown.problem ? `${id}-hint ${id}-problem` : `${id}-hint`,
    "aria-invalid": shown.problem ? "true" : null,
  };
  const typed = typedIn(request)[name];
  return html`<div class="item ${shown.problem ? "wrong" : ""}">
    <label for="${id}">${say(shown.label)}</label>
    <span class="hint" id="${id}-hint">${say(shown.hint)}</span>
    ${
      shown.problem &&
      html`<span class="problem" id="${id}-problem"
        ><span class="unseen">${say(formWords.wrong)}</span>${say(shown.problem)}</span
      >`
    }
    ${
      name === "words"
        ? html`<textarea${attributes({ ...state, rows: 8 })}>${typed}</textarea>`
        : html`<input${attributes({ ...state, type: "text", value: typed, autocomplete: "off" })} />`
    }
  </div>`;
};

const shownForm = async (
  uses: Uses,
  request: PageRequest,
  standing: Standing,
  view: View,
): Promise<PageResponse> => {
  const { locale } = request;
  const { id } = standing.application;
  const say = (text: Text): string => inLocale(text, locale);
  const known = markOf(request, id);
  const mark = known ?? Buffer.from(uses.random(16)).toString("base64url");
  const problems = view.problems ?? [];
  const problemAt = (name: ControlName): Text | undefined => {
    const found = problems.find((problem) => controlOf(problem) === name);
    return found && objectionProblemWords[found];
  };
  const summary = problems.map((problem) => ({
    href: `#f-${controlOf(problem)}`,
    words: say(objectionProblemWords[problem]),
  }));
  const organisation = await uses.directory.organisation();
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(words.title),
      path: paths.objection(id),
      switchForm: formId,
      wrong: problems.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(words.title)}</h1>
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        ${noticeFacts(standing, organisation, locale)}
        <p>${say(untilWords(standing))}</p>
        <ul>
          <li>${say(words.kept)}</li>
          <li>${say(words.held)}</li>
        </ul>
        <form id="${formId}" method="post" action="${paths.objection(id)}" novalidate>
          <input type="hidden" name="_token" value="${await tokenOf(uses, id, mark)}" />
          ${control(request, "words", {
            label: words.said,
            hint: words.saidHint,
            problem: problemAt("words"),
          })}
          ${control(request, "contact", {
            label: words.contact,
            hint: words.contactHint,
            problem: problemAt("contact"),
          })}
          <div class="actions">
            <button>${say(words.send)}</button>
            <a href="${paths.notice(id)}">${say(words.back)}</a>
          </div>
        </form>`,
    }),
    known === null ? [cookie(markCookie(id), mark, markSeconds)] : [],
  );
};

/** The objection that this browser was told a receipt of, while it still has the form's mark. */
const receivedFrom = async (
  uses: Uses,
  request: PageRequest,
  id: ApplicationId,
): Promise<Objection | null> => {
  const number = request.query["received"];
  const mark = markOf(request, id);
  if (number === undefined || mark === null) return null;
  const formKey = uses.vault.digest(mark);
  const objections = await uses.notices.objectionsOf(id);
  return objections.find((one) => String(one.number) === number && one.formKey === formKey) ?? null;
};

const receiptPage = (
  request: PageRequest,
  { applicationId, number, contact }: Objection,
): PageResponse => {
  const say = (text: Text): string => inLocale(text, request.locale);
  return htmlPage(
    200,
    page({
      locale: request.locale,
      title: say(words.received),
      path: paths.objection(applicationId),
      body: html`<h1>${say(words.received)}</h1>
        <div class="notice good">
          <p>
            ${say(words.receipt)}<strong class="code">${receiptOf(applicationId, number)}</strong>
          </p>
        </div>
        <p>${say(objectionReceived)}</p>
        ${isMailAddress(contact) && html`<p>${say(words.byMail)}</p>`}
        <p>${say(words.held)}</p>
        <p class="actions"><a href="${paths.notices}">${say(words.list)}</a></p>`,
    }),
  );
};

const postObjection = async (
  uses: Uses,
  request: PageRequest,
  standing: Standing,
): Promise<PageResponse> => {
  const { id } = standing.application;
  const mark = markOf(request, id);
  if (mark === null || !(await hasToken(uses, request, id, mark))) {
    return shownForm(uses, request, standing, { status: 403, notice: expiredForm });
  }
  const typed = typedIn(request);
  const problems = objectionProblems(typed);
  if (problems.length > 0) return shownForm(uses, request, standing, { status: 422, problems });
  const minutes =
    (await overLimit(uses, limits.objectionByAddress, request.sourceIp)) ??
    (await overLimit(uses, limits.objectionByCase, id));
  if (minutes !== null) {
    const view = { status: 429, notice: tooOften(minutes) };
    const response = await shownForm(uses, request, standing, view);
    return { ...response, headers: { "retry-after": String(minutes * 60) } };
  }
  const formKey = uses.vault.digest(mark);
  const raised = await objectTo(uses, id, { ...typed, formKey, locale: request.locale });
  return raised.kind === "no_notice"
    ? noNoticePage(uses, request, id)
    : redirect(`${paths.objection(id)}?received=${raised.objection.number}`);
};

export const objectionPage = async (
  uses: Uses,
  request: PageRequest,
  id: ApplicationId,
): Promise<PageResponse> => {
  const received = request.method === "GET" ? await receivedFrom(uses, request, id) : null;
  if (received) return receiptPage(request, received);
  const standing = await standingOf(uses, id);
  if (!standing) return noNoticePage(uses, request, id);
  return request.method === "GET" || switchesLanguage(request)
    ? shownForm(uses, request, standing, { status: 200 })
    : postObjection(uses, request, standing);
};
