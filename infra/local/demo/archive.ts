/** Hardship files of the demo city's people: opened as a handler would, with what they say in their applications. */
import { createHash } from "node:crypto";
import { declarationOf } from "#shared/casework/archive-from-case.ts";
import {
  openHousehold,
  type ArchiveUses,
  type FileResult,
} from "#shared/casework/archive-files.ts";
import { isFiled, noHistory } from "#shared/domain/assessment.ts";
import { readForm, type Answers } from "#shared/domain/form.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import type { EveryProgramme, Example } from "#shared/domain/programme.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { newFileId, type FileId, type StaffId, type UnitId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = ArchiveUses & Pick<Dependencies, "directory">;

/** The demo city's administrator keeps its made-up files. */
const keeper = { by: "ST00000022" as StaffId, reason: "演示数据" };

/** Told from the person's number, so that the same person's file has the same id in every run. */
const fileIdOf = ({ applicantIdNumber }: CommonFacts): FileId =>
  newFileId(createHash("sha256").update(`demo|${applicantIdNumber}`).digest());

/** Whether a worked case wants its household to have a file. */
export const wantsFile = ({ expected }: Pick<Example<CommonFacts>, "expected">): boolean =>
  isFiled(expected.category);

/**
 * Opens a file for the household that these answers tell of. @returns null for answers that can't be read or tell
 * of no office; what the archive says otherwise: somebody of the household may have a file, or it gets none.
 */
export const fileFor = async (
  uses: Uses,
  programme: EveryProgramme,
  answers: Answers,
): Promise<FileResult | null> => {
  const reading = readForm(programme.form, answers);
  if (reading.kind === "problems") return null;
  const { facts } = reading;
  const unit = unitOf(await uses.directory.organisation(), facts.unitId as UnitId);
  if (!unit?.line) return null;
  const { steps } = programme.assess(facts, {
    appliedOn: localDateOf(uses.clock.now()),
    line: unit.line,
    pack: uses.policy,
    onFile: true,
    history: noHistory,
  });
  const declaration = declarationOf(programme, facts, steps);
  return openHousehold(uses, { unit, declaration }, keeper, { id: fileIdOf(facts) });
};
