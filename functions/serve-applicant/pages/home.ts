/** The first page: what help there is, who can get it, and when. */
import { programmes } from "#workflows/registry.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths, pathOf } from "#shared/web/paths.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Uses } from "../uses.ts";
import { isOpen, seasonNow, seasonTag } from "./season.ts";

const words = {
  title: { zh: "困难职工帮扶申请", en: "Relief for workers in hardship" },
  lead: {
    zh: "职工本人或家庭遇到困难，可以在这里向工会申请救助。不用注册，不收费，用手机就能办。",
    en: "If you or your family are in hardship, apply to the union for relief here. No account, no fee, a phone is enough.",
  },
  look: { zh: "查看条件并申请", en: "See the conditions and apply" },
  known: { zh: "已经申请过？", en: "Applied already?" },
  knownNext: {
    zh: "用受理编号和查询码可以查看进度、补交材料、更正银行卡。",
    en: "With your reference and access code you can follow the case, send papers and mend your card details.",
  },
  notices: {
    zh: "救助公示：正在公示的名单和提出异议",
    en: "Public notices: what is on show now, and how to object",
  },
} as const satisfies Record<string, Text>;

const card = (uses: Uses, request: PageRequest, programme: EveryProgramme): Html => {
  const { locale } = request;
  const season = seasonNow(uses, programme);
  const title = inLocale(programme.title, locale);
  return html`<li class="card">
    <h2>${title}</h2>
    <p>${seasonTag(season, locale)}</p>
    <p>${inLocale(programme.summary, locale)}</p>
    <p>
      <a class="button second" href="${paths.apply(programme.id)}"
        >${inLocale(words.look, locale)}<span class="unseen"> · ${title}</span></a
      >
    </p>
  </li>`;
};

export const homePage = (uses: Uses, request: PageRequest): PageResponse => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  // What can be applied for today comes first.
  const openFirst = programmes.toSorted(
    (one, other) => Number(isOpen(seasonNow(uses, other))) - Number(isOpen(seasonNow(uses, one))),
  );
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: pathOf(request),
      body: html`<h1>${say(words.title)}</h1>
        <p class="lead">${say(words.lead)}</p>
        <ul class="cards">
          ${openFirst.map((programme) => card(uses, request, programme))}
        </ul>
        <h2>${say(words.known)}</h2>
        <p>${say(words.knownNext)}</p>
        <p><a class="button second" href="${paths.status}">${say(actions.follow)}</a></p>
        <p><a href="${paths.notices}">${say(words.notices)}</a></p>`,
    }),
  );
};
