import type { Route } from "../../route.ts";
import { showPolicy, tryDraft } from "./policy.ts";

const right = "simulate_policy";

export const policyRoutes: readonly Route[] = [
  { method: "GET", path: ["policy"], right, answer: showPolicy },
  { method: "POST", path: ["policy"], right, answer: tryDraft },
];
