/** Applying again with last year's answers: a paid case, an open season, no claim of this period yet. */
import { answersToRenew } from "#shared/casework/renewal.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { seasonNow, seasonWords } from "#shared/web/season.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { beginDraft } from "./begin.ts";

const words = {
  title: { zh: "沿用上次的信息申请", en: "Apply with what you told last time" },
  offer: {
    zh: "您现在可以再次申请这个项目。可以沿用上次的信息，核对后提交，不用全部重填。",
    en: "You may apply for this programme again now. Use what you told last time: check it and hand it in.",
  },
  taken: {
    zh: "姓名、证件号、住址、家庭成员、银行卡等会带过来；请逐项核对，有变化的要改。",
    en: "Names, numbers, address, family members and bank card are taken over: check each and change what has changed.",
  },
  amounts: {
    zh: "收入、支出、家庭成员等会标出“请核对”，请按最近12个月的情况改。",
    en: "Income, expenses and household members are marked to be checked: put in those of the last 12 months.",
  },
  notTaken: {
    zh: "材料要重新上传，各项同意要重新勾选。",
    en: "Papers have to be sent anew, and each consent given anew.",
  },
  old: { zh: "原来的申请不会改动。", en: "The earlier application stays as it is." },
  start: { zh: "带出上次的信息", en: "Take it over" },
  back: { zh: "返回", en: "Back" },
} as const satisfies Record<string, Text>;

/** What the page of a paid case offers while it can be renewed; null otherwise. */
export const renewalPart = async (
  uses: Uses,
  request: PageRequest,
  { application }: OwnCase,
): Promise<Html | null> => {
  if ((await answersToRenew(uses, application)) === null) return null;
  const say = (text: Text): string => inLocale(text, request.locale);
  return html`<div class="notice good">
    <p>${say(words.offer)}</p>
    <p><a class="button" href="${paths.renewal(application.id)}">${say(words.title)}</a></p>
  </div>`;
};

const shownPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  notice?: Text,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const path = paths.renewal(own.application.id);
  return htmlPage(
    notice ? 403 : 200,
    page({
      locale,
      title: say(words.title),
      path,
      body: html`<h1>${say(programme.title)}<br />${say(words.title)}</h1>
        ${notice && html`<div class="notice wait" role="status"><p>${say(notice)}</p></div>`}
        <p class="lead">${say(seasonWords(seasonNow(uses, programme)))}</p>
        <ul>
          <li>${say(words.taken)}</li>
          <li>${say(words.amounts)}</li>
          <li>${say(words.notTaken)}</li>
          <li>${say(words.old)}</li>
        </ul>
        <form method="post" action="${path}" class="actions">
          ${await tokenField(uses, own, "renewal")}
          <button>${say(words.start)}</button>
          <a href="${paths.case(own.application.id)}">${say(words.back)}</a>
        </form>`,
    }),
  );
};

/** GET says what is taken over, POST begins the draft. Where there is nothing to renew, the case's page is the answer. */
export const renewalPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const answers = await answersToRenew(uses, application);
  if (answers === null) return redirect(paths.case(application.id));
  if (request.method === "GET") return shownPage(uses, request, own, programme);
  if (!(await hasToken(uses, request, own, "renewal"))) {
    return shownPage(uses, request, own, programme, expiredForm);
  }
  return beginDraft(uses, request, programme, { answers, renewedFrom: application.id });
};
