/** A programme's waiting list in its order, and the way to an allocation where its method wants one. */
import { allocationPolicyToday, waitingInOrder } from "#shared/casework/allocate.ts";
import {
  allocationMethodNames,
  type AllocationMethod,
  type Candidate,
} from "#shared/domain/allocation.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { addFen } from "#shared/kernel/money.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { deskPage, factRow, figureHeading, mayDo, say, table, type Desk } from "../../frame.ts";
import { programmeName } from "./overview.ts";
import { casesWords, rowsMax, words } from "./words.ts";

export const unitNames = async (desk: Desk): Promise<ReadonlyMap<string, string>> => {
  const { units } = await desk.uses.directory.organisation();
  return new Map(units.map(({ id, name }: Unit) => [id, inLocale(name, desk.request.locale)]));
};

export const candidateCells = (
  desk: Desk,
  { applicationId, unitId, submittedAt, amountFen }: Candidate,
  names: ReadonlyMap<string, string>,
): Html => {
  const { locale } = desk.request;
  return html`<td class="nowrap">
      <a href="${paths.desk("case", applicationId)}">${applicationId}</a>
    </td>
    <td>${names.get(unitId) ?? unitId}</td>
    <td>${dateTime(submittedAt, locale)}</td>
    <td class="figure">${amount(amountFen, locale)}</td>`;
};

export const candidateHead = [
  figureHeading(words.place),
  words.reference,
  words.unit,
  words.submitted,
  figureHeading(words.wanted),
];

/** Chooses the fund whose pot is to be shared; the preview changes nothing. */
const chooseForm = async (
  desk: Desk,
  programmeId: string,
  method: AllocationMethod,
): Promise<Html> => {
  const funds = (await desk.uses.funds.all()).filter(({ open }) => open);
  const { locale } = desk.request;
  const options = funds.map(
    ({ id, name, availableFen }) =>
      html`<option value="${id}">
        ${inLocale(name, locale)} · ${amount(availableFen, locale)}
      </option>`,
  );
  const second = html`<label class="tick"
    ><input type="checkbox" name="second" value="yes" /><span
      >${say(desk, words.secondRound)}</span
    ></label
  >`;
  return html`<form method="get" action="${paths.desk("allocations", "new")}">
    <input type="hidden" name="programme" value="${programmeId}" />
    <div class="item">
      <label for="fund">${say(desk, words.choose)}</label>
      <select id="fund" name="fund">
        ${options}
      </select>
    </div>
    ${method === "quota" ? second : null}
    <p class="actions"><button>${say(desk, words.preview)}</button></p>
  </form>`;
};

export const showWaiting = async (desk: Desk, programmeId: string): Promise<PageResponse> => {
  if (!programmeById(programmeId)) return notFoundPage(desk.request.locale);
  const { method } = allocationPolicyToday(desk.uses, programmeId);
  const waiting = await waitingInOrder(desk.uses, programmeId);
  const names = await unitNames(desk);
  const rows = waiting.slice(0, rowsMax).map(
    (candidate, index) =>
      html`<tr>
        <td class="figure">${index + 1}</td>
        ${candidateCells(desk, candidate, names)}
      </tr>`,
  );
  const sumFen = addFen(...waiting.map(({ amountFen }) => amountFen));
  const title = `${say(desk, words.order)} · ${programmeName(desk, programmeId)}`;
  const mayShare = method !== "first_come" && waiting.length > 0 && mayDo(desk, "allocate");
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.method), say(desk, allocationMethodNames[method]))}
        ${factRow(say(desk, words.cases), say(desk, casesWords(waiting.length)))}
        ${factRow(say(desk, words.wanted), amount(sumFen, desk.request.locale))}
      </dl>
      ${method === "first_come" ? html`<p>${say(desk, words.byItself)}</p>` : null}
      ${mayShare ? await chooseForm(desk, programmeId, method) : null}
      ${
        rows.length === 0
          ? html`<p>${say(desk, words.nobody)}</p>`
          : table(desk, candidateHead, rows)
      }
      ${waiting.length > rowsMax ? html`<p class="soft">${say(desk, words.first)}</p>` : null}`,
  });
};
