/** Which fund would pay as balances stand now, and why those before it in the order don't (policy 8.1 `fund.split`). */
import { allocatedLater } from "#shared/casework/allocated-later.ts";
import { fundClaimOf } from "#shared/casework/fund-claim.ts";
import { policyOf } from "#shared/casework/load.ts";
import { tierAbove } from "#shared/domain/decision.ts";
import { expectedFund } from "#shared/domain/fund-fit.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { passedOverWords } from "#shared/web/passed-over-words.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

const words = {
  title: { zh: "列支资金", en: "Which fund pays" },
  pays: { zh: "按现在的余额，由这项资金列支：", en: "As balances stand, this fund pays: " },
  none: {
    zh: "现在没有可以列支的资金。批准后案件排队等待资金。",
    en: "No fund can pay it now. Approved, the case waits for money.",
  },
  later: {
    zh: "这个项目的资金统一分配，批准后排队等待分配。",
    en: "This programme's money is shared out later; approved, the case waits for its share.",
  },
  passedOver: { zh: "没有选用的资金：", en: "Funds passed over:" },
  purpose: { zh: "捐赠用途：", en: "The donor's purpose: " },
} as const satisfies Record<string, Text>;

/** Only where this decision would set money aside; null elsewhere. */
export const fundPart = async (uses: Uses, view: CaseView): Promise<Html | null> => {
  const { link, locale } = view;
  const { application } = link;
  const decidesFinally =
    application.status === "in_approval" &&
    application.recommendation === "approve" &&
    tierAbove(application, application.amountFen, policyOf(uses, application)) === null;
  if (!decidesFinally) return null;
  const say = (text: Text): string => inLocale(text, locale);
  const heading = html`<h2>${say(words.title)}</h2>`;
  if (allocatedLater(uses.policy, application))
    return html`${heading}
      <p>${say(words.later)}</p>`;
  const funds = await uses.funds.all();
  const claim = await fundClaimOf(uses, application, funds);
  const { fund, passedOver } = expectedFund(claim, funds);
  const { purpose } = fund?.earmark ?? { purpose: null };
  return html`${heading}
    <p>
      ${fund ? html`${say(words.pays)}<strong>${say(fund.name)}</strong>` : say(words.none)}
      ${purpose ? html`<br /><span class="soft">${say(words.purpose)}${purpose}</span>` : null}
    </p>
    ${
      passedOver.length === 0
        ? null
        : html`<p>${say(words.passedOver)}</p>
            <ul>
              ${passedOver.map(
                ({ fund: other, why }) =>
                  html`<li>${say(other.name)} — ${say(passedOverWords[why])}</li>`,
              )}
            </ul>`
    }`;
};
