/** On the status page: exactly what is missing, until when, and how to prolong it; and the way to correct answers. */
import { policyOf } from "#shared/casework/load.ts";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { askedPapers } from "#shared/domain/acceptance.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { mayCorrect } from "#shared/domain/correction.ts";
import { extensionRefusal } from "#shared/domain/supplement.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import { askedFor } from "#shared/web/case-words.ts";
import { askedAfterAdvance } from "#shared/web/fast-track-words.ts";

const words = {
  asked: { zh: "需要补充", en: "What is needed" },
  papers: { zh: "需要提交的材料：", en: "Papers to send:" },
  give: { zh: "现在补充", en: "Send it now" },
  extend: { zh: "来不及？申请延长一次", en: "Need more time? Prolong it once" },
  extended: {
    zh: "补充时间已经延长过，不能再延长。",
    en: "The time was prolonged already and can't be prolonged again.",
  },
  correct: { zh: "填错了？更正填写的内容", en: "Typed something wrong? Correct the answers" },
} as const satisfies Record<string, Text>;

/** What is asked for, item by item as the handler ticked it, with the handler's words. */
export const askedPart = async (
  uses: Uses,
  application: Application,
  events: readonly RecordedEvent[],
  locale: Locale,
): Promise<Html | null> => {
  if (application.status !== "needs_information") return null;
  const say = (text: Text): string => inLocale(text, locale);
  const reason = askedAfterAdvance(events, locale) ?? askedFor(events);
  const kinds = askedPapers(events);
  const titles = kinds.length > 0 ? await paperTitlesOf(uses, application) : null;
  const refusal = extensionRefusal(
    application,
    events,
    uses.clock.now(),
    policyOf(uses, application),
  );
  return html`<div class="notice wait">
    <h2>${say(words.asked)}</h2>
    ${
      titles &&
      html`<p>${say(words.papers)}</p>
        <ul>
          ${kinds.map((kind) => html`<li>${say(titles.get(kind) ?? otherPaper)}</li> `)}
        </ul>`
    }
    ${reason !== null && html`<p>${lines(reason)}</p>`}
    <p><a class="button" href="${paths.information(application.id)}">${say(words.give)}</a></p>
    ${
      refusal === null &&
      html`<p><a href="${paths.extend(application.id)}">${say(words.extend)}</a></p>`
    }
    ${refusal === "used_up" && html`<p class="soft">${say(words.extended)}</p>`}
  </div>`;
};

/** The way to correct answers unasked, as long as nothing is decided finally. */
export const correctLink = (application: Application, locale: Locale): Html | null =>
  mayCorrect(application)
    ? html`<a href="${paths.correct(application.id)}">${inLocale(words.correct, locale)}</a>`
    : null;
