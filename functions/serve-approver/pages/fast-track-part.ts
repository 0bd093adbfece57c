/** What an approver must know on the fast track (先救助后补手续): which money this decision is about, and which not. */
import type { Application } from "#shared/domain/application.ts";
import { isAdvance, isFollowUp, restFen } from "#shared/domain/fast-track.ts";
import { subtractFen, zeroFen } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";

const advanceTitle: Text = { zh: "建议先行救助金额", en: "Recommended advance" };

/** The heading over the amount that is being decided; null where it is the award as everywhere. */
export const amountTitle = (application: Application): Text | null =>
  isAdvance(application) ? advanceTitle : null;

const aboutAdvance = ({ amountFen }: Application): Text => ({
  zh: `本次只审批先行救助金，批准后马上发放。全额${amount(amountFen, "zh-CN")}现在不审批，待补齐材料、入户核实后另行审批。退回补正的，改按普通程序办理，不再先行发放。`,
  en: `This decision is about the advance only, which is paid at once. The award of ${amount(amountFen, "en")} is not decided now but after the papers and a home visit. If you return the case, it goes the ordinary way and no advance is paid.`,
});

const aboutAward = (application: Application): Text => {
  const advanceFen = application.advanceFen ?? zeroFen;
  const leftFen = restFen(application, application.amountFen);
  const paid = (locale: Locale): string => amount(advanceFen, locale);
  if (leftFen < 0) {
    const back = (locale: Locale): string =>
      amount(subtractFen(advanceFen, application.amountFen), locale);
    return {
      zh: `已先行发放${paid("zh-CN")}，多于本次核定的金额。同意的，应退回${back("zh-CN")}。`,
      en: `${paid("en")} was paid in advance, more than the award as it was worked out now. If you approve, ${back("en")} has to be paid back.`,
    };
  }
  return {
    zh: `本次审批全额。其中${paid("zh-CN")}已先行发放，批准后还需发放${amount(leftFen, "zh-CN")}。不同意的，已发放的款项要退回。`,
    en: `This decision is about the whole award. ${paid("en")} of it was paid in advance; ${amount(leftFen, "en")} is still to be paid. If you reject it, what was paid has to be paid back.`,
  };
};

/** A note under the amount; nothing off the fast track. */
export const fastTrackNote = (application: Application, locale: Locale): Html | null => {
  if (application.status !== "in_approval") return null;
  const text = isAdvance(application)
    ? aboutAdvance(application)
    : isFollowUp(application)
      ? aboutAward(application)
      : null;
  return text && html`<div class="notice wait"><p>${inLocale(text, locale)}</p></div>`;
};
