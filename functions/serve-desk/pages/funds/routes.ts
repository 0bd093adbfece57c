/** Funds and the orders that move money between them. Longer addresses with fixed words stand first. */
import type { Route } from "../../route.ts";
import { proposeByFormula, showFormula } from "./formula.ts";
import { showFund, showFunds } from "./list.ts";
import { proposeNew, showNewOrder } from "./new-order.ts";
import { authorise, cancel } from "./order-actions.ts";
import { showOrder } from "./order.ts";
import { showOrders } from "./orders.ts";
import { proposeTerms, showTerms } from "./terms.ts";
import { proposeClose, showYearEnd } from "./year-end.ts";

export const fundRoutes: readonly Route[] = [
  { method: "GET", path: ["funds"], right: "see_funds", answer: showFunds },
  { method: "GET", path: ["funds", "orders"], right: "see_funds", answer: showOrders },
  { method: "GET", path: ["funds", "terms"], right: "order_funds", answer: showTerms },
  { method: "POST", path: ["funds", "terms"], right: "order_funds", answer: proposeTerms },
  { method: "GET", path: ["funds", "formula"], right: "order_funds", answer: showFormula },
  { method: "POST", path: ["funds", "formula"], right: "order_funds", answer: proposeByFormula },
  { method: "GET", path: ["funds", "year-end"], right: "order_funds", answer: showYearEnd },
  { method: "POST", path: ["funds", "year-end"], right: "order_funds", answer: proposeClose },
  { method: "GET", path: ["funds", "orders", "new"], right: "order_funds", answer: showNewOrder },
  { method: "POST", path: ["funds", "orders", "new"], right: "order_funds", answer: proposeNew },
  { method: "GET", path: ["funds", "orders", ":"], right: "see_funds", answer: showOrder },
  {
    method: "POST",
    path: ["funds", "orders", ":", "authorise"],
    right: "authorise_funds",
    answer: authorise,
  },
  { method: "POST", path: ["funds", "orders", ":", "cancel"], right: "see_funds", answer: cancel },
  { method: "GET", path: ["funds", ":"], right: "see_funds", answer: showFund },
];
