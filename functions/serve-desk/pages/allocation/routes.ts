import type { Route } from "../../route.ts";
import { continueAllocation, showAllocation } from "./allocation.ts";
import { showAllocations } from "./overview.ts";
import { makeFromPreview, showPreview } from "./preview.ts";
import { showWaiting } from "./waiting.ts";

/** Whoever sees funds sees how they were shared, and may make an allocation again to check it. */
export const allocationRoutes: readonly Route[] = [
  { method: "GET", path: ["allocations"], right: "see_funds", answer: showAllocations },
  {
    method: "GET",
    path: ["allocations", "waiting", ":"],
    right: "see_funds",
    answer: showWaiting,
  },
  { method: "GET", path: ["allocations", "new"], right: "allocate", answer: showPreview },
  { method: "POST", path: ["allocations", "new"], right: "allocate", answer: makeFromPreview },
  { method: "GET", path: ["allocations", ":"], right: "see_funds", answer: showAllocation },
  {
    method: "POST",
    path: ["allocations", ":", "continue"],
    right: "allocate",
    answer: continueAllocation,
  },
];
