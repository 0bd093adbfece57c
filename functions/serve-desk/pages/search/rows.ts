/** A list of cases: one row a case, a page at a time, cards on a phone. */
import { isHandled } from "#shared/domain/acceptance.ts";
import type { Status } from "#shared/domain/application.ts";
import { unitAtTier, unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { statusMoods, statusNames } from "#shared/web/messages.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { cardTable, count, figureHeading, mayDo, say, type Desk } from "../../frame.ts";
import { dueCell } from "../deadline.ts";
import { addressOf } from "./filter.ts";

const words = {
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "项目", en: "Programme" },
  office: { zh: "所在工会", en: "Office" },
  now: { zh: "现由", en: "now at" },
  status: { zh: "状态", en: "State" },
  amount: { zh: "金额", en: "Amount" },
  since: { zh: "进入此状态", en: "Since" },
  due: { zh: "期限", en: "Due" },
  paidOn: { zh: "发放日期", en: "Paid on" },
  pages: { zh: "翻页", en: "Pages" },
  before: { zh: "上一页", en: "Previous" },
  next: { zh: "下一页", en: "Next" },
} as const satisfies Record<string, Text>;

export const statusTag = (desk: Desk, status: Status): Html =>
  html`<span class="tag nowrap ${statusMoods[status]}">${say(desk, statusNames[status])}</span>`;

/** The page on which this person works on a case, or sees it. */
export const caseHref = (
  desk: Desk,
  { applicationId, status }: Pick<QueueEntry, "applicationId" | "status">,
): string =>
  paths.desk(isHandled(status) && mayDo(desk, "handle") ? "handling" : "case", applicationId);

export const programmeName = (desk: Desk, programmeId: string): string => {
  const programme = programmeById(programmeId);
  return programme ? say(desk, programme.title) : programmeId;
};

/** The base office, and below it the office whose turn it is where that is another. */
const officeCell = (desk: Desk, organisation: Organisation, entry: QueueEntry): Html | null => {
  const { unitId, tier, status } = entry;
  const { locale } = desk.request;
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  if (!unit) return null;
  const decides = status === "in_approval" && tier ? unitAtTier(organisation, unit.id, tier) : unit;
  const at =
    decides && decides.id !== unit.id
      ? html`<br /><span class="soft small"
            >${say(desk, words.now)} ${inLocale(decides.name, locale)}</span
          >`
      : null;
  return html`${inLocale(unit.name, locale)}${at}`;
};

const cells = (
  desk: Desk,
  organisation: Organisation,
  entry: QueueEntry,
  paid: boolean,
): readonly Fragment[] => {
  const { locale } = desk.request;
  const { applicationId, programmeId, status, amountFen, since, deadlineAt } = entry;
  return [
    html`<a class="nowrap" href="${caseHref(desk, entry)}">${applicationId}</a>`,
    programmeName(desk, programmeId),
    officeCell(desk, organisation, entry),
    statusTag(desk, status),
    amount(fen(amountFen), locale),
    html`<span class="nowrap">${date(localDateOf(since), locale)}</span>`,
    ...(paid ? [] : [dueCell(desk, deadlineAt)]),
  ];
};

const rowsAPage = 50;

export interface CaseRows {
  readonly entries: readonly QueueEntry[];
  /** The page asked for, from 1. */
  readonly page: number;
  /** Where the list stands, without its query. */
  readonly path: string;
  readonly paid?: boolean;
}

/** "第 1–50 件，共 120 件，合计 …": what is shown of how much. */
const totals = (desk: Desk, entries: readonly QueueEntry[], first: number, last: number): Html => {
  const { locale } = desk.request;
  const sum = amount(addFen(...entries.map(({ amountFen }) => fen(amountFen))), locale);
  const [length, from, to] = [entries.length, first + 1, last].map(count);
  const part = entries.length > rowsAPage;
  return html`<p class="soft">
    ${say(desk, {
      zh: `共 ${length} 件，合计 ${sum}${part ? `；这里是第 ${from}–${to} 件` : ""}。`,
      en: `${length} in all, ${sum}${part ? `; here ${from}–${to}` : ""}.`,
    })}
  </p>`;
};

/** One page of the list, with the way to the others. Nothing found is for the page to say. */
export const caseRows = (desk: Desk, organisation: Organisation, rows: CaseRows): Html => {
  const { entries, path, paid = false } = rows;
  const pages = Math.max(1, Math.ceil(entries.length / rowsAPage));
  const page = Math.min(rows.page, pages);
  const first = (page - 1) * rowsAPage;
  const shown = entries.slice(first, first + rowsAPage);
  const head = [
    words.reference,
    words.programme,
    words.office,
    words.status,
    figureHeading(words.amount),
    ...(paid ? [words.paidOn] : [words.since, words.due]),
  ];
  const link = (to: number, label: Text): Html =>
    html`<a class="button second" href="${addressOf(desk, path, to)}">${say(desk, label)}</a>`;
  return html`${totals(desk, entries, first, first + shown.length)}
  ${cardTable(
    desk,
    head,
    shown.map((entry) => cells(desk, organisation, entry, paid)),
  )}
  ${
    pages > 1
      ? html`<nav class="actions" aria-label="${say(desk, words.pages)}">
          ${page > 1 ? link(page - 1, words.before) : null}
          <span>${page} / ${pages}</span>
          ${page < pages ? link(page + 1, words.next) : null}
        </nav>`
      : null
  }`;
};
