/** Sending a draft, and the page for whatever comes of it. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { submitApplication } from "#shared/casework/submit-application.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { fieldsOfError, log } from "#shared/lambda/logging.ts";
import { messagePage } from "#shared/web/error-page.ts";
import { papersNotReadyWords } from "#shared/web/refusal-words.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { outOfSeason } from "#shared/web/season.ts";
import { hasToken, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere, expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { barredPage } from "./barred.ts";
import { leftOut } from "./paper-list.ts";
import { papersPage, type PapersView } from "./papers.ts";

const claimExists = (request: PageRequest, programme: EveryProgramme, id: ApplicationId) =>
  messagePage(
    409,
    request.locale,
    {
      title: { zh: "同样的申请已经有一份", en: "There is such an application already" },
      happened: {
        zh: `这个家庭（或学生、患者、发票）在本期“${programme.title.zh}”中已经有一份正在办理或已办结的申请，不能重复申请。`,
        en: `This household (or student, patient or invoice) already has an application for ${programme.title.en} in this period, so a second one cannot be sent.`,
      },
      kept: {
        zh: "您填写的内容和上传的材料都还保存着，没有提交。",
        en: "What you filled in and the papers you sent are still saved; they were not handed in.",
      },
      next: {
        zh: "如果那份申请是您的，请用它的受理编号和查询码查进度；如果填错了人或号码，请返回修改。",
        en: "If that application is yours, follow it with its own reference and access code; if a person or number was typed wrongly, go back and change it.",
      },
      link: {
        href: paths.check(programme.id, id),
        label: { zh: "返回修改", en: "Go back and change it" },
      },
    },
    { path: paths.papers(programme.id, id) },
  );

export const submitPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { id } = own.application;
  const again = (view: PapersView): Promise<PageResponse> =>
    papersPage(uses, request, own, programme, view);
  if (request.method === "GET") return redirect(paths.papers(programme.id, id));
  if (!(await hasToken(uses, request, own, "submit"))) {
    return again({ status: 403, notice: expiredForm });
  }
  const sent = await submitApplication(uses, own.application, leftOut(request.form));
  switch (sent.kind) {
    case "sent":
      if (sent.untold !== null) {
        log.warn("start failed", { applicationId: id, ...fieldsOfError(sent.untold) });
      }
      return redirect(paths.receipt(programme.id, id));
    case "sent_before":
      return redirect(paths.receipt(programme.id, id));
    case "out_of_season":
      return again({ status: 409, notice: outOfSeason(sent.season) });
    case "problems":
      // That page names what is open or wrong.
      return redirect(paths.check(programme.id, id));
    case "missing":
      return again({ status: 422, missing: sent.missing });
    case "papers_not_ready":
      return again({ status: 409, notice: papersNotReadyWords[sent.why] });
    case "barred":
      return barredPage(request, programme, id, sent.bar);
    case "too_often":
      return again({ status: 429, notice: tooOften(sent.minutes) });
    case "claim_exists":
      return claimExists(request, programme, id);
    case "changed_meanwhile":
      return again({ status: 409, notice: changedElsewhere });
  }
};
