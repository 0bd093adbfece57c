/** What the applicant changed after sending, with the answers before and after. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { answerChanges, changeSteps, type CaseChange } from "#shared/domain/case-change.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { programmeOf } from "./load.ts";

/** The changes after a version of the case (all of them from 0 on), the newest first. */
export const changesSince = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
  events: readonly RecordedEvent[],
  version: number = 0,
): Promise<readonly CaseChange[]> => {
  const steps = changeSteps(events).filter((step) => step.version > version);
  const versions = new Set(steps.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const stored = new Map<number, Answers | null>(
    await Promise.all(
      Array.from(versions, async (one) => [one, await cases.answers(application, one)] as const),
    ),
  );
  const { form } = programmeOf(application);
  return steps
    .toReversed()
    .map(({ from, to, ...step }) => ({
      ...step,
      answers: answerChanges(form, stored.get(from) ?? {}, stored.get(to) ?? {}),
    }))
    .filter(({ answers, newPapers }) => answers.length + newPapers > 0);
};
