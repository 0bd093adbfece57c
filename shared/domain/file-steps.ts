/**
 * What may be done with a hardship file, and what it is afterwards. Pure: whoever calls has turned numbers into
 * keyed hashes, and writes what comes back under the condition that the file stands as it was read.
 */
import {
  addDays,
  addMonths,
  localDateOf,
  type Instant,
  type LocalDate,
} from "../kernel/calendar.ts";
import type { BlindIndex, FileId, StaffId, UnitId } from "../kernel/ids.ts";
import { hardshipOf, type Hardship } from "./category.ts";
import type { CommonPolicy } from "./common-policy.ts";
import {
  declarationChanges,
  hasChanges,
  householdOnFile,
  type FileComputation,
  type FileContent,
  type FileDeclaration,
} from "./file-content.ts";
import type { FileChange, FileState, FileVersion, HardshipFile } from "./hardship-file.ts";
import type { Line } from "./organisation.ts";
import { inForce, livingStandardOn } from "./policy.ts";
import type { PolicyPack } from "./policy-pack.ts";

/** Who does it, when, and why in their words. */
export interface FileAct {
  readonly by: StaffId;
  readonly at: Instant;
  readonly reason: string;
}

/** What is written together: the file after a change, and its version. */
export interface FileStep {
  readonly kind: "step";
  readonly before: HardshipFile | null;
  readonly after: HardshipFile;
  readonly version: FileVersion;
}

export type FileRefusal =
  | "not_in_this_state"
  | "reason_required"
  | "nothing_changed"
  /** The exit rule isn't fulfilled: per-capita above L long enough, with the cause gone. */
  | "not_out_of_hardship_yet";
export interface FileRefused {
  readonly kind: "refused";
  readonly code: FileRefusal;
}

export const refused = (code: FileRefusal): FileRefused => ({ kind: "refused", code });

/** From which states a change may be made, and where it leads. */
const moves: Readonly<Record<Exclude<FileChange, "opened" | "imported">, readonly FileState[]>> = {
  changed: ["open"],
  renewed: ["open", "prevention"],
  verified: ["open", "prevention"],
  to_prevention: ["open"],
  closed: ["open", "prevention"],
  reopened: ["closed", "prevention"],
};

export const mayChange = (file: HardshipFile, change: keyof typeof moves): boolean =>
  moves[change].includes(file.state);

/** The last day of validity of a declaration (policy 8.1 `archive.validMonths`), that day included. */
export const validUntilOf = (declaredOn: LocalDate, policy: CommonPolicy): LocalDate =>
  addDays(addMonths(declaredOn, policy.archiveValidMonths), -1);

export type Computed =
  | { readonly kind: "filed"; readonly computation: FileComputation }
  /** Below no standard that has a file: temporary hardship, none at all, or excluded. */
  | { readonly kind: "not_filed"; readonly hardship: Hardship };

/** The category of a declaration by the rules of a day. @throws PolicyNotConfirmed for a year without an L. */
export const computeFile = (
  declaration: FileDeclaration,
  pack: PolicyPack,
  on: LocalDate,
): Computed => {
  const common = inForce(pack.common, on);
  const rules = {
    common: common.figures,
    livingStandardFen: livingStandardOn(pack.livingStandards, on),
  };
  const hardship = hardshipOf(householdOnFile(declaration), rules, true);
  if (hardship.category === null || hardship.category === "TEMPORARY") {
    return { kind: "not_filed", hardship };
  }
  const policyVersion = `${common.version} ${inForce(pack.livingStandards, on).version}`;
  return {
    kind: "filed",
    computation: { category: hardship.category, policyVersion, steps: hardship.steps },
  };
};

export interface NewFile {
  readonly id: FileId;
  readonly salt: string;
  readonly account: BlindIndex;
  readonly persons: readonly BlindIndex[];
  readonly unitId: UnitId;
  readonly line: Line;
  readonly content: FileContent;
  /** An imported file may have been opened elsewhere before. */
  readonly declaredOn: LocalDate;
  readonly change: "opened" | "imported";
}

/** Opens a file (建档) for a household that is in none. */
export const openFile = (given: NewFile, policy: CommonPolicy, act: FileAct): FileStep => {
  const { content, change, declaredOn, ...frame } = given;
  const after: HardshipFile = {
    ...frame,
    version: 1,
    state: "open",
    category: content.computation.category,
    openedOn: declaredOn,
    declaredOn,
    validUntil: validUntilOf(declaredOn, policy),
    monthsAboveLine: 0,
    causeGone: false,
    verifiedOn: null,
    closedFor: null,
    remindedOf: null,
    chainHead: "",
  };
  return stepTo(null, after, change, act, content, { category: after.category });
};

const stepTo = (
  before: HardshipFile | null,
  after: HardshipFile,
  change: FileChange,
  act: FileAct,
  content: FileContent,
  detail: FileVersion["detail"],
): FileStep => ({
  kind: "step",
  before,
  after,
  version: { fileId: after.id, version: after.version, change, ...act, detail, content },
});

/** A file as it stands, with what its newest version says. */
export interface OpenedFile {
  readonly file: HardshipFile;
  readonly content: FileContent;
}

/** A change of a file, if its state and a reason allow it. */
export const moved = (
  { file, content }: OpenedFile,
  change: keyof typeof moves,
  act: FileAct,
  changes: Partial<HardshipFile>,
  more: { readonly content?: FileContent; readonly detail?: FileVersion["detail"] } = {},
): FileStep | FileRefused => {
  if (!mayChange(file, change)) return refused("not_in_this_state");
  if (act.reason.trim() === "") return refused("reason_required");
  const after: HardshipFile = { ...file, ...changes, version: file.version + 1 };
  return stepTo(file, after, change, act, more.content ?? content, more.detail ?? {});
};

/** A new declaration, and where it is kept. */
export interface Redeclared {
  readonly content: FileContent;
  readonly persons: readonly BlindIndex[];
  readonly unitId: UnitId;
  readonly line: Line;
}

const redeclared = ({ content, persons, unitId, line }: Redeclared): Partial<HardshipFile> => ({
  persons,
  unitId,
  line,
  category: content.computation.category,
});

/** Changes what the file says, within its time (变更). */
export const changeFile = (
  opened: OpenedFile,
  given: Redeclared,
  act: FileAct,
): FileStep | FileRefused => {
  const changes = declarationChanges(opened.content, given.content);
  if (!hasChanges(changes)) return refused("nothing_changed");
  return moved(opened, "changed", act, redeclared(given), {
    content: given.content,
    detail: { category: given.content.computation.category },
  });
};

/** Declares the household anew (重新申报): the file counts for another term. A watched file is on file again. */
export const renewFile = (
  opened: OpenedFile,
  given: Redeclared,
  policy: CommonPolicy,
  act: FileAct,
): FileStep | FileRefused => {
  const declaredOn = localDateOf(act.at);
  const validUntil = validUntilOf(declaredOn, policy);
  return moved(
    opened,
    "renewed",
    act,
    {
      ...redeclared(given),
      state: "open",
      declaredOn,
      validUntil,
      monthsAboveLine: 0,
      causeGone: false,
    },
    {
      content: given.content,
      detail: { category: given.content.computation.category, validUntil },
    },
  );
};

/** On file again by a new declaration (返困). */
export const reopenFile = (
  opened: OpenedFile,
  given: Redeclared,
  policy: CommonPolicy,
  act: FileAct,
): FileStep | FileRefused => {
  const declaredOn = localDateOf(act.at);
  const validUntil = validUntilOf(declaredOn, policy);
  return moved(
    opened,
    "reopened",
    act,
    {
      ...redeclared(given),
      state: "open",
      declaredOn,
      validUntil,
      closedFor: null,
      monthsAboveLine: 0,
      causeGone: false,
    },
    {
      content: given.content,
      detail: { category: given.content.computation.category, validUntil },
    },
  );
};
