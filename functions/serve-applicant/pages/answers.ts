/** All questions of a draft on one page, for officers and for those who like it so. */
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Text } from "#shared/kernel/text.ts";
import { actions } from "#shared/web/messages.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { loadDraft, postedOn, withAnswers } from "../draft.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { tooOften } from "./apply.ts";
import { cardsShown, reshaped, reshapes } from "./cards.ts";
import { formPage } from "./form-page.ts";

export const expiredForm: Text = {
  zh: "这个页面打开太久了。您填写的内容都还在，请再按一次。",
  en: "This page had been open too long. Everything you typed is still here; please press the button again.",
};

export const changedElsewhere: Text = {
  zh: "这份申请刚才在别的页面改过。您在这里填写的内容都还在，请核对后再按一次。",
  en: "This application was changed on another page just now. What you typed here is still there; please check it and press the button again.",
};

export const savedTooOften: Text = {
  zh: "这一页保存的次数太多了，请联系您的工会代为办理。",
  en: "This page was saved too many times: please ask your union to apply with you.",
};

const title: Text = { zh: "填写申请", en: "Your application" };

/** The row of a draft in which all questions of this page are kept. */
const wholePage = "all";

export const answersPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const stored = await loadDraft(uses, own, programme);
  const isGet = request.method === "GET";
  const asked = programme.form.sections.flatMap(({ fields }) => fields);
  const posted = isGet ? {} : postedOn(programme, asked, reshaped(request, programme));
  const draft = withAnswers(stored, posted);
  const view = {
    request,
    programme,
    units: draft.units,
    answers: draft.answers,
    title,
    button: actions.continue,
    cards: cardsShown(draft, request),
    token: await tokenField(uses, own, "answers"),
  };
  const read = readAnswers(programme, draft.answers, draft.units, draft.on);
  // What nobody has answered yet is not wrong.
  const isNew = isGet && Object.keys(stored.answers).length === 0;
  if (isGet) {
    return formPage({ ...view, ...(read.kind === "problems" && !isNew ? read : {}), status: 200 });
  }
  if (reshapes(request)) return formPage({ ...view, status: 200 });
  if (!(await hasToken(uses, request, own, "answers"))) {
    return formPage({ ...view, status: 403, notice: expiredForm });
  }
  if (read.kind === "problems") return formPage({ ...view, ...read, status: 422 });
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return formPage({ ...view, status: 429, notice: tooOften(minutes) });
  const page = { page: wholePage, answers: posted, at: uses.clock.now() };
  return (await uses.cases.saveDraftPage(application, page))
    ? redirect(paths.papers(programme.id, application.id))
    : formPage({ ...view, status: 429, notice: savedTooOften });
};
