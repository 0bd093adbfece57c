import type { Route } from "../../route.ts";
import { findPerson, showPerson } from "./person.ts";
import { showSearch } from "./search.ts";

/** A number that can't be read comes back under the address it was posted to: the language switch leads there. */
export const searchRoutes: readonly Route[] = [
  { method: "GET", path: ["search"], right: "see_cases", answer: showSearch },
  { method: "GET", path: ["search", "person"], right: "see_facts", answer: showSearch },
  { method: "POST", path: ["search", "person"], right: "see_facts", answer: findPerson },
  { method: "GET", path: ["search", "person", ":"], right: "see_facts", answer: showPerson },
];
