/** The desk's first page: how many cases wait where, and a way to one of them. */
import type { Status } from "#shared/domain/application.ts";
import { estimatedYear, localDateOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Queue } from "#shared/ports/case-store.ts";
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
import type { Uses } from "../uses.ts";

const words = {
  title: { zh: "工作台", en: "Desk" },
  queues: { zh: "办理中的案件", en: "Cases under way" },
  status: { zh: "状态", en: "State" },
  cases: { zh: "件数", en: "Cases" },
  atOffices: {
    zh: "各级机构办理中（受理、核实、审批）",
    en: "At the offices: acceptance, visits, decisions",
  },
  find: { zh: "查案件", en: "Find a case" },
  reference: { zh: "受理编号", en: "Reference" },
  open: { zh: "打开", en: "Open" },
  newBatch: { zh: "归集发放批次", en: "Make a batch" },
} as const satisfies Record<string, Text>;

/** Queues are counted so far; beyond, the page says "more than". */
const countMax = 1_000;
const pageSize = 250;
const countsAtOnce = 16;

/** States that wait in a queue of their own. */
export const queuedStatuses = [
  "needs_information",
  "waiting_for_funds",
  "public_notice",
  "objection",
  "payment_failed",
  "under_appeal",
  "post_review",
  "recovery_due",
] as const satisfies readonly Status[];

const lengthOf = async ({ cases }: Uses, queue: Queue): Promise<number> => {
  let length = 0;
  let after: string | undefined;
  do {
    const page = await cases.queue(queue, pageSize, after);
    length += page.rows.length;
    after = page.next ?? undefined;
  } while (after !== undefined && length <= countMax);
  return length;
};

const totalOf = async (uses: Uses, queues: readonly Queue[]): Promise<number> => {
  const lengths = await inParallel(queues, countsAtOnce, (queue) => lengthOf(uses, queue));
  return lengths.reduce((sum, length) => sum + length, 0);
};

/** "1,234", or "1,000+" where counting stopped. */
const shownCount = (length: number): string =>
  length > countMax ? `${count(countMax)}+` : count(length);

const queueRow = (
  desk: Desk,
  status: Status,
  length: number,
  called: Text = statusNames[status],
): Html => {
  const name = say(desk, called);
  const shown = length === 0 ? name : html`<a href="${paths.desk("cases", status)}">${name}</a>`;
  return html`<tr>
    <td>${shown}</td>
    <td class="figure">${shownCount(length)}</td>
  </tr>`;
};

const queueTable = async (desk: Desk): Promise<Html> => {
  const { uses } = desk;
  const [{ units }, funds] = await Promise.all([uses.directory.organisation(), uses.funds.all()]);
  const atOffices = await totalOf(
    uses,
    units.map(({ id }) => ({ kind: "unit", unitId: id })),
  );
  const payable = await totalOf(
    uses,
    funds.map(({ id }) => ({ kind: "payable", fundId: id })),
  );
  const lengths = await inParallel(queuedStatuses, countsAtOnce, (status) =>
    lengthOf(uses, { kind: "status", status }),
  );
  return table(
    desk,
    [words.status, figureHeading(words.cases)],
    [
      queueRow(desk, "in_approval", atOffices, words.atOffices),
      queueRow(desk, "reserved", payable),
      ...queuedStatuses.map((status, index) => queueRow(desk, status, lengths[index] ?? 0)),
    ],
    words.queues,
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

export const showHome = async (desk: Desk): Promise<PageResponse> => {
  const find = html`<form method="get" action="${paths.desk("case")}">
    <div class="item">
      <label for="reference">${say(desk, words.reference)}</label>
      <input class="medium" type="text" id="reference" name="reference" maxlength="24" />
    </div>
    <p class="actions"><button class="second">${say(desk, words.open)}</button></p>
  </form>`;
  const newBatch = mayDo(desk, "assemble")
    ? html`<p class="actions">
        <a class="button" href="${paths.desk("batches", "new")}">${say(desk, words.newBatch)}</a>
      </p>`
    : null;
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${calendarWarning(desk)}${newBatch}
      ${
        mayDo(desk, "see_cases")
          ? html`${await queueTable(desk)}
              <h2>${say(desk, words.find)}</h2>
              ${find}`
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
