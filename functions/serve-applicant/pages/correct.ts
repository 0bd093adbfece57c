/** The answers of a case, to be changed: on request with what was asked for, or corrected unasked. */
import { correctUnasked, giveAsked } from "#shared/casework/hand-in.ts";
import { policyDayOf } from "#shared/casework/load.ts";
import { mayCorrect } from "#shared/domain/correction.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Text } from "#shared/kernel/text.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { askedFor } from "#shared/web/case-words.ts";
import { askedAfterAdvance } from "#shared/web/fast-track-words.ts";
import { cardsShown, reshaped, reshapes } from "./cards.ts";
import { formPage, postedAnswers } from "./form-page.ts";
import { logUntold, refusalOf } from "./hand-in.ts";
import { leftOut, missingPaper } from "./paper-list.ts";
import { storedAnswers } from "./papers.ts";

const words = {
  give: { zh: "补充材料和信息", en: "Send what was asked for" },
  hand: { zh: "提交补充内容", en: "Hand it in" },
  correct: { zh: "更正填写的内容", en: "Correct the answers" },
  means: {
    zh: "填错了可以在这里更正，只改确实需要改的内容。更正后工会从受理环节重新核对，此前的审核意见作废；材料需要补充的，会一次告诉您。",
    en: "What was typed wrongly can be corrected here; change only what needs it. The union then checks the case anew from the start, and what was approved so far no longer counts. If papers are needed, you are told once, all of them.",
  },
  handCorrection: { zh: "提交更正", en: "Hand in the correction" },
} as const satisfies Record<string, Text>;

/** What stands above the questions: the list of what is missing, or what a correction means. */
const above = async (
  uses: Uses,
  { locale }: PageRequest,
  { application }: OwnCase,
): Promise<Html | null> => {
  if (application.status !== "needs_information") {
    return html`<div class="notice wait"><p>${inLocale(words.means, locale)}</p></div>`;
  }
  const events = await uses.cases.events(application);
  const asked = askedAfterAdvance(events, locale) ?? askedFor(events);
  return asked === null ? null : html`<div class="notice wait"><p>${lines(asked)}</p></div>`;
};

export const correctPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const asked = application.status === "needs_information";
  if (!asked && !mayCorrect(application)) return redirect(paths.case(application.id));
  const { units } = await uses.directory.organisation();
  const isGet = request.method === "GET";
  const answers = isGet
    ? await storedAnswers(uses, own)
    : postedAnswers(reshaped(request, programme), programme);
  const on = isGet ? null : policyDayOf(uses, application).appliedOn;
  const read = readAnswers(programme, answers, units, on);
  const said = await above(uses, request, own);
  const view = {
    request,
    programme,
    units,
    answers,
    title: asked ? words.give : words.correct,
    ...(said ? { above: said } : {}),
    button: asked ? words.hand : words.handCorrection,
    token: await tokenField(uses, own, "correct"),
    unfolded: true,
    cards: cardsShown({ programme, answers }, request),
  };
  if (isGet) return formPage({ ...view, ...(read.kind === "problems" ? read : {}), status: 200 });
  if (reshapes(request)) return formPage({ ...view, status: 200 });
  if (!(await hasToken(uses, request, own, "correct"))) {
    return formPage({ ...view, status: 403, notice: expiredForm });
  }
  if (read.kind === "problems") return formPage({ ...view, ...read, status: 422 });
  const given = { typed: answers, read };
  const handed = asked
    ? await giveAsked(uses, application, given, leftOut(request.form))
    : await correctUnasked(uses, application, given);
  switch (handed.kind) {
    case "done":
      logUntold(application.id, handed.untold);
      return redirect(paths.case(application.id));
    case "missing":
      return formPage({ ...view, status: 422, further: handed.missing.map(missingPaper) });
    default:
      return formPage({ ...view, ...refusalOf(handed, asked) });
  }
};
