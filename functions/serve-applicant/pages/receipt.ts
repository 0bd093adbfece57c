/** What the applicant takes away: reference and access code, and what happens now. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { policyDayOf, policyOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { labelled } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { onBehalfPart } from "./on-behalf-part.ts";
import { credentials } from "./papers.ts";

const words = {
  title: { zh: "申请已提交", en: "Your application is in" },
  sent: { zh: "提交时间", en: "Handed in" },
  keep: {
    zh: "请马上抄下或拍下受理编号和查询码。查进度、补材料、换银行卡都要用；查询码以后不再显示，也不要告诉别人。",
    en: "Write down or photograph the reference and the access code now. You need them to follow the case, send papers or mend your card. The code is not shown again later; tell it to nobody.",
  },
  next: { zh: "接下来", en: "What happens now" },
  call: {
    zh: "工会会打您留的电话，请保持畅通。您现在不用再做什么。",
    en: "The union will call the phone you gave. There is nothing more for you to do now.",
  },
  follow: { zh: "查看进度", en: "Follow this case" },
} as const satisfies Record<string, Text>;

/** What follows, with its limits (policy 8.6): the first by its day, the others by working days of their own. */
const stepsAhead = (
  uses: Pick<Uses, "clock" | "policy">,
  application: Application,
  programme: EveryProgramme,
  locale: Locale,
): readonly Text[] => {
  const { flowClock } = policyOf(uses, application);
  const { deadlineAt } = application;
  const fastTrack = programme.fastTrack?.(policyDayOf(uses, application));
  const checkedBy = deadlineAt ? lastDayBefore(deadlineAt, locale) : "";
  const within = (zh: string, en: string, days: number): Text => ({
    zh: `${zh}（${days}个工作日内）。`,
    en: `${en} (within ${days} working days).`,
  });
  return [
    ...(fastTrack
      ? [
          {
            zh: `先行救助金在${fastTrack.hoursMax}小时内决定，随后转到您的卡上；其余材料之后再补。`,
            en: `The advance is decided within ${fastTrack.hoursMax} hours and then sent to your card; the other papers follow.`,
          },
        ]
      : [
          {
            zh: `工会在${checkedBy}前查看材料；缺什么，会一次告诉您。`,
            en: `The union looks at the papers by ${checkedBy}; if anything is missing you are told once, all of it.`,
          },
        ]),
    within("两名工作人员上门核实", "Two people come to visit you", flowClock.visitAndInitialReview),
    within(
      "上级工会审批，结果和理由都会告诉您",
      "The office above decides; you are told the result and the reasons",
      flowClock.districtDecision,
    ),
    within(
      "批准的，款项转入您填写的银行卡",
      "If it is approved, the money goes to the card you gave",
      flowClock.payment,
    ),
  ];
};

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
        ${await onBehalfPart(uses, request, own)}
        <h2>${say(words.next)}</h2>
        <ol>
          ${stepsAhead(uses, application, programme, locale).map((text) => html`<li>${say(text)}</li>`)}
        </ol>
        <p>${say(words.call)}</p>
        <p class="actions">
          <a class="button second" href="${paths.case(application.id)}">${say(words.follow)}</a>
        </p>`,
    }),
  );
};
