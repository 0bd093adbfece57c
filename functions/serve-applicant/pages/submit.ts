/** Sending a draft: everything is read and checked once more, then case, event and claim are written as one. */
import { papersToSend } from "#shared/domain/fast-track.ts";
import { missingPapers, submitDraft, type Moment } from "#shared/domain/intake.ts";
import { commonPolicyOf } from "#shared/domain/policy-pack.ts";
import type { EveryProgramme, PaperRequirement } from "#shared/domain/programme.ts";
import { isBarred } from "#shared/casework/bar-list.ts";
import { identify } from "#shared/casework/identify.ts";
import { policyDayOf } from "#shared/casework/load.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { fieldsOfError, log } from "#shared/lambda/logging.ts";
import { messagePage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { acceptFiles, landedFiles, type AcceptedPapers } from "#shared/casework/paper-files.ts";
import { limits, overLimit } from "../rate-limit.ts";
import { readAnswers, type AnswersRead } from "../read-answers.ts";
import { hasToken, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere, expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { barredPage } from "./barred.ts";
import { chosenFiles } from "./paper-list.ts";
import { papersPage, storedAnswers, type PapersView } from "./papers.ts";
import { isOpen, outOfSeason, seasonNow } from "./season.ts";

/** Now, with the working days of the policy of a case's day. */
export const momentAt = (
  { clock, policy }: Pick<Uses, "clock" | "policy">,
  submittedAt: Instant | null,
): Moment => {
  const now = clock.now();
  const { flowClock, calendar } = commonPolicyOf(policy, submittedAt, now);
  return { now, flowClock, calendar };
};

/** Starts the case's execution. When that fails the case is safe: resume-stalled finds and starts it. */
const startExecution = async ({ workflow }: Uses, id: ApplicationId): Promise<void> => {
  try {
    await workflow.start("application", id, { applicationId: id });
  } catch (error) {
    log.warn("start failed", { applicationId: id, ...fieldsOfError(error) });
  }
};

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
        href: paths.answers(programme.id, id),
        label: { zh: "返回修改", en: "Go back and change it" },
      },
    },
    { path: paths.papers(programme.id, id) },
  );

/** Refused now; but when the same person's other tap has sent the case meanwhile, its receipt is the answer. */
const unlessSent = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  otherwise:
    | { readonly kind: "claim_exists" }
    | { readonly kind: "page"; readonly view: PapersView },
): Promise<PageResponse> => {
  const { id } = own.application;
  const application = await uses.cases.get(id);
  if (!application) throw new ApplicationNotFound();
  if (application.status !== "draft") return redirect(paths.receipt(programme.id, id));
  return otherwise.kind === "claim_exists"
    ? claimExists(request, programme, id)
    : papersPage(uses, request, { ...own, application }, programme, otherwise.view);
};

/** The draft's papers, or the page that says which are missing. Only tries in vain are counted. */
const takePapers = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  wanted: readonly PaperRequirement[],
): Promise<AcceptedPapers | PageResponse> => {
  const { application } = own;
  const files = chosenFiles(await landedFiles(uses, application), request.form);
  const sent = files.map(({ kind }) => kind);
  const before = await uses.cases.papers(application.id);
  const missing = missingPapers(wanted, [...sent, ...before.map(({ kind }) => kind)]);
  if (missing.length === 0) {
    const papers = await acceptFiles(uses, application, files);
    const refused = missingPapers(wanted, papers.kinds);
    if (refused.length === 0) return papers;
    return papersPage(uses, request, own, programme, { status: 422, missing: refused });
  }
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  return papersPage(
    uses,
    request,
    own,
    programme,
    minutes === null ? { status: 422, missing } : { status: 429, notice: tooOften(minutes) },
  );
};

const sendWhole = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  { facts, unit }: Extract<AnswersRead, { kind: "facts" }>,
): Promise<PageResponse> => {
  const { application } = own;
  const day = policyDayOf(uses, application);
  const papers = await takePapers(
    uses,
    request,
    own,
    programme,
    papersToSend(programme, facts, day),
  );
  if ("status" in papers) return papers;
  const identity = await identify(uses, programme, facts, day);
  const bar = await isBarred(uses, identity.persons, day.appliedOn);
  if (bar) return barredPage(request, programme, application.id, bar);
  const minutes = await overLimit(uses, limits.submitByPerson, identity.household);
  if (minutes !== null) {
    const view = { status: 429, notice: tooOften(minutes) };
    return unlessSent(uses, request, own, programme, { kind: "page", view });
  }
  const moment = momentAt(uses, null);
  const sent = submitDraft(application, { unit, identity, papers: papers.total, moment });
  if (sent.kind === "refused") return redirect(paths.receipt(programme.id, application.id));
  const outcome = await uses.cases.commit(sent);
  if (outcome !== "committed") {
    return unlessSent(
      uses,
      request,
      own,
      programme,
      outcome === "claim_exists"
        ? { kind: "claim_exists" }
        : { kind: "page", view: { status: 409, notice: changedElsewhere } },
    );
  }
  await startExecution(uses, application.id);
  return redirect(paths.receipt(programme.id, application.id));
};

export const submitPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { id } = own.application;
  if (request.method === "GET") return redirect(paths.papers(programme.id, id));
  if (!(await hasToken(uses, request, own, "submit"))) {
    return papersPage(uses, request, own, programme, { status: 403, notice: expiredForm });
  }
  const season = seasonNow(uses, programme);
  if (!isOpen(season)) {
    return papersPage(uses, request, own, programme, { status: 409, notice: outOfSeason(season) });
  }
  const { units } = await uses.directory.organisation();
  const read = readAnswers(programme, await storedAnswers(uses, own), units);
  // The answers page names what is wrong with stored answers.
  if (read.kind === "problems") return redirect(paths.answers(programme.id, id));
  return sendWhole(uses, request, own, programme, read);
};
