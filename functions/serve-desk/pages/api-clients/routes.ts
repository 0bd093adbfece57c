/** Programs of others that speak with the JSON API: who may, what they may, and the end of it. */
import type { Route } from "../../route.ts";
import { makeClient, showNewClient } from "./create.ts";
import { revokeClient, showClient, showClients } from "./list.ts";

const right = "manage_people";

export const apiClientRoutes: readonly Route[] = [
  { method: "GET", path: ["api-clients"], right, answer: showClients },
  { method: "GET", path: ["api-clients", "new"], right, answer: showNewClient },
  { method: "POST", path: ["api-clients", "new"], right, answer: makeClient },
  { method: "GET", path: ["api-clients", ":"], right, answer: showClient },
  { method: "POST", path: ["api-clients", ":", "revoke"], right, answer: revokeClient },
];
