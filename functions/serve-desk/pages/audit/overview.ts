/** The audit's page: how much of the money is explained, what was found and where, and the way to clear it. */
import type { Fund } from "#shared/domain/fund.ts";
import { explainedShare } from "#shared/domain/audit-coverage.ts";
import { addDays, localDateOf, startOfDay } from "#shared/kernel/calendar.ts";
import type { AuditRun, OpenFinding } from "#shared/ports/audit-store.ts";
import { dateTime } from "#shared/web/figures.ts";
import { displayYuan, fen } from "#shared/kernel/money.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import { emptyView, summaryOf, wordsField } from "../oversight/words-field.ts";
import type { FormView } from "../people/fields.ts";
import { clearedTable, openTable } from "./findings.ts";
import { words } from "./words.ts";

const runsShown = 14;
const historyDays = 366;

/** "100.00 %"; rounded down, so that it stands there only when every fen is explained. */
const shareOf = (run: AuditRun): string => {
  const share = explainedShare(run);
  return `${Math.floor(share / 100)}.${String(share % 100).padStart(2, "0")} %`;
};

/** All that ever moved may be more than one record of money may hold. */
const largestShownFen = 1_000_000_000_000;
const movedYuan = ({ movedFen }: AuditRun): string =>
  movedFen <= largestShownFen
    ? `¥${displayYuan(fen(movedFen))}`
    : `¥${count(Math.floor(movedFen / 100))}`;

const headline = (
  desk: Desk,
  run: AuditRun | undefined,
  open: readonly OpenFinding[],
  frozen: readonly Fund[],
): Html => {
  if (!run) return html`<p class="notice wait">${say(desk, words.neverRun)}</p>`;
  const figure = (label: keyof typeof words, value: string, more = ""): Html =>
    html`<div>
      <dt>${say(desk, words[label])}</dt>
      <dd class="big">${value}</dd>
      ${more === "" ? null : html`<dd class="soft">${more}</dd>`}
    </div>`;
  return html`<dl class="headline">
      ${figure("explained", shareOf(run), `${say(desk, words.moved)} ${movedYuan(run)}`)}
      ${figure("openFindings", count(open.length))} ${figure("frozenFunds", count(frozen.length))}
    </dl>
    <p class="soft">
      ${say(desk, words.lastRun)}${desk.request.locale === "zh-CN" ? "：" : ": "}${dateTime(run.at, desk.request.locale)}
    </p>
    ${
      open.length === 0 && frozen.length === 0
        ? html`<p class="notice good">${say(desk, words.inOrder)}</p>`
        : null
    }`;
};

/** Names the freeze that was looked at: one made later is not lifted by it. */
const clearForm = (desk: Desk, fund: Fund, view: FormView): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("audit", fund.id, "clear"),
    html`<h3>${say(desk, words.clearTitle)}</h3>
      <p>${say(desk, words.clearHint)}</p>
      <input type="hidden" name="frozenAt" value="${fund.frozen?.at ?? ""}" />
      ${wordsField(desk, view, words.clearWords)}
      <p class="actions"><button>${say(desk, words.clear)}</button></p>`,
  );

const frozenPart = async (
  desk: Desk,
  fund: Fund,
  open: readonly OpenFinding[],
  shown: {
    readonly run: AuditRun | undefined;
    readonly view: FormView;
    readonly mayClear: boolean;
  },
): Promise<Html> => {
  const own = open.filter(({ fundId }) => fundId === fund.id);
  const id = `frozen-${fund.id}`;
  return html`<section class="section" aria-labelledby="${id}">
    <h2 id="${id}">
      ${say(desk, fund.name)} <span class="tag wrong">${say(desk, words.frozen)}</span>
    </h2>
    <p>${say(desk, words.frozenSince)}</p>
    ${openTable(desk, own, shown.run)}
    ${
      shown.mayClear
        ? await clearForm(desk, fund, shown.view)
        : html`<p class="soft">${say(desk, words.onlyAdministrator)}</p>`
    }
  </section>`;
};

const coveragePart = (desk: Desk, run: AuditRun): Html =>
  html`<h2>${say(desk, words.coverage)}</h2>
    <dl class="facts">
      ${(["transfers", "funds", "cases", "accounts", "batches"] as const).map((name) =>
        factRow(say(desk, words[name]), count(run[name])),
      )}
      ${run.unsettled === 0 ? null : factRow(say(desk, words.unsettled), count(run.unsettled))}
      ${factRow(
        say(desk, words.duration),
        `${(run.durationMs / 1000).toFixed(1)} ${say(desk, words.seconds)}`,
      )}
    </dl>`;

const runsPart = (desk: Desk, runs: readonly AuditRun[]): Html =>
  html`<details class="compact">
    <summary>${say(desk, words.runs)}</summary>
    ${cardTable(
      desk,
      [
        words.at,
        figureHeading(words.explained),
        figureHeading(words.transfers),
        figureHeading(words.batches),
        figureHeading(words.differences),
      ],
      runs.map((run) => [
        dateTime(run.at, desk.request.locale),
        shareOf(run),
        count(run.transfers),
        count(run.batches),
        count(run.findings),
      ]),
      words.runs,
    )}
  </details>`;

/** Shows the audit's page; `about` is the fund whose form came back. */
export const auditPage = async (
  desk: Desk,
  about: { readonly fundId: string; readonly view: FormView; readonly status: 200 | 409 | 422 },
): Promise<PageResponse> => {
  const { audit, clock, funds } = desk.uses;
  const since = startOfDay(addDays(localDateOf(clock.now()), -historyDays));
  const [all, open, runs, cleared] = await Promise.all([
    funds.all(),
    audit.open(),
    audit.runs(runsShown),
    audit.cleared(since),
  ]);
  const frozen = all.filter((fund) => fund.frozen !== null);
  const [run] = runs;
  const mayClear = mayDo(desk, "clear_finding");
  const parts = await Promise.all(
    frozen.map((fund) =>
      frozenPart(desk, fund, open, {
        run,
        mayClear,
        view: fund.id === about.fundId ? about.view : emptyView,
      }),
    ),
  );
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    status: about.status,
    body: html`${summaryOf(desk, about.view)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${about.status === 409 ? html`<p class="notice wait">${say(desk, words.stale)}</p>` : null}
      ${headline(desk, run, open, frozen)}${parts}
      ${run ? html`${coveragePart(desk, run)}${runsPart(desk, runs)}` : null}
      <h2>${say(desk, words.history)}</h2>
      ${await clearedTable(desk, cleared)}`,
  });
};

export const showAudit = (desk: Desk): Promise<PageResponse> =>
  auditPage(desk, { fundId: "", view: emptyView, status: 200 });
