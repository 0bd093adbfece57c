/** What the case's page and its controls are made from. */
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import type { Locale } from "#shared/kernel/text.ts";
import type { TypedDecision } from "./decision-form.ts";
import type { OpenLink } from "./link.ts";

export interface CaseView {
  readonly link: OpenLink;
  readonly locale: Locale;
  /** The common policy the case began under. */
  readonly policy: CommonPolicy;
  /** Names, numbers and papers too: the PIN was given. */
  readonly whole: boolean;
  readonly antiForgery: string;
  readonly typed: TypedDecision;
  readonly status: number;
}
