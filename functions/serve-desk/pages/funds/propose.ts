/** Putting an order before a second person; the form sent twice is one order. */
import { proposeOrder, type ProposedOrder } from "#shared/casework/fund-orders.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";

export const propose = async (
  desk: Desk,
  id: string,
  proposed: ProposedOrder,
): Promise<PageResponse> => {
  await proposeOrder(desk.uses, proposed, { id, by: desk.session.staff.id });
  return redirect(paths.desk("funds", "orders", id));
};
