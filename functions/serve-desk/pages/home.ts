/** The desk's first page: what waits for the person who is signed in, then how many cases wait where. */
import { estimatedYear, localDateOf } from "#shared/kernel/calendar.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  count,
  deskMessage,
  deskPage,
  figureHeading,
  mayDo,
  say,
  table,
  type Desk,
} from "../frame.ts";
import { dueCounts } from "./deadline.ts";
import { waitingStatuses, type WaitingStatus } from "./search/filter.ts";
import { casesUnderWay, type UnderWay } from "./search/under-way.ts";
import { toDoPart } from "./to-do.ts";

const words = {
  title: { zh: "工作台", en: "Desk" },
  queues: { zh: "办理中的案件", en: "Cases under way" },
  status: { zh: "状态", en: "State" },
  cases: { zh: "件数", en: "Cases" },
  overdue: { zh: "已超期", en: "Overdue" },
  all: { zh: "合计", en: "In all" },
  none: { zh: "目前没有办理中的案件。", en: "No case is under way." },
  find: { zh: "查案件", en: "Find a case" },
  reference: { zh: "受理编号", en: "Reference" },
  open: { zh: "打开", en: "Open" },
  more: { zh: "按人、按条件查找", en: "Search by person or conditions" },
} as const satisfies Record<string, Text>;

const numberRow = (
  desk: Desk,
  {
    name,
    query,
    entries,
    more,
  }: {
    readonly name: Text;
    readonly query: string;
    readonly entries: readonly QueueEntry[];
    readonly more: boolean;
  },
): Html => {
  const { overdue } = dueCounts(entries, desk.uses.clock.now());
  const list = paths.desk("cases");
  const link = (search: string, content: Html | string): Html =>
    html`<a href="${search === "" ? list : `${list}?${search}`}">${content}</a>`;
  const late = [query, "overdue=yes"].filter(Boolean).join("&");
  return html`<tr>
    <td>${link(query, say(desk, name))}</td>
    <td class="figure">${count(entries.length)}${more ? "+" : null}</td>
    <td class="figure">
      ${overdue === 0 ? null : html`<span class="tag wrong">${link(late, count(overdue))}</span>`}
    </td>
  </tr>`;
};

/** How many cases are in each state, and how many of them are late; each figure leads to its list. */
const numbers = (desk: Desk, { entries, more }: UnderWay): Html => {
  const byStatus = new Map<WaitingStatus, QueueEntry[]>(
    waitingStatuses.map((status) => [status, []]),
  );
  for (const entry of entries) byStatus.get(entry.status as WaitingStatus)?.push(entry);
  // A state without a case tells nothing: what is there stands out the better.
  const rows = [...byStatus]
    .filter(([, own]) => own.length > 0)
    .map(([status, own]) => {
      const query = `state=${status}`;
      return numberRow(desk, { name: statusNames[status], query, entries: own, more: false });
    });
  if (rows.length === 0) return html`<p>${say(desk, words.none)}</p>`;
  return table(
    desk,
    [words.status, figureHeading(words.cases), figureHeading(words.overdue)],
    [...rows, numberRow(desk, { name: words.all, query: "", entries, more })],
  );
};

/** Deadlines that reach a year without a published holiday arrangement are estimates, and staff must know. */
const calendarWarning = (desk: Desk): Html | null => {
  const year = estimatedYear(localDateOf(desk.uses.clock.now()));
  if (year === null) return null;
  const text: Text = {
    zh: `${year}年的放假调休安排尚未载入，到期日暂按周末和法定节假日估算。安排公布后，请在政策文件的 calendar 中补充。`,
    en: `The holiday arrangement of ${year} is not loaded: deadlines are estimated from weekends and statutory holidays. Once it is published, add its days to the policy's calendar.`,
  };
  return html`<div class="notice wait"><p>${say(desk, text)}</p></div>`;
};

const findForm = (desk: Desk): Html =>
  html`<section class="panel">
    <h2>${say(desk, words.find)}</h2>
    <form method="get" action="${paths.desk("case")}" role="search">
      <div class="item">
        <label for="reference">${say(desk, words.reference)}</label>
        <input type="text" id="reference" name="reference" maxlength="24" autocomplete="off" />
      </div>
      <p class="actions">
        <button class="second">${say(desk, words.open)}</button>
        <a href="${paths.desk("search")}">${say(desk, words.more)}</a>
      </p>
    </form>
  </section>`;

export const showHome = async (desk: Desk): Promise<PageResponse> => {
  const seesCases = mayDo(desk, "see_cases");
  const organisation = await desk.uses.directory.organisation();
  const underWay = seesCases
    ? await casesUnderWay(desk, organisation)
    : { entries: [], more: false };
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${calendarWarning(desk)} ${await toDoPart(desk, organisation, underWay.entries)}
      ${
        seesCases
          ? html`<div class="two-columns">
              <section>
                <h2>${say(desk, words.queues)}</h2>
                ${numbers(desk, underWay)}
              </section>
              ${findForm(desk)}
            </div>`
          : null
      }`,
  });
};

/** The reference that was typed leads to its case. */
export const findCase = async (desk: Desk): Promise<PageResponse> => {
  const id = parseApplicationId(desk.request.query["reference"] ?? "");
  if (id) return redirect(paths.desk("case", id));
  return deskMessage(desk, 404, {
    title: { zh: "受理编号不对", en: "That is no reference" },
    happened: {
      zh: "受理编号以 SN 开头，后面是10位字母或数字。",
      en: "A reference begins with SN and has ten letters or digits after it.",
    },
    next: { zh: "请对照后重新输入。", en: "Please check it and type it again." },
    link: { href: paths.desk(), label: words.title },
  });
};
