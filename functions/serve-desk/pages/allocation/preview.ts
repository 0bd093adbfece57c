/** What an allocation would give, and making exactly that. */
import {
  allocationInputs,
  carryOut,
  makeAllocation,
  type AllocationAsked,
} from "#shared/casework/allocate.ts";
import {
  allocate,
  allocatedFen,
  allocationMethodNames,
  byNeed,
  bySubmission,
  type AllocationAward,
  type AllocationInputs,
} from "#shared/domain/allocation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { newAllocationId } from "#shared/kernel/ids.ts";
import { addFen } from "#shared/kernel/money.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import {
  count,
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  say,
  table,
  type Desk,
} from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { programmeName } from "./overview.ts";
import { candidateCells, candidateHead, unitNames } from "./waiting.ts";
import { casesWords, rowsMax, words } from "./words.ts";

/** A request does so many; the job goes on with the rest. */
const awardsAtOnce = 200;

const askedFor = async (
  desk: Desk,
  typed: Readonly<Record<string, string>>,
): Promise<AllocationAsked | null> => {
  const programmeId = typed["programme"] ?? "";
  const fund = await loadFund(desk, typed["fund"] ?? "");
  if (!fund?.open || !programmeById(programmeId)) return null;
  return { programmeId, fund, secondRound: typed["second"] === "yes" };
};

/** What was looked at, as a mark in the form: made is only what was previewed. */
const markOf = ({ uses }: Desk, asked: AllocationAsked, inputs: AllocationInputs) =>
  uses.vault.sign("allocation-preview", JSON.stringify([asked.programmeId, asked.fund.id, inputs]));

const makeForm = async (
  desk: Desk,
  asked: AllocationAsked,
  inputs: AllocationInputs,
): Promise<Html> => {
  // Drawn with the page: sending the same form twice names the same allocation, so there is one.
  const nonce = Buffer.from(desk.uses.random(16)).toString("base64url");
  return deskForm(
    desk,
    paths.desk("allocations", "new"),
    html`<input type="hidden" name="programme" value="${asked.programmeId}" />
      <input type="hidden" name="fund" value="${asked.fund.id}" />
      <input type="hidden" name="second" value="${asked.secondRound ? "yes" : "no"}" />
      <input type="hidden" name="nonce" value="${nonce}" />
      <input type="hidden" name="mark" value="${await markOf(desk, asked, inputs)}" />
      <p>${say(desk, words.makeLead)}</p>
      <p class="actions"><button>${say(desk, words.make)}</button></p>`,
  );
};

const placesPart = (
  desk: Desk,
  { method, quotas }: AllocationInputs,
  names: ReadonlyMap<string, string>,
): Html | null =>
  method === "quota"
    ? table(
        desk,
        [words.unit, figureHeading(words.places)],
        Object.entries(quotas).map(
          ([unitId, places]) =>
            html`<tr>
              <td>${names.get(unitId) ?? unitId}</td>
              <td class="figure">${count(places)}</td>
            </tr>`,
        ),
      )
    : null;

const candidatesPart = (
  desk: Desk,
  { method, candidates }: AllocationInputs,
  awards: readonly AllocationAward[],
  names: ReadonlyMap<string, string>,
): Html => {
  const order = method === "need_ranked" || method === "quota" ? byNeed : bySubmission;
  const given = new Map(awards.map(({ applicationId, amountFen }) => [applicationId, amountFen]));
  const rows = candidates
    .toSorted(order)
    .slice(0, rowsMax)
    .map((candidate, index) => {
      const amountFen = given.get(candidate.applicationId);
      return html`<tr>
        <td class="figure">${index + 1}</td>
        ${candidateCells(desk, candidate, names)}
        <td class="figure">
          ${amountFen === undefined ? "—" : amount(amountFen, desk.request.locale)}
        </td>
      </tr>`;
    });
  return html`${table(desk, [...candidateHead, figureHeading(words.given)], rows)}
  ${candidates.length > rowsMax ? html`<p class="soft">${say(desk, words.first)}</p>` : null}`;
};

const previewPage = async (
  desk: Desk,
  asked: AllocationAsked,
  inputs: AllocationInputs,
  changed: boolean,
): Promise<PageResponse> => {
  const { locale } = desk.request;
  const awards = allocate(inputs);
  const names = await unitNames(desk);
  const wantedFen = addFen(...inputs.candidates.map(({ amountFen }) => amountFen));
  const title = `${say(desk, words.preview)} · ${programmeName(desk, asked.programmeId)}`;
  const sums = (cases: number, sum: string): string => `${say(desk, casesWords(cases))} · ${sum}`;
  return deskPage(desk, {
    title,
    status: changed ? 409 : 200,
    body: html`<h1>${title}</h1>
      ${changed ? html`<p class="notice wait" role="alert">${say(desk, words.changed)}</p>` : null}
      <dl class="facts">
        ${factRow(say(desk, words.fund), inLocale(asked.fund.name, locale))}
        ${factRow(say(desk, words.method), say(desk, allocationMethodNames[inputs.method]))}
        ${factRow(say(desk, words.pot), amount(inputs.potFen, locale))}
        ${factRow(say(desk, words.wanted), sums(inputs.candidates.length, amount(wantedFen, locale)))}
        ${factRow(say(desk, words.given), sums(awards.length, amount(allocatedFen(awards), locale)))}
      </dl>
      ${
        awards.length === 0
          ? html`<p class="notice wait">${say(desk, words.nothing)}</p>`
          : await makeForm(desk, asked, inputs)
      }
      ${placesPart(desk, inputs, names)}
      ${
        inputs.candidates.length === 0
          ? html`<p>${say(desk, words.nobody)}</p>`
          : candidatesPart(desk, inputs, awards, names)
      }`,
  });
};

export const showPreview = async (desk: Desk): Promise<PageResponse> => {
  const asked = await askedFor(desk, desk.request.query);
  if (!asked) return notFoundPage(desk.request.locale);
  return previewPage(desk, asked, await allocationInputs(desk.uses, asked), false);
};

/** Makes the allocation that was previewed, or shows what it would be now when that has changed. */
export const makeFromPreview = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const asked = await askedFor(desk, request.form);
  const nonce = request.form["nonce"] ?? "";
  if (!asked || !/^[\w-]{22}$/u.test(nonce)) return notFoundPage(request.locale);
  const signed = await uses.vault.sign("allocation-id", `${session.tokenHash}|${nonce}`);
  const id = newAllocationId(localDateOf(uses.clock.now()), Buffer.from(signed, "base64url"));
  const to = redirect(paths.desk("allocations", id));
  // The same form was sent before, and its allocation is there.
  if (await uses.allocations.get(id)) return to;
  const inputs = await allocationInputs(uses, asked);
  if (request.form["mark"] !== (await markOf(desk, asked, inputs))) {
    return previewPage(desk, asked, inputs, true);
  }
  const made = await makeAllocation(uses, asked, inputs, { id, by: session.staff.id });
  await carryOut(uses, made, awardsAtOnce);
  return to;
};
