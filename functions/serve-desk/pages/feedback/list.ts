/** What applicants said after their payment, a month at a time: money that didn't come first, then how it was. */
import { isOpen, meanSatisfaction, type Feedback } from "#shared/domain/feedback.ts";
import { addMonths, localDate, localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { deskForm, deskPage, mayDo, say, table, type Desk } from "../../frame.ts";

const words = {
  title: { zh: "到账与满意度", en: "Arrival and satisfaction" },
  lead: {
    zh: "申请人在发放后的回答，按发放月份。",
    en: "What applicants said after their payment, by the month of the payment.",
  },
  before: { zh: "上个月", en: "Month before" },
  after: { zh: "下个月", en: "Month after" },
  missing: { zh: "说没有到账的", en: "Money that did not arrive" },
  none: { zh: "本月没有人说没有到账。", en: "Nobody of this month says so." },
  reference: { zh: "受理编号", en: "Reference" },
  given: { zh: "反馈时间", en: "Said on" },
  says: { zh: "原话", en: "In their words" },
  state: { zh: "处理", en: "Looked into" },
  settle: { zh: "已核对", en: "I looked into it" },
  settled: { zh: "已核对：", en: "Looked into: " },
  open: { zh: "待核对", en: "Open" },
  satisfaction: { zh: "满意度（5 分最好）", en: "Satisfaction (5 is best)" },
  programme: { zh: "项目", en: "Programme" },
  mean: { zh: "平均", en: "Mean" },
  answers: { zh: "份数", en: "Answers" },
  nobody: { zh: "本月还没有人评价。", en: "Nobody has answered this month yet." },
} as const satisfies Record<string, Text>;

const monthPattern = /^20\d{2}-(?:0[1-9]|1[0-2])$/u;

const monthOf = ({ uses, request }: Desk): string => {
  const asked = request.query["month"] ?? "";
  return monthPattern.test(asked) ? asked : localDateOf(uses.clock.now()).slice(0, 7);
};

const monthLink = (desk: Desk, month: string, by: number, label: Text): Html => {
  const other = addMonths(localDate(`${month}-01`), by).slice(0, 7);
  return html`<a href="${paths.desk("feedback")}?month=${other}">${say(desk, label)}</a>`;
};

const settleCell = async (desk: Desk, month: string, feedback: Feedback): Promise<Html> => {
  if (feedback.settledAt !== null) {
    return html`${say(desk, words.settled)}${dateTime(feedback.settledAt, desk.request.locale)}`;
  }
  if (!mayDo(desk, "import_return")) {
    return html`<span class="tag wait">${say(desk, words.open)}</span>`;
  }
  const content = html`<input type="hidden" name="month" value="${month}" /><button class="second">
      ${say(desk, words.settle)}<span class="unseen"> ${feedback.applicationId}</span>
    </button>`;
  return deskForm(desk, paths.desk("feedback", feedback.applicationId), content);
};

const missingRow = async (desk: Desk, month: string, feedback: Feedback): Promise<Html> =>
  html`<tr>
    <td class="nowrap">
      <a href="${paths.desk("case", feedback.applicationId)}">${feedback.applicationId}</a>
    </td>
    <td data-label="${say(desk, words.given)}">
      ${dateTime(feedback.givenAt, desk.request.locale)}
    </td>
    <td data-label="${say(desk, words.says)}">${lines(feedback.words)}</td>
    <td data-label="${say(desk, words.state)}">${await settleCell(desk, month, feedback)}</td>
  </tr>`;

const missingPart = async (
  desk: Desk,
  month: string,
  given: readonly Feedback[],
): Promise<Html> => {
  // What nobody has looked into stands first.
  const missing = given
    .filter(({ arrived }) => !arrived)
    .toSorted((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
  const rows = await Promise.all(missing.map((feedback) => missingRow(desk, month, feedback)));
  return html`<h2>${say(desk, words.missing)}</h2>
    ${
      rows.length === 0
        ? html`<p class="soft">${say(desk, words.none)}</p>`
        : table(desk, [words.reference, words.given, words.says, words.state], rows, words.missing)
    }`;
};

const satisfactionPart = (desk: Desk, given: readonly Feedback[]): Html => {
  const byProgramme = Map.groupBy(given, ({ programmeId }) => programmeId);
  const rows = [...byProgramme].map(([programmeId, theirs]) => {
    const programme = programmeById(programmeId);
    const mean = meanSatisfaction(theirs);
    return html`<tr>
      <td>${programme ? inLocale(programme.title, desk.request.locale) : programmeId}</td>
      <td class="figure">${mean ? (mean.tenths / 10).toFixed(1) : ""}</td>
      <td class="figure">${mean?.count}</td>
    </tr>`;
  });
  return html`<h2>${say(desk, words.satisfaction)}</h2>
    ${
      rows.length === 0
        ? html`<p class="soft">${say(desk, words.nobody)}</p>`
        : table(desk, [words.programme, words.mean, words.answers], rows, words.satisfaction)
    }`;
};

export const showFeedback = async (desk: Desk): Promise<PageResponse> => {
  const month = monthOf(desk);
  const given = await desk.uses.feedback.ofMonth(month);
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)} · ${month}</h1>
      <p class="soft">${say(desk, words.lead)}</p>
      <p class="actions">
        ${monthLink(desk, month, -1, words.before)} ${monthLink(desk, month, 1, words.after)}
      </p>
      ${await missingPart(desk, month, given)}${satisfactionPart(desk, given)}`,
  });
};

/** Takes down that somebody looked into it; pressed twice, the first one stands. */
export const settleFeedback = async (desk: Desk, typedId: string): Promise<PageResponse> => {
  const { uses, session, request } = desk;
  const month = monthPattern.test(request.form["month"] ?? "") ? request.form["month"] : undefined;
  const id = parseApplicationId(typedId);
  const feedback =
    id && month
      ? (await uses.feedback.ofMonth(month)).find(({ applicationId }) => applicationId === id)
      : undefined;
  if (feedback && isOpen(feedback)) {
    await uses.feedback.settle(feedback, session.staff.id, uses.clock.now());
  }
  return redirect(`${paths.desk("feedback")}${month ? `?month=${month}` : ""}`);
};
