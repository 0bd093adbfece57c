/** Parts that pages of fund orders have in common. */
import { orderKindNames, orderSumFen, type FundOrder } from "#shared/domain/fund-order.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, figureHeading, mayDo, say, type Desk } from "../../frame.ts";
import { orderWords as words, statusWords } from "./order-words.ts";

/** Names of funds, and of those that an order opens. */
export const fundNames = (
  desk: Desk,
  funds: readonly Fund[],
  { opens }: Pick<FundOrder, "opens"> = { opens: [] },
): ReadonlyMap<FundId, string> =>
  new Map([
    ...opens.map(({ id, terms }): [FundId, string] => [
      id,
      inLocale(terms.name, desk.request.locale),
    ]),
    ...funds.map(({ id, name }): [FundId, string] => [id, inLocale(name, desk.request.locale)]),
  ]);

/** Which office a fund is of, so that two of one name can be told apart. */
export const staffName = async (desk: Desk, id: StaffId | null): Promise<string> => {
  const { staff } = await desk.uses.directory.organisation();
  return staff.find((person) => person.id === id)?.name ?? id ?? "";
};

export const statusTag = (desk: Desk, { status }: Pick<FundOrder, "status">): Html =>
  html`<span class="tag ${status === "booked" ? "good" : ""}"
    >${say(desk, statusWords[status])}</span
  >`;

/** Whether it waits for this very person. */
export const waitsFor = (desk: Desk, order: FundOrder): boolean =>
  order.status === "proposed" &&
  mayDo(desk, "authorise_funds") &&
  order.proposedBy !== desk.session.staff.id;

export const ordersTable = async (desk: Desk, orders: readonly FundOrder[]): Promise<Html> => {
  const { locale } = desk.request;
  const rows = await Promise.all(
    orders.map(async (order): Promise<readonly Fragment[]> => [
      html`<a href="${paths.desk("funds", "orders", order.id)}" class="nowrap">${order.id}</a>`,
      say(desk, orderKindNames[order.kind]),
      order.voucher,
      order.kind === "terms" ? "" : amount(orderSumFen(order), locale),
      html`${await staffName(desk, order.proposedBy)}<br /><span class="soft"
          >${dateTime(order.proposedAt, locale)}</span
        >`,
      statusTag(desk, order),
    ]),
  );
  return cardTable(
    desk,
    [
      words.order,
      words.kind,
      words.voucher,
      figureHeading(words.sum),
      words.proposed,
      words.status,
    ],
    rows,
  );
};

/** More than wait at any time; whoever has more sees the list. */
const openMax = 50;

/** Orders that wait, those for this person first; nothing when there is none. `fundId`: only of that fund. */
export const waitingPart = async (desk: Desk, fundId?: FundId): Promise<Html | null> => {
  const { rows } = await desk.uses.fundOrders.list("open", openMax);
  const wanted = rows.filter(
    ({ lines, opens }) =>
      fundId === undefined ||
      lines.some((line) => line.fromFundId === fundId || line.toFundId === fundId) ||
      opens.some(({ id }) => id === fundId),
  );
  if (wanted.length === 0) return null;
  const mine = wanted.filter((order) => waitsFor(desk, order));
  const others = wanted.filter((order) => !waitsFor(desk, order));
  return html`<section class="panel" aria-labelledby="waiting-orders">
    <h2 id="waiting-orders">${say(desk, mine.length > 0 ? words.waitingForMe : words.waiting)}</h2>
    ${await ordersTable(desk, [...mine, ...others])}
  </section>`;
};
