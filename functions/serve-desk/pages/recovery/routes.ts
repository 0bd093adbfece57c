/** Advances of the fast track, and money that is claimed back (追回). */
import type { Route } from "../../route.ts";
import { bookBack, confirm, propose } from "./actions.ts";
import { showRecovery } from "./case.ts";
import { confirmBack, dropBack, proposeBack } from "./claim-actions.ts";
import { showClaim } from "./claim.ts";
import { showRecoveries } from "./list.ts";

export const recoveryRoutes: readonly Route[] = [
  { method: "GET", path: ["recovery"], right: "see_recovery", answer: showRecoveries },
  { method: "GET", path: ["recovery", ":"], right: "see_recovery", answer: showRecovery },
  { method: "GET", path: ["recovery", ":", "claim"], right: "see_recovery", answer: showClaim },
  { method: "POST", path: ["recovery", ":", "claim"], right: "claim_back", answer: proposeBack },
  {
    method: "POST",
    path: ["recovery", ":", "claim-confirmed"],
    right: "confirm_claim_back",
    answer: confirmBack,
  },
  {
    method: "POST",
    path: ["recovery", ":", "claim-dropped"],
    right: "see_recovery",
    answer: dropBack,
  },
  {
    method: "POST",
    path: ["recovery", ":", "repayments"],
    right: "recover",
    answer: bookBack,
  },
  {
    method: "POST",
    path: ["recovery", ":", "write-off"],
    right: "propose_write_off",
    answer: propose,
  },
  {
    method: "POST",
    path: ["recovery", ":", "write-off-confirmed"],
    right: "confirm_write_off",
    answer: confirm,
  },
];
