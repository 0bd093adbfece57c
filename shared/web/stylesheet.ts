/** The one stylesheet, in parts: what every page looks like, then one part for each area, then paper. */
import { apiStyles } from "./styles/api.ts";
import { applyStyles } from "./styles/apply.ts";
import { baseStyles } from "./styles/base.ts";
import { decideStyles } from "./styles/decide.ts";
import { deskStyles } from "./styles/desk.ts";
import { figuresStyles } from "./styles/figures.ts";
import { followStyles } from "./styles/follow.ts";
import { largeStyles } from "./styles/large.ts";
import { papersStyles } from "./styles/papers.ts";
import { printStyles } from "./styles/print.ts";
import { startStyles } from "./styles/start.ts";

/** The whole sheet. A later part may change an earlier one; what is printed has the last word. */
export const stylesheet = [
  baseStyles,
  apiStyles,
  applyStyles,
  decideStyles,
  deskStyles,
  figuresStyles,
  followStyles,
  papersStyles,
  startStyles,
  largeStyles,
  printStyles,
]
  .filter((part) => part !== "")
  .join("\n");
