/** On the page of a case: its advance, how long that took from the form, and the way to a recovery. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { claimProposalIn } from "#shared/domain/claim-back.ts";
import { isAdvance } from "#shared/domain/fast-track.ts";
import { paidOut } from "#shared/domain/lifecycle.ts";
import { claimIn } from "#shared/domain/recovery.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount, duration } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { factRow, mayDo, say, type Desk } from "../../frame.ts";
import { claimWords } from "./claim-words.ts";
import { words } from "./words.ts";

const partWords = {
  took: { zh: "从提交到可以发放", en: "From the form until it could be paid" },
  paid: {
    zh: "已发放，余款补齐手续后审批",
    en: "paid; the rest is decided after papers and visit",
  },
  notYet: { zh: "未发放", en: "not paid yet" },
} as const satisfies Record<string, Text>;

const minutesOf = (events: readonly RecordedEvent[]): number | null => {
  const measured = events.findLast(({ detail }) => typeof detail["minutes"] === "number");
  return measured ? (measured.detail["minutes"] as number) : null;
};

/** The way to claim a payment back, and whether somebody has proposed to. */
export const claimPart = (
  desk: Desk,
  application: Application,
  events: readonly RecordedEvent[],
): Html | null => {
  if (!paidOut.includes(application.status) || !mayDo(desk, "see_recovery")) return null;
  const waits = claimProposalIn(events) !== null;
  if (!waits && !mayDo(desk, "claim_back")) return null;
  const label = say(desk, waits ? claimWords.waits : claimWords.link);
  return html`<p>
    <a href="${paths.desk("recovery", application.id, "claim")}">${label}</a>
  </p>`;
};

/** Nothing for a case off the fast track. */
export const fastTrackPart = (
  desk: Desk,
  application: Application,
  events: readonly RecordedEvent[],
): Html | null => {
  const { advanceFen, id } = application;
  if (advanceFen === null && !claimIn(events)) return null;
  const { locale } = desk.request;
  const minutes = minutesOf(events);
  const state = say(desk, isAdvance(application) ? partWords.notYet : partWords.paid);
  return html`<dl class="facts">
      ${
        advanceFen !== null &&
        factRow(say(desk, words.advance), `${amount(advanceFen, locale)} · ${state}`)
      }
      ${minutes !== null && factRow(say(desk, partWords.took), duration(minutes, locale))}
    </dl>
    ${
      claimIn(events) && mayDo(desk, "see_recovery")
        ? html`<p><a href="${paths.desk("recovery", id)}">${say(desk, words.due)}</a></p>`
        : null
    }`;
};
