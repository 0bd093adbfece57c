/** The ledger's rows of one case: every movement of its money, with the way to the fund's page of that month. */
import type { Application } from "#shared/domain/application.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, figureHeading, mayDo, say, type Desk } from "../frame.ts";
import { kindNames } from "./funds/words.ts";

const words = {
  money: { zh: "资金", en: "Money" },
  at: { zh: "日期", en: "Day" },
  kind: { zh: "种类", en: "Kind" },
  fund: { zh: "资金", en: "Fund" },
  amount: { zh: "金额", en: "Amount" },
} as const satisfies Record<string, Text>;

const cells = (
  desk: Desk,
  names: ReadonlyMap<string, Text>,
  { at, kind, fundId, amountFen }: Transfer,
): readonly Fragment[] => {
  const { locale } = desk.request;
  const name = names.get(fundId);
  const month = localDateOf(at).slice(0, 7);
  return [
    html`<a class="nowrap" href="${paths.desk("funds", fundId)}?month=${month}"
      >${date(localDateOf(at), locale)}</a
    >`,
    say(desk, kindNames[kind]),
    name ? inLocale(name, locale) : fundId,
    amount(amountFen, locale),
  ];
};

/** Nothing for a case without money, and for whoever may not see funds. */
export const moneyPart = async (desk: Desk, application: Application): Promise<Html | null> => {
  if (!mayDo(desk, "see_funds")) return null;
  const { funds } = desk.uses;
  const transfers = await funds.transfersOf(application.id, application.cycle);
  if (transfers.length === 0) return null;
  const names = new Map((await funds.all()).map(({ id, name }) => [id as string, name]));
  return html`<section id="money">
    <h2>${say(desk, words.money)}</h2>
    ${cardTable(
      desk,
      [words.at, words.kind, words.fund, figureHeading(words.amount)],
      transfers
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))
        .map((transfer) => cells(desk, names, transfer)),
    )}
  </section>`;
};
