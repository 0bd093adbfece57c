/** All fund orders: what waits for somebody, then what is decided, the newest first. */
import { html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import { ordersTable, waitingPart } from "./order-parts.ts";
import { orderWords as words } from "./order-words.ts";

const perPage = 30;

export const showOrders = async (desk: Desk): Promise<PageResponse> => {
  const after = desk.request.query["after"];
  const isCursor = after !== undefined && /^[\w-]{1,600}$/u.test(after);
  const { rows, next } = await desk.uses.fundOrders.list(
    "done",
    perPage,
    ...(isCursor ? [after] : []),
  );
  const title = say(desk, words.orders);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${isCursor ? null : await waitingPart(desk)}
      <h2>${say(desk, words.done)}</h2>
      ${rows.length === 0 ? html`<p>${say(desk, words.none)}</p>` : await ordersTable(desk, rows)}
      ${
        next === null
          ? null
          : html`<p>
              <a href="${paths.desk("funds", "orders")}?after=${next}">${say(desk, words.more)}</a>
            </p>`
      }`,
  });
};
