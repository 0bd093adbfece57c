/**
 * What a fund paid in a period, as a CSV file in the store: a function's own answer could not hold
 * a large one.
 */
import type { Fund } from "#shared/domain/fund.ts";
import { ledgerMonthsOf, type ReportPeriod } from "#shared/domain/month-ends.ts";
import { disbursementExport } from "#shared/exports/disbursement-export.ts";
import { localDateOf, parseLocalDate } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskForm, deskPage, factRow, say, type Desk } from "../frame.ts";
import { loadFund } from "../load-fund.ts";

const words = {
  title: { zh: "发放明细导出", en: "Export payments" },
  lead: {
    zh: "按资金和付款日期导出已发放的每一笔，合计与账目一致。",
    en: "Every payment of a fund in a period; it adds up to the ledger.",
  },
  fund: { zh: "资金", en: "Fund" },
  from: { zh: "开始日期", en: "From" },
  to: { zh: "结束日期（含）", en: "To, that day included" },
  make: { zh: "导出", en: "Export" },
  ready: { zh: "导出文件已生成", en: "The export is ready" },
  count: { zh: "笔数", en: "Payments" },
  sum: { zh: "金额合计", en: "Sum" },
  cutOff: { zh: "截止时间", en: "As of" },
  hash: { zh: "校验值（SHA-256）", en: "SHA-256" },
  download: { zh: "下载 CSV", en: "Download the CSV" },
  period: { zh: "期间", en: "Period" },
  fundWrong: { zh: "请选择一项资金", en: "Choose a fund" },
  dateWrong: {
    zh: "请填写真实的日期，例如 2026-07-01",
    en: "Type a real day, such as 2026-07-01",
  },
  orderWrong: {
    zh: "结束日期不能早于开始日期，期间最长十年",
    en: "The last day can't be before the first, nor ten years after it",
  },
} as const satisfies Record<string, Text>;

type Problems = Readonly<Partial<Record<"fund" | "from" | "to", Text>>>;

const yearsMax = 10;

const dateItem = (desk: Desk, name: "from" | "to", problems: Problems): Html => {
  const problem = problems[name];
  const typed = desk.request.form[name] ?? localDateOf(desk.uses.clock.now());
  const state = attributes({
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? `${name}-problem` : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, words[name])}</label>
    ${problem ? html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>` : null}
    <input
      class="medium"
      type="${problem ? "text" : "date"}"
      id="${name}"
      name="${name}"
      value="${typed}"
      ${state}
    />
  </div>`;
};

const fundItem = (desk: Desk, funds: readonly Fund[], problems: Problems): Html => {
  const problem = problems.fund;
  const chosen = desk.request.form["fund"] ?? "";
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="fund">${say(desk, words.fund)}</label>
    ${problem ? html`<span class="problem" id="fund-problem">${say(desk, problem)}</span>` : null}
    <select id="fund" name="fund">
      ${funds.map(
        ({ id, name }) =>
          html`<option${attributes({ value: id, selected: id === chosen })}>
            ${inLocale(name, desk.request.locale)}
          </option>`,
      )}
    </select>
  </div>`;
};

const formPage = async (desk: Desk, problems: Problems): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const summary = Object.entries(problems).map(([name, problem]) => ({
    href: `#${name}`,
    words: say(desk, problem),
  }));
  const content = html`${fundItem(desk, funds, problems)}${dateItem(desk, "from", problems)}
    ${dateItem(desk, "to", problems)}
    <p class="actions"><button>${say(desk, words.make)}</button></p>`;
  return deskPage(desk, {
    title: say(desk, words.title),
    status: summary.length > 0 ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${say(desk, words.title)}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${await deskForm(desk, paths.desk("export"), content)}`,
  });
};

export const showExport = (desk: Desk): Promise<PageResponse> => formPage(desk, {});

const readPeriod = ({ request }: Desk): ReportPeriod | Problems => {
  const from = parseLocalDate((request.form["from"] ?? "").trim());
  const to = parseLocalDate((request.form["to"] ?? "").trim());
  if (!from || !to) {
    return {
      ...(from ? {} : { from: words.dateWrong }),
      ...(to ? {} : { to: words.dateWrong }),
    };
  }
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to < from || years > yearsMax ? { to: words.orderWrong } : { from, to };
};

/**
 * The file is written a part at a time, however many rows it has; the totals are of exactly those
 * rows.
 */
export const makeExport = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request } = desk;
  const { locale } = request;
  const fund = await loadFund(desk, request.form["fund"] ?? "");
  const period = readPeriod(desk);
  const isPeriod = (read: ReportPeriod | Problems): read is ReportPeriod =>
    typeof read.from === "string" && typeof read.to === "string";
  if (!fund || !isPeriod(period)) {
    const dates = isPeriod(period) ? {} : period;
    return formPage(desk, { ...(fund ? {} : { fund: words.fundWrong }), ...dates });
  }
  const cutOff = uses.clock.now();
  const months = ledgerMonthsOf(period);
  const transfers = uses.funds.transfers(fund.id, months.from, months.to);
  const { bytes, totals } = disbursementExport(fund, period, transfers);
  const name = `${Buffer.from(uses.random(12)).toString("hex")}.csv`;
  const { sha256 } = await uses.files.writeStream(`exports/${name}`, bytes, "text/csv");
  const { count: number, sumFen } = totals();
  log.info("payments exported", {
    function: "serve-desk",
    fundId: fund.id,
    count: number,
    staffId: desk.session.staff.id,
  });
  const title = say(desk, words.ready);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.fund), inLocale(fund.name, locale))}
        ${factRow(say(desk, words.period), `${period.from} – ${period.to}`)}
        ${factRow(say(desk, words.count), count(number))}
        ${factRow(say(desk, words.sum), amount(sumFen, locale))}
        ${factRow(say(desk, words.cutOff), dateTime(cutOff, locale))}
        ${factRow(say(desk, words.hash), html`<span class="code small">${sha256}</span>`)}
      </dl>
      <p class="actions">
        <a class="button" href="${paths.desk("export", name)}">${say(desk, words.download)}</a>
      </p>`,
  });
};

/** Sends on to the file, under a link that holds for a minute. */
export const downloadExport = async (desk: Desk, name: string): Promise<PageResponse> => {
  if (!/^[0-9a-f]{24}\.csv$/u.test(name)) return notFoundPage(desk.request.locale);
  const key = `exports/${name}`;
  if (!(await desk.uses.files.head(key, 1))) return notFoundPage(desk.request.locale);
  const location = await desk.uses.files.downloadLink(key, `payments-${name}`);
  return { status: 303, body: "", headers: { location } };
};
