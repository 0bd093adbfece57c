/** What became of the cases that were decided together, one by one, as the store has it. */
import { isDone, type DecidedOne } from "#shared/casework/decide-several.ts";
import { linkOf } from "#shared/casework/decision-link.ts";
import { waitingFor } from "#shared/casework/approver-queue.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { fen } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import type { Uses } from "../uses.ts";
import type { QueueDoor } from "./queue-door.ts";
import { outcomeWords, recordedAnyhow, recordedWords, words } from "./queue-words.ts";
import { approverNavigation, stillWaiting } from "./still-waiting.ts";

interface ResultsView {
  readonly door: QueueDoor;
  readonly locale: Locale;
  readonly path: string;
  readonly results: readonly DecidedOne[];
}

interface Result {
  readonly application: Application;
  readonly name: string;
  readonly says: Text;
  readonly amountFen: number | null;
  readonly isDone: boolean;
  /** Where it can be opened and decided still. */
  readonly href: string | null;
}

const readsAtOnce = 8;

/** An outcome as the address has it is believed only where nothing was decided; a decision is looked up. */
const resultOf = async (
  uses: Uses,
  { door }: ResultsView,
  one: DecidedOne,
): Promise<readonly Result[]> => {
  const { applicationId, round, tier, seat, version } = one;
  const application = await uses.cases.get(applicationId);
  const approval = application && (await uses.cases.approval(applicationId, round, tier, seat));
  if (!application || approval?.approverId !== door.staff.id) return [];
  const answers = await uses.cases.answers(application);
  const base = { application, name: maskedName(answers?.["applicantName"] ?? "") };
  if (isDone(approval, version, door.staff)) {
    const events = await uses.cases.events(application);
    const recorded = events.find((event) => event.version === version + 1);
    const decidedFen = recorded?.detail["amountFen"];
    return [
      {
        ...base,
        says: (recorded && recordedWords[recorded.type]) ?? recordedAnyhow,
        amountFen: typeof decidedFen === "number" ? decidedFen : null,
        isDone: true,
        href: null,
      },
    ];
  }
  const isOpen = approval.decidedAt === null && approval.caseVersion === application.version;
  const says = outcomeWords[one.outcome === "recorded" ? "changed" : one.outcome];
  const href = isOpen ? await linkOf(uses, approval) : null;
  return [{ ...base, says, amountFen: null, isDone: false, href }];
};

const resultItem = ({ application, name, ...result }: Result, locale: Locale): Html =>
  html`<li>
    <p class="untickable">
      <span class="who">${name} · ${inLocale(programmeOf(application).title, locale)}</span>
      ${
        result.amountFen === null
          ? null
          : html`<strong class="figure">${amount(fen(result.amountFen), locale)}</strong>`
      }
    </p>
    <p class="about">
      <span class="${result.isDone ? "tag good" : "tag wait"}" aria-hidden="true"
        >${result.isDone ? "✓" : "!"}</span
      >
      ${inLocale(result.says, locale)}
    </p>
    ${
      result.href === null
        ? null
        : html`<a class="about open" href="${result.href}"
            >${inLocale(words.openCase, locale)}<span class="unseen"> ${application.id}</span></a
          >`
    }
  </li>`;

const lead = (done: number, others: number): Text => ({
  zh: `同意${done}件${others > 0 ? `，没有办理${others}件` : ""}。`,
  en: `${done} approved${others > 0 ? `, ${others} not decided` : ""}.`,
});

export const resultsPage = async (uses: Uses, view: ResultsView): Promise<PageResponse> => {
  const { door, locale, path } = view;
  const results = (
    await inParallel(view.results, readsAtOnce, (one) => resultOf(uses, view, one))
  ).flat();
  const done = results.filter((result) => result.isDone).length;
  const { asked, isCut } = await waitingFor(uses, door.staff);
  return htmlPage(
    200,
    page({
      locale,
      title: inLocale(words.resultsTitle, locale),
      path,
      navigation: approverNavigation,
      body: html`<h1>${inLocale(words.resultsTitle, locale)}</h1>
        <p class="lead">${inLocale(lead(done, results.length - done), locale)}</p>
        <ul class="queue">
          ${results.map((result) => resultItem(result, locale))}
        </ul>
        ${stillWaiting({ count: asked.length, isCut, href: door.path }, locale)}`,
    }),
  );
};
