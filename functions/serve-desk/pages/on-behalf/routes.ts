import type { Route } from "../../route.ts";
import { showEntrustment } from "./entrustment.ts";
import { beginOnBehalf, showOnBehalf } from "./on-behalf.ts";

const area = "on-behalf";

export const onBehalfRoutes: readonly Route[] = [
  { method: "GET", path: [area], right: "apply_for", answer: showOnBehalf },
  { method: "POST", path: [area], right: "apply_for", answer: beginOnBehalf },
  { method: "GET", path: [area, "form"], right: "apply_for", answer: showEntrustment },
];
