/** What applicants said after their payment. */
import type { Route } from "../../route.ts";
import { settleFeedback, showFeedback } from "./list.ts";

export const feedbackRoutes: readonly Route[] = [
  { method: "GET", path: ["feedback"], right: "see_batches", answer: showFeedback },
  { method: "POST", path: ["feedback", ":"], right: "import_return", answer: settleFeedback },
];
