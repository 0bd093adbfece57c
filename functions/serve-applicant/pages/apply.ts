/** Applying: what to know first, the questions, and a draft once they are all answered. */
import { policyDayOf } from "#shared/casework/load.ts";
import { newDraft } from "#shared/domain/draft.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme, PaperRequirement, PolicyDay } from "#shared/domain/programme.ts";
import { newAccessCode, newApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { messagePage } from "#shared/web/error-page.ts";
import { actions } from "#shared/web/messages.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths, pathOf } from "#shared/web/paths.ts";
import { limits, overLimit } from "../rate-limit.ts";
import { readAnswers } from "../read-answers.ts";
import { codeHash, rememberCode, startSession } from "../session.ts";
import type { Uses } from "../uses.ts";
import { formPage, postedAnswers, switchesLanguage, type FormPage } from "./form-page.ts";
import {
  isOpen,
  outOfSeason,
  seasonNow,
  seasonTag,
  seasonWords,
  type SeasonNow,
} from "./season.ts";

const words = {
  ready: { zh: "请准备好这些材料（拍照即可）", en: "Have these papers ready (photos will do)" },
  readyAlways: { zh: "都需要", en: "Always" },
  readySome: { zh: "视情况需要", en: "Depending on your case" },
  how: {
    zh: "分三步：填写、上传材料、提交。大约需要10分钟，之后凭查询码可以随时回来。",
    en: "Three steps: fill in, send papers, hand in. It takes about ten minutes, and with the access code you can come back at any time.",
  },
  howFast: {
    zh: "只填审批先行救助金要用的内容。材料有什么拍什么，没有的先不用传，提交后再补。之后凭查询码可以随时回来。",
    en: "Fill in only what an advance is decided on. Photograph what you have at hand; the rest may follow after you handed it in. With the access code you can come back at any time.",
  },
  readyIfAtHand: {
    zh: "手头有这些的请拍照（没有也可以提交）",
    en: "Photograph these if you have them (you can hand in without)",
  },
  readyLater: { zh: "先行救助金到账后再补", en: "To follow after the advance is paid" },
  shutTitle: { zh: "现在不受理", en: "Closed now" },
  shutNext: {
    zh: "受理期间再来申请即可。急难情况请直接联系您的工会。",
    en: "Please come back then. If it is urgent, speak to your union directly.",
  },
  others: { zh: "查看其他救助", en: "See the other programmes" },
} as const satisfies Record<string, Text>;

export const tooOften = (minutes: number): Text => ({
  zh: `短时间内操作次数太多。您填写的内容都还在，请在${minutes}分钟后再按一次。`,
  en: `Too many tries in a short time. Everything you typed is still here; please press the button again in ${minutes} minutes.`,
});

/** The papers of a programme as its worked cases need them: what all of them do, and what some do. */
const papersToExpect = (
  programme: EveryProgramme,
  day: PolicyDay,
): { readonly always: readonly PaperRequirement[]; readonly some: readonly PaperRequirement[] } => {
  const lists = programme.examples.map(({ facts }) => programme.papers(facts, day));
  const byKind = new Map(lists.flat().map((paper) => [paper.kind, paper]));
  const isAlways = ({ kind }: PaperRequirement): boolean =>
    lists.every((list) => list.some((paper) => paper.kind === kind && paper.required));
  const all = [...byKind.values()];
  return { always: all.filter(isAlways), some: all.filter((paper) => !isAlways(paper)) };
};

/** On a fast track: what to photograph if it is at hand, and what is asked for only after the advance. */
const papersOfFastTrack = (
  programme: EveryProgramme,
  day: PolicyDay,
): {
  readonly atOnce: readonly PaperRequirement[];
  readonly later: readonly PaperRequirement[];
} => {
  const { always, some } = papersToExpect(programme, day);
  const kinds = programme.fastTrack?.(day).papersAtOnce ?? [];
  const all = [...always, ...some];
  return {
    atOnce: all.filter(({ kind }) => kinds.includes(kind)),
    later: all.filter(({ kind }) => !kinds.includes(kind)),
  };
};

const paperNames = (papers: readonly PaperRequirement[], locale: Locale): Html =>
  html`<ul>
    ${papers.map(({ title }) => html`<li>${inLocale(title, locale)}</li>`)}
  </ul>`;

const introduction = (
  programme: EveryProgramme,
  season: SeasonNow,
  day: PolicyDay,
  locale: Locale,
): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const { always, some } = papersToExpect(programme, day);
  if (programme.fastTrack) {
    const { atOnce, later } = papersOfFastTrack(programme, day);
    return html`<p class="lead">${say(programme.summary)}</p>
      <p>${seasonTag(season, locale)}</p>
      <p>${say(words.howFast)}</p>
      <details class="panel">
        <summary>${say(words.readyIfAtHand)}</summary>
        ${paperNames(atOnce, locale)}
        <h2>${say(words.readyLater)}</h2>
        ${paperNames(later, locale)}
      </details>`;
  }
  return html`<p class="lead">${say(programme.summary)}</p>
    <p>${seasonTag(season, locale)}</p>
    <p>${say(words.how)}</p>
    <details class="panel">
      <summary>${say(words.ready)}</summary>
      <h2>${say(words.readyAlways)}</h2>
      ${paperNames(always, locale)}
      ${
        some.length > 0 &&
        html`<h2>${say(words.readySome)}</h2>
          ${paperNames(some, locale)}`
      }
    </details>`;
};

const shutPage = (
  request: PageRequest,
  programme: EveryProgramme,
  season: SeasonNow,
): PageResponse =>
  messagePage(
    200,
    request.locale,
    {
      title: {
        zh: `${programme.title.zh}：${words.shutTitle.zh}`,
        en: `${programme.title.en}: ${words.shutTitle.en}`,
      },
      happened: seasonWords(season),
      kept: programme.summary,
      next: words.shutNext,
      link: { href: paths.home, label: words.others },
    },
    { path: pathOf(request) },
  );

const createDraft = async (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
  answers: Answers,
): Promise<PageResponse> => {
  const code = newAccessCode(uses.random(12));
  const id = newApplicationId(uses.random(10));
  const draft = newDraft({
    id,
    programmeId: programme.id,
    locale: request.locale,
    createdAt: uses.clock.now(),
    accessCodeHash: await codeHash(uses, id, code),
    salt: Buffer.from(uses.random(12)).toString("base64url"),
  });
  await uses.cases.createDraft(draft, answers);
  return redirect(paths.papers(programme.id, draft.id), [
    await startSession(uses, draft.id),
    await rememberCode(uses, draft, code),
  ]);
};

/** Everything typed comes back with whatever answer is given; only a whole form becomes a draft. */
const postApplication = async (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
  view: Omit<FormPage, "status">,
  season: SeasonNow,
): Promise<PageResponse> => {
  if (switchesLanguage(request)) return formPage({ ...view, status: 200 });
  if (!isOpen(season)) {
    return formPage({ ...view, status: 409, notice: outOfSeason(season) });
  }
  const read = readAnswers(programme, view.answers, view.units);
  if (read.kind === "problems") return formPage({ ...view, ...read, status: 422 });
  const minutes = await overLimit(uses, limits.applyByAddress, request.sourceIp);
  if (minutes !== null) {
    const response = formPage({ ...view, status: 429, notice: tooOften(minutes) });
    return { ...response, headers: { "retry-after": String(minutes * 60) } };
  }
  return createDraft(uses, request, programme, view.answers);
};

export const applyPage = async (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const season = seasonNow(uses, programme);
  if (request.method === "GET" && !isOpen(season)) {
    return shutPage(request, programme, season);
  }
  const { units } = await uses.directory.organisation();
  const view = {
    request,
    programme,
    units,
    title: programme.title,
    above: introduction(
      programme,
      season,
      policyDayOf(uses, { submittedAt: null }),
      request.locale,
    ),
    answers: postedAnswers(request, programme),
    button: actions.continue,
  };
  return request.method === "GET"
    ? formPage({ ...view, status: 200 })
    : postApplication(uses, request, programme, view, season);
};
