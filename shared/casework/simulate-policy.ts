/**
 * Past cases for the flight simulator of the rules. Answers are opened in memory and go no further: what comes out
 * of a simulation are references, offices and amounts.
 */
import type { Application, Status } from "#shared/domain/application.ts";
import { isFiled } from "#shared/domain/assessment.ts";
import { readForm } from "#shared/domain/form.ts";
import {
  changedFigures,
  dayOfDraft,
  packAsOf,
  type ChangedFigure,
} from "#shared/domain/policy-figures.ts";
import { simulate, type PastCase, type Simulation } from "#shared/domain/policy-simulation.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { addMonths, startOfDay, type LocalDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "cases">;

/** Never asked for, or taken back: no rule was to answer them. */
const left: readonly Status[] = ["draft", "withdrawn"];

/** A stored case as the simulator takes it; null when it was never sent, or its answers don't read any more. */
const pastCaseOf = async (
  { cases }: Uses,
  application: Application | null,
): Promise<PastCase | null> => {
  if (!application || left.includes(application.status)) return null;
  const { id, submittedAt, line, unitId, programmeId, household, cause } = application;
  const programme = programmeById(programmeId);
  if (!submittedAt || !line || !unitId || !programme) return null;
  const answers = await cases.answers(application);
  const reading = answers && readForm(programme.form, answers);
  if (reading?.kind !== "facts") return null;
  return {
    reference: id,
    programmeId,
    unitId,
    line,
    submittedAt,
    household,
    cause,
    onFile: application.fileId !== null || isFiled(application.category),
    facts: reading.facts,
  };
};

const loadedAtOnce = 16;

export interface PastCases {
  readonly cases: readonly PastCase[];
  /** Cases that were found and can't be simulated: drafts, withdrawn ones, forms that ask otherwise by now. */
  readonly leftOut: number;
}

/** Loads cases by their references, each once. */
export const loadPastCases = async (
  uses: Uses,
  ids: readonly ApplicationId[],
): Promise<PastCases> => {
  const loaded = await inParallel([...new Set(ids)], loadedAtOnce, async (id) =>
    pastCaseOf(uses, await uses.cases.get(id)),
  );
  const cases = loaded.filter((past) => past !== null);
  return { cases, leftOut: loaded.length - cases.length };
};

/** The worked cases of every programme, for a city that has no cases yet. Each is a household of its own. */
export const workedCases = (): readonly PastCase[] =>
  programmes.flatMap(({ id, code, examples }) =>
    examples.map(({ name, line, facts, appliedOn, context, expected }, place): PastCase => ({
      reference: `${code}-${place + 1} ${name.split(":")[0] ?? ""}`,
      programmeId: id,
      unitId: line,
      line,
      submittedAt: startOfDay(context?.appliedOn ?? appliedOn),
      household: null,
      cause: null,
      onFile: context?.onFile ?? isFiled(expected.category),
      facts,
    })),
  );

const lookbackMonths = 12;

/**
 * References that can be found without reading the whole table: awards of the last twelve months, by the ledger,
 * and whatever is under way, by the queues. Refusals that have ended stand in neither; the command line has them.
 * @param max so many at most.
 */
export const knownCases = async (
  uses: Pick<Dependencies, "cases" | "funds" | "directory">,
  today: LocalDate,
  max: number,
): Promise<readonly ApplicationId[]> => {
  const found = new Set<ApplicationId>();
  for (const kind of ["unit", "status"] as const) {
    for await (const { applicationId } of entriesIn(uses, { kind })) {
      if (found.size >= max) return [...found];
      found.add(applicationId);
    }
  }
  const [from, to] = [addMonths(today, -lookbackMonths).slice(0, 7), today.slice(0, 7)];
  for (const { id } of await uses.funds.all()) {
    for await (const { applicationId } of uses.funds.transfers(id, from, to)) {
      if (found.size >= max) return [...found];
      if (applicationId) found.add(applicationId);
    }
  }
  return [...found];
};

/** A simulated draft, with the day whose rules were taken on both sides. */
export interface DraftFlight {
  readonly on: LocalDate;
  readonly changes: readonly ChangedFigure[];
  readonly simulation: Simulation;
}

/**
 * Simulates a draft over cases by the rules of one day, with and without it.
 * @param on the day; null: the first on which all of the draft holds.
 * @throws PolicyNotConfirmed for a day on which a part of the pack has no figures yet.
 */
export const flyDraft = (
  packs: { readonly present: PolicyPack; readonly draft: PolicyPack },
  cases: readonly PastCase[],
  { on, today }: { readonly on: LocalDate | null; readonly today: LocalDate },
): DraftFlight => {
  const day = on ?? dayOfDraft(packs.present, packs.draft, today);
  return {
    on: day,
    changes: changedFigures(packs.present, packs.draft, day),
    simulation: simulate(programmes, cases, {
      before: packAsOf(packs.present, day),
      after: packAsOf(packs.draft, day),
    }),
  };
};
