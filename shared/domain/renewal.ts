/**
 * A renewal: last year's family confirms what it told, instead of telling it all again (peers.md item 16). Consents
 * are never taken over (PIPL 14), nor what belongs to one case only; amounts are, to be looked at again. Pure.
 */
import type { Application } from "./application.ts";
import type { Answers, Field, Fields } from "./form.ts";

/** Whether a case has ended with money paid, so that another season may follow it. */
export const isRenewable = ({ status }: Pick<Application, "status">): boolean =>
  status === "paid" || status === "closed";

/** Incomes, amounts, counts and who lives in the household grow old: they are marked to be looked at again. */
export const growsOld = ({ kind }: Pick<Field<unknown>, "kind">): boolean =>
  kind === "money" || kind === "count" || kind === "people";

/**
 * The answers that go over into the new draft.
 * @param notRenewed questions of the programme that belong to one case only (its guide names them).
 */
export const renewedAnswers = (
  { fields }: { readonly fields: Fields },
  answers: Answers,
  notRenewed: readonly string[],
): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([name]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return field !== undefined && field.kind !== "consent" && !notRenewed.includes(name);
    }),
  );
