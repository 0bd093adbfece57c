import type { Route } from "../route.ts";
import { showCaseList, showCases } from "./case-list.ts";

export const caseListRoutes: readonly Route[] = [
  { method: "GET", path: ["cases"], right: "see_cases", answer: showCaseList },
  { method: "GET", path: ["cases", ":"], right: "see_cases", answer: showCases },
];
