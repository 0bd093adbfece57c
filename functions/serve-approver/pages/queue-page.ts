/** The list of what waits: totals first, then each case; those without open points can be ticked and approved. */
import { sharesOf } from "#shared/casework/approver-digest.ts";
import { waitingFor, type Waiting } from "#shared/casework/approver-queue.ts";
import { linkOf } from "#shared/casework/decision-link.ts";
import type { PinAnswer } from "#shared/casework/decision-pin.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { fundNeeds, queueRows, type FundNeed, type QueueRow } from "#shared/casework/queue-rows.ts";
import { isAdvance } from "#shared/domain/fast-track.ts";
import { fundTitles } from "#shared/domain/fund.ts";
import { addFen } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import type { Uses } from "../uses.ts";
import { pinWords } from "./decision-form.ts";
import type { QueueDoor } from "./queue-door.ts";
import { moreWords, readFirstWords, words } from "./queue-words.ts";
import { approverNavigation } from "./still-waiting.ts";
import { readTicks, shownMax, tickName, turnOf } from "./ticks.ts";

export type QueueProblem = PinAnswer | { readonly kind: "nothing_ticked" };

interface QueueView {
  readonly door: QueueDoor;
  readonly locale: Locale;
  readonly antiForgery: string;
  /** What was ticked, so that it is ticked still. */
  readonly form: Readonly<Record<string, string>>;
  readonly problem: QueueProblem | null;
  readonly status: number;
}

/** What is wrong, and the control it stands at. */
const problemOf = ({
  problem,
  locale,
}: QueueView): { readonly at: "cases" | "pin"; readonly words: string } | null => {
  if (problem === null) return null;
  if (problem.kind === "nothing_ticked") {
    return { at: "cases", words: inLocale(words.nothingTicked, locale) };
  }
  const said = pinWords(problem);
  return said && { at: "pin", words: inLocale(said, locale) };
};

const summary = (view: QueueView): Html | null => {
  const problem = problemOf(view);
  return errorSummary(
    problem ? [{ href: `#${problem.at}`, words: problem.words }] : [],
    view.locale,
  );
};

const framed = (view: QueueView, body: Html): PageResponse =>
  htmlPage(
    view.status,
    page({
      locale: view.locale,
      title: inLocale(words.title, view.locale),
      path: view.door.path,
      navigation: approverNavigation,
      switchForm: "queue",
      wrong: view.status === 422,
      body: html`${summary(view)}
        <h1>${inLocale(words.title, view.locale)}</h1>
        ${body}`,
    }),
  );

const pinItem = (view: QueueView): Html => {
  const problem = problemOf(view);
  const wrong = problem?.at === "pin";
  const described = attributes({
    "aria-describedby": wrong ? "pin-problem" : null,
    "aria-invalid": wrong ? "true" : null,
  });
  return html`<div class="${wrong ? "item wrong" : "item"}">
    <label for="pin">${inLocale(words.pin, view.locale)}</label>
    ${wrong ? html`<span class="problem" id="pin-problem">${problem.words}</span>` : null}
    <input
      class="short"
      id="pin"
      type="password"
      name="pin"
      inputmode="numeric"
      autocomplete="off"
      maxlength="12"
      ${described}
    />
  </div>`;
};

const hidden = (view: QueueView, action: "open" | "decide"): Html =>
  html`<input type="hidden" name="action" value="${action}" />
    <input type="hidden" name="token" value="${view.antiForgery}" />`;

/** What was ticked before the list was closed, so that it is ticked when it opens again. */
const keptTicks = ({ form }: QueueView): readonly Html[] =>
  readTicks(form).map(
    ({ applicationId }) =>
      html`<input
        type="hidden"
        name="${tickName(applicationId)}"
        value="${form[tickName(applicationId)]}"
      />`,
  );

/** Before the PIN: nothing of any case, not even how many there are. */
export const closedQueuePage = (view: QueueView): PageResponse =>
  framed(
    view,
    html`<form id="queue" method="post" action="${view.door.path}" novalidate>
      <p>${inLocale(words.closed, view.locale)}</p>
      ${hidden(view, "open")}${keptTicks(view)}${pinItem(view)}
      <p class="actions"><button>${inLocale(words.open, view.locale)}</button></p>
    </form>`,
  );

const countText = (count: number, isCut: boolean): Text => ({
  zh: `${count}件${isCut ? "以上" : ""}`,
  en: `${count}${isCut ? " or more" : ""} ${count === 1 ? "case" : "cases"}`,
});

const fundLine = ({ code, wantedFen, availableFen }: FundNeed, locale: Locale): Html => {
  const isShort = wantedFen > availableFen;
  const say = (text: Text): string => inLocale(text, locale);
  const figures = say({
    zh: `需${amount(wantedFen, "zh-CN")}，可用${amount(availableFen, "zh-CN")}`,
    en: `${amount(wantedFen, "en")} wanted, ${amount(availableFen, "en")} available`,
  });
  return html`<li>
    ${say(fundTitles[code])} <span class="soft">${figures}</span>
    <span class="tag ${isShort ? "wait" : "good"}"
      >${say(isShort ? words.short : words.enough)}</span
    >
  </li>`;
};

const totals = (waiting: Waiting, needs: readonly FundNeed[], locale: Locale): Html => {
  const shares = sharesOf(waiting.asked);
  const say = (text: Text): string => inLocale(text, locale);
  const count = countText(waiting.asked.length, waiting.isCut);
  return html`<div class="panel">
    <p class="soft">${say(count)}</p>
    <p class="big">${amount(addFen(...shares.map(({ amountFen }) => amountFen)), locale)}</p>
    <h2 class="small">${say(words.programmes)}</h2>
    <ul class="plain">
      ${shares.map(
        (share) =>
          html`<li>
            ${say(share.title)}
            <span class="soft"
              >${say(countText(share.count, false))} · ${amount(share.amountFen, locale)}</span
            >
          </li>`,
      )}
    </ul>
    ${
      needs.length > 0
        ? html`<h2 class="small">${say(words.funds)}</h2>
            <ul class="plain">
              ${needs.map((need) => fundLine(need, locale))}
            </ul>`
        : null
    }
  </div>`;
};

const flagsText = (flags: number): Text => ({
  zh: `需留意${flags}项`,
  en: `${flags} to look at`,
});

const rowFacts = ({ application, approval, flags, readFirst }: QueueRow, locale: Locale): Html => {
  const end = isAdvance(application)
    ? dateTime(approval.expiresAt, locale)
    : lastDayBefore(approval.expiresAt, locale);
  const isStraight = readFirst.length === 0;
  return html`<span class="soft small">${inLocale(words.deadline, locale)} ${end}</span> ${
      flags > 0
        ? html`<span class="tag wait">${inLocale(flagsText(flags), locale)}</span>`
        : isStraight
          ? html`<span class="tag good">${inLocale(words.straight, locale)}</span>`
          : null
    }`;
};

const caseRow = (view: QueueView, row: QueueRow, href: string): Html => {
  const { application, approval, readFirst } = row;
  const { locale, form } = view;
  const say = (text: Text): string => inLocale(text, locale);
  const name = html`<span class="who"
      >${row.maskedName} · ${say(programmeOf(application).title)}</span
    >
    <strong class="figure"
      >${
        application.recommendation === "approve"
          ? amount(row.amountFen, locale)
          : say(words.refusal)
      }</strong
    >`;
  const reasons = readFirst.map((reason) => say(readFirstWords[reason]));
  const tick = attributes({
    name: tickName(application.id),
    value: turnOf(application, approval),
    checked: tickName(application.id) in form,
  });
  return html`<li>
    ${
      reasons.length === 0
        ? html`<label class="tick"><input type="checkbox" ${tick} /><span>${name}</span></label>`
        : html`<p class="untickable">${name}</p>`
    }
    <p class="about">${rowFacts(row, locale)}</p>
    ${
      reasons.length > 0
        ? html`<p class="about small">
            ${say(words.byItself)}${reasons.join(locale === "zh-CN" ? "；" : "; ")}
          </p>`
        : null
    }
    <a class="about open" href="${href}"
      >${say(words.openCase)}<span class="unseen"> ${application.id}</span></a
    >
  </li>`;
};

const decidePart = (view: QueueView): Html =>
  html`<div class="together">
    <h2>${inLocale(words.decideTitle, view.locale)}</h2>
    <p class="soft">${inLocale(words.decideHint, view.locale)}</p>
    ${pinItem(view)}
    <p class="actions"><button>${inLocale(words.decide, view.locale)}</button></p>
  </div>`;

const listForm = (view: QueueView, rows: readonly QueueRow[], links: readonly string[]): Html => {
  const { locale } = view;
  const problem = problemOf(view);
  const wrong = problem?.at === "cases";
  const canTick = rows.some(({ readFirst }) => readFirst.length === 0);
  return html`<form id="queue" method="post" action="${view.door.path}" novalidate>
    ${hidden(view, "decide")}
    <section class="${wrong ? "item wrong" : "item"}" id="cases" tabindex="-1">
      <h2>${inLocale(words.cases, locale)}</h2>
      ${wrong ? html`<span class="problem">${problem.words}</span>` : null}
      ${canTick ? null : html`<p class="soft">${inLocale(words.noneToTick, locale)}</p>`}
      <ul class="queue">
        ${rows.map((row, place) => caseRow(view, row, links[place] ?? ""))}
      </ul>
    </section>
    ${canTick ? decidePart(view) : null}
  </form>`;
};

/** After the PIN. Reads only; what is ticked was read as closely as the case's own page reads it. */
export const queuePage = async (uses: Uses, view: QueueView): Promise<PageResponse> => {
  const { locale, door } = view;
  const waiting = await waitingFor(uses, door.staff);
  if (waiting.asked.length === 0) {
    return framed(
      view,
      html`<form id="queue" method="post" action="${door.path}">
        <p class="lead">${inLocale(words.none, locale)}</p>
        <p>${inLocale(words.noneNext, locale)}</p>
      </form>`,
    );
  }
  const rows = await queueRows(uses, waiting.asked.slice(0, shownMax));
  const links = await Promise.all(rows.map(({ approval }) => linkOf(uses, approval)));
  const needs = fundNeeds(uses, waiting.asked, await uses.funds.all());
  const more = waiting.isCut || waiting.asked.length > shownMax;
  return framed(
    view,
    html`${totals(waiting, needs, locale)}
    ${more ? html`<p class="soft">${inLocale(moreWords(shownMax), locale)}</p>` : null}
    ${listForm(view, rows, links)}`,
  );
};
