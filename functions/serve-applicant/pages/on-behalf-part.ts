/** On the receipt of a case that an officer entered (代办): the worker gets it on paper, and the officer leaves it. */
import { isEntrusted } from "#shared/domain/entrustment.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageRequest } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";

const words = {
  hand: {
    zh: "代办：请用浏览器的“打印”打印本页（或抄下编号和查询码），当面交给职工本人，再结束代办。查询码只由职工保管。",
    en: "For the worker: print this page with your browser, or write reference and code down, and hand it over. Then leave this case; the code is the worker's alone.",
  },
  entered: {
    zh: "本申请由工会工作人员代办，本人在场并签字委托。",
    en: "Entered by a union officer; the worker was present and signed.",
  },
  leave: { zh: "已交给职工，结束代办", en: "Handed over; leave this case" },
} as const satisfies Record<string, Text>;

/** What the officer is to do with the receipt; nothing on a worker's own. */
export const onBehalfPart = async (
  uses: Pick<Uses, "vault">,
  request: PageRequest,
  own: OwnCase,
): Promise<Html | null> => {
  if (!isEntrusted(own.application)) return null;
  const say = (text: Text): string => inLocale(text, request.locale);
  return html`<p>${say(words.entered)}</p>
    <div class="notice wait unprinted">
      <p>${say(words.hand)}</p>
      <form method="post" action="${paths.leave(own.application.id)}" class="actions">
        ${await tokenField(uses, own, "leave")}<button>${say(words.leave)}</button>
      </form>
    </div>`;
};
