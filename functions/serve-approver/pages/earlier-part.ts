/** What earlier tiers decided and said, and all that happened to the case. */
import type { RecordedEvent } from "#shared/domain/application.ts";
import { tierTitles, type Tier } from "#shared/domain/organisation.ts";
import { fen } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { eventNames } from "#shared/web/messages.ts";
import type { CaseView } from "./case-view.ts";

const words = {
  earlier: { zh: "办理经过", en: "What has happened" },
  decisions: { zh: "此前各级的意见", en: "What earlier tiers decided" },
} as const satisfies Record<string, Text>;

/** An appeal's words, and why somebody stood aside, may name people: they are shown after the PIN only. */
const personalReasons: readonly RecordedEvent["type"][] = ["appealed", "recused"];

const decisionItem = (
  event: RecordedEvent,
  names: ReadonlyMap<string, string>,
  locale: Locale,
): Html => {
  const { tier, amountFen } = event.detail;
  const who = event.actor.kind === "staff" ? (names.get(event.actor.staffId) ?? "") : "";
  const where = typeof tier === "string" ? inLocale(tierTitles[tier as Tier], locale) : "";
  return html`<li>
    ${where} ${who} · ${inLocale(eventNames[event.type], locale)}
    ${typeof amountFen === "number" ? amount(fen(amountFen), locale) : null}
    ${
      event.confidential?.reason
        ? html`<br /><span class="soft">${lines(event.confidential.reason)}</span>`
        : null
    }
    <time>${dateTime(event.at, locale)}</time>
  </li>`;
};

/** Who decided what before, with their words. @returns null where nobody has. */
export const decisionsPart = (
  { locale }: CaseView,
  events: readonly RecordedEvent[],
  names: ReadonlyMap<string, string>,
): Html | null => {
  // Who stood aside decided nothing, and why they did is nobody's business here.
  const decisions = events.filter(
    ({ actor, detail, type }) =>
      actor.kind === "staff" && typeof detail["tier"] === "string" && type !== "recused",
  );
  return decisions.length === 0
    ? null
    : html`<h2>${inLocale(words.decisions, locale)}</h2>
        <ol class="timeline">
          ${decisions.map((event) => decisionItem(event, names, locale))}
        </ol>`;
};

/** Every event of the case, folded. */
export const historyPart = (
  { locale, whole }: CaseView,
  events: readonly RecordedEvent[],
): Html => {
  const shows = ({ type }: RecordedEvent): boolean => whole || !personalReasons.includes(type);
  return html`<details class="fold">
    <summary><h2>${inLocale(words.earlier, locale)}</h2></summary>
    <ol class="timeline">
      ${events.map(
        (event) =>
          html`<li>
            ${inLocale(eventNames[event.type], locale)}
            ${
              event.confidential?.reason && shows(event)
                ? html`<br /><span class="soft">${lines(event.confidential.reason)}</span>`
                : null
            }
            <time>${dateTime(event.at, locale)}</time>
          </li>`,
      )}
    </ol>
  </details>`;
};
