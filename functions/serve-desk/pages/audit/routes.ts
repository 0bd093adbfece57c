/** The nightly audit: what it looked at, what it found, and clearing it. */
import type { Route } from "../../route.ts";
import { clearFund } from "./clear.ts";
import { showAudit } from "./overview.ts";

export const auditRoutes: readonly Route[] = [
  { method: "GET", path: ["audit"], right: "see_funds", answer: showAudit },
  // A form that came back is shown under the address it was sent to: its language switch leads there.
  { method: "GET", path: ["audit", ":", "clear"], right: "clear_finding", answer: showAudit },
  { method: "POST", path: ["audit", ":", "clear"], right: "clear_finding", answer: clearFund },
];
