/** What waits for the handlers of a branch, by step, overdue first. */
import { handlingQueue, type HandledEntry } from "#shared/casework/handling-queue.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { fen } from "#shared/kernel/money.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskPage, figureHeading, say, type Desk } from "../../frame.ts";
import { dueCell } from "../deadline.ts";
import { programmeName } from "../search/rows.ts";

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
  none: { zh: "没有。", en: "None." },
  more: { zh: `只列出最急的 ${shownMax} 件。`, en: `Only the ${shownMax} most urgent are listed.` },
} as const satisfies Record<string, Text>;

const cells = (desk: Desk, entry: HandledEntry): readonly Fragment[] => [
  html`<a class="nowrap" href="${paths.desk("handling", entry.applicationId)}"
    >${entry.applicationId}</a
  >`,
  programmeName(desk, entry.programmeId),
  inLocale(entry.unit.name, desk.request.locale),
  amount(fen(entry.amountFen), desk.request.locale),
  dueCell(desk, entry.deadlineAt),
];

const steps = ["in_acceptance", "in_verification", "needs_information"] as const;

const stepPart = (
  desk: Desk,
  status: (typeof steps)[number],
  entries: readonly HandledEntry[],
): Html => {
  const head = [
    words.reference,
    words.programme,
    words.unit,
    figureHeading(words.amount),
    words.deadline,
  ];
  const rows = entries.slice(0, shownMax).map((entry) => cells(desk, entry));
  return html`<section id="${status}">
    <h2>${say(desk, words[status])} <span class="tag">${count(entries.length)}</span></h2>
    ${rows.length === 0 ? html`<p class="soft">${say(desk, words.none)}</p>` : cardTable(desk, head, rows)}
    ${entries.length > shownMax ? html`<p class="soft">${say(desk, words.more)}</p>` : null}
  </section>`;
};

export const showHandling = async (desk: Desk): Promise<PageResponse> => {
  const queue = await handlingQueue(desk.uses, desk.session.staff.unitId);
  const parts = steps.map((status) =>
    stepPart(
      desk,
      status,
      queue.filter((entry) => entry.status === status),
    ),
  );
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${parts}`,
  });
};
