/** What a page says of what was handed in after sending: what was asked for, or a correction nobody asked for. */
import type { HandedIn } from "#shared/casework/hand-in.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { fieldsOfError, log } from "#shared/lambda/logging.ts";
import { handInWords, papersNotReadyWords } from "#shared/web/refusal-words.ts";
import { changedElsewhere } from "./answers.ts";
import { tooOften } from "./apply.ts";

/** Shown above the form again, with the page's status. */
interface Refusal {
  readonly status: number;
  readonly notice: Text;
}

type Refused = Exclude<HandedIn, { kind: "done" | "missing" }>;

/** Why nothing was handed in. `asked`: the union had asked for something. */
export const refusalOf = (handed: Refused, asked: boolean): Refusal => {
  switch (handed.kind) {
    case "nothing_new":
      return { status: 422, notice: asked ? handInWords.nothing : handInWords.unchanged };
    case "papers_not_ready":
      return { status: 409, notice: papersNotReadyWords[handed.why] };
    case "too_often":
      return { status: 429, notice: tooOften(handed.minutes) };
    case "claim_exists":
      return { status: 409, notice: handInWords.claimed };
    case "changed_meanwhile":
      return { status: 409, notice: changedElsewhere };
  }
};

/** Takes down that the execution wasn't told; resume-stalled tells it. */
export const logUntold = (applicationId: ApplicationId, untold: unknown): void => {
  if (untold !== null) log.warn("signal failed", { applicationId, ...fieldsOfError(untold) });
};
