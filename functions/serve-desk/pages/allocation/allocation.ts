/** One allocation: what it gave, whether all of it is done, and whether it comes out the same when made again. */
import { carryOut } from "#shared/casework/allocate.ts";
import {
  allocatedFen,
  allocationMethodNames,
  byNeed,
  bySubmission,
  comesOutTheSame,
  type Allocation,
  type Candidate,
} from "#shared/domain/allocation.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { parseAllocationId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusMoods, statusNames } from "#shared/web/messages.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  mayDo,
  say,
  table,
  type Desk,
} from "../../frame.ts";
import { programmeName, stateTag } from "./overview.ts";
import { candidateCells, candidateHead, unitNames } from "./waiting.ts";
import { casesWords, rowsMax, words } from "./words.ts";

const readsAtOnce = 16;

const factsPart = async (desk: Desk, allocation: Allocation): Promise<Html> => {
  const { locale } = desk.request;
  const [fund, { staff }] = await Promise.all([
    desk.uses.funds.get(allocation.fundId),
    desk.uses.directory.organisation(),
  ]);
  const maker = staff.find(({ id }) => id === allocation.madeBy)?.name ?? allocation.madeBy;
  const { awards, candidates } = allocation;
  const cases = (number: number): string => say(desk, casesWords(number));
  return html`<dl class="facts">
    ${factRow(say(desk, words.state), stateTag(desk, allocation))}
    ${factRow(say(desk, words.programme), programmeName(desk, allocation.programmeId))}
    ${factRow(say(desk, words.fund), fund ? inLocale(fund.name, locale) : allocation.fundId)}
    ${factRow(say(desk, words.method), say(desk, allocationMethodNames[allocation.method]))}
    ${factRow(say(desk, words.pot), amount(allocation.potFen, locale))}
    ${factRow(say(desk, words.waiting), cases(candidates.length))}
    ${factRow(
      say(desk, words.given),
      `${cases(awards.length)} · ${amount(allocatedFen(awards), locale)}`,
    )}
    ${factRow(say(desk, words.madeBy), maker)}
    ${factRow(say(desk, words.madeAt), dateTime(allocation.madeAt, locale))}
  </dl>`;
};

/** P is a household's income: shown to whoever may see facts, such as an auditor. */
const perCapitaCell = (desk: Desk, { perCapitaFen }: Candidate): Html | null =>
  mayDo(desk, "see_facts")
    ? html`<td class="figure">
        ${
          perCapitaFen === null
            ? say(desk, words.notMeasured)
            : amount(fen(perCapitaFen), desk.request.locale)
        }
      </td>`
    : null;

const candidatesPart = async (desk: Desk, allocation: Allocation): Promise<Html> => {
  const { method, candidates, awards } = allocation;
  const order = method === "need_ranked" || method === "quota" ? byNeed : bySubmission;
  const given = new Map(awards.map(({ applicationId, amountFen }) => [applicationId, amountFen]));
  const names = await unitNames(desk);
  const shown = candidates.toSorted(order).slice(0, rowsMax);
  const rows = await inParallel(shown, readsAtOnce, async (candidate): Promise<Html> => {
    const amountFen = given.get(candidate.applicationId);
    const application = await desk.uses.cases.get(candidate.applicationId);
    return html`<tr>
      <td class="figure">${shown.indexOf(candidate) + 1}</td>
      ${candidateCells(desk, candidate, names)}${perCapitaCell(desk, candidate)}
      <td class="figure">
        ${amountFen === undefined ? "—" : amount(amountFen, desk.request.locale)}
      </td>
      <td>
        ${
          application
            ? html`<span class="tag nowrap ${statusMoods[application.status]}"
                >${say(desk, statusNames[application.status])}</span
              >`
            : null
        }
      </td>
    </tr>`;
  });
  const head = [
    ...candidateHead,
    ...(mayDo(desk, "see_facts") ? [figureHeading(words.perCapita)] : []),
    figureHeading(words.given),
    words.now,
  ];
  return html`${table(desk, head, rows)}
  ${candidates.length > rowsMax ? html`<p class="soft">${say(desk, words.first)}</p>` : null}`;
};

/** Changes nothing, so it is asked for by a link that anybody may open again. */
const checkPart = (desk: Desk, allocation: Allocation): Html => {
  const href = `${paths.desk("allocations", allocation.id)}?check=yes`;
  const button = html`<p class="actions">
    <a class="button second" href="${href}">${say(desk, words.check)}</a>
  </p>`;
  if (desk.request.query["check"] !== "yes") return button;
  const same = comesOutTheSame(allocation);
  return html`<p class="notice ${same ? "good" : "wrong"}" role="status">
      ${say(desk, same ? words.equal : words.differs)}
    </p>
    ${button}`;
};

const continuePart = async (desk: Desk, allocation: Allocation): Promise<Html | null> => {
  if (allocation.carriedOutAt !== null || !mayDo(desk, "allocate")) return null;
  return deskForm(
    desk,
    paths.desk("allocations", allocation.id, "continue"),
    html`<p class="notice wait">${say(desk, words.goOnLead)}</p>
      <p class="actions"><button class="second">${say(desk, words.goOn)}</button></p>`,
  );
};

const loadAllocation = async (desk: Desk, typed: string): Promise<Allocation | null> => {
  const id = parseAllocationId(typed);
  return id === null ? null : desk.uses.allocations.get(id);
};

export const showAllocation = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const allocation = await loadAllocation(desk, typed);
  if (!allocation) return notFoundPage(desk.request.locale);
  const title = `${say(desk, words.title)} ${allocation.id}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${await factsPart(desk, allocation)}${await continuePart(desk, allocation)}
      ${checkPart(desk, allocation)}${await candidatesPart(desk, allocation)}`,
  });
};

export const continueAllocation = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const allocation = await loadAllocation(desk, typed);
  if (!allocation) return notFoundPage(desk.request.locale);
  await carryOut(desk.uses, allocation);
  return redirect(paths.desk("allocations", allocation.id));
};
