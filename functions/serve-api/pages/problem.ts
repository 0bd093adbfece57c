/** What a problem's type leads to: what the code means, and what to do about it. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { apiProblemCodes, apiProblems } from "#shared/web/api-problem.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";

const words = {
  status: { zh: "HTTP 状态码", en: "HTTP status" },
  code: { zh: "代码", en: "Code" },
  back: { zh: "接口说明", en: "About the API" },
} as const satisfies Record<string, Text>;

export const problemPage = (typed: string, locale: Locale): PageResponse => {
  const code = apiProblemCodes.find((known) => known === typed);
  if (!code) return notFoundPage(locale);
  const say = (text: Text): string => inLocale(text, locale);
  const { status, title, mend } = apiProblems[code];
  return htmlPage(
    200,
    page({
      locale,
      title: say(title),
      path: paths.apiProblem(code),
      body: html`<h1>${say(title)}</h1>
        <p class="lead">${say(mend)}</p>
        <dl class="facts">
          <dt>${say(words.code)}</dt>
          <dd><span class="code">${code}</span></dd>
          <dt>${say(words.status)}</dt>
          <dd>${String(status)}</dd>
        </dl>
        <p class="actions"><a href="${paths.api}">${say(words.back)}</a></p>`,
    }),
  );
};
