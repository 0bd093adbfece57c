/** What waits to be looked at: decisions drawn at random, concerns, matches with other branches. */
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { deskPage, forbidden, mayDo, say, table, type Desk } from "../../frame.ts";

const listMax = 200;

const words = {
  title: { zh: "抽查比对", en: "Second looks and comparison" },
  lead: {
    zh: "按比例随机抽中的决定，由没有参与过的人员再看一遍；不影响案件办理。",
    en: "Decisions drawn at random are looked at again by somebody who took no part. The cases go on meanwhile.",
  },
  waiting: { zh: "等待复核", en: "Waiting for a second look" },
  concerns: { zh: "有疑点，等待处理", en: "Concerns to be dealt with" },
  matches: { zh: "与其他单位重复，等待核对", en: "Also on another branch's list, to be checked" },
  reference: { zh: "受理编号", en: "Reference" },
  decision: { zh: "决定", en: "Decision" },
  drawn: { zh: "抽中时间", en: "Drawn" },
  branch: { zh: "对方单位", en: "Other branch" },
  found: { zh: "发现时间", en: "Found" },
  programme: { zh: "项目", en: "Programme" },
  period: { zh: "期间", en: "Period" },
  approved: { zh: "批准", en: "Approved" },
  refused: { zh: "不予救助", en: "Refused" },
  none: { zh: "目前没有。", en: "None at present." },
  compare: { zh: "与其他单位比对", en: "Compare with another branch" },
  bars: { zh: "限制救助名单", en: "People barred from relief" },
} as const satisfies Record<string, Text>;

export const decisionNames: Readonly<Record<SecondLook["decision"], Text>> = {
  approved: words.approved,
  refused: words.refused,
};

const looksTable = (desk: Desk, looks: readonly SecondLook[]): Html =>
  looks.length === 0
    ? html`<p>${say(desk, words.none)}</p>`
    : table(
        desk,
        [words.reference, words.decision, words.drawn],
        looks.map(({ applicationId, caseVersion, decision, drawnAt }) => {
          const href = paths.desk("oversight", "looks", applicationId, String(caseVersion));
          return html`<tr>
            <td class="nowrap"><a href="${href}">${applicationId}</a></td>
            <td>${say(desk, decisionNames[decision])}</td>
            <td>${dateTime(drawnAt, desk.request.locale)}</td>
          </tr>`;
        }),
      );

const matchesTable = (desk: Desk, matches: readonly FlaggedMatch[]): Html =>
  matches.length === 0
    ? html`<p>${say(desk, words.none)}</p>`
    : table(
        desk,
        [words.reference, words.programme, words.period, words.branch, words.found],
        matches.map(({ applicationId, programmeId, period, branch, foundAt }) => {
          const programme = programmeById(programmeId);
          return html`<tr>
            <td class="nowrap">
              <a href="${paths.desk("oversight", "matches", applicationId)}">${applicationId}</a>
            </td>
            <td>${programme ? inLocale(programme.title, desk.request.locale) : programmeId}</td>
            <td>${period}</td>
            <td>${branch}</td>
            <td>${dateTime(foundAt, desk.request.locale)}</td>
          </tr>`;
        }),
      );

/** Whether anything here is for this person. */
export const maySeeOversight = (desk: Desk): boolean =>
  mayDo(desk, "second_look") || mayDo(desk, "answer_concern");

export const showOversight = async (desk: Desk): Promise<PageResponse> => {
  if (!maySeeOversight(desk)) return forbidden(desk, "second_look");
  const { oversight } = desk.uses;
  const compares = mayDo(desk, "compare_branches");
  const [looks, concerns, matches] = await Promise.all([
    oversight.openSecondLooks(listMax),
    oversight.openConcerns(listMax),
    compares ? oversight.openMatches(listMax) : [],
  ]);
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <h2>${say(desk, words.waiting)}</h2>
      ${looksTable(desk, looks)}
      <h2>${say(desk, words.concerns)}</h2>
      ${looksTable(desk, concerns)}
      ${
        compares
          ? html`<h2>${say(desk, words.matches)}</h2>
              ${matchesTable(desk, matches)}
              <p class="actions">
                <a class="button second" href="${paths.desk("oversight", "comparison")}"
                  >${say(desk, words.compare)}</a
                >
                <a class="button second" href="${paths.desk("oversight", "bars")}"
                  >${say(desk, words.bars)}</a
                >
              </p>`
          : null
      }`,
  });
};
