/** What was done before the case came to its approver: acceptance, home visit, and what the applicant changed. */
import { changesSince } from "#shared/casework/handling-changes.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { RecordedEvent } from "#shared/domain/application.ts";
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
} as const satisfies Record<string, Text>;

/** First of all: that the visit did not bear it out, and what changed since the reader last decided. */
export const handlingNotice = async (
  uses: Uses,
  { link, locale, whole }: CaseView,
  events: readonly RecordedEvent[],
): Promise<Html> => {
  const { application, staff } = link;
  const decided = events.findLast(
    ({ actor }) => actor.kind === "staff" && actor.staffId === staff.id,
  );
  const changes = await changesSince(uses, application, events, decided?.version);
  const { fields } = programmeOf(application).form;
  const sinceYours = decided !== undefined;
  return html`${visitFlag(visitOf(events), locale)}
  ${changesPart({ changes, fields, locale, whole, sinceYours })}`;
};

/** Who accepted the case, and the record of the home visit. */
export const handlingPart = async (
  uses: Uses,
  { locale, whole }: CaseView,
  events: readonly RecordedEvent[],
): Promise<Html> => {
  const { staff } = await uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const accepted = events.findLast(({ type }) => type === "accepted");
  const visit = visitOf(events);
  const handler = accepted?.actor.kind === "staff" ? names.get(accepted.actor.staffId) : undefined;
  const say = (text: Text): string => inLocale(text, locale);
  return html`${
    accepted &&
    html`<h2>${say(words.title)}</h2>
      <dl class="facts">
        <dt>${say(words.handler)}</dt>
        <dd>${handler ?? ""}</dd>
        <dt>${say(words.at)}</dt>
        <dd>${dateTime(accepted.at, locale)}</dd>
      </dl>`
  }
  ${visit && visitPart({ visit, names, locale, whole })}`;
};
