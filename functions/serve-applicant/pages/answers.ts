/** A draft's answers, to be changed before it is sent. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Text } from "#shared/kernel/text.ts";
import { actions } from "#shared/web/messages.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { limits, overLimit } from "../rate-limit.ts";
import { readAnswers } from "../read-answers.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { tooOften } from "./apply.ts";
import { formPage, postedAnswers, switchesLanguage } from "./form-page.ts";
import { storedAnswers } from "./papers.ts";

export const expiredForm: Text = {
  zh: "这个页面打开太久了。您填写的内容都还在，请再按一次。",
  en: "This page had been open too long. Everything you typed is still here; please press the button again.",
};

export const changedElsewhere: Text = {
  zh: "这份申请刚才在别的页面改过。您在这里填写的内容都还在，请核对后再按一次。",
  en: "This application was changed on another page just now. What you typed here is still there; please check it and press the button again.",
};

export const answersPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const { units } = await uses.directory.organisation();
  const isGet = request.method === "GET";
  const answers = isGet ? await storedAnswers(uses, own) : postedAnswers(request, programme);
  const read = readAnswers(programme, answers, units);
  const view = {
    request,
    programme,
    units,
    answers,
    title: actions.change,
    button: actions.continue,
    token: await tokenField(uses, own, "answers"),
  };
  if (isGet) return formPage({ ...view, ...(read.kind === "problems" ? read : {}), status: 200 });
  if (switchesLanguage(request)) return formPage({ ...view, status: 200 });
  if (!(await hasToken(uses, request, own, "answers"))) {
    return formPage({ ...view, status: 403, notice: expiredForm });
  }
  if (read.kind === "problems") return formPage({ ...view, ...read, status: 422 });
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return formPage({ ...view, status: 429, notice: tooOften(minutes) });
  const saved = await uses.cases.saveDraft(application, answers);
  return saved
    ? redirect(paths.papers(programme.id, application.id))
    : formPage({ ...view, status: 409, notice: changedElsewhere });
};
