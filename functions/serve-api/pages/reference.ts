/** The API for the people who write a program: the OpenAPI document as a page that works without a script. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  openApiDocument,
  type DescribedOperation,
  type OpenApiDocument,
} from "../document/openapi.ts";
import { apiProblemCodes, apiProblems, type ApiProblemCode } from "#shared/web/api-problem.ts";

const words = {
  title: { zh: "JSON 接口", en: "JSON API" },
  document: { zh: "OpenAPI 3.1 文档", en: "The OpenAPI 3.1 document" },
  start: { zh: "怎么开始", en: "How to begin" },
  key: {
    zh: "向工会管理员要一把密钥，放在每次调用的 Authorization 请求头里：Bearer snk_…。密钥只能由服务器保管，不要放进手机App或网页。",
    en: "Ask the union's administrator for a key and send it with each call as Authorization: Bearer snk_…. Keep it on your server; never put it into an app on a phone or into a web page.",
  },
  code: {
    zh: "读取和办理一个案件，还要在 Songnuan-Access-Code 请求头里带上它的查询码。",
    en: "To read or move a case, send its access code as Songnuan-Access-Code as well.",
  },
  once: {
    zh: "开始申请和推进案件的 POST 都要带 Idempotency-Key；网络断了就用同一个值再发，不会办两次。",
    en: "A POST that begins or moves something takes an Idempotency-Key. When the line breaks, send the same again: nothing happens twice.",
  },
  version: {
    zh: "改草稿要在 If-Match 里带上读取时的 ETag，免得盖掉别处的修改。",
    en: "To change a draft, send the ETag you read as If-Match, so that nobody's changes are overwritten.",
  },
  language: {
    zh: "Accept-Language: zh-CN 或 en 决定答复里文字的语言；金额以分为单位（Fen），时间是 UTC。",
    en: "Accept-Language, zh-CN or en, picks the language of words. Amounts are in fen, times in UTC.",
  },
  strict: {
    zh: "多余的字段和参数一律不收；不提供跨域（CORS），请从服务器调用。",
    en: "Members and parameters that aren't known are refused. There is no CORS: call from your server.",
  },
  scope: { zh: "权限：", en: "Scope: " },
  headers: { zh: "请求头：", en: "Headers: " },
  query: { zh: "查询参数：", en: "Query: " },
  request: { zh: "请求示例", en: "A request" },
  answer: { zh: "答复示例", en: "Its answer" },
  refusals: { zh: "可能的问题：", en: "Problems: " },
  problems: { zh: "问题代码", en: "Problem codes" },
  problemsLead: {
    zh: "不能办理时，答复是 application/problem+json（RFC 9457）：code 供程序判断，detail 可以直接给人看，errors 逐项指出位置。",
    en: "What can't be done is answered with application/problem+json (RFC 9457): code is for your program, detail can be shown to people, errors names each place.",
  },
} as const satisfies Record<string, Text>;

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

const entriesOf = ({ paths: all }: OpenApiDocument): readonly Entry[] =>
  Object.entries(all).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

const indented = (value: unknown): string => JSON.stringify(value, null, 2);

const sample = (label: string, example: unknown): Html | null =>
  example === undefined
    ? null
    : html`<details>
        <summary>${label}</summary>
        <pre class="sample" tabindex="0">${indented(example)}</pre>
      </details>`;

const named = (label: string, names: readonly string[]): Html | null =>
  names.length === 0
    ? null
    : html`<p class="small">${label}<span class="code">${names.join(", ")}</span></p>`;

const isProblem = (code: string): code is ApiProblemCode =>
  (apiProblemCodes as readonly string[]).includes(code);

/** The codes that a described refusal names; what can befall any call stands once, below. */
const codesIn = (operation: DescribedOperation): readonly ApiProblemCode[] =>
  Object.entries(operation.responses)
    .filter(([status]) => ["404", "409", "410", "412", "422", "428"].includes(status))
    .flatMap(([, { description }]) =>
      [...description.matchAll(/`(?<code>\w+)`/gu)].map(({ groups }) => groups?.["code"] ?? ""),
    )
    .filter(isProblem);

const entryPart = ({ method, path, operation }: Entry, locale: Locale): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const { summary, description, parameters, requestBody, responses, security } = operation;
  const names = (place: string): readonly string[] =>
    parameters.filter((one) => one.in === place).map(({ name }) => name);
  const done = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const json = "application/json";
  const codes = codesIn(operation);
  return html`<section class="section" id="${operation.operationId}">
    <h3>${summary}</h3>
    <p><span class="tag">${method}</span> <span class="code">${path}</span></p>
    ${description && html`<p>${description}</p>`}
    ${named(
      say(words.scope),
      security.flatMap((one) => Object.values(one).flat()),
    )}
    ${named(say(words.headers), names("header"))} ${named(say(words.query), names("query"))}
    ${sample(say(words.request), requestBody?.content[json]?.example)}
    ${sample(say(words.answer), done?.content[json]?.example)}
    ${
      codes.length > 0 &&
      html`<p class="small">
        ${say(words.refusals)}${codes.map(
          (code, index) =>
            html`${index > 0 ? ", " : null}<a class="code" href="${paths.apiProblem(code)}"
                >${code}</a
              >`,
        )}
      </p>`
    }
  </section>`;
};

const problemTable = (locale: Locale): Html =>
  html`<ul class="files">
    ${apiProblemCodes.map(
      (code) =>
        html`<li>
          ${String(apiProblems[code].status)}
          <a class="code" href="${paths.apiProblem(code)}">${code}</a>
          ${inLocale(apiProblems[code].title, locale)}
        </li>`,
    )}
  </ul>`;

const beginning = [
  words.key,
  words.code,
  words.once,
  words.version,
  words.language,
  words.strict,
] as const;

export const referencePage = (siteUrl: string, locale: Locale): PageResponse => {
  const say = (text: Text): string => inLocale(text, locale);
  const document = openApiDocument(siteUrl, locale);
  const entries = entriesOf(document);
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: paths.api,
      body: html`<h1>${say(words.title)}</h1>
        <p class="lead">${document.info.description}</p>
        <p><span class="code">${document.servers[0]?.url}</span></p>
        <p><a href="${paths.openApi}?lang=${locale}">${say(words.document)}</a></p>
        <h2>${say(words.start)}</h2>
        <ul>
          ${beginning.map((text) => html`<li>${say(text)}</li>`)}
        </ul>
        ${document.tags.map(
          ({ name, description }) =>
            html`<h2>${description}</h2>
              ${entries
                .filter(({ operation }) => operation.tags.includes(name))
                .map((entry) => entryPart(entry, locale))}`,
        )}
        <h2>${say(words.problems)}</h2>
        <p>${say(words.problemsLead)}</p>
        ${problemTable(locale)}`,
    }),
  );
};
