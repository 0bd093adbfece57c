/** Finance exports: read when one of them is first opened. */
import type { Route } from "../../route.ts";
import { showExports } from "./list.ts";
import { makeExport, rebuildExport, showNewExport } from "./new-export.ts";
import { showPaymentRequest } from "./payment-request.ts";
import { showExport } from "./show.ts";
import { retryExport, showManifest, takeExport } from "./take.ts";

const right = "export" as const;

/** Longer addresses with fixed words stand before the ones they would fit. */
export const exportRoutes: readonly Route[] = [
  { method: "GET", path: ["exports"], right, answer: showExports },
  { method: "GET", path: ["exports", "new", ":"], right, answer: showNewExport },
  { method: "POST", path: ["exports", "new", ":"], right, answer: makeExport },
  { method: "GET", path: ["exports", "request", ":"], right, answer: showPaymentRequest },
  { method: "GET", path: ["exports", ":"], right, answer: showExport },
  { method: "GET", path: ["exports", ":", "file"], right, answer: takeExport },
  { method: "GET", path: ["exports", ":", "manifest"], right, answer: showManifest },
  { method: "POST", path: ["exports", ":", "retry"], right, answer: retryExport },
  { method: "POST", path: ["exports", ":", "rebuild"], right, answer: rebuildExport },
];
