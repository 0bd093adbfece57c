/** Who waits for money, by programme, and the allocations that were made. */
import { allocationPolicyToday } from "#shared/casework/allocate.ts";
import { allocationMethodNames } from "#shared/domain/allocation.ts";
import { payableFen } from "#shared/domain/application.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import type { ListedAllocation } from "#shared/ports/allocations.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { count, deskPage, figureHeading, say, table, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const listMax = 50;
const pageSize = 250;

export const programmeName = (desk: Desk, programmeId: string): string => {
  const programme = programmeById(programmeId);
  return programme ? say(desk, programme.title) : programmeId;
};

interface Waiting {
  readonly count: number;
  readonly sumFen: Fen;
}

/** How many wait of each programme, as far as the queue knows. */
const waitingByProgramme = async ({ uses }: Desk): Promise<ReadonlyMap<string, Waiting>> => {
  const waiting = new Map<string, Waiting>();
  let after: string | undefined;
  do {
    const queue = { kind: "status", status: "waiting_for_funds" } as const;
    const page = await uses.cases.queue(queue, pageSize, after);
    for (const entry of page.rows) {
      const before = waiting.get(entry.programmeId) ?? { count: 0, sumFen: zeroFen };
      waiting.set(entry.programmeId, {
        count: before.count + 1,
        sumFen: addFen(before.sumFen, payableFen(entry)),
      });
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return waiting;
};

const waitingRow = (desk: Desk, programmeId: string, { count: number, sumFen }: Waiting): Html =>
  html`<tr>
    <td>
      <a href="${paths.desk("allocations", "waiting", programmeId)}"
        >${programmeName(desk, programmeId)}</a
      >
    </td>
    <td>
      ${say(desk, allocationMethodNames[allocationPolicyToday(desk.uses, programmeId).method])}
    </td>
    <td class="figure">${count(number)}</td>
    <td class="figure">${amount(sumFen, desk.request.locale)}</td>
  </tr>`;

export const stateTag = (
  desk: Desk,
  { carriedOutAt }: Pick<ListedAllocation, "carriedOutAt">,
): Html =>
  html`<span class="tag nowrap ${carriedOutAt === null ? "wait" : "good"}"
    >${say(desk, carriedOutAt === null ? words.underWay : words.carriedOut)}</span
  >`;

const madeRow = (
  desk: Desk,
  made: ListedAllocation,
  fundNames: ReadonlyMap<string, Text>,
): Html => {
  const { locale } = desk.request;
  const fund = fundNames.get(made.fundId);
  return html`<tr>
    <td class="nowrap"><a href="${paths.desk("allocations", made.id)}">${made.id}</a></td>
    <td>${programmeName(desk, made.programmeId)}</td>
    <td>${fund ? inLocale(fund, locale) : made.fundId}</td>
    <td>${say(desk, allocationMethodNames[made.method])}</td>
    <td class="figure">${count(made.awardCount)} / ${count(made.candidateCount)}</td>
    <td>${stateTag(desk, made)}</td>
    <td>${dateTime(made.madeAt, locale)}</td>
  </tr>`;
};

export const showAllocations = async (desk: Desk): Promise<PageResponse> => {
  const [waiting, made, funds] = await Promise.all([
    waitingByProgramme(desk),
    desk.uses.allocations.list(listMax),
    desk.uses.funds.all(),
  ]);
  const fundNames = new Map<string, Text>(funds.map(({ id, name }) => [id, name]));
  const rows = [...waiting].map(([programmeId, those]) => waitingRow(desk, programmeId, those));
  const waitingHead = [
    words.programme,
    words.method,
    figureHeading(words.cases),
    figureHeading(words.wanted),
  ];
  const madeHead = [
    words.number,
    words.programme,
    words.fund,
    words.method,
    figureHeading(words.cases),
    words.state,
    words.madeAt,
  ];
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <h2>${say(desk, words.waiting)}</h2>
      ${rows.length === 0 ? html`<p>${say(desk, words.nobody)}</p>` : table(desk, waitingHead, rows)}
      <h2>${say(desk, words.made)}</h2>
      ${
        made.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : table(
              desk,
              madeHead,
              made.map((one) => madeRow(desk, one, fundNames)),
            )
      }`,
  });
};
