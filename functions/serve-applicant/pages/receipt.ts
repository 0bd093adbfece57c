/** What the applicant takes away: reference and access code, and what happens now. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { labelled } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { credentials } from "./papers.ts";

const words = {
  title: { zh: "申请已提交", en: "Your application is in" },
  sent: { zh: "提交时间", en: "Handed in" },
  keep: {
    zh: "请马上抄下或拍下受理编号和查询码。查进度、补材料、换银行卡都要用；查询码以后不再显示，也不要告诉别人。",
    en: "Write down or photograph the reference and the access code now. You need them to follow the case, send papers or mend your card. The code is not shown again later; tell it to nobody.",
  },
  next: { zh: "接下来", en: "What happens now" },
  check: {
    zh: "工会按政策核对；缺什么会一次告诉您。",
    en: "The union checks it by the policy; if anything is missing you are told once, all of it.",
  },
  decide: {
    zh: "各级工会审核决定，结果和理由都会告诉您。",
    en: "The union offices decide; you are told the result and the reasons.",
  },
  pay: {
    zh: "批准的，款项转入您填写的银行卡。",
    en: "If it is approved, the money goes to the bank card you gave.",
  },
  follow: { zh: "查看进度", en: "Follow this case" },
} as const satisfies Record<string, Text>;

export const receiptPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const sentAt = application.submittedAt;
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: paths.receipt(programme.id, application.id),
      body: html`<h1>${say(words.title)}</h1>
        <div class="notice good">
          <p>
            <strong>${say(programme.title)}</strong>${
              sentAt && html`<br />${labelled(words.sent, locale)}${dateTime(sentAt, locale)}`
            }
          </p>
        </div>
        <div class="panel">
          ${await credentials(uses, request, own)}
          <p>${say(words.keep)}</p>
        </div>
        <h2>${say(words.next)}</h2>
        <ol>
          <li>${say(words.check)}</li>
          <li>${say(words.decide)}</li>
          <li>${say(words.pay)}</li>
        </ol>
        <p class="actions">
          <a class="button second" href="${paths.case(application.id)}">${say(words.follow)}</a>
        </p>`,
    }),
  );
};
