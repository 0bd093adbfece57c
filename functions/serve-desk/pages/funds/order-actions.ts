/** What a second person does with an order: authorise it, and it is booked; or withdraw it, as its maker may too. */
import { authoriseOrder } from "#shared/casework/fund-orders.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { orderReasonMaxLength, type FundOrder } from "#shared/domain/fund-order.ts";
import { parseOrderId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { BookOutcome } from "#shared/ports/fund-orders.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, forbidden, mayDo, type Desk } from "../../frame.ts";
import { orderPage } from "./order.ts";
import { orderWords as words } from "./order-words.ts";

const loadOrder = async (desk: Desk, typed: string): Promise<FundOrder | null> => {
  const id = parseOrderId(typed);
  return id === null ? null : desk.uses.fundOrders.get(id);
};

type Refused = Exclude<BookOutcome, "booked" | "already_booked" | "own_order">;

const refusedWords: Readonly<Record<Refused, { readonly title: Text; readonly happened: Text }>> = {
  decided: {
    title: { zh: "这一单已经办结", en: "This order is decided already" },
    happened: {
      zh: "它已由他人入账或撤销，这次没有办理。",
      en: "Somebody booked or withdrew it; nothing was done this time.",
    },
  },
  voucher_taken: {
    title: { zh: "这个凭证号已经入账", en: "This voucher is booked already" },
    happened: {
      zh: "同一凭证号只能入账一次，这次没有入账。",
      en: "A voucher is booked once; nothing was booked this time.",
    },
  },
  moved: {
    title: { zh: "资金刚有变化", en: "A fund has just changed" },
    happened: {
      zh: "资金的规定或余额在办理时有了变化，这次没有入账。",
      en: "A fund's terms or balance changed meanwhile; nothing was booked.",
    },
  },
  no_money: {
    title: { zh: "转出资金的可用余额不够", en: "The fund has not so much available" },
    happened: {
      zh: "已预留和已发放的金额不能动用，所以没有入账。",
      en: "What is reserved or paid can't be taken, so nothing was booked.",
    },
  },
};

/** Books an order as the second person, and lets cases have the money that wait for it. */
export const authorise = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const order = await loadOrder(desk, typed);
  if (!order) return notFoundPage(desk.request.locale);
  const outcome = await authoriseOrder(desk.uses, order, desk.session.staff.id);
  const page = paths.desk("funds", "orders", order.id);
  if (outcome === "own_order") return forbidden(desk, "own_order");
  if (outcome === "booked" || outcome === "already_booked") {
    // Asked again, too: whoever booked it may have been cut off before this.
    await reserveWaiting(desk.uses);
    return redirect(page);
  }
  return deskMessage(desk, 409, {
    ...refusedWords[outcome],
    next: {
      zh: "请打开资金单核对；需要时撤销，另开一单。",
      en: "Look at the order again; withdraw it and make another if need be.",
    },
    link: { href: page, label: words.order },
  });
};

/** Withdraws an order before it is booked. */
export const cancel = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const order = await loadOrder(desk, typed);
  if (!order) return notFoundPage(desk.request.locale);
  if (!mayDo(desk, "order_funds") && !mayDo(desk, "authorise_funds")) {
    return forbidden(desk, "cancel_order");
  }
  const reason = (desk.request.form["cancelReason"] ?? "").trim();
  if (reason === "" || reason.length > orderReasonMaxLength) {
    return orderPage(desk, order, { field: "cancelReason", says: words.cancelWrong });
  }
  const decision = { by: desk.session.staff.id, at: desk.uses.clock.now() };
  const page = paths.desk("funds", "orders", order.id);
  if (await desk.uses.fundOrders.cancel(order.id, decision, reason)) return redirect(page);
  const again = await desk.uses.fundOrders.get(order.id);
  if (again?.status === "cancelled" && again.decidedBy === decision.by) return redirect(page);
  return deskMessage(desk, 409, {
    ...refusedWords.decided,
    next: { zh: "请打开资金单查看。", en: "Open the order and look." },
    link: { href: page, label: words.order },
  });
};
