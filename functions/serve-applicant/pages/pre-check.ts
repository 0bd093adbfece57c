/**
 * The two-minute pre-check: some questions, none of them personal, and what the programme's own rules say of the
 * answers. Nothing is stored or logged, and nothing stands in the address: what was typed lives in the form alone.
 */
import type { Answers } from "#shared/domain/form.ts";
import { plainAmount } from "#shared/domain/guide.ts";
import { runPreCheck, type PreCheck, type PreCheckResult } from "#shared/domain/pre-check.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { errorSummary, fieldItem, problemLines, type Problems } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { isOpen, seasonNow, seasonWords } from "#shared/web/season.ts";
import { guideById } from "#workflows/registry.ts";
import type { Uses } from "../uses.ts";
import { switchesLanguage } from "./form-page.ts";
import { dayShown } from "./start.ts";

const words = {
  title: { zh: "两分钟自测", en: "Two-minute check" },
  intro: {
    zh: "填几个大概的数，看看是不是可能符合条件。不问姓名和身份证号，填的内容不保存。",
    en: "A few rough figures tell whether you may be eligible. No names or ID numbers; nothing you type is kept.",
  },
  ticks: { zh: "有下面情况的请勾选", en: "Tick what is so in your household" },
  ticksHint: { zh: "都没有就不用勾", en: "Tick nothing if none of it is" },
  see: { zh: "看结果", en: "See the result" },
  again: { zh: "改一改，再看一次", en: "Change and see again" },
  likely: { zh: "看起来可能符合条件", en: "You may well be eligible" },
  unlikely: { zh: "看起来可能不符合条件", en: "You may not be eligible" },
  because: { zh: "为什么", en: "Why" },
  met: { zh: "符合：", en: "Met: " },
  missed: { zh: "不符合：", en: "Not met: " },
  promise: {
    zh: "这只是按您填的数大致估算，不是审批结果。收入、支出和材料要由工会核实后决定。",
    en: "This is a rough estimate from what you typed, not a decision. The union looks into income, expenses and papers, and decides.",
  },
  anyway: {
    zh: "不管结果怎样，您都可以申请，不收费。",
    en: "Whatever it says, you may apply. It costs nothing.",
  },
  apply: { zh: "查看条件并申请", en: "See the conditions and apply" },
  others: { zh: "看看其他救助项目", en: "Look at the other programmes" },
} as const satisfies Record<string, Text>;

const formId = "pre-check";
const tickName = (name: string): string => `tick_${name}`;

interface View {
  readonly request: PageRequest;
  readonly programme: EveryProgramme;
  readonly preCheck: PreCheck;
  readonly status: number;
  readonly problems: Problems;
  readonly above: Html | null;
  readonly button: Text;
}

const typedAnswers = ({ form }: PageRequest, { fields }: PreCheck): Answers =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, form[name] ?? ""]));

const tickedNames = ({ form }: PageRequest, { ticks }: PreCheck): ReadonlySet<string> =>
  new Set(ticks.map(({ name }) => name).filter((name) => form[tickName(name)] === "yes"));

const tickBoxes = (request: PageRequest, preCheck: PreCheck): Html => {
  const ticked = tickedNames(request, preCheck);
  return html`<fieldset class="item" aria-describedby="ticks-hint">
    <legend>${inLocale(words.ticks, request.locale)}</legend>
    <span class="hint" id="ticks-hint">${inLocale(words.ticksHint, request.locale)}</span>
    ${preCheck.ticks.map(({ name, label }) => {
      const box = attributes({
        type: "checkbox",
        name: tickName(name),
        value: "yes",
        checked: ticked.has(name),
      });
      return html`<label class="tick"
        ><input${box} /><span>${inLocale(label, request.locale)}</span></label
      >`;
    })}
  </fieldset>`;
};

const checkPage = (view: View): PageResponse => {
  const { request, programme, preCheck } = view;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const form = {
    fields: preCheck.fields,
    sections: [{ title: words.title, fields: Object.keys(preCheck.fields) }],
  };
  const shown = {
    form,
    answers: typedAnswers(request, preCheck),
    problems: view.problems,
    locale,
    units: [],
  };
  const summary = problemLines(shown);
  const path = paths.preCheck(programme.id);
  return htmlPage(
    view.status,
    page({
      locale,
      title: `${say(programme.title)} · ${say(words.title)}`,
      path,
      switchForm: formId,
      wrong: summary.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(programme.title)} · ${say(words.title)}</h1>
        ${view.above ?? html`<p class="lead">${say(words.intro)}</p>`}
        <form id="${formId}" method="post" action="${path}" novalidate>
          ${Object.keys(preCheck.fields).map((name) => fieldItem(shown, name))}
          ${tickBoxes(request, preCheck)}
          <div class="actions">
            <button>${say(view.button)}</button>
            <a href="${paths.apply(programme.id)}">${say(words.apply)}</a>
          </div>
        </form>`,
    }),
  );
};

/** How much it would be: one figure, or two where a hardship file makes a difference. */
const amountWords = ({ onFileFen, unfiledFen }: PreCheckResult): Text => {
  const filed = plainAmount(onFileFen);
  if (unfiledFen === onFileFen) {
    return {
      zh: `按现行标准，这种情况一般是 ${filed.zh}。`,
      en: `By today's rules such a case gets ${filed.en}.`,
    };
  }
  if (unfiledFen === null) {
    return {
      zh: `按现行标准，建了困难职工档案的一般是 ${filed.zh}；没有档案的要先在所在工会建档。`,
      en: `By today's rules such a case gets ${filed.en} with a hardship file; without one, have it opened at your union first.`,
    };
  }
  const unfiled = plainAmount(unfiledFen);
  return {
    zh: `按现行标准，建了困难职工档案的一般是 ${filed.zh}，没有档案的是 ${unfiled.zh}。`,
    en: `By today's rules such a case gets ${filed.en} with a hardship file, ${unfiled.en} without one.`,
  };
};

const conditionList = ({ conditions }: PreCheckResult, locale: Locale): Html =>
  html`<ul class="files">
    ${conditions.map(
      ({ met, says }) =>
        html`<li>
          <span aria-hidden="true">${met ? "✓" : "✗"}</span>
          <span class="unseen">${inLocale(met ? words.met : words.missed, locale)}</span
          >${inLocale(says, locale)}
        </li>`,
    )}
  </ul>`;

const resultPart = (
  uses: Uses,
  programme: EveryProgramme,
  result: PreCheckResult,
  locale: Locale,
): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const season = seasonNow(uses, programme);
  const { likely, refusal } = result;
  return html`<div class="notice ${likely ? "good" : "wait"}" id="result" tabindex="-1">
      <h2>${say(likely ? words.likely : words.unlikely)}</h2>
      <p>${say(likely ? amountWords(result) : (refusal?.says ?? words.promise))}</p>
      ${!likely && refusal?.suggests ? html`<p>${say(refusal.suggests)}</p>` : null}
      <p>${say(words.promise)}</p>
      <p>${say(words.anyway)}${isOpen(season) ? null : html` ${say(seasonWords(season))}`}</p>
      <p class="actions">
        <a class="button" href="${paths.apply(programme.id)}">${say(words.apply)}</a>
        ${likely ? null : html`<a href="${paths.home}">${say(words.others)}</a>`}
      </p>
    </div>
    <h2>${say(words.because)}</h2>
    ${conditionList(result, locale)}
    <h2>${say(words.again)}</h2>`;
};

/** Shows the questions; posted, the result above them with everything typed still there. */
export const preCheckPage = (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
): PageResponse => {
  const guide = guideById(programme.id);
  invariant(guide, "every programme has a guide");
  const season = seasonNow(uses, programme);
  // Without standards there is nothing to check against; the start page says until when.
  if (season.kind === "unpublished") return redirect(paths.apply(programme.id));
  const day = dayShown(uses, season);
  const preCheck = guide.preCheck(day);
  const blank = { request, programme, preCheck, problems: {}, above: null, button: words.see };
  if (request.method === "GET" || switchesLanguage(request)) {
    return checkPage({ ...blank, status: 200 });
  }
  const answer = runPreCheck(
    preCheck,
    typedAnswers(request, preCheck),
    tickedNames(request, preCheck),
    day,
  );
  if (answer.kind === "problems") {
    return checkPage({ ...blank, status: 422, problems: answer.problems });
  }
  return checkPage({
    ...blank,
    status: 200,
    above: resultPart(uses, programme, answer.result, request.locale),
    button: words.again,
  });
};
