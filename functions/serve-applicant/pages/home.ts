/** The first page: what help there is, how much, when, and how to follow an application. */
import { guideById, programmes } from "#workflows/registry.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths, pathOf } from "#shared/web/paths.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Uses } from "../uses.ts";
import { isOpen, seasonNow, seasonTag, type SeasonNow } from "#shared/web/season.ts";
import { dayShown } from "./start.ts";

const words = {
  title: { zh: "困难职工帮扶申请", en: "Relief for workers in hardship" },
  lead: {
    zh: "职工本人或家庭遇到困难，在这里向工会申请救助。不用注册，不收任何费用，由工会工作人员核实后决定。",
    en: "If you or your family are in hardship, apply to the union for relief here. No account, no fee; people of the union look into it and decide.",
  },
  known: { zh: "已经申请过", en: "Applied already" },
  knownNext: {
    zh: "用受理编号和查询码查进度、补材料、更正银行卡，或接着填没填完的申请。",
    en: "With your reference and access code: follow the case, send papers, mend your card, or go on with what you began.",
  },
  which: { zh: "有哪些救助", en: "What help there is" },
  look: { zh: "查看条件并申请", en: "See the conditions and apply" },
  lookShut: { zh: "查看条件", en: "See the conditions" },
  check: { zh: "两分钟自测", en: "Two-minute check" },
  notices: { zh: "救助公示", en: "Public notices" },
  noticesNext: {
    zh: "看正在公示的名单，有不同意见可以提出。",
    en: "See what is on show now; object if you know better.",
  },
  helped: { zh: "自己不方便填写", en: "If you can't fill it in" },
  helpedNext: {
    zh: "带上身份证和材料，到单位工会或街道（乡镇）工会服务站，工作人员可以当面代办。",
    en: "Take your ID card and papers to your union at work or the service station of your street; staff will fill it in with you.",
  },
} as const satisfies Record<string, Text>;

/** "最高 5,000 元", where the rules of the day are known. */
const upTo = (
  uses: Uses,
  programme: EveryProgramme,
  season: SeasonNow,
  locale: Locale,
): Html | null => {
  const guide = guideById(programme.id);
  return guide && season.kind !== "unpublished"
    ? html`<p class="upto">${inLocale(guide.upTo(dayShown(uses, season)), locale)}</p>`
    : null;
};

const card = (uses: Uses, request: PageRequest, programme: EveryProgramme): Html => {
  const { locale } = request;
  const season = seasonNow(uses, programme);
  const title = inLocale(programme.title, locale);
  const open = isOpen(season);
  return html`<li class="card">
    <h3>${title}</h3>
    <p>${seasonTag(season, locale)}</p>
    ${upTo(uses, programme, season, locale)}
    <p>${inLocale(programme.summary, locale)}</p>
    <p class="actions">
      <a class="${open ? "button" : "button second"}" href="${paths.apply(programme.id)}"
        >${inLocale(open ? words.look : words.lookShut, locale)}<span class="unseen">
          · ${title}</span
        ></a
      >
      ${
        season.kind !== "unpublished" &&
        html`<a href="${paths.preCheck(programme.id)}"
          >${inLocale(words.check, locale)}<span class="unseen"> · ${title}</span></a
        >`
      }
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
        <h2>${say(words.which)}</h2>
        <ul class="cards">
          ${openFirst.map((programme) => card(uses, request, programme))}
        </ul>
        <section class="section">
          <h2>${say(words.known)}</h2>
          <p>${say(words.knownNext)}</p>
          <p><a class="button second" href="${paths.status}">${say(actions.follow)}</a></p>
        </section>
        <section class="section">
          <h2>${say(words.helped)}</h2>
          <p>${say(words.helpedNext)}</p>
        </section>
        <section class="section">
          <h2>${say(words.notices)}</h2>
          <p><a href="${paths.notices}">${say(words.noticesNext)}</a></p>
        </section>`,
    }),
  );
};
