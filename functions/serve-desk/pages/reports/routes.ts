/** Figures of a period, of a campaign and of a year, for finance, administration and audit. */
import type { Route } from "../../route.ts";
import { downloadAnnual, showAnnual } from "./annual.ts";
import { downloadCampaign, showCampaign } from "./campaign.ts";
import { downloadReport, showReport } from "./report.ts";

const right = "see_funds";

export const reportRoutes: readonly Route[] = [
  { method: "GET", path: ["reports"], right, answer: showReport },
  { method: "GET", path: ["reports", "table"], right, answer: downloadReport },
  { method: "GET", path: ["reports", "campaign"], right, answer: showCampaign },
  { method: "GET", path: ["reports", "campaign", "table"], right, answer: downloadCampaign },
  { method: "GET", path: ["reports", "annual"], right, answer: showAnnual },
  { method: "GET", path: ["reports", "annual", "table"], right, answer: downloadAnnual },
];
