import type { Route } from "../../route.ts";
import { acceptCase, returnCase } from "./actions.ts";
import { showHandled } from "./case.ts";
import { openFile } from "./open-file.ts";
import { showHandling } from "./queue.ts";
import { saveVisitRecord, showVisitRecord } from "./visit-record.ts";
import { showVisitPapers } from "./visit-papers.ts";

const area = "handling";

/** A form that came back is shown under the address it was sent to: its language switch leads there. */
const shownAgain: readonly Route[] = ["accept", "return", "file"].map((step) => ({
  method: "GET",
  path: [area, ":", step],
  right: "handle",
  answer: showHandled,
}));

export const handlingRoutes: readonly Route[] = [
  ...shownAgain,
  { method: "GET", path: [area], right: "handle", answer: showHandling },
  { method: "GET", path: [area, ":"], right: "handle", answer: showHandled },
  { method: "POST", path: [area, ":", "accept"], right: "handle", answer: acceptCase },
  { method: "POST", path: [area, ":", "return"], right: "handle", answer: returnCase },
  { method: "POST", path: [area, ":", "file"], right: "handle", answer: openFile },
  { method: "GET", path: [area, ":", "visit"], right: "handle", answer: showVisitPapers },
  { method: "GET", path: [area, ":", "record"], right: "handle", answer: showVisitRecord },
  { method: "POST", path: [area, ":", "record"], right: "handle", answer: saveVisitRecord },
];
