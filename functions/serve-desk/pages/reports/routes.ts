/** Figures of a period, for finance, administration and audit. */
import type { Route } from "../../route.ts";
import { showReport } from "./report.ts";

export const reportRoutes: readonly Route[] = [
  { method: "GET", path: ["reports"], right: "see_funds", answer: showReport },
];
