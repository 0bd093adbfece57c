/**
 * What to know before applying: how much, who can get it, what to have ready, how long it takes, what happens with
 * one's data. Every figure is read from the policy of the day. Out of season it says when, and shows no button.
 */
import { policyDayOf } from "#shared/casework/load.ts";
import { papersToExpect, type Guide } from "#shared/domain/guide.ts";
import { commonPolicyOn, policyConfirmedOn } from "#shared/domain/policy-pack.ts";
import type { EveryProgramme, PaperRequirement, PolicyDay } from "#shared/domain/programme.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { isOpen, seasonNow, seasonTag, seasonWords, type SeasonNow } from "#shared/web/season.ts";
import { guideById } from "#workflows/registry.ts";
import type { Uses } from "../uses.ts";

const words = {
  amounts: { zh: "能得多少", en: "How much" },
  amountsBy: {
    zh: "按现行标准。具体金额由工会核实后决定。",
    en: "By today's rules. The union decides the amount after looking into the case.",
  },
  who: { zh: "谁可以申请", en: "Who can apply" },
  means: {
    zh: "家里的经济情况，符合下面一项就可以：",
    en: "And the household's means, of which one is enough:",
  },
  notFor: { zh: "这些情况不能申请", en: "Who can't get it" },
  unsure: {
    zh: "拿不准也可以申请，最后由工会工作人员核实决定，申请不收费。",
    en: "Apply if you are unsure: people of the union look into it and decide. It costs nothing.",
  },
  start: { zh: "开始申请", en: "Start now" },
  check: { zh: "先用两分钟看看是否符合", en: "Check in two minutes first" },
  startNote: {
    zh: "不用注册，大约8分钟。随时可以保存，以后用编号和查询码接着填。",
    en: "No account, about eight minutes. You can save at any time and go on later with a reference and a code.",
  },
  ready: { zh: "准备好这些材料", en: "What to have ready" },
  readyPhotos: {
    zh: "用手机拍照就行，一份材料可以拍多张。",
    en: "Photos from your phone will do.",
  },
  readySome: { zh: "看情况还需要：", en: "Depending on your case:" },
  readyIfAtHand: {
    zh: "手头有的先拍照，没有也可以先提交：",
    en: "Photograph what you have; you can hand in without:",
  },
  readyLater: { zh: "先行救助金到账后再补：", en: "To follow after the advance is paid:" },
  alsoReady: {
    zh: "另外请准备：全家人的身份证号，近12个月的收入和支出数，本人银行卡号。",
    en: "Also at hand: the ID numbers of the household, its income and expenses of the last 12 months, your own bank card number.",
  },
  long: { zh: "要多长时间", en: "How long it takes" },
  data: { zh: "您的信息怎么用", en: "What happens with your data" },
  dataUse: {
    zh: "只用于办理这次救助。身份证号、银行卡号、电话、住址和健康信息加密保存，只有经办和审批的人能看；核对收入和公示都要您另外勾选同意，公示时隐去姓名。",
    en: "It is used for this case only. ID and card numbers, phone, address and health data are kept encrypted and seen only by those who handle and decide the case. The means check and the public notice need your separate consent; the notice masks your name.",
  },
  shutNext: {
    zh: "到时再来这里申请。急难情况请直接联系您的工会。",
    en: "Come back here then. If it is urgent, speak to your union directly.",
  },
  others: { zh: "查看其他救助", en: "See the other programmes" },
} as const satisfies Record<string, Text>;

const list = (texts: readonly Text[], locale: Locale): Html =>
  html`<ul>
    ${texts.map((text) => html`<li>${inLocale(text, locale)}</li>`)}
  </ul>`;

interface StartView {
  readonly programme: EveryProgramme;
  readonly guide: Guide;
  readonly day: PolicyDay;
  readonly locale: Locale;
}

const amountsPart = ({ guide, day, locale }: StartView): Html =>
  html`<h2>${inLocale(words.amounts, locale)}</h2>
    <dl class="facts">
      ${guide.amounts(day).map(
        ({ whom, amount, more }) =>
          html`<dt>${inLocale(whom, locale)}</dt>
            <dd>
              <strong>${inLocale(amount, locale)}</strong
              >${more && html`<br />${inLocale(more, locale)}`}
            </dd>`,
      )}
    </dl>
    ${guide.amountNotes(day).map((note) => html`<p>${inLocale(note, locale)}</p>`)}
    <p class="soft small">${inLocale(words.amountsBy, locale)}</p>`;

const whoPart = ({ guide, day, locale }: StartView): Html =>
  html`<h2>${inLocale(words.who, locale)}</h2>
    ${list(guide.who(day), locale)}
    <p>${inLocale(words.means, locale)}</p>
    ${list(guide.means(day), locale)}
    <details>
      <summary>${inLocale(words.notFor, locale)}</summary>
      ${list(guide.notFor(day), locale)}
    </details>
    <p>${inLocale(words.unsure, locale)}</p>`;

const startPart = ({ programme, locale }: StartView): Html =>
  html`<form method="post" action="${paths.apply(programme.id)}" class="actions">
      <button>${inLocale(words.start, locale)}</button>
      <a href="${paths.preCheck(programme.id)}">${inLocale(words.check, locale)}</a>
    </form>
    <p class="soft small">${inLocale(words.startNote, locale)}</p>`;

const paperNames = (papers: readonly PaperRequirement[], locale: Locale): Html =>
  list(
    papers.map(({ title }) => title),
    locale,
  );

const paperLists = ({ programme, day, locale }: StartView): Html => {
  const { always, some } = papersToExpect(programme.id, day);
  const fastTrack = programme.fastTrack?.(day);
  if (fastTrack) {
    const all = [...always, ...some];
    const atOnce = ({ kind }: PaperRequirement): boolean => fastTrack.papersAtOnce.includes(kind);
    return html`<p>${inLocale(words.readyIfAtHand, locale)}</p>
      ${paperNames(all.filter(atOnce), locale)}
      <p>${inLocale(words.readyLater, locale)}</p>
      ${paperNames(
        all.filter((paper) => !atOnce(paper)),
        locale,
      )}`;
  }
  const further =
    some.length > 0 &&
    html`<p>${inLocale(words.readySome, locale)}</p>
      ${paperNames(some, locale)}`;
  return html`${paperNames(always, locale)}${further}`;
};

const readyPart = (view: StartView): Html =>
  html`<h2>${inLocale(words.ready, view.locale)}</h2>
    <p>${inLocale(words.readyPhotos, view.locale)}</p>
    ${paperLists(view)}
    <p>${inLocale(words.alsoReady, view.locale)}</p>`;

/** The steps of policy 8.6 with their limits in working days. Where several tiers decide, the longest way is said. */
const stepsOf = ({ programme, day, locale }: StartView): readonly Text[] => {
  const { flowClock } = commonPolicyOn(day.pack, day.appliedOn);
  const fastTrack = programme.fastTrack?.(day);
  const within = (zh: string, en: string, workingDays: number): Text => ({
    zh: `${zh}：${workingDays} 个工作日内`,
    en: `${en}: within ${workingDays} working days`,
  });
  const latest = programme.delivery?.(day).by;
  return [
    ...(fastTrack
      ? [
          {
            zh: `先行救助金：${fastTrack.hoursMax} 小时内决定`,
            en: `The advance: decided within ${fastTrack.hoursMax} hours`,
          },
        ]
      : []),
    within(
      "查看材料，缺什么一次告诉您",
      "Papers checked; what is missing is told once",
      flowClock.acceptance,
    ),
    within("两人上门核实", "A visit by two people", flowClock.visitAndInitialReview),
    ...(programme.grassRootsNotice
      ? [
          within(
            "单位或街道公示",
            "Public notice where you work or live",
            flowClock.grassRootsNotice,
          ),
        ]
      : []),
    within("上级工会审批", "Decided by the office above", flowClock.districtDecision),
    within(
      "金额较大的，再由市总工会审批",
      "Larger amounts: the city decides",
      flowClock.cityDecision,
    ),
    ...(programme.finalNotice === "before_payment"
      ? [within("发放前公示", "Public notice before payment", flowClock.finalNotice)]
      : []),
    within("款项转入您的银行卡", "The money is sent to your card", flowClock.payment),
    ...(latest
      ? [
          {
            zh: `本期最迟 ${date(latest, locale)} 前发到卡上`,
            en: `This season's money arrives by ${date(latest, locale)}`,
          },
        ]
      : []),
  ];
};

/** All steps together, when the office above the base decides, and when the city does. */
const wholeWay = ({ programme, day }: StartView): Text => {
  const { flowClock } = commonPolicyOn(day.pack, day.appliedOn);
  const notices =
    (programme.grassRootsNotice ? flowClock.grassRootsNotice : 0) +
    (programme.finalNotice === "before_payment" ? flowClock.finalNotice : 0);
  const usual =
    flowClock.acceptance +
    flowClock.visitAndInitialReview +
    flowClock.districtDecision +
    flowClock.payment +
    notices;
  const longest = usual + flowClock.cityDecision;
  return {
    zh: `从提交到到账，一般不超过 ${usual} 个工作日，要市总工会审批的不超过 ${longest} 个工作日。补材料的时间不算在内。`,
    en: `From handing in to the money: mostly at most ${usual} working days, ${longest} where the city decides. The time in which you send papers is not counted.`,
  };
};

const longPart = (view: StartView): Html =>
  html`<h2>${inLocale(words.long, view.locale)}</h2>
    <p>${inLocale(wholeWay(view), view.locale)}</p>
    <ol>
      ${stepsOf(view).map((step) => html`<li>${inLocale(step, view.locale)}</li>`)}
    </ol>`;

const dataPart = (locale: Locale): Html =>
  html`<h2>${inLocale(words.data, locale)}</h2>
    <p>${inLocale(words.dataUse, locale)}</p>`;

const shutPart = (season: SeasonNow, locale: Locale): Html =>
  html`<div class="notice wait">
      <p><strong>${inLocale(seasonWords(season), locale)}</strong></p>
      <p>${inLocale(words.shutNext, locale)}</p>
    </div>
    <p><a href="${paths.home}">${inLocale(words.others, locale)}</a></p>`;

/** The day whose rules are told: today, or the first day of the next season once its standards are known. */
export const dayShown = (uses: Pick<Uses, "clock" | "policy">, season: SeasonNow): PolicyDay => {
  const today = policyDayOf(uses, { submittedAt: null });
  return season.kind === "shut" && policyConfirmedOn(uses.policy, season.opens)
    ? { ...today, appliedOn: season.opens }
    : today;
};

const content = (view: StartView, season: SeasonNow): Html => {
  const { locale } = view;
  if (season.kind === "unpublished") return shutPart(season, locale);
  if (!isOpen(season)) {
    return html`${shutPart(season, locale)}${amountsPart(view)}${whoPart(view)}
      <p><a href="${paths.preCheck(view.programme.id)}">${inLocale(words.check, locale)}</a></p>
      ${readyPart(view)}`;
  }
  return html`<p>${seasonTag(season, locale)}</p>
    ${amountsPart(view)}${whoPart(view)}${startPart(view)}${readyPart(view)}${longPart(view)}
    ${dataPart(locale)}`;
};

/** The start page of a programme: GET only; its button posts to the same address. */
export const startPage = (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
): PageResponse => {
  const { locale } = request;
  const guide = guideById(programme.id);
  invariant(guide, "every programme has a guide");
  const season = seasonNow(uses, programme);
  const view: StartView = { programme, guide, day: dayShown(uses, season), locale };
  const title = inLocale(programme.title, locale);
  return htmlPage(
    200,
    page({
      locale,
      title,
      path: paths.apply(programme.id),
      body: html`<h1>${title}</h1>
        <p class="lead">${inLocale(programme.summary, locale)}</p>
        ${content(view, season)}`,
    }),
  );
};
