/** What the case's page and its controls are made from. */
import type { Locale } from "#shared/kernel/text.ts";
import type { TypedDecision } from "./decision-form.ts";
import type { OpenLink } from "./link.ts";

export interface CaseView {
  readonly link: OpenLink;
  readonly locale: Locale;
  /** Names, numbers and papers too: the PIN was given. */
  readonly whole: boolean;
  readonly antiForgery: string;
  readonly typed: TypedDecision;
  readonly status: number;
}
