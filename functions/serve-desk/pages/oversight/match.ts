/** A case that stands on another branch's list too: what asking them came to is written down here. */
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { deskForm, deskPage, factRow, say, type Desk } from "../../frame.ts";
import type { FormView } from "../people/fields.ts";
import {
  emptyView,
  summaryOf,
  typedWords,
  wordsField,
  wordsName,
  wordsProblem,
} from "./words-field.ts";

const words = {
  title: { zh: "与其他单位重复", en: "On another branch's list too" },
  lead: {
    zh: "对方清单中有同一项目、同一期间的同一人员。请与对方核对是否重复救助，核对结果写在这里；审批人员会看到。",
    en: "The other list has the same person for the same programme and period. Ask the other branch whether help is given twice and write down what came of it; whoever decides sees it.",
  },
  programme: { zh: "项目", en: "Programme" },
  period: { zh: "期间", en: "Period" },
  branch: { zh: "对方单位", en: "Other branch" },
  found: { zh: "发现时间", en: "Found" },
  outcome: { zh: "核对结果", en: "What came of it" },
  required: { zh: "请写明核对结果", en: "Say what came of it" },
  record: { zh: "记录核对结果", en: "Record it" },
  case: { zh: "查看案件", en: "See the case" },
  list: { zh: "回到清单", en: "Back to the list" },
} as const satisfies Record<string, Text>;

/** Which of a case's matches a form is about: ids and names, nothing of the person. */
const keyOf = ({ branch, programmeId, period }: FlaggedMatch): string =>
  [programmeId, period, branch].join("|");

const matchPart = async (desk: Desk, match: FlaggedMatch, view: FormView): Promise<Html> => {
  const { locale } = desk.request;
  const programme = programmeById(match.programmeId);
  const facts = html`<dl class="facts">
    ${factRow(
      say(desk, words.programme),
      programme ? inLocale(programme.title, locale) : match.programmeId,
    )}
    ${factRow(say(desk, words.period), match.period)}
    ${factRow(say(desk, words.branch), match.branch)}
    ${factRow(say(desk, words.found), dateTime(match.foundAt, locale))}
    ${match.closedAt === null ? null : factRow(say(desk, words.outcome), lines(match.outcome))}
  </dl>`;
  if (match.closedAt !== null) return facts;
  const form = await deskForm(
    desk,
    paths.desk("oversight", "matches", match.applicationId),
    html`<input type="hidden" name="match" value="${keyOf(match)}" />
      ${wordsField(desk, view, words.outcome)}
      <p class="actions"><button>${say(desk, words.record)}</button></p>`,
  );
  return html`${facts}${form}`;
};

const matchPage = async (
  desk: Desk,
  matches: readonly FlaggedMatch[],
  view: FormView & { readonly match?: string },
): Promise<PageResponse> => {
  const [first] = matches;
  if (!first) return notFoundPage(desk.request.locale);
  const title = `${say(desk, words.title)} ${first.applicationId}`;
  // A page has one open form at a time, so that an id stands in it once.
  const open = matches.find((match) => match.closedAt === null);
  const shown = [...matches.filter(({ closedAt }) => closedAt !== null), ...(open ? [open] : [])];
  const parts = await Promise.all(shown.map((match) => matchPart(desk, match, view)));
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${parts}
      <p class="actions">
        <a class="button second" href="${paths.desk("case", first.applicationId)}"
          >${say(desk, words.case)}</a
        >
      </p>
      <p><a href="${paths.desk("oversight")}">${say(desk, words.list)}</a></p>`,
  });
};

const matchesOf = async ({ uses }: Desk, typed: string): Promise<readonly FlaggedMatch[]> => {
  const id = parseApplicationId(typed);
  return id ? uses.oversight.matchesOf(id) : [];
};

export const showMatch = async (desk: Desk, typed: string): Promise<PageResponse> =>
  matchPage(desk, await matchesOf(desk, typed), emptyView);

export const closeOne = async (desk: Desk, typedId: string): Promise<PageResponse> => {
  const matches = await matchesOf(desk, typedId);
  const match = matches.find((candidate) => keyOf(candidate) === desk.request.form["match"]);
  if (!match) return notFoundPage(desk.request.locale);
  const typed = typedWords(desk);
  const problem = wordsProblem(typed, words.required);
  if (problem) return matchPage(desk, matches, { values: { [wordsName]: typed }, problem });
  const remark = { at: desk.uses.clock.now(), by: desk.session.staff.id, words: typed };
  // Written by somebody else meanwhile: their words stand, and the page shows them.
  const written = await desk.uses.oversight.closeMatch(match, remark);
  return redirect(
    written ? paths.desk("oversight") : paths.desk("oversight", "matches", match.applicationId),
  );
};
