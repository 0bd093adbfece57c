/**
 * The case on one screen: amount first, then the decision; why, what earlier tiers said and the papers below it, and
 * beside it on a desk. Names, numbers and papers are shown only after the PIN: a forwarded mail shows figures and a
 * masked name.
 */
import { comparisonFlagsOf } from "#shared/casework/compare-branches.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { offeredDecisions } from "#shared/domain/decision-problem.ts";
import { tierTitles, type Tier } from "#shared/domain/organisation.ts";
import { assessmentIn } from "#shared/domain/read-first.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { inLocale, type Locale } from "#shared/kernel/text.ts";
import { comparisonNotice } from "#shared/web/comparison-notice.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import { noteAccess } from "../note-access.ts";
import type { Uses } from "../uses.ts";
import { askedNotice } from "./asked-part.ts";
import type { CaseView } from "./case-view.ts";
import { decisionForm, openForm, problemSummary, recuseForm } from "./decision-controls.ts";
import { decisionsPart, historyPart } from "./earlier-part.ts";
import { factsPart } from "./facts-part.ts";
import { fundPart } from "./fund-part.ts";
import { changedPart, changesOf, handlingNotice, handlingPart } from "./handling-part.ts";
import { nearNotice } from "./near-notice.ts";
import { papersPart } from "./papers-part.ts";
import { flagsNotice, reasonsPart } from "./reasons-part.ts";
import { reviewPart, reviewTitles } from "./review-part.ts";
import { queueNavigation } from "./still-waiting.ts";
import { summaryPart } from "./summary-part.ts";

const titleOf = (application: Application, tier: Tier, locale: Locale): string => {
  const part = isReviewed(application.status) ? reviewTitles[application.status] : tierTitles[tier];
  return `${inLocale(programmeOf(application).title, locale)} · ${inLocale(part, locale)}`;
};

export const casePage = async (uses: Uses, view: CaseView): Promise<PageResponse> => {
  const { link, locale, whole } = view;
  const { application, approval } = link;
  if (whole) await noteAccess(uses, "decision", link);
  const answers = (await uses.cases.answers(application)) ?? {};
  const events = await uses.cases.events(application);
  const assessment = assessmentIn(events);
  const { staff } = await uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const changed = await changesOf(uses, view, events);
  const title = titleOf(application, approval.tier, locale);
  const body = html`${problemSummary(view)}
    <div class="deciding">
      <div class="case">
        <h1>${title}</h1>
        ${await summaryPart(uses, view, assessment, answers)}${await reviewPart(uses, view, events)}
        ${await askedNotice(uses, view)}${flagsNotice(assessment, locale)}
        ${handlingNotice(view, events, changed)}${await nearNotice(uses, view)}
        ${comparisonNotice(await comparisonFlagsOf(uses, application), locale)}
      </div>
      <div class="decision">${decisionForm(view, offeredDecisions(application))}</div>
      <div class="more">
        ${reasonsPart(assessment, locale)}${await fundPart(uses, view)}
        ${whole ? html`${await papersPart(uses, view)}${factsPart(view, answers)}` : openForm(view)}
        ${changedPart(view, changed)}${decisionsPart(view, events, names)}
        ${handlingPart(view, events, names)}${historyPart(view, events)}${recuseForm(view)}
      </div>
    </div>`;
  return htmlPage(
    view.status,
    page({
      locale,
      title,
      path: link.path,
      body,
      navigation: queueNavigation(link.locator),
      switchForm: "decide",
      wide: true,
      wrong: view.status === 422,
    }),
  );
};
