/** What the papers of a case are called, by their kind. */
import { entrustmentPaper } from "#shared/domain/entrustment.ts";
import type { Application } from "#shared/domain/application.ts";
import { visitPapers } from "#shared/domain/visit.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { loadFacts, policyDayOf, programmeOf } from "./load.ts";

/** The titles of the programme's paper list, as it stands for the case's facts, and those of a home visit's. */
export const paperTitlesOf = async (
  uses: Pick<Dependencies, "cases" | "policy" | "clock">,
  application: Application,
): Promise<ReadonlyMap<string, Text>> => {
  const required = programmeOf(application).papers(
    await loadFacts(uses, application),
    policyDayOf(uses, application),
  );
  return new Map(
    [...visitPapers, entrustmentPaper, ...required].map(({ kind, title }) => [kind, title]),
  );
};

/** A paper that earlier answers asked for and the present ones don't keeps its place without a name of its own. */
export const otherPaper: Text = { zh: "其他材料", en: "Another paper" };
