import type { Route } from "../../route.ts";
import { closeFilePage, preventFilePage, verifyFilePage } from "./acts.ts";
import { openNewFile, showDeclaring, showNewFile, takeDeclaring } from "./declare.ts";
import { showFile } from "./file.ts";
import { findFile, showArchive } from "./home.ts";
import { downloadTemplate, showImport, takeImport } from "./import.ts";
import { showList } from "./lists.ts";
import { settleNear, showNear } from "./near.ts";

const see = "see_archive";
const keep = "keep_archive";

const declaring = (["changed", "renewed", "reopened"] as const).flatMap((how): readonly Route[] => [
  { method: "GET", path: ["archive", ":", how], right: keep, answer: showDeclaring(how) },
  { method: "POST", path: ["archive", ":", how], right: keep, answer: takeDeclaring(how) },
]);

/** A form that came back is shown under the address it was sent to: its language switch leads there. */
const shownAgain = ["verify", "prevention", "close"].map((act): Route => ({
  method: "GET",
  path: ["archive", ":", act],
  right: see,
  answer: showFile,
}));

/** Longer addresses with fixed words stand before the ones they would fit. */
export const archiveRoutes: readonly Route[] = [
  { method: "GET", path: ["archive"], right: see, answer: showArchive },
  { method: "GET", path: ["archive", "find"], right: see, answer: showArchive },
  { method: "POST", path: ["archive", "find"], right: see, answer: findFile },
  { method: "GET", path: ["archive", "new"], right: keep, answer: showNewFile },
  { method: "POST", path: ["archive", "new"], right: keep, answer: openNewFile },
  { method: "GET", path: ["archive", "import"], right: keep, answer: showImport },
  { method: "POST", path: ["archive", "import"], right: keep, answer: takeImport },
  { method: "GET", path: ["archive", "template"], right: keep, answer: downloadTemplate },
  { method: "GET", path: ["archive", "list", ":"], right: see, answer: showList },
  { method: "GET", path: ["archive", "near", ":"], right: "handle", answer: showNear },
  { method: "POST", path: ["archive", "near", ":"], right: "handle", answer: settleNear },
  { method: "GET", path: ["archive", ":"], right: see, answer: showFile },
  { method: "POST", path: ["archive", ":", "verify"], right: keep, answer: verifyFilePage },
  { method: "POST", path: ["archive", ":", "prevention"], right: keep, answer: preventFilePage },
  { method: "POST", path: ["archive", ":", "close"], right: keep, answer: closeFilePage },
  ...declaring,
  ...shownAgain,
];
