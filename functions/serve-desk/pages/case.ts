/**
 * A case as staff see it: figures, reasons and trail for all of them; names, numbers and papers for
 * the auditor.
 */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles, type Assessment } from "#shared/domain/assessment.ts";
import { failureTitles, type FailureCode } from "#shared/domain/disbursement.ts";
import type { Answers, Fields, Section } from "#shared/domain/form.ts";
import { comparisonFlagsOf } from "#shared/casework/compare-branches.ts";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { comparisonNotice } from "#shared/web/comparison-notice.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { eventNames, statusMoods, statusNames } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { fastTrackPart } from "./recovery/case-part.ts";
import { deskPage, factRow, forbidden, mayDo, say, type Desk } from "../frame.ts";
import { noticesPart } from "./notices-part.ts";

const words = {
  title: { zh: "案件", en: "Case" },
  programme: { zh: "项目", en: "Programme" },
  status: { zh: "状态", en: "State" },
  amount: { zh: "金额", en: "Amount" },
  category: { zh: "困难类别", en: "Category" },
  unit: { zh: "所在工会", en: "Union office" },
  fund: { zh: "资金", en: "Fund" },
  batch: { zh: "发放批次", en: "Batch" },
  deadline: { zh: "期限", en: "Deadline" },
  failure: { zh: "银行退回原因", en: "The bank's reason" },
  minutes: { zh: "会议纪要号", en: "Minutes" },
  trail: { zh: "办理过程", en: "What happened" },
  assessment: { zh: "按政策核算", en: "Worked out by the policy" },
  facts: { zh: "申报内容", en: "What was declared" },
  masked: {
    zh: "您的岗位只能看到隐去的内容。",
    en: "Your role sees it masked.",
  },
  logged: { zh: "查看个人信息已记录。", en: "That you saw personal data was taken down." },
  papers: { zh: "材料", en: "Papers" },
  applicant: { zh: "申请人", en: "Applicant" },
  system: { zh: "系统", en: "System" },
} as const satisfies Record<string, Text>;

const marks: Readonly<Record<Assessment["steps"][number]["outcome"], string>> = {
  met: "✓",
  missed: "✗",
  applied: "＝",
  flagged: "!",
};

export const summary = async (desk: Desk, application: Application): Promise<Html> => {
  const { locale } = desk.request;
  const { fundId, batchId, deadlineAt, failureCode, category, unitId, minutesNumber } = application;
  const [organisation, fund] = await Promise.all([
    desk.uses.directory.organisation(),
    fundId === null ? null : desk.uses.funds.get(fundId),
  ]);
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  const batch =
    batchId && mayDo(desk, "see_batches")
      ? html`<a href="${paths.desk("batches", batchId)}">${batchId}</a>`
      : batchId;
  const status = html`<span class="tag ${statusMoods[application.status]}"
    >${say(desk, statusNames[application.status])}</span
  >`;
  const failure = failureCode === null ? null : failureTitles[failureCode as FailureCode];
  const row = (label: Text, value: Html | string | null | undefined): Html | null =>
    value === null || value === undefined ? null : factRow(say(desk, label), value);
  return html`<dl class="facts">
      ${row(words.status, status)}
      ${row(words.programme, inLocale(programmeOf(application).title, locale))}
      ${row(words.amount, amount(application.amountFen, locale))}
      ${row(words.category, category && say(desk, categoryTitles[category]))}
      ${row(words.unit, unit && inLocale(unit.name, locale))}
      ${row(words.fund, fund && inLocale(fund.name, locale))} ${row(words.batch, batch)}
      ${row(words.failure, failure && say(desk, failure))} ${row(words.minutes, minutesNumber)}
      ${row(words.deadline, deadlineAt && lastDayBefore(deadlineAt, locale))}
    </dl>
    ${comparisonNotice(await comparisonFlagsOf(desk.uses, application), locale)}`;
};

const actorName = (
  desk: Desk,
  names: ReadonlyMap<string, string>,
  event: RecordedEvent,
): string => {
  switch (event.actor.kind) {
    case "applicant":
      return say(desk, words.applicant);
    case "staff":
      return names.get(event.actor.staffId) ?? event.actor.staffId;
    case "system":
      return say(desk, words.system);
  }
};

/** Reasons in a person's own words may hold what is nobody else's business. */
export const trail = async (desk: Desk, events: readonly RecordedEvent[]): Promise<Html> => {
  const { staff } = await desk.uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const whole = mayDo(desk, "see_facts");
  return html`<h2>${say(desk, words.trail)}</h2>
    <ol class="timeline">
      ${events.map(
        (event) =>
          html`<li>
            <time datetime="${event.at}">${dateTime(event.at, desk.request.locale)}</time>
            ${say(desk, eventNames[event.type])} · ${actorName(desk, names, event)}
            ${
              whole && event.confidential?.reason
                ? html`<br /><span class="soft">${lines(event.confidential.reason)}</span>`
                : null
            }
          </li> `,
      )}
    </ol>`;
};

export const assessmentPart = (desk: Desk, events: readonly RecordedEvent[]): Html | null => {
  const assessment = events.findLast(({ type }) => type === "assessed")?.confidential?.assessment;
  if (!assessment) return null;
  return html`<h2>${say(desk, words.assessment)}</h2>
    ${assessment.refusal ? html`<p class="lead">${say(desk, assessment.refusal.says)}</p>` : null}
    ${assessment.flags.map((flag) => html`<p class="notice wait">${say(desk, flag)}</p> `)}
    <ul class="files">
      ${assessment.steps.map(
        (step) =>
          html`<li>
            <span aria-hidden="true">${marks[step.outcome]}</span> ${say(desk, step.says)}
            <span class="soft small">${step.clause}</span>
          </li> `,
      )}
    </ul>
    <p class="soft small">${assessment.policyVersion}</p>`;
};

/** What a field shows of itself to whoever may not see it. */
const maskedAnswer = (kind: string, name: string, typed: string): string => {
  if (kind === "bank_card") return maskedCard(typed.replaceAll(/[\s-]/gu, ""));
  return name === "applicantName" ? maskedName(typed) : "***";
};

/** One section's answers; nothing of a section in which nothing was answered. */
const factsSection = (
  desk: Desk,
  application: Application,
  answers: Answers,
  section: Pick<Section, "title" | "fields">,
): Html | null => {
  const fields: Fields = programmeOf(application).form.fields;
  const whole = mayDo(desk, "see_facts");
  const rows = section.fields.flatMap((name) => {
    const field = fields[name];
    const typed = answers[name] ?? "";
    if (!field || typed === "" || field.kind === "consent" || field.kind === "unit") return [];
    const option = field.options?.find(({ value }) => value === typed);
    const shown = option ? say(desk, option.label) : typed;
    const mask = field.personal && !whole;
    return factRow(say(desk, field.label), mask ? maskedAnswer(field.kind, name, typed) : shown);
  });
  return rows.length === 0
    ? null
    : html`<h3>${say(desk, section.title)}</h3>
        <dl class="facts">${rows}</dl>`;
};

export const factsPart = (desk: Desk, application: Application, answers: Answers): Html =>
  html`<h2>${say(desk, words.facts)}</h2>
    <p class="soft">${say(desk, mayDo(desk, "see_facts") ? words.logged : words.masked)}</p>
    ${programmeOf(application).form.sections.map((section) =>
      factsSection(desk, application, answers, section),
    )}`;

export const papersPart = async (desk: Desk, application: Application): Promise<Html | null> => {
  const { id } = application;
  const papers = await desk.uses.cases.papers(id);
  if (papers.length === 0) return null;
  const titles = await paperTitlesOf(desk.uses, application);
  const mayOpen = mayDo(desk, "see_facts");
  return html`<h2>${say(desk, words.papers)}</h2>
    <ul class="files">
      ${papers.map(({ number, kind }) => {
        const label = `${number}. ${say(desk, titles.get(kind) ?? otherPaper)}`;
        return html`<li>
          ${
            mayOpen
              ? html`<a href="${paths.desk("case", id, "papers", String(number))}">${label}</a>`
              : label
          }
        </li> `;
      })}
    </ul>`;
};

const loadCase = async ({ uses }: Desk, typed: string): Promise<Application | null> => {
  const id = parseApplicationId(typed);
  const application = id && (await uses.cases.get(id));
  // A draft is nobody's business yet but the applicant's.
  return application && application.status !== "draft" ? application : null;
};

export const showCase = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const application = await loadCase(desk, typed);
  if (!application) return notFoundPage(desk.request.locale);
  const [events, answers] = await Promise.all([
    desk.uses.cases.events(application),
    desk.uses.cases.answers(application),
  ]);
  if (mayDo(desk, "see_facts")) {
    log.info("personal data shown", {
      function: "serve-desk",
      applicationId: application.id,
      staffId: desk.session.staff.id,
    });
  }
  const title = `${say(desk, words.title)} ${application.id}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${await summary(desk, application)}${fastTrackPart(desk, application, events)}${await trail(desk, events)}
      ${assessmentPart(desk, events)}${factsPart(desk, application, answers ?? {})}
      ${await papersPart(desk, application)}${await noticesPart(desk, application)}`,
  });
};

/** Sends the auditor on to a download that holds for a minute. */
export const downloadPaper = async (
  desk: Desk,
  typed: string,
  number: string,
): Promise<PageResponse> => {
  if (!mayDo(desk, "see_facts")) return forbidden(desk, "see_facts");
  const application = await loadCase(desk, typed);
  const papers = application ? await desk.uses.cases.papers(application.id) : [];
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!application || !paper) return notFoundPage(desk.request.locale);
  log.info("paper shown", {
    function: "serve-desk",
    applicationId: application.id,
    staffId: desk.session.staff.id,
  });
  const name = `${application.id}-${paper.number}.${paper.objectKey.split(".").pop() ?? "bin"}`;
  const location = await desk.uses.papers.downloadLink(paper.objectKey, name);
  return { status: 303, body: "", headers: { location } };
};
