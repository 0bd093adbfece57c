/** On the case's page after the payment: the question whether the money came, or what was answered. */
import { paidAtOf } from "#shared/domain/feedback.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import { satisfactionWords } from "./feedback.ts";

const words = {
  ask: {
    zh: "款项收到了吗？办得怎么样？请花一分钟告诉我们。",
    en: "Did the money arrive, and how was it? Please tell us in a minute.",
  },
  answer: { zh: "告诉工会", en: "Tell the union" },
  thanks: { zh: "谢谢您的评价：", en: "Thank you. You said: " },
  checking: {
    zh: "您说款项没有到账，财务正在核对；如果银行退回，您会在这里看到，并可更正银行卡。",
    en: "You said that the money has not arrived. Finance is checking; if the bank returned it you will see that here and can mend your card.",
  },
  settled: {
    zh: "您说款项没有到账，财务已经核对。如仍未到账，请联系您的工会。",
    en: "You said that the money has not arrived, and finance has checked it. If it still hasn't, please ask your union.",
  },
} as const satisfies Record<string, Text>;

export const feedbackPart = async (
  uses: Pick<Uses, "feedback">,
  application: Application,
  events: readonly RecordedEvent[],
  locale: Locale,
): Promise<Html | null> => {
  const say = (text: Text): string => inLocale(text, locale);
  const paidAt = paidAtOf(application, events);
  if (paidAt === null) return null;
  const feedback = await uses.feedback.get(application.id, paidAt);
  if (!feedback) {
    return html`<div class="notice good">
      <p>${say(words.ask)}</p>
      <p><a class="button" href="${paths.feedback(application.id)}">${say(words.answer)}</a></p>
    </div>`;
  }
  if (feedback.arrived) {
    return html`<p class="soft">
      ${say(words.thanks)}${say(satisfactionWords[feedback.satisfaction])}
    </p>`;
  }
  return html`<div class="notice wait">
    <p>${say(feedback.settledAt === null ? words.checking : words.settled)}</p>
  </div>`;
};
