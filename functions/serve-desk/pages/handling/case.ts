/** A case as its handler sees it: all there is to check on one page, then the two buttons. */
import { changesSince } from "#shared/casework/handling-changes.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { isHandled } from "#shared/domain/acceptance.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { mayVisit } from "#shared/domain/visit.ts";
import type { Text } from "#shared/kernel/text.ts";
import { changesPart } from "#shared/web/case-changes.ts";
import { errorSummary } from "#shared/web/form.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { visitFlag, visitOf, visitPart } from "#shared/web/visit-part.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { noteAccess } from "../../note-access.ts";
import { assessmentPart, jumpsPart, summary } from "../case.ts";
import { factsPart } from "../case-facts.ts";
import { papersPart } from "../case-papers.ts";
import { standingPart } from "../case-standing.ts";
import { trail } from "../case-trail.ts";
import { filePart, nearDuplicates } from "./archive-part.ts";
import { loadHandled, type HandledCase } from "./load.ts";
import {
  listProblemWords,
  missingListForm,
  missingNotice,
  wantedPapers,
  type TypedList,
  type WantedPaper,
} from "./missing-list.ts";

const words = {
  title: { zh: "经办", en: "Handling" },
  act: { zh: "办理", en: "What to do" },
  accept: { zh: "受理", en: "Accept" },
  acceptMeans: {
    zh: "材料齐全、与填写的内容一致，就受理；接着入户核实。受理以后您不能再审批这一件。",
    en: "Accept when the papers are there and bear out the answers; the home visit is next. Who accepts can't decide the case later.",
  },
  acceptRefusal: {
    zh: "按政策核算不符合条件。材料齐全就受理，由审批人决定；不需要入户。",
    en: "By the rules it is not eligible. Accept it when the papers are there: an approver decides, and no visit is needed.",
  },
  visit: { zh: "记录入户核实", en: "Record the home visit" },
  visitMeans: {
    zh: "至少两人入户，其中至少一名工会工作人员；核实表双方签字，拍照上传。",
    en: "At least two people, one of them of the union's staff; both sides sign the form, which is photographed.",
  },
  earlier: { zh: "此前退回时列出的内容", en: "What was listed when it was returned before" },
  earlierOnce: {
    zh: "补正清单应当一次列全。再次退回前请先看：当时能发现的，不应到现在才要求。",
    en: "A list is to be complete the first time. Before you return it again: what could have been seen then should not be asked for now.",
  },
  elsewhere: {
    zh: "这一件现在不在经办环节，只能查看。",
    en: "This case is not with the handlers now; you can only look at it.",
  },
} as const satisfies Record<string, Text>;

/** Earlier lists, shown before another one is written. */
const earlierLists = (desk: Desk, events: readonly RecordedEvent[]): Html | null => {
  const returned = events.filter(({ type }) => type === "returned");
  if (returned.length === 0) return null;
  return html`<div class="notice wait">
    <h3>${say(desk, words.earlier)}</h3>
    <p>${say(desk, words.earlierOnce)}</p>
    <ul>
      ${returned.map(
        ({ at, confidential }) =>
          html`<li>
            ${dateTime(at, desk.request.locale)}<br />${lines(confidential?.reason ?? "")}
          </li> `,
      )}
    </ul>
  </div>`;
};

const acceptForm = (desk: Desk, application: Application): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("handling", application.id, "accept"),
    html`<input type="hidden" name="version" value="${application.version}" />
      <p>
        ${say(desk, application.recommendation === "refuse" ? words.acceptRefusal : words.acceptMeans)}
      </p>
      <p class="actions"><button>${say(desk, words.accept)}</button></p>`,
  );

const visitLink = (desk: Desk, application: Application): Html | null =>
  mayVisit(application)
    ? html`<p>${say(desk, words.visitMeans)}</p>
        <p class="actions">
          <a class="button" href="${paths.desk("handling", application.id, "visit")}"
            >${say(desk, words.visit)}</a
          >
        </p>`
    : null;

/** What the case's state lets a handler do, in one box that stays in sight beside what is to be checked. */
const actionsPart = async (
  desk: Desk,
  application: Application,
  events: readonly RecordedEvent[],
  wanted: readonly WantedPaper[],
  typed: TypedList | undefined,
): Promise<Html> => {
  const visit = visitLink(desk, application);
  const title = html`<h2>${say(desk, words.act)}</h2>`;
  if (!isHandled(application.status)) {
    return html`<section class="act" id="act">
      ${title}
      <p>${say(desk, words.elsewhere)}</p>
      ${visit}
    </section>`;
  }
  const accept =
    application.status === "in_acceptance" ? await acceptForm(desk, application) : null;
  return html`<section class="act" id="act">
    ${title}${accept}${visit}${earlierLists(desk, events)}
    ${await missingListForm(desk, application, wanted, typed)}
  </section>`;
};

/** What is on the page, by the id of each part. */
const jumps = [
  { id: "assessment", label: { zh: "核算", en: "Assessment" } },
  { id: "facts", label: { zh: "申报", en: "Declared" } },
  { id: "papers", label: { zh: "材料", en: "Papers" } },
  { id: "trail", label: { zh: "过程", en: "Trail" } },
] as const;

/** Flags and figures first, then what bears them out; `typed` is a list that could not be taken. */
const checkPart = async (
  desk: Desk,
  application: Application,
  events: readonly RecordedEvent[],
  wanted: readonly WantedPaper[],
): Promise<Html> => {
  const { uses, request } = desk;
  const { locale } = request;
  const [answers, { staff }, changes] = await Promise.all([
    uses.cases.answers(application),
    uses.directory.organisation(),
    changesSince(uses, application, events),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const visit = visitOf(events);
  const { fields } = programmeOf(application).form;
  return html`${visitFlag(visit, locale)}
  ${isHandled(application.status) ? missingNotice(desk, wanted) : null}
  ${await nearDuplicates(desk, application, names)}
  ${changesPart({ changes, fields, locale, whole: true })} ${await summary(desk, application)}
  ${assessmentPart(desk, events)}${factsPart(desk, application, answers ?? {})}
  ${await papersPart(desk, application)}
  ${visit ? visitPart({ visit, names, locale, whole: true }) : null} ${await trail(desk, events)}`;
};

/** The whole page: what to check on the left, what to do on the right; on a phone the one under the other. */
export const handledPage = async (
  desk: Desk,
  { application, organisation }: HandledCase,
  typed?: TypedList,
): Promise<PageResponse> => {
  const events = await desk.uses.cases.events(application);
  const wanted = await wantedPapers(desk, application);
  await noteAccess(desk, "handling", application.id);
  const title = `${say(desk, words.title)} ${application.id}`;
  const problem = typed
    ? [{ href: "#reason", words: say(desk, listProblemWords[typed.problem]) }]
    : [];
  const toAct = html`<a class="to-act" href="#act"><strong>${say(desk, words.act)}</strong></a>`;
  return deskPage(desk, {
    title,
    status: typed ? 422 : 200,
    body: html`${errorSummary(problem, desk.request.locale)}
      <h1>${title}</h1>
      ${await standingPart(desk, organisation, application)}${jumpsPart(desk, jumps, toAct)}
      <div class="two-columns">
        <div>${await checkPart(desk, application, events, wanted)}</div>
        <div class="beside">
          ${await actionsPart(desk, application, events, wanted, typed)}
          ${application.fileId === null ? await filePart(desk, application) : null}
        </div>
      </div>`,
  });
};

export const showHandled = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  return loaded.kind === "refused" ? loaded.page : handledPage(desk, loaded);
};
