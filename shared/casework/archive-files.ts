/** Keeping files of the hardship archive: each operation is read, one pure step, and one transaction. */
import type { Hardship } from "#shared/domain/category.ts";
import {
  workerFirst,
  type FileContent,
  type FileDeclaration,
  type Member,
} from "#shared/domain/file-content.ts";
import {
  closeFile,
  toPrevention,
  verifyFile,
  type Verification,
} from "#shared/domain/file-exit.ts";
import {
  changeFile,
  computeFile,
  openFile,
  renewFile,
  reopenFile,
  type FileAct,
  type FileRefusal,
  type FileRefused,
  type FileStep,
  type OpenedFile,
  type Redeclared,
} from "#shared/domain/file-steps.ts";
import type { ClosingReason, HardshipFile } from "#shared/domain/hardship-file.ts";
import type { Line, Unit } from "#shared/domain/organisation.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { livingStandardOn } from "#shared/domain/policy.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { newFileId, type BlindIndex, type FileId, type StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { nearIndexesOfFile } from "./near-duplicates.ts";
import { fileAccountOf, personIndex } from "./person-index.ts";

export type ArchiveUses = Pick<Dependencies, "archive" | "clock" | "policy" | "random" | "vault">;

/** Who keeps the file, and why in their words; both stand in its history. */
export interface Keeper {
  readonly by: StaffId;
  readonly reason: string;
}

/** A household as declared, and the office that keeps its file. */
export interface Declared {
  readonly declaration: FileDeclaration;
  readonly unit: Unit;
}

/** A member who stands in another file. */
export interface ElsewhereOnFile {
  /** The member's place among those declared. */
  readonly place: number;
  readonly fileId: FileId;
}

export type FileResult =
  | { readonly kind: "done"; readonly file: HardshipFile }
  /** Below no standard that has a file (policy fact 1): temporary hardship, none, or excluded. */
  | { readonly kind: "not_filed"; readonly hardship: Hardship }
  | { readonly kind: "refused"; readonly code: FileRefusal }
  | { readonly kind: "person_in_other_file"; readonly elsewhere: readonly ElsewhereOnFile[] }
  /** Somebody else changed the file meanwhile. */
  | { readonly kind: "stale" };

const actOf = ({ clock }: Pick<ArchiveUses, "clock">, { by, reason }: Keeper): FileAct => ({
  by,
  reason: reason.trim(),
  at: clock.now(),
});

const lineOf = ({ line }: Unit): Line => {
  invariant(line, "an office that keeps files stands on a line");
  return line;
};

const personsOf = (uses: ArchiveUses, members: readonly Member[]): Promise<readonly BlindIndex[]> =>
  Promise.all(members.map(({ idNumber }) => personIndex(uses, idNumber)));

/** Members whom an open or watched file names already. */
export const elsewhereOnFile = async (
  uses: Pick<Dependencies, "archive">,
  persons: readonly BlindIndex[],
  own: FileId | null,
): Promise<readonly ElsewhereOnFile[]> => {
  const files = await Promise.all(persons.map((person) => uses.archive.fileOf(person)));
  return files.flatMap((file, place) =>
    file && file.state !== "closed" && file.id !== own ? [{ place, fileId: file.id }] : [],
  );
};

const save = async (
  uses: ArchiveUses,
  step: FileStep | FileRefused,
  former: FileContent | null,
): Promise<FileResult> => {
  if (step.kind === "refused") return step;
  const { after, version } = step;
  const near = after.state === "closed" ? [] : await nearIndexesOfFile(uses, version.content);
  const formerNear = former ? await nearIndexesOfFile(uses, former) : [];
  const outcome = await uses.archive.write({ step, near, formerNear });
  switch (outcome) {
    case "written":
    case "already_there": {
      const file = await uses.archive.get(after.id);
      invariant(file, "a file that was written is there");
      return { kind: "done", file };
    }
    case "stale":
      return { kind: "stale" };
    case "person_in_other_file": {
      const elsewhere = await elsewhereOnFile(uses, after.persons, after.id);
      return { kind: "person_in_other_file", elsewhere };
    }
  }
};

/** What a file that is opened may bring along; without it, everything is new and of today. */
export interface Opening {
  /** Told from what is opened, so that opening it again after a crash finds it. */
  readonly id?: FileId;
  readonly declaredOn?: LocalDate;
  readonly change?: "opened" | "imported";
}

const randomIdBytes = 8;
const saltBytes = 16;

/** Opens a file for a household (建档). Opened again under the same id, it is there once. */
export const openHousehold = async (
  uses: ArchiveUses,
  { declaration, unit }: Declared,
  keeper: Keeper,
  { id = newFileId(uses.random(randomIdBytes)), declaredOn, change = "opened" }: Opening = {},
): Promise<FileResult> => {
  const today = localDateOf(uses.clock.now());
  const on = declaredOn ?? today;
  const members = workerFirst(declaration.members);
  const whole = { ...declaration, members };
  const computed = computeFile(whole, uses.policy, on);
  if (computed.kind === "not_filed") return computed;
  const persons = await personsOf(uses, members);
  const step = openFile(
    {
      id,
      salt: Buffer.from(uses.random(saltBytes)).toString("base64url"),
      account: await fileAccountOf(uses, id),
      persons,
      unitId: unit.id,
      line: lineOf(unit),
      content: { ...whole, computation: computed.computation },
      declaredOn: on,
      change,
    },
    commonPolicyOn(uses.policy, on),
    actOf(uses, keeper),
  );
  return save(uses, step, null);
};

/** The file with what it says now. @returns null when there is no such file. */
export const loadFile = async (
  { archive }: Pick<Dependencies, "archive">,
  id: FileId,
): Promise<OpenedFile | null> => {
  const file = await archive.get(id);
  return file && { file, content: (await archive.newest(file)).content };
};

const anew = async (
  uses: ArchiveUses,
  { declaration, unit }: Declared,
): Promise<Redeclared | { readonly kind: "not_filed"; readonly hardship: Hardship }> => {
  const members = workerFirst(declaration.members);
  const whole = { ...declaration, members };
  const computed = computeFile(whole, uses.policy, localDateOf(uses.clock.now()));
  if (computed.kind === "not_filed") return computed;
  return {
    content: { ...whole, computation: computed.computation },
    persons: await personsOf(uses, members),
    unitId: unit.id,
    line: lineOf(unit),
  };
};

/** A new declaration of a file: changed within its time, declared anew for another term, or opened again. */
export const declareAgain = async (
  uses: ArchiveUses,
  how: "changed" | "renewed" | "reopened",
  opened: OpenedFile,
  declared: Declared,
  keeper: Keeper,
): Promise<FileResult> => {
  const given = await anew(uses, declared);
  if ("kind" in given) return given;
  const act = actOf(uses, keeper);
  const policy = commonPolicyOn(uses.policy, localDateOf(act.at));
  const steps = {
    changed: () => changeFile(opened, given, act),
    renewed: () => renewFile(opened, given, policy, act),
    reopened: () => reopenFile(opened, given, policy, act),
  };
  return save(uses, steps[how](), opened.content);
};

/** Closes a file (退档); its people may stand in another one from then on. */
export const closeHousehold = (
  uses: ArchiveUses,
  opened: OpenedFile,
  why: ClosingReason,
  keeper: Keeper,
): Promise<FileResult> => {
  const act = actOf(uses, keeper);
  const policy = commonPolicyOn(uses.policy, localDateOf(act.at));
  return save(uses, closeFile(opened, why, policy, act), opened.content);
};

/** Puts a household that is out of hardship, but not yet steadily, on the prevention list (防困对象). */
export const preventHousehold = (
  uses: ArchiveUses,
  opened: OpenedFile,
  keeper: Keeper,
): Promise<FileResult> => {
  const act = actOf(uses, keeper);
  const policy = commonPolicyOn(uses.policy, localDateOf(act.at));
  return save(uses, toPrevention(opened, policy, act), opened.content);
};

/** Records a re-verification (复核), by which the exit rule counts its months. */
export const verifyHousehold = (
  uses: ArchiveUses,
  opened: OpenedFile,
  verification: Omit<Verification, "on">,
  keeper: Keeper,
): Promise<FileResult> => {
  const act = actOf(uses, keeper);
  const on = localDateOf(act.at);
  const livingStandardFen = livingStandardOn(uses.policy.livingStandards, on);
  const step = verifyFile(opened, { ...verification, on }, livingStandardFen, act);
  return save(uses, step, opened.content);
};
