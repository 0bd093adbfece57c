/** Withdrawing a case before payment: shown first, done only by the button. */
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { withdraw, withdrawalRefusal, type WithdrawalRefusal } from "#shared/domain/intake.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import { tellExecution } from "../tell-execution.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";

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

const refusalWords: Readonly<Record<WithdrawalRefusal, Text>> = {
  too_late: {
    zh: "这份申请现在不能撤回了：款项已经交给银行，或者申请已经办完。",
    en: "This application cannot be withdrawn now: the payment is with the bank, or the case has ended.",
  },
  advance_paid: {
    zh: "先行救助金已经发放，这份申请不能撤回。请按要求补齐材料；不再需要救助的，请联系您的工会退回已发的款项。",
    en: "The advance was paid, so this application cannot be withdrawn. Please send what is asked for; if you need no help any more, ask your union how to pay the advance back.",
  },
};

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
            : html`<p>${say(refusalWords[refusal])}</p>
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
  if (application.status === "withdrawn") return redirect(paths.case(application.id));
  const claims = await claimsHeldBy(uses, application);
  const taken = withdraw(application, claims, uses.clock.now());
  if (taken.kind === "refused") return withdrawForm(uses, request, own, 409);
  const outcome = await uses.cases.commit(taken);
  if (outcome !== "committed") {
    const now = (await uses.cases.get(application.id)) ?? application;
    if (now.status === "withdrawn") return redirect(paths.case(application.id));
    return withdrawForm(uses, request, { ...own, application: now }, 409, words.moved);
  }
  await tellExecution(uses, taken.step.after);
  return redirect(paths.case(application.id));
};
