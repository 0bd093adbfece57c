/** Following a case: reference and access code, told apart from nothing when one of them is wrong. */
import { caseOpenedBy } from "#shared/casework/access-code.ts";
import type { Application } from "#shared/domain/application.ts";
import { parseAccessCode, parseApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary, type SummaryLine } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { formWords } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import { startSession } from "#shared/casework/applicant-session.ts";
import type { Uses } from "../uses.ts";
import { tooOften } from "./apply.ts";
import { switchesLanguage } from "./form-page.ts";

const words = {
  title: { zh: "查看申请进度", en: "Follow an application" },
  intro: {
    zh: "请输入提交申请时得到的受理编号和查询码。没有提交完的申请也从这里接着办。",
    en: "Type the reference and the access code you were given. An application not handed in yet is continued here too.",
  },
  reference: { zh: "受理编号", en: "Reference" },
  referenceHint: { zh: "以 SN 开头，共12位", en: "Begins with SN and has 12 characters" },
  code: { zh: "查询码", en: "Access code" },
  codeHint: {
    zh: "12位，分三组，不分大小写",
    en: "12 characters in three groups; capitals don't matter",
  },
  go: { zh: "查看", en: "Look it up" },
  lost: { zh: "查询码丢了怎么办？", en: "Lost the access code?" },
  lostNext: {
    zh: "请带身份证到您所在的工会，由工作人员帮您查询。",
    en: "Please take your ID card to your union; the people there can look it up.",
  },
  noReference: {
    zh: "请填写“受理编号”：以 SN 开头，共12位",
    en: "Fill in “Reference”: it begins with SN and has 12 characters",
  },
  noCode: {
    zh: "请填写“查询码”：12位，分三组",
    en: "Fill in “Access code”: 12 characters in three groups",
  },
  noMatch: {
    zh: "受理编号和查询码对不上，请对照记下的内容逐位检查，再输入一次查询码",
    en: "Reference and access code do not match: check both against what you wrote down, and type the code once more",
  },
} as const satisfies Record<string, Text>;

interface SignInView {
  readonly status: number;
  readonly problems?: { readonly reference?: Text; readonly code?: Text };
  readonly notice?: Text;
}

interface Control {
  readonly name: "reference" | "code";
  readonly label: Text;
  readonly hint: Text;
  readonly typed: string;
}

const formId = "sign-in";

const controlItem = (request: PageRequest, control: Control, problem: Text | undefined): Html => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const id = `f-${control.name}`;
  const state = attributes({
    type: "text",
    id,
    name: control.name,
    value: control.typed,
    class: "medium",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    "aria-describedby": problem ? `${id}-hint ${id}-problem` : `${id}-hint`,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="item ${problem ? "wrong" : ""}">
    <label for="${id}">${say(control.label)}</label>
    <span class="hint" id="${id}-hint">${say(control.hint)}</span>
    ${
      problem &&
      html`<span class="problem" id="${id}-problem"
        ><span class="unseen">${say(formWords.wrong)}</span>${say(problem)}</span
      >`
    }
    <input${state} />
  </div>`;
};

const signInForm = (request: PageRequest, view: SignInView): PageResponse => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const { reference, code } = view.problems ?? {};
  const summary: SummaryLine[] = [
    ...(reference ? [{ href: "#f-reference", words: say(reference) }] : []),
    ...(code ? [{ href: "#f-code", words: say(code) }] : []),
  ];
  const typedReference = request.form["reference"] ?? "";
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(words.title),
      path: paths.status,
      switchForm: formId,
      wrong: summary.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(words.title)}</h1>
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        <p>${say(words.intro)}</p>
        <form id="${formId}" method="post" action="${paths.status}" novalidate>
          ${controlItem(
            request,
            {
              name: "reference",
              label: words.reference,
              hint: words.referenceHint,
              typed: typedReference,
            },
            reference,
          )}
          ${controlItem(request, { name: "code", label: words.code, hint: words.codeHint, typed: "" }, code)}
          <div class="actions"><button>${say(words.go)}</button></div>
        </form>
        <details>
          <summary>${say(words.lost)}</summary>
          <p>${say(words.lostNext)}</p>
        </details>`,
    }),
  );
};

/** Where the person left: a draft goes on with its papers, a case is followed. */
const landingOf = ({ status, programmeId, id }: Application): string =>
  status === "draft" ? paths.papers(programmeId, id) : paths.case(id);

const postSignIn = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const reference = (request.form["reference"] ?? "").slice(0, 64);
  const code = parseAccessCode((request.form["code"] ?? "").slice(0, 64));
  const id = parseApplicationId(reference);
  if (!id || !code) {
    const problems = {
      ...(id ? {} : { reference: words.noReference }),
      ...(code ? {} : { code: words.noCode }),
    };
    return signInForm(request, { status: 422, problems });
  }
  const minutes =
    (await overLimit(uses, limits.signInByReference, id)) ??
    (await overLimit(uses, limits.signInByAddress, request.sourceIp));
  if (minutes !== null) {
    const response = signInForm(request, { status: 429, notice: tooOften(minutes) });
    return { ...response, headers: { "retry-after": String(minutes * 60) } };
  }
  const application = await caseOpenedBy(uses, reference, code);
  if (!application) {
    return signInForm(request, { status: 422, problems: { code: words.noMatch } });
  }
  return redirect(landingOf(application), [await startSession(uses, application.id)]);
};

export const signInPage = async (uses: Uses, request: PageRequest): Promise<PageResponse> =>
  request.method === "GET" || switchesLanguage(request)
    ? signInForm(request, { status: 200 })
    : postSignIn(uses, request);
