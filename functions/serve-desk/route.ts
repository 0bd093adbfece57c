/** A page of the desk: its address, who may have it, and what answers. */
import type { PageRequest, PageResponse } from "#shared/web/page.ts";
import type { Desk } from "./frame.ts";
import type { Right } from "./rights.ts";

export interface Route {
  readonly method: PageRequest["method"];
  /** Segments after /desk; ":" stands for any one, and is handed to the page. */
  readonly path: readonly string[];
  /** null: whoever is signed in. */
  readonly right: Right | null;
  readonly answer: (desk: Desk, first: string, second: string) => Promise<PageResponse>;
}
