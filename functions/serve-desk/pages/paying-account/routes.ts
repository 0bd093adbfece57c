/** The account that a fund's payments leave from (付款账户), and the bank whose file they go in. */
import type { Route } from "../../route.ts";
import { changeAccount } from "./change.ts";
import { showAccount } from "./page.ts";

export const payingAccountRoutes: readonly Route[] = [
  { method: "GET", path: ["paying-accounts", ":"], right: "see_funds", answer: showAccount },
  { method: "POST", path: ["paying-accounts", ":"], right: "order_funds", answer: changeAccount },
];
