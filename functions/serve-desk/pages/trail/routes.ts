/** The trail and its proofs, for auditors. */
import type { Route } from "../../route.ts";
import { showOne } from "./one.ts";
import { showTrail } from "./overview.ts";
import { askProof, sendTrail, showProof } from "./proof.ts";
import { showReads } from "./reads.ts";

const right = "see_trail";

export const trailRoutes: readonly Route[] = [
  { method: "GET", path: ["trail"], right, answer: showTrail },
  { method: "GET", path: ["trail", "one"], right, answer: showOne },
  { method: "GET", path: ["trail", "reads"], right, answer: showReads },
  // Sent once, and shown where it was sent when the language is switched.
  { method: "GET", path: ["trail", "proofs"], right, answer: showTrail },
  { method: "POST", path: ["trail", "proofs"], right, answer: askProof },
  { method: "GET", path: ["trail", "proofs", ":"], right, answer: showProof },
  { method: "GET", path: ["trail", "proofs", ":", "file"], right, answer: sendTrail },
];
