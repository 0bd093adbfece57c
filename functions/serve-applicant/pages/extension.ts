/** Prolonging the time for what is missing, once (policy 8.6): shown first, done only by the button. */
import { policyOf } from "#shared/casework/load.ts";
import { extendSupplement } from "#shared/casework/extend-supplement.ts";
import { extendedEnds, extensionRefusal } from "#shared/domain/supplement.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { lastDayBefore } from "#shared/web/figures.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { extensionWords } from "#shared/web/refusal-words.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";

const words = {
  title: { zh: "延长补充时间", en: "Prolong the time" },
  now: { zh: "现在的期限：", en: "Until now: " },
  prolonged: { zh: "延长后的期限：", en: "Prolonged to: " },
  once: {
    zh: "只能延长一次。到期仍没有补齐的，这次申请终止，可以重新申请。",
    en: "It can be prolonged once. If it is still missing then, this application ends, and you may apply again.",
  },
  sure: { zh: "延长", en: "Prolong it" },
  moved: {
    zh: "这份申请刚才有了新的进展，期限没有改动。请看过进度后再决定。",
    en: "Something just happened to this application, and the time was not changed. Look at it again and decide then.",
  },
} as const satisfies Record<string, Text>;

const extensionForm = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  status: number,
  notice?: Text,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const { application } = own;
  const { id, deadlineAt } = application;
  const policy = policyOf(uses, application);
  const events = await uses.cases.events(application);
  const refusal = extensionRefusal(application, events, uses.clock.now(), policy);
  const back = html`<a href="${paths.case(id)}">${say(actions.back)}</a>`;
  const token = await tokenField(uses, own, "extend");
  return htmlPage(
    refusal && status === 200 ? 409 : status,
    page({
      locale,
      title: say(words.title),
      path: paths.extend(id),
      body: html`<h1>${say(words.title)}</h1>
        ${notice && html`<div class="notice wait" role="status"><p>${say(notice)}</p></div>`}
        ${
          refusal || deadlineAt === null
            ? html`<p>${say(extensionWords[refusal ?? "not_asked"])}</p>
                <p class="actions">${back}</p>`
            : html`<p>${say(words.now)}${lastDayBefore(deadlineAt, locale)}</p>
                <p>
                  <strong
                    >${say(words.prolonged)}${lastDayBefore(extendedEnds(deadlineAt, policy), locale)}</strong
                  >
                </p>
                <p>${say(words.once)}</p>
                <form method="post" action="${paths.extend(id)}">
                  ${token}
                  <input type="hidden" name="until" value="${deadlineAt}" />
                  <div class="actions"><button>${say(words.sure)}</button>${back}</div>
                </form>`
        }`,
    }),
  );
};

export const extensionPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
): Promise<PageResponse> => {
  const { application } = own;
  if (request.method === "GET") return extensionForm(uses, request, own, 200);
  if (!(await hasToken(uses, request, own, "extend"))) {
    return extensionForm(uses, request, own, 403, expiredForm);
  }
  // Pressed twice: the time this button was to prolong is prolonged, and nothing more happens.
  const { deadlineAt } = application;
  const shown = request.form["until"] ?? "";
  if (deadlineAt !== null && shown !== "" && shown < deadlineAt) {
    return redirect(paths.case(application.id));
  }
  switch (await extendSupplement(uses, application)) {
    case "extended":
      return redirect(paths.case(application.id));
    case "refused":
      return extensionForm(uses, request, own, 409);
    case "moved":
      return extensionForm(uses, request, own, 409, words.moved);
  }
};
