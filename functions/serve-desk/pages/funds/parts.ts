/** Parts that the list of funds and a fund's own page have in common. */
import type { Fund } from "#shared/domain/fund.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import { plainBar } from "#shared/web/chart.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { say, type Desk } from "../../frame.ts";
import { termsLines } from "./earmark-words.ts";
import { fundWords as words } from "./words.ts";

/** What a fund may pay, line by line. */
export const termsPart = (desk: Desk, fund: Fund, organisation: Organisation): Html =>
  html`${termsLines(fund, organisation).map((line) => html`<div>${say(desk, line)}</div>`)}`;

/** Whether a fund is closed, and whether its balances fail to add up. */
export const fundTags = (desk: Desk, fund: Fund): Html =>
  html`${fund.year === null ? null : html`<span class="tag">${fund.year}</span>`}
  ${fund.open ? null : html`<span class="tag">${say(desk, words.closed)}</span>`}
  ${fund.frozen === null ? null : html`<span class="tag wrong">${say(desk, words.frozen)}</span>`}
  ${fundFault(fund) === null ? null : html`<span class="tag wrong">${say(desk, words.fault)}</span>`}`;

/** The bar of a fund and its figures; they add up, and whoever looks can see it. */
export const balancesPart = (
  desk: Desk,
  balances: Pick<Fund, "grantedFen" | "availableFen" | "reservedFen" | "paidFen">,
): Html => {
  const parts = [
    { name: words.paid, valueFen: balances.paidFen, look: "dark" },
    { name: words.reserved, valueFen: balances.reservedFen, look: "middle" },
    { name: words.available, valueFen: balances.availableFen, look: "light" },
  ] as const;
  const { locale } = desk.request;
  return html`${plainBar(parts.map(({ valueFen, look }) => ({ value: Math.max(0, valueFen), look })))}
    <dl class="balances">
      ${parts.map(
        ({ name, valueFen, look }) =>
          html`<div>
            <dt>
              <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                <rect class="bar-${look}" width="12" height="12" />
              </svg>
              ${say(desk, name)}
            </dt>
            <dd>${amount(valueFen, locale)}</dd>
          </div>`,
      )}
      <div class="whole">
        <dt>${say(desk, words.granted)}</dt>
        <dd>${amount(balances.grantedFen, locale)}</dd>
      </div>
    </dl>`;
};
