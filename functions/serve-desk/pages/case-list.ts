/** The cases that wait in one state, oldest first. */
import type { Status } from "#shared/domain/application.ts";
import { fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { deskPage, figureHeading, say, table, type Desk } from "../frame.ts";
import { queuedStatuses } from "./home.ts";

const listMax = 200;

const words = {
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "项目", en: "Programme" },
  amount: { zh: "金额", en: "Amount" },
  since: { zh: "进入时间", en: "Since" },
  deadline: { zh: "期限", en: "Deadline" },
  overdue: { zh: "已超期", en: "overdue" },
  none: { zh: "目前没有。", en: "None at present." },
  first: { zh: `只列出最早的 ${listMax} 件。`, en: `Only the oldest ${listMax} are listed.` },
} as const satisfies Record<string, Text>;

const queuesOf = async ({ uses }: Desk, status: Status): Promise<readonly Queue[] | null> => {
  if (status === "in_approval") {
    const { units } = await uses.directory.organisation();
    return units.map(({ id }) => ({ kind: "unit", unitId: id }));
  }
  if (status === "reserved") {
    const funds = await uses.funds.all();
    return funds.map(({ id }) => ({ kind: "payable", fundId: id }));
  }
  return queuedStatuses.some((queued) => queued === status) ? [{ kind: "status", status }] : null;
};

const entriesOf = async (
  { uses }: Desk,
  queues: readonly Queue[],
): Promise<readonly QueueEntry[]> => {
  const entries: QueueEntry[] = [];
  for (const queue of queues) {
    entries.push(...(await uses.cases.queue(queue, listMax)).rows);
  }
  return entries.toSorted((a, b) => (a.since < b.since ? -1 : 1)).slice(0, listMax);
};

const entryRow = (desk: Desk, entry: QueueEntry): Html => {
  const { locale } = desk.request;
  const programme = programmeById(entry.programmeId);
  const isOverdue = entry.deadlineAt !== null && entry.deadlineAt < desk.uses.clock.now();
  return html`<tr>
    <td class="nowrap">
      <a href="${paths.desk("case", entry.applicationId)}">${entry.applicationId}</a>
    </td>
    <td>${programme ? inLocale(programme.title, locale) : entry.programmeId}</td>
    <td class="figure">${amount(fen(entry.amountFen), locale)}</td>
    <td>${dateTime(entry.since, locale)}</td>
    <td>
      ${entry.deadlineAt === null ? null : lastDayBefore(entry.deadlineAt, locale)}
      ${isOverdue ? html`<span class="tag wrong">${say(desk, words.overdue)}</span>` : null}
    </td>
  </tr>`;
};

export const showCases = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const status = Object.hasOwn(statusNames, typed) ? (typed as Status) : null;
  const queues = status && (await queuesOf(desk, status));
  if (!status || !queues) return notFoundPage(desk.request.locale);
  const entries = await entriesOf(desk, queues);
  const title = say(desk, statusNames[status]);
  const head = [
    words.reference,
    words.programme,
    figureHeading(words.amount),
    words.since,
    words.deadline,
  ];
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${
        entries.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : table(
              desk,
              head,
              entries.map((entry) => entryRow(desk, entry)),
            )
      }
      ${entries.length === listMax ? html`<p class="soft">${say(desk, words.first)}</p>` : null}`,
  });
};
