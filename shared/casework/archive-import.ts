/**
 * Importing hardship files out of a spreadsheet. Everything is looked at first, and nothing is written as long as
 * anything is wrong. Then each household is opened under a number told from the file's own content: cut off midway,
 * the same file imported again completes what is missing, and a third time changes nothing.
 */
import {
  readImport,
  type ImportedHousehold,
  type ImportRow,
} from "#shared/domain/archive-import.ts";
import { type ImportError, type ImportProblem } from "#shared/domain/import-columns.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import { computeFile } from "#shared/domain/file-steps.ts";
import { isBaseUnit, unitOf, type Organisation, type Unit } from "#shared/domain/organisation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { newFileId, type FileId, type UnitId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { elsewhereOnFile, openHousehold, type ArchiveUses, type Keeper } from "./archive-files.ts";

import { personIndex } from "./person-index.ts";

/** A household that may be opened, with the number it gets. */
export interface ReadyHousehold extends ImportedHousehold {
  readonly id: FileId;
  readonly unit: Unit;
  /** It is there from an earlier run of the same import. */
  readonly isThere: boolean;
}

export type CheckedImport =
  | {
      readonly kind: "errors";
      readonly errors: readonly ImportError[];
      readonly households: number;
    }
  | { readonly kind: "ready"; readonly households: readonly ReadyHousehold[] };

/** Who imports: files may be opened in the offices of the own branch only. */
export interface Importer {
  readonly organisation: Organisation;
  readonly unitId: UnitId;
}

const namesOf = ({ units }: Organisation): ReadonlyMap<string, string> =>
  new Map(
    units
      .filter(isBaseUnit)
      .flatMap(({ id, name }) => [id, name.zh, name.en].map((known) => [known, id] as const)),
  );

/** The same households give the same numbers, whatever kind of file they came in. */
const numberFor = async (
  { vault }: Pick<ArchiveUses, "vault">,
  household: ImportedHousehold,
): Promise<FileId> => {
  const { number, declaration, openedOn } = household;
  const content = JSON.stringify([number, declaration, openedOn]);
  return newFileId(Buffer.from(await vault.blindIndex("archive-import", content), "base64url"));
};

const unitProblem = (
  importer: Importer,
  { declaration }: ImportedHousehold,
): ImportProblem | null => {
  const unit = unitOf(importer.organisation, declaration.facts.unitId as UnitId);
  if (!unit || !isBaseUnit(unit)) return "unknown_unit";
  return isInBranch(importer.organisation, importer.unitId, unit.id) ? null : "not_your_unit";
};

const hardshipErrors = (
  uses: ArchiveUses,
  { declaration, openedOn, line }: ImportedHousehold,
): readonly ImportError[] => {
  try {
    const on = openedOn ?? localDateOf(uses.clock.now());
    const computed = computeFile(declaration, uses.policy, on);
    if (computed.kind === "filed") return [];
    const said = computed.hardship.refusal?.says;
    return [{ line, column: null, problem: "not_in_hardship", ...(said ? { said } : {}) }];
  } catch (error) {
    if (!(error instanceof PolicyNotConfirmed)) throw error;
    return [{ line, column: "openedOn", problem: "no_policy_then" }];
  }
};

const checkOne = async (
  uses: ArchiveUses,
  importer: Importer,
  household: ImportedHousehold,
): Promise<{ readonly ready: ReadyHousehold | null; readonly errors: readonly ImportError[] }> => {
  const { declaration, line, memberLines } = household;
  const problem = unitProblem(importer, household);
  const id = await numberFor(uses, household);
  const persons = await Promise.all(
    declaration.members.map(({ idNumber }) => personIndex(uses, idNumber)),
  );
  const elsewhere = await elsewhereOnFile(uses, persons, id);
  const errors: readonly ImportError[] = [
    ...(problem ? [{ line, column: "unitId", problem } as const] : []),
    ...elsewhere.map(({ place, fileId }): ImportError => ({
      line: memberLines[place] ?? line,
      column: "idNumber",
      problem: "person_in_other_file",
      said: fileId,
    })),
    ...hardshipErrors(uses, household),
  ];
  const unit = unitOf(importer.organisation, declaration.facts.unitId as UnitId);
  if (errors.length > 0 || !unit) return { ready: null, errors };
  const isThere = (await uses.archive.get(id)) !== null;
  return { ready: { ...household, id, unit, isThere }, errors: [] };
};

const checksAtOnce = 12;

/** Checks a sheet's rows, its headings first, against themselves and against the archive. Nothing is written. */
export const checkImport = async (
  uses: ArchiveUses,
  importer: Importer,
  rows: readonly ImportRow[],
): Promise<CheckedImport> => {
  const today = localDateOf(uses.clock.now());
  const reading = readImport(rows, namesOf(importer.organisation), today);
  const checked = await inParallel(reading.households, checksAtOnce, (household) =>
    checkOne(uses, importer, household),
  );
  const errors = [...reading.errors, ...checked.flatMap((one) => one.errors)];
  if (errors.length > 0) {
    const sorted = errors.toSorted((one, other) => one.line - other.line);
    return { kind: "errors", errors: sorted, households: reading.households.length };
  }
  return { kind: "ready", households: checked.flatMap(({ ready }) => ready ?? []) };
};

export interface ImportDone {
  readonly opened: number;
  /** Of an earlier run of the same file. */
  readonly wereThere: number;
  /** Households that somebody else put into the archive between the check and the writing. */
  readonly failed: readonly { readonly line: number; readonly number: string }[];
}

/** Opens what was checked. Run again it completes, and changes nothing that is there. */
export const runImport = async (
  uses: ArchiveUses,
  households: readonly ReadyHousehold[],
  keeper: Keeper,
): Promise<ImportDone> => {
  const missing = households.filter(({ isThere }) => !isThere);
  const results = await inParallel(missing, checksAtOnce, async (household) => {
    const { id, unit, declaration, openedOn } = household;
    const opening = {
      id,
      change: "imported",
      ...(openedOn ? { declaredOn: openedOn } : {}),
    } as const;
    return openHousehold(uses, { declaration, unit }, keeper, opening);
  });
  return {
    opened: results.filter(({ kind }) => kind === "done").length,
    wereThere: households.length - missing.length,
    failed: missing
      .filter((_household, place) => results[place]?.kind !== "done")
      .map(({ line, number }) => ({ line, number })),
  };
};
