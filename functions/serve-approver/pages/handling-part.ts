/** What was done before the case came to its approver: acceptance, home visit, and what the applicant changed. */
import { changesSince } from "#shared/casework/handling-changes.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { RecordedEvent } from "#shared/domain/application.ts";
import type { CaseChange } from "#shared/domain/case-change.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { changesPart } from "#shared/web/case-changes.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { visitFlag, visitOf, visitPart } from "#shared/web/visit-part.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

const words = {
  title: { zh: "受理", en: "Acceptance" },
  handler: { zh: "经办人", en: "Handler" },
  at: { zh: "受理时间", en: "Accepted" },
  changed: {
    zh: "提交后有改动，请先看改了什么",
    en: "Changed since it was sent: see what changed",
  },
  changedSince: {
    zh: "您上次办理后有改动，请先看改了什么",
    en: "Changed since you last decided: see what changed",
  },
} as const satisfies Record<string, Text>;

interface Changed {
  readonly changes: readonly CaseChange[];
  /** The reader decided before these changes; else they are all since it was sent. */
  readonly sinceYours: boolean;
}

/** What the applicant changed since the reader last decided, or else since it was sent. */
export const changesOf = async (
  uses: Uses,
  { link }: CaseView,
  events: readonly RecordedEvent[],
): Promise<Changed> => {
  const { application, staff } = link;
  const decided = events.findLast(
    ({ actor }) => actor.kind === "staff" && actor.staffId === staff.id,
  );
  const changes = await changesSince(uses, application, events, decided?.version);
  return { changes, sinceYours: decided !== undefined };
};

/** First of all: that the visit did not bear it out, and that something changed. */
export const handlingNotice = (
  { locale }: CaseView,
  events: readonly RecordedEvent[],
  { changes, sinceYours }: Changed,
): Html =>
  html`${visitFlag(visitOf(events), locale)}
  ${
    changes.length === 0
      ? null
      : html`<div class="notice wait">
          <p>
            <a href="#changes"
              >${inLocale(sinceYours ? words.changedSince : words.changed, locale)}</a
            >
          </p>
        </div>`
  }`;

/** The changes, before and after side by side. */
export const changedPart = ({ link, locale, whole }: CaseView, changed: Changed): Html | null => {
  const { fields } = programmeOf(link.application).form;
  const shown = changesPart({ ...changed, fields, locale, whole });
  return shown && html`<div id="changes">${shown}</div>`;
};

/** Who accepted the case, and the record of the home visit. */
export const handlingPart = (
  { locale, whole }: CaseView,
  events: readonly RecordedEvent[],
  names: ReadonlyMap<string, string>,
): Html => {
  const accepted = events.findLast(({ type }) => type === "accepted");
  const visit = visitOf(events);
  const handler = accepted?.actor.kind === "staff" ? names.get(accepted.actor.staffId) : undefined;
  const say = (text: Text): string => inLocale(text, locale);
  return html`${visit && visitPart({ visit, names, locale, whole })}${
    accepted &&
    html`<h2>${say(words.title)}</h2>
      <dl class="facts">
        <dt>${say(words.handler)}</dt>
        <dd>${handler ?? ""}</dd>
        <dt>${say(words.at)}</dt>
        <dd>${dateTime(accepted.at, locale)}</dd>
      </dl>`
  }`;
};
