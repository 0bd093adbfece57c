/** What one can do after a case has ended: appeal, apply again, apply elsewhere (policy 4.3). */
import { policyOf } from "#shared/casework/load.ts";
import { appealable, type Appealable } from "#shared/domain/appeal.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { OutcomeKind, OutcomeReasons } from "#shared/domain/reasons.ts";
import { isReturnedByBank } from "#shared/domain/recovery.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { lastDayBefore } from "#shared/web/figures.ts";
import { html, join, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import type { Uses } from "../uses.ts";
import { outcomeWords as words } from "#shared/web/outcome-words.ts";
import { isOpen, seasonNow, seasonWords } from "#shared/web/season.ts";

/** A decided case as its page shows it. */
export interface OutcomeView {
  readonly application: Application;
  readonly events: readonly RecordedEvent[];
  readonly reasons: OutcomeReasons;
  readonly programme: EveryProgramme;
  readonly locale: Locale;
}

const appealWords = (appeal: Appealable, locale: Locale): Html | null => {
  const isChinese = locale === "zh-CN";
  switch (appeal.kind) {
    case "open": {
      const day = lastDayBefore(appeal.until, locale);
      return html`${
        isChinese
          ? `不服这个决定的，可以在${day}前（含当天）申请复议，由没有参与过的人员重新审查。`
          : `If you disagree, you may appeal by ${day}, that day included: somebody who took no part will look at it again.`
      }`;
    }
    case "too_late": {
      const day = lastDayBefore(appeal.until, locale);
      return html`${
        isChinese
          ? `复议期限到${day}为止，已经过了。情况有变化的，可以重新申请。`
          : `The time to appeal ended on ${day}. If your situation has changed, you may apply again.`
      }`;
    }
    case "appealed_before":
      return html`${
        isChinese
          ? "对这个决定已经申请过复议，每个决定可以复议一次。"
          : "This decision was appealed already; each decision can be appealed once."
      }`;
    case "not_refused":
      return null;
  }
};

const refusedKinds: readonly OutcomeKind[] = [
  "refused_by_rules",
  "rejected",
  "objection_upheld",
  "appeal_dismissed",
];

const endedKinds: readonly OutcomeKind[] = [...refusedKinds, "lapsed", "withdrawn"];

const otherProgrammes = (uses: Uses, { programme, locale }: OutcomeView): Html | null => {
  const open = programmes.filter(
    (other) => other.id !== programme.id && isOpen(seasonNow(uses, other)),
  );
  if (open.length === 0) return null;
  const links = open.map(
    ({ id, title }, index) =>
      html`${index > 0 ? (locale === "zh-CN" ? "、" : ", ") : null}<a href="${paths.apply(id)}"
          >${inLocale(title, locale)}</a
        >`,
  );
  return html`<li>
    ${inLocale(words.others, locale)}${locale === "en" ? " " : null}${join(links)}
  </li>`;
};

/** What the applicant may do now; null where nothing is left to do. */
export const nowPart = (uses: Uses, view: OutcomeView): Html | null => {
  const { application, reasons, programme, locale } = view;
  const say = (text: Text): string => inLocale(text, locale);
  const { kind, assessment } = reasons;
  if (kind === "recovery_due" && application.status === kind) {
    return html`<h2>${say(words.now)}</h2>
      <p>${say(isReturnedByBank(view.events) ? words.ask : words.payBack)}</p>`;
  }
  if (!endedKinds.includes(kind)) return null;
  const underAppeal = application.status === "under_appeal";
  const policy = policyOf(uses, application);
  const appeal = appealable(application, view.events, uses.clock.now(), policy);
  const appealLine = refusedKinds.includes(kind) && !underAppeal && appealWords(appeal, locale);
  const suggests = kind === "refused_by_rules" && assessment?.refusal?.suggests;
  const button =
    appeal.kind === "open" && !underAppeal
      ? html`<p class="actions">
          <a class="button second" href="${paths.appeal(application.id)}">${say(words.appeal)}</a>
        </p>`
      : null;
  return html`<h2>${say(words.now)}</h2>
    <ul>
      ${suggests ? html`<li>${say(suggests)}</li>` : null}
      ${appealLine ? html`<li>${appealLine}</li>` : null}
      ${
        underAppeal
          ? null
          : html`<li>${say(words.apply)}${say(seasonWords(seasonNow(uses, programme)))}</li>`
      }
      ${otherProgrammes(uses, view)}
      <li>${say(words.ask)}</li>
    </ul>
    ${button}`;
};
