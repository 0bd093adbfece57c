/**
 * Help given twice by two branches, found without exchanging ID numbers (policy 3.5, peers row 33): both make the
 * same keyed hash of programme, period and ID number with a passphrase they agreed on, exchange the hashes, and
 * look whether any is on both lists.
 */
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";

/** Shorter ones could be guessed by whoever gets hold of a list. */
export const passphraseMin = 20;
export const passphraseMax = 200;
export const branchNameMax = 40;

/** What two branches agree on. */
export interface Agreement {
  readonly passphrase: string;
  /** The days of application that are compared, both included. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** One person of one case, as it stands on a list: nobody can tell the person from it. */
export interface ListedHash {
  readonly programmeId: string;
  readonly period: string;
  readonly hash: string;
}

/** The same with the case it came from, which never leaves the branch. */
export interface OwnHash extends ListedHash {
  readonly applicationId: ApplicationId;
}

/**
 * What is hashed. The period keeps a student of this year and of the last apart, and the programme keeps two
 * kinds of help apart that may well be given together (policy 3.5).
 */
export const hashedText = (programmeId: string, period: string, idNumber: string): string =>
  [programmeId, period, idNumber.trim().toUpperCase()].join("|");

/** What the passphrase is stretched with: both branches must have typed the same days. */
export const scopeOf = ({ from, to }: Pick<Agreement, "from" | "to">): string =>
  `songnuan/branch-comparison/${from}/${to}`;

/** Hashed too and put on the list, so that a mistyped passphrase is told from lists without a match. */
export const keyCheckText = "key-check";

/** The list's first line says so. */
export const keyCheckProgramme = "#key-check";

/** What is wrong with a list. */
export type ListProblem = "not_a_list" | "another_passphrase" | "own_list";

export const listProblemWords: Readonly<Record<ListProblem, Text>> = {
  not_a_list: {
    zh: "这不是比对清单：应为本系统导出的 CSV，含“programme”“period”“hash”三列",
    en: "This is no comparison list: it should be the CSV this system exports, with the columns programme, period and hash",
  },
  another_passphrase: {
    zh: "口令或起止日期与对方不一致，请双方核对后重试",
    en: "The passphrase or the days differ from the other branch's: check both and try again",
  },
  own_list: {
    zh: "这是本单位自己导出的清单，请上传对方的清单",
    en: "This is the list you exported yourselves: upload the other branch's",
  },
};

export const listColumns = ["programme", "period", "hash"] as const;

const hashPattern = /^[\w-]{43}$/u;
const namePattern = /^#?[\w:.-]{1,80}$/u;

/** Reads another branch's list out of a table's cells. @returns null for what is none. */
export const readList = (
  rows: readonly { readonly cells: readonly string[] }[],
): { readonly keyCheck: string; readonly hashes: readonly ListedHash[] } | null => {
  // Our own export puts an apostrophe before a hash that a spreadsheet could take for a formula.
  const plain = (cell: string): string => cell.trim().replace(/^'/u, "");
  const [head, ...body] = rows.map(({ cells }) => cells.map(plain));
  if (!head || listColumns.some((title, index) => head[index] !== title)) return null;
  let keyCheck: string | null = null;
  const hashes: ListedHash[] = [];
  for (const [programmeId = "", period = "", hash = ""] of body) {
    if (!namePattern.test(programmeId) || !hashPattern.test(hash)) return null;
    if (programmeId === keyCheckProgramme) keyCheck = hash;
    else if (namePattern.test(period)) hashes.push({ programmeId, period, hash });
    else return null;
  }
  return keyCheck === null ? null : { keyCheck, hashes };
};

/** Our cases that stand on the other's list too, each once. */
export const matchesIn = (
  own: readonly OwnHash[],
  theirs: readonly ListedHash[],
): readonly OwnHash[] => {
  const listed = new Set(theirs.map(({ hash }) => hash));
  const matched = own.filter(({ hash }) => listed.has(hash));
  return [...new Map(matched.map((match) => [match.applicationId, match])).values()];
};

/** A match as it is kept for whoever decides the case. */
export interface FlaggedMatch {
  readonly applicationId: ApplicationId;
  readonly programmeId: string;
  readonly period: string;
  /** What the administrator called the other branch. */
  readonly branch: string;
  readonly foundAt: Instant;
  readonly foundBy: StaffId;
  readonly closedAt: Instant | null;
  readonly closedBy: StaffId | null;
  /** What asking the other branch came to; sealed at rest. */
  readonly outcome: string;
}
