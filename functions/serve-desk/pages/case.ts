/**
 * A case as staff see it: where it stands first, then figures, reasons and trail for all of them; names, numbers
 * and papers for those whose role needs them.
 */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles, type Assessment } from "#shared/domain/assessment.ts";
import { isHandled } from "#shared/domain/acceptance.ts";
import { failureTitles, type FailureCode } from "#shared/domain/failure-code.ts";
import { comparisonFlagsOf } from "#shared/casework/compare-branches.ts";
import { changesSince } from "#shared/casework/handling-changes.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { mayVisit } from "#shared/domain/visit.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { changesPart } from "#shared/web/case-changes.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { comparisonNotice } from "#shared/web/comparison-notice.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { visitOf, visitPart } from "#shared/web/visit-part.ts";
import { claimPart, fastTrackPart } from "./recovery/case-part.ts";
import { deskPage, factRow, mayDo, say, type Desk } from "../frame.ts";
import { noteAccess } from "../note-access.ts";
import { seesCaseOf } from "../scope.ts";
import { factsPart } from "./case-facts.ts";
import { moneyPart } from "./case-money.ts";
import { papersPart } from "./case-papers.ts";
import { standingPart } from "./case-standing.ts";
import { hashesPart, opinionsPart, trail } from "./case-trail.ts";
import { noticesPart } from "./notices-part.ts";

const words = {
  title: { zh: "案件", en: "Case" },
  programme: { zh: "项目", en: "Programme" },
  category: { zh: "困难类别", en: "Category" },
  unit: { zh: "所在工会", en: "Union office" },
  file: { zh: "困难职工档案", en: "Hardship file" },
  noFile: { zh: "未建档", en: "Not on file" },
  fund: { zh: "资金", en: "Fund" },
  batch: { zh: "发放批次", en: "Batch" },
  failure: { zh: "银行退回原因", en: "The bank's reason" },
  minutes: { zh: "会议纪要号", en: "Minutes" },
  assessment: { zh: "按政策核算", en: "Worked out by the policy" },
  onPage: { zh: "本页内容", en: "On this page" },
  form: { zh: "打印审批表", en: "Print the approval form" },
  handle: { zh: "去办理", en: "Handle it" },
} as const satisfies Record<string, Text>;

/** What stands on the page, in its order, by the id of each part. */
const parts = {
  opinions: { zh: "意见", en: "Decisions" },
  assessment: { zh: "核算", en: "Assessment" },
  facts: { zh: "申报", en: "Declared" },
  papers: { zh: "材料", en: "Papers" },
  visit: { zh: "入户", en: "Visit" },
  notices: { zh: "公示", en: "Notices" },
  money: { zh: "资金", en: "Money" },
  trail: { zh: "过程", en: "Trail" },
} as const satisfies Record<string, Text>;

const marks: Readonly<Record<Assessment["steps"][number]["outcome"], string>> = {
  met: "✓",
  missed: "✗",
  applied: "＝",
  flagged: "!",
};

/** The file that a case is a claim against: a link for those who may see it. */
const fileLink = (desk: Desk, { fileId }: Application): Html | string => {
  if (fileId === null) return say(desk, words.noFile);
  return mayDo(desk, "see_archive")
    ? html`<a href="${paths.desk("archive", fileId)}">${fileId}</a>`
    : fileId;
};

/** What the case is about, in a few lines. */
export const summary = async (desk: Desk, application: Application): Promise<Html> => {
  const { locale } = desk.request;
  const { fundId, batchId, failureCode, category, unitId, minutesNumber } = application;
  const [organisation, fund] = await Promise.all([
    desk.uses.directory.organisation(),
    fundId === null ? null : desk.uses.funds.get(fundId),
  ]);
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  const batch =
    batchId && mayDo(desk, "see_batches")
      ? html`<a href="${paths.desk("batches", batchId)}">${batchId}</a>`
      : batchId;
  const failure = failureCode === null ? null : failureTitles[failureCode as FailureCode];
  const row = (label: Text, value: Html | string | null | undefined): Html | null =>
    value === null || value === undefined ? null : factRow(say(desk, label), value);
  return html`<dl class="facts">
      ${row(words.programme, inLocale(programmeOf(application).title, locale))}
      ${row(words.unit, unit && inLocale(unit.name, locale))}
      ${row(words.category, category && say(desk, categoryTitles[category]))}
      ${row(words.file, fileLink(desk, application))}
      ${row(words.fund, fund && inLocale(fund.name, locale))} ${row(words.batch, batch)}
      ${row(words.failure, failure && say(desk, failure))} ${row(words.minutes, minutesNumber)}
    </dl>
    ${comparisonNotice(await comparisonFlagsOf(desk.uses, application), locale)}`;
};

export const assessmentPart = (desk: Desk, events: readonly RecordedEvent[]): Html | null => {
  const assessment = events.findLast(({ type }) => type === "assessed")?.confidential?.assessment;
  if (!assessment) return null;
  return html`<section id="assessment">
    <h2>${say(desk, words.assessment)}</h2>
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
    <p class="soft small">${assessment.policyVersion}</p>
  </section>`;
};

/** A case that this person may see; of others not even that it is. */
export const loadCase = async (desk: Desk, typed: string): Promise<Application | null> => {
  const id = parseApplicationId(typed);
  const application = id && (await desk.uses.cases.get(id));
  // A draft is nobody's business yet but the applicant's.
  if (!application || application.status === "draft") return null;
  const organisation = await desk.uses.directory.organisation();
  return seesCaseOf(desk, organisation, application) ? application : null;
};

/** Links to what is on the page; they stay in sight. */
export const jumpsPart = (
  desk: Desk,
  jumps: readonly { readonly id: string; readonly label: Text }[],
  act?: Html,
): Html =>
  html`<nav class="sticky unprinted" aria-label="${say(desk, words.onPage)}">
    <ul class="jumps">
      ${act ? html`<li>${act}</li>` : null}
      ${jumps.map(({ id, label }) => html`<li><a href="#${id}">${say(desk, label)}</a></li> `)}
    </ul>
  </nav>`;

const changes = async (
  desk: Desk,
  application: Application,
  events: readonly RecordedEvent[],
): Promise<Html | null> =>
  changesPart({
    changes: await changesSince(desk.uses, application, events),
    fields: programmeOf(application).form.fields,
    locale: desk.request.locale,
    whole: mayDo(desk, "see_facts"),
  });

/** For those only who may see what was found at home; for the others the trail says that there was a visit. */
const visitSection = async (desk: Desk, events: readonly RecordedEvent[]): Promise<Html | null> => {
  const visit = visitOf(events);
  if (!visit || !mayDo(desk, "see_facts")) return null;
  const { staff } = await desk.uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  return html`<section id="visit">
    ${visitPart({ visit, names, locale: desk.request.locale, whole: true })}
  </section>`;
};

const handleLink = (desk: Desk, application: Application): Html | undefined =>
  mayDo(desk, "handle") && (isHandled(application.status) || mayVisit(application))
    ? html`<a href="${paths.desk("handling", application.id)}"
        ><strong>${say(desk, words.handle)}</strong></a
      >`
    : undefined;

export const showCase = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const application = await loadCase(desk, typed);
  if (!application) return notFoundPage(desk.request.locale);
  const [events, answers, organisation] = await Promise.all([
    desk.uses.cases.events(application),
    desk.uses.cases.answers(application),
    desk.uses.directory.organisation(),
  ]);
  if (mayDo(desk, "see_facts")) await noteAccess(desk, "case", application.id);
  const shown = {
    opinions: opinionsPart(desk, organisation, events),
    assessment: assessmentPart(desk, events),
    facts: factsPart(desk, application, answers ?? {}),
    papers: await papersPart(desk, application),
    visit: await visitSection(desk, events),
    notices: await noticesPart(desk, application),
    money: await moneyPart(desk, application),
    trail: await trail(desk, events, { beside: "opinions" }),
  };
  const jumps = (Object.keys(parts) as (keyof typeof parts)[]).flatMap((id) =>
    shown[id] ? [{ id, label: parts[id] }] : [],
  );
  const title = `${say(desk, words.title)} ${application.id}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${await standingPart(desk, organisation, application)}
      ${jumpsPart(desk, jumps, handleLink(desk, application))}
      <div class="two-columns">
        <div>
          ${shown.opinions}${await changes(desk, application, events)}${shown.assessment}
          ${shown.facts}${shown.papers}${shown.visit}${shown.notices}
        </div>
        <div>
          ${await summary(desk, application)}
          <p class="actions">
            <a href="${paths.desk("case", application.id, "form")}">${say(desk, words.form)}</a>
          </p>
          ${fastTrackPart(desk, application, events)}${claimPart(desk, application, events)}
          ${shown.money}${shown.trail}${hashesPart(desk, events)}
        </div>
      </div>`,
  });
};
