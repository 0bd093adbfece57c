/**
 * Finding a case: by a number, by a person, or by what it is like. Conditions stand in the address, so a search can
 * be kept and sent on; a person's number never does (search/person.ts).
 */
import {
  parseAllocationId,
  parseApplicationId,
  parseBatchId,
  parseFileId,
} from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { date } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { labelled } from "#shared/web/messages.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, mayDo, say, type Desk } from "../../frame.ts";
import { textField, type FormView } from "../people/fields.ts";
import { readFilter, wantedBy, type FilterField, type ReadFilter } from "./filter.ts";
import { filterLabels, searchControls } from "./filter-form.ts";
import { isTooLong, paidCases, periodMonthsMax, periodOf } from "./paid.ts";
import { caseRows } from "./rows.ts";
import { casesUnderWay, mostUrgentFirst } from "./under-way.ts";

const words = {
  title: { zh: "查找", en: "Search" },
  byNumber: { zh: "按编号", en: "By number" },
  number: { zh: "编号", en: "Number" },
  numberHint: {
    zh: "受理编号 SN…、档案编号 HF…、批次号 B…、分配号 A…；大小写不限",
    en: "A reference SN…, a file HF…, a batch B…, an allocation A…; in capitals or not",
  },
  open: { zh: "打开", en: "Open" },
  byPerson: { zh: "按人", en: "By person" },
  person: { zh: "身份证号、银行卡号或手机号", en: "ID number, bank card or phone" },
  personHint: {
    zh: "查本人和家庭的全部申请，已办结的也在内。号码只用来查找，不会出现在网址和日志里；谁查过会记录。",
    en: "Finds all cases of the person and the household, ended ones too. The number is used for the search only and stands in no address and no log; that you searched is taken down.",
  },
  find: { zh: "查找", en: "Find" },
  byConditions: { zh: "按条件", en: "By what it is like" },
  conditionsHint: {
    zh: "查办理中的案件，日期是进入当前状态的日期；状态选“已发放”时按发放日期查，不填日期就是本月。没有发放就办结的（不符合条件、未批准、撤回、逾期终止）没有按条件的目录，请按编号或按人查。",
    en: "Finds cases under way; the days are those on which the present state began. With the state “Paid” the days are those of payment, without them this month. Cases that ended without payment (not eligible, rejected, withdrawn, lapsed) can't be listed like this: look for a number or a person.",
  },
  none: { zh: "没有找到。请放宽条件再查。", en: "Nothing found. Try fewer conditions." },
  results: { zh: "结果", en: "Results" },
  more: {
    zh: "符合的太多，这里只有一部分；请缩短期间或增加条件。",
    en: "There are more than are listed here: choose a shorter period or more conditions.",
  },
  tooLong: {
    zh: `按发放日期查，期间最长${periodMonthsMax}个月`,
    en: `By days of payment a period has at most ${periodMonthsMax} months`,
  },
  notNumber: {
    zh: "编号不对：受理编号以 SN 开头，后面是10位字母或数字；档案 HF 后8位。请对照后重新输入",
    en: "That is no number: a reference is SN and ten letters or digits, a file HF and eight. Check it and type it again",
  },
} as const satisfies Record<string, Text>;

const searchPath = paths.desk("search");

/** Where a typed number leads to, or null for what is no number of ours. */
const pageOfNumber = (typed: string): string | null => {
  const plain = typed.normalize("NFKC").toUpperCase().replaceAll(/\s/gu, "");
  const id = parseApplicationId(plain);
  if (id) return paths.desk("case", id);
  const fileId = parseFileId(plain);
  if (fileId) return paths.desk("archive", fileId);
  const batchId = parseBatchId(plain);
  if (batchId) return paths.desk("batches", batchId);
  const allocationId = parseAllocationId(plain);
  return allocationId ? paths.desk("allocations", allocationId) : null;
};

const numberForm = (desk: Desk, view: FormView): Html =>
  html`<form method="get" action="${searchPath}">
    ${textField(desk, view, "number", { label: words.number, hint: words.numberHint, maxLength: 40 })}
    <p class="actions"><button>${say(desk, words.open)}</button></p>
  </form>`;

/** For those only who may see whose case it is: to others a person's cases would tell what their role hides. */
const personForm = async (desk: Desk, view: FormView): Promise<Html | null> =>
  mayDo(desk, "see_facts")
    ? html`<section class="card">
        <h2>${say(desk, words.byPerson)}</h2>
        ${await deskForm(
          desk,
          paths.desk("search", "person"),
          html`${textField(desk, view, "person", {
              label: words.person,
              hint: words.personHint,
              maxLength: 40,
            })}
            <p class="actions"><button>${say(desk, words.find)}</button></p>`,
        )}
      </section>`
    : null;

const resultsPart = async (desk: Desk, { filter, page }: ReadFilter): Promise<Html> => {
  const organisation = await desk.uses.directory.organisation();
  const paid = filter.status === "paid";
  const found = paid
    ? await paidCases(desk, organisation, filter)
    : await casesUnderWay(desk, organisation, filter.status);
  const entries = found.entries
    .filter(wantedBy(desk, organisation, filter))
    .toSorted(paid ? (a, b) => (a.since < b.since ? 1 : -1) : mostUrgentFirst);
  const { from, to } = periodOf(desk, filter);
  const { locale } = desk.request;
  return html`<section id="results">
    <h2>${say(desk, words.results)}</h2>
    ${paid ? html`<p>${date(from, locale)} – ${date(to, locale)}</p>` : null}
    ${found.more ? html`<p class="notice wait">${say(desk, words.more)}</p>` : null}
    ${
      entries.length === 0
        ? html`<p class="lead">${say(desk, words.none)}</p>`
        : caseRows(desk, organisation, { entries, page, path: searchPath, paid })
    }
  </section>`;
};

const problemLines = (desk: Desk, view: FormView, { problems }: ReadFilter) => [
  ...(view.problem
    ? [{ href: `#${view.problem.field}`, words: say(desk, view.problem.says) }]
    : []),
  ...(Object.entries(problems) as [FilterField, Text][]).map(([name, says]) => ({
    href: `#${name}`,
    words: labelled(filterLabels[name], desk.request.locale) + say(desk, says),
  })),
];

/** Payments are looked up month by month: a period that is too long is named at its first day. */
const withPeriod = (desk: Desk, read: ReadFilter): ReadFilter =>
  Object.keys(read.problems).length === 0 && isTooLong(desk, read.filter)
    ? { ...read, problems: { from: words.tooLong } }
    : read;

/** The page; `view` is a number that leads nowhere, with what was typed. */
export const searchPage = async (desk: Desk, view: FormView): Promise<PageResponse> => {
  const read = withPeriod(desk, readFilter(desk));
  const summary = problemLines(desk, view, read);
  const organisation = await desk.uses.directory.organisation();
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    status: summary.length > 0 ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${read.asked && summary.length === 0 ? await resultsPart(desk, read) : null}
      <div class="cards unprinted">
        <section class="card">
          <h2>${say(desk, words.byNumber)}</h2>
          ${numberForm(desk, view)}
        </section>
        ${await personForm(desk, view)}
      </div>
      <section class="unprinted">
        <h2>${say(desk, words.byConditions)}</h2>
        <p class="soft">${say(desk, words.conditionsHint)}</p>
        <form class="filters roomy" method="get" action="${searchPath}" role="search">
          ${searchControls(desk, organisation, read)}
          <p class="actions"><button>${say(desk, words.find)}</button></p>
        </form>
      </section>`,
  });
};

export const showSearch = (desk: Desk): Promise<PageResponse> => {
  const number = (desk.request.query["number"] ?? "").trim();
  if (number === "") return searchPage(desk, { values: {}, problem: null });
  const page = pageOfNumber(number);
  return page
    ? Promise.resolve(redirect(page))
    : searchPage(desk, {
        values: { number },
        problem: { field: "number", says: words.notNumber },
      });
};
