/** Withdrawing a case before payment: shown first, done only by the button. */
import { withdrawApplication } from "#shared/casework/withdraw-application.ts";
import { withdrawalRefusal } from "#shared/domain/intake.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { withdrawalWords } from "#shared/web/refusal-words.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { logUntold } from "./hand-in.ts";

const words = {
  title: { zh: "撤回申请", en: "Withdraw the application" },
  means: {
    zh: "撤回后这份申请不再办理，已经预留的资金退回。以后需要时可以重新申请。",
    en: "A withdrawn application is not handled any more, and money set aside for it goes back. You may apply again when you need to.",
  },
  sure: { zh: "确认撤回", en: "Withdraw it" },
  moved: {
    zh: "这份申请刚才有了新的进展，还没有撤回。请看过进度后再决定。",
    en: "Something just happened to this application, and it was not withdrawn. Look at it again and decide then.",
  },
} as const satisfies Record<string, Text>;

const withdrawForm = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  status: number,
  notice?: Text,
): Promise<PageResponse> => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const { id } = own.application;
  const refusal = withdrawalRefusal(own.application);
  const token = await tokenField(uses, own, "withdraw");
  return htmlPage(
    status,
    page({
      locale: request.locale,
      title: say(words.title),
      path: paths.withdraw(id),
      body: html`<h1>${say(words.title)}</h1>
        ${notice && html`<div class="notice wait" role="status"><p>${say(notice)}</p></div>`}
        ${
          refusal === null
            ? html`<p>${say(words.means)}</p>
                <form method="post" action="${paths.withdraw(id)}">
                  ${token}
                  <div class="actions">
                    <button class="danger">${say(words.sure)}</button>
                    <a href="${paths.case(id)}">${say(actions.back)}</a>
                  </div>
                </form>`
            : html`<p>${say(withdrawalWords[refusal])}</p>
                <p class="actions"><a href="${paths.case(id)}">${say(actions.back)}</a></p>`
        }`,
    }),
  );
};

export const withdrawPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
): Promise<PageResponse> => {
  const { application } = own;
  if (request.method === "GET") return withdrawForm(uses, request, own, 200);
  if (!(await hasToken(uses, request, own, "withdraw"))) {
    return withdrawForm(uses, request, own, 403, expiredForm);
  }
  // Pressed twice: it is withdrawn, and nothing more happens.
  const withdrawn = await withdrawApplication(uses, application);
  switch (withdrawn.kind) {
    case "withdrawn":
      logUntold(application.id, withdrawn.untold);
      return redirect(paths.case(application.id));
    case "refused":
      return withdrawForm(uses, request, own, 409);
    case "moved": {
      const now = { ...own, application: withdrawn.application };
      return withdrawForm(uses, request, now, 409, words.moved);
    }
  }
};
