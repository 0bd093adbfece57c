/** Closed lists of the rules as the document names them; each is held against its type. */
import type { Status } from "#shared/domain/application.ts";
import type { OutcomeKind } from "#shared/domain/reasons.ts";
import { statusNames } from "#shared/web/messages.ts";
import { kindWords } from "#shared/web/outcome-words.ts";
import type { SeasonNow } from "#shared/web/season.ts";

export const statuses = Object.keys(statusNames) as [Status, ...Status[]];
export const outcomeKinds = Object.keys(kindWords) as [OutcomeKind, ...OutcomeKind[]];
export const seasonStates = [
  "all_year",
  "open",
  "shut",
  "unpublished",
] as const satisfies readonly SeasonNow["kind"][];
export const paperStates = ["accepted", "converting", "refused"] as const;
