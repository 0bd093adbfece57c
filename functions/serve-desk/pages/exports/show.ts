/** One export: what it holds, its file while it lies there, and who took it. */
import {
  exportDays,
  exportKinds,
  stateOf,
  type ExportState,
  type ExportTaking,
  type FinanceExport,
} from "#shared/domain/finance-export.ts";
import { addDays, localDateOf } from "#shared/kernel/calendar.ts";
import { newExportId } from "#shared/kernel/ids.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, date, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  factRow,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import { loadExport } from "./load-export.ts";
import { stateTags, stateWords, words } from "./words.ts";

const refreshSeconds = 3;

interface View {
  readonly desk: Desk;
  readonly one: FinanceExport;
  readonly state: ExportState;
  readonly organisation: Organisation;
}

const nameOf = ({ organisation }: View, id: string): string =>
  organisation.staff.find((one) => one.id === id)?.name ?? id;

const parameterRows = async (view: View): Promise<readonly (Html | null)[]> => {
  const { desk, one, organisation } = view;
  const { locale } = desk.request;
  const { period, fundId, batchId, programmeId, unitId } = one.request;
  const fund = fundId && (await desk.uses.funds.get(fundId));
  const programme = programmeId === null ? null : programmeById(programmeId);
  const unit = unitId && unitOf(organisation, unitId);
  const fundWords = fund ? inLocale(fund.name, locale) : say(desk, words.allFunds);
  return [
    batchId ? factRow(say(desk, words.batch), batchId) : null,
    period ? factRow(say(desk, words.period), `${period.from} – ${period.to}`) : null,
    period ? factRow(say(desk, words.fund), fundWords) : null,
    programme ? factRow(say(desk, words.programme), inLocale(programme.title, locale)) : null,
    unit ? factRow(say(desk, words.unit), inLocale(unit.name, locale)) : null,
  ];
};

const madeRows = ({ desk, one }: View): readonly (Html | null)[] => {
  const { locale } = desk.request;
  const { made } = one;
  if (!made) return [];
  const hash = one.isLocked ? words.hashOfTable : words.hash;
  return [
    factRow(say(desk, words.rows), count(made.rows)),
    factRow(say(desk, words.sum), amount(made.sumFen, locale)),
    factRow(say(desk, hash), html`<span class="code small">${made.sha256}</span>`),
    factRow(say(desk, words.madeAt), dateTime(made.madeAt, locale)),
    factRow(
      say(desk, words.until),
      date(addDays(localDateOf(one.askedAt), exportDays - 1), locale),
    ),
  ];
};

const facts = async (view: View): Promise<Html> => {
  const { desk, one, state } = view;
  const { locale } = desk.request;
  const { namesPeople } = exportKinds[one.request.kind];
  return html`<dl class="facts">
    ${factRow(
      say(desk, words.state),
      html`<span class="${stateTags[state]}">${say(desk, stateWords[state])}</span>`,
    )}
    ${madeRows(view)} ${await parameterRows(view)}
    ${factRow(say(desk, words.cutOff), dateTime(one.request.cutOff, locale))}
    ${namesPeople ? factRow(say(desk, words.view), say(desk, one.request.isFull ? words.whole : words.masked)) : null}
    ${one.purpose === null ? null : factRow(say(desk, words.purposeShown), one.purpose)}
    ${factRow(say(desk, words.format), `${one.request.format.toUpperCase()}${one.isLocked ? ` · ${say(desk, words.locked)}` : ""}`)}
    ${factRow(say(desk, words.askedBy), nameOf(view, one.askedBy))}
    ${factRow(say(desk, words.askedAt), dateTime(one.askedAt, locale))}
  </dl>`;
};

const mayTake = ({ desk, one }: View): boolean => !one.request.isFull || mayDo(desk, "export_full");

/** Offered once there is, or was, something to compare with. */
const rebuildForm = async (view: View): Promise<Html | null> => {
  const { desk, one, state } = view;
  if (!mayTake(view) || (state !== "made" && state !== "expired")) return null;
  const id = newExportId(localDateOf(desk.uses.clock.now()), desk.uses.random(6));
  const content = html`<input type="hidden" name="number" value="${id}" />
    <p class="soft">${say(desk, words.rebuildHint)}</p>
    <p class="actions"><button class="second">${say(desk, words.rebuild)}</button></p>`;
  return deskForm(desk, paths.desk("exports", one.id, "rebuild"), content);
};

const madeActions = (view: View): Html => {
  const { desk, one } = view;
  const file = html`<a class="button" href="${paths.desk("exports", one.id, "file")}"
    >${say(desk, words.download)}</a
  >`;
  const printed =
    one.request.batchId !== null && one.request.kind === "payment_request"
      ? html`<a href="${paths.desk("exports", "request", one.request.batchId)}"
          >${say(desk, words.print)}</a
        >`
      : null;
  return html`<p class="actions">
    ${file}
    <a href="${paths.desk("exports", one.id, "manifest")}">${say(desk, words.manifest)}</a>
    ${printed}
  </p>`;
};

const failedActions = async ({ desk, one }: View): Promise<Html> => {
  if (one.isLocked) {
    return html`<p class="note">${say(desk, words.failedSays)} ${say(desk, words.lockedFailed)}</p>
      <p class="actions">
        <a class="button" href="${paths.desk("exports", "new", one.request.kind)}"
          >${say(desk, words.newOne)}</a
        >
      </p>`;
  }
  const content = html`<p class="actions"><button>${say(desk, words.retry)}</button></p>`;
  return html`<p class="note">${say(desk, words.failedSays)}</p>
    ${await deskForm(desk, paths.desk("exports", one.id, "retry"), content)}`;
};

const actions = async (view: View): Promise<Html> => {
  const { desk, state } = view;
  switch (state) {
    case "making":
      return html`<p class="note" role="status">${say(desk, words.making)}</p>`;
    case "failed":
      return failedActions(view);
    case "made":
      return mayTake(view)
        ? madeActions(view)
        : html`<p class="soft">${say(desk, words.refused)}</p>`;
    case "expired":
      return html`<p class="note">${say(desk, words.expiredSays)}</p>`;
  }
};

const takingsPart = (view: View, takings: readonly ExportTaking[]): Html => {
  const { desk } = view;
  const rows = takings.map(({ at, by, outcome }) => [
    nameOf(view, by),
    dateTime(at, desk.request.locale),
    say(desk, words[outcome]),
  ]);
  return html`<h2>${say(desk, words.takings)}</h2>
    ${
      rows.length === 0
        ? html`<p class="soft">${say(desk, words.noTakings)}</p>`
        : cardTable(desk, [words.who, words.when, words.what], rows)
    }`;
};

/** While it is being made the page asks for itself again, without a script. */
export const showExport = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const one = await loadExport(desk, typed);
  if (!one) return notFoundPage(desk.request.locale);
  const [organisation, takings] = await Promise.all([
    desk.uses.directory.organisation(),
    desk.uses.exports.takings(one.id),
  ]);
  const state = stateOf(one, desk.uses.clock.now());
  const view: View = { desk, one, state, organisation };
  const title = say(desk, exportKinds[one.request.kind].title);
  const page = await deskPage(desk, {
    title: `${title} ${one.id}`,
    body: html`<h1>${title} <span class="soft small nowrap">${one.id}</span></h1>
      ${await actions(view)} ${await facts(view)} ${takingsPart(view, takings)}
      ${await rebuildForm(view)}`,
  });
  return state === "making"
    ? { ...page, headers: { ...page.headers, refresh: String(refreshSeconds) } }
    : page;
};
