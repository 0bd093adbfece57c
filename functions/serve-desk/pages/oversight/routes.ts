import type { Route } from "../../route.ts";
import { barSomebody, liftOne, showBars } from "./bars.ts";
import { downloadList, exportOwn, importTheirs, showComparison } from "./comparison.ts";
import { answerOne, giveFinding, showLook } from "./look.ts";
import { closeOne, showMatch } from "./match.ts";
import { showOversight } from "./overview.ts";

/** A form that came back is shown under the address it was sent to: its language switch leads there. */
const shownAgain: readonly Route[] = [
  { method: "GET", path: ["oversight", "concerns", ":", ":"], right: null, answer: showLook },
  {
    method: "GET",
    path: ["oversight", "comparison", "export"],
    right: "compare_branches",
    answer: showComparison,
  },
  {
    method: "GET",
    path: ["oversight", "comparison", "import"],
    right: "compare_branches",
    answer: showComparison,
  },
  { method: "GET", path: ["oversight", "bars", "lift"], right: "bar_people", answer: showBars },
];

/** A look's address names case and version; what each may do is asked again on the page. */
export const oversightRoutes: readonly Route[] = [
  ...shownAgain,
  { method: "GET", path: ["oversight"], right: null, answer: showOversight },
  { method: "GET", path: ["oversight", "looks", ":", ":"], right: null, answer: showLook },
  {
    method: "POST",
    path: ["oversight", "looks", ":", ":"],
    right: "second_look",
    answer: giveFinding,
  },
  {
    method: "POST",
    path: ["oversight", "concerns", ":", ":"],
    right: "answer_concern",
    answer: answerOne,
  },
  {
    method: "GET",
    path: ["oversight", "comparison"],
    right: "compare_branches",
    answer: showComparison,
  },
  {
    method: "POST",
    path: ["oversight", "comparison", "export"],
    right: "compare_branches",
    answer: exportOwn,
  },
  {
    method: "POST",
    path: ["oversight", "comparison", "import"],
    right: "compare_branches",
    answer: importTheirs,
  },
  {
    method: "GET",
    path: ["oversight", "lists", ":"],
    right: "compare_branches",
    answer: downloadList,
  },
  {
    method: "GET",
    path: ["oversight", "matches", ":"],
    right: "compare_branches",
    answer: showMatch,
  },
  {
    method: "POST",
    path: ["oversight", "matches", ":"],
    right: "compare_branches",
    answer: closeOne,
  },
  { method: "GET", path: ["oversight", "bars"], right: "bar_people", answer: showBars },
  { method: "POST", path: ["oversight", "bars"], right: "bar_people", answer: barSomebody },
  {
    method: "POST",
    path: ["oversight", "bars", "lift"],
    right: "bar_people",
    answer: liftOne,
  },
];
