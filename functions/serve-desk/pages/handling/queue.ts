/** What waits for the handlers of a branch, by step, overdue first. */
import { handlingQueue, type HandledEntry } from "#shared/casework/handling-queue.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import {
  addMinutes,
  localDateOf,
  workingDaysBetween,
  type Instant,
} from "#shared/kernel/calendar.ts";
import { fen } from "#shared/kernel/money.ts";
import { amount, lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { count, deskPage, figureHeading, say, table, type Desk } from "../../frame.ts";

const shownMax = 200;

const words = {
  title: { zh: "受理与核实", en: "Handling" },
  in_acceptance: { zh: "待受理", en: "To accept" },
  in_verification: { zh: "待入户核实", en: "To visit" },
  needs_information: { zh: "等待申请人补正", en: "Waiting for papers" },
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "项目", en: "Programme" },
  unit: { zh: "所在工会", en: "Office" },
  amount: { zh: "金额", en: "Amount" },
  deadline: { zh: "期限", en: "Due" },
  left: { zh: "剩余工作日", en: "Working days left" },
  none: { zh: "没有。", en: "None." },
  more: { zh: `只列出最急的 ${shownMax} 件。`, en: `Only the ${shownMax} most urgent are listed.` },
} as const satisfies Record<string, Text>;

/** Working days to a limit's last day, or how many it is over. */
const leftWords = (desk: Desk, deadlineAt: Instant, now: Instant): Html => {
  const { calendar } = commonPolicyOn(desk.uses.policy, localDateOf(now));
  const lastMoment = addMinutes(deadlineAt, -1);
  if (deadlineAt > now) return html`${workingDaysBetween(now, lastMoment, calendar)}`;
  const late = Math.max(1, workingDaysBetween(lastMoment, now, calendar));
  const text = { zh: `已超期${late}个工作日`, en: `${late} working days late` };
  return html`<span class="tag wrong">${say(desk, text)}</span>`;
};

const row = (desk: Desk, entry: HandledEntry, now: Instant): Html => {
  const { locale } = desk.request;
  const programme = programmeById(entry.programmeId);
  return html`<tr>
    <td class="nowrap">
      <a href="${paths.desk("handling", entry.applicationId)}">${entry.applicationId}</a>
    </td>
    <td>${programme ? inLocale(programme.title, locale) : entry.programmeId}</td>
    <td>${inLocale(entry.unit.name, locale)}</td>
    <td class="figure">${amount(fen(entry.amountFen), locale)}</td>
    <td>${entry.deadlineAt === null ? null : lastDayBefore(entry.deadlineAt, locale)}</td>
    <td>${entry.deadlineAt === null ? null : leftWords(desk, entry.deadlineAt, now)}</td>
  </tr>`;
};

const stepPart = (
  desk: Desk,
  status: "in_acceptance" | "in_verification" | "needs_information",
  entries: readonly HandledEntry[],
  now: Instant,
): Html => {
  const head = [
    words.reference,
    words.programme,
    words.unit,
    figureHeading(words.amount),
    words.deadline,
    words.left,
  ];
  const rows = entries.slice(0, shownMax).map((entry) => row(desk, entry, now));
  return html`<h2>${say(desk, words[status])} (${count(entries.length)})</h2>
    ${rows.length === 0 ? html`<p>${say(desk, words.none)}</p>` : table(desk, head, rows)}
    ${entries.length > shownMax ? html`<p class="soft">${say(desk, words.more)}</p>` : null}`;
};

export const showHandling = async (desk: Desk): Promise<PageResponse> => {
  const { uses, session } = desk;
  const now = uses.clock.now();
  const queue = await handlingQueue(uses, session.staff.unitId);
  const parts = (["in_acceptance", "in_verification", "needs_information"] as const).map((status) =>
    stepPart(
      desk,
      status,
      queue.filter((entry) => entry.status === status),
      now,
    ),
  );
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${parts}`,
  });
};
