/**
 * Comparing a season's cases with another branch's without exchanging ID numbers (policy 3.5, peers row 33): the
 * list of keyed hashes that goes out, and what the other's list says of our cases.
 */
import type { Application, Status } from "#shared/domain/application.ts";
import {
  hashedText,
  keyCheckProgramme,
  keyCheckText,
  matchesIn,
  readList,
  scopeOf,
  type Agreement,
  type FlaggedMatch,
  type ListedHash,
  type ListProblem,
  type OwnHash,
} from "#shared/domain/branch-comparison.ts";
import { readForm } from "#shared/domain/form.ts";
import { idNumbersIn } from "#shared/domain/intake.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { ApplicationId, StaffId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { policyDayOf, programmeOf } from "./load.ts";
import { allQueues, entriesIn } from "./queued-cases.ts";

type Uses = Pick<
  Dependencies,
  "cases" | "funds" | "directory" | "vault" | "clock" | "policy" | "oversight"
>;

/** So many cases are compared at a time; more days than that take two lists. */
export const casesMax = 1_500;
const atOnce = 16;
/** Cases under way stand in a queue; cases with money stand in the ledger. What was refused was not helped. */
const notCompared: readonly Status[] = ["draft", "withdrawn", "lapsed", "ineligible", "rejected"];

/** Every case under way, and every one that money was set aside for since the first day. */
const candidateIds = async (
  uses: Uses,
  { from }: Agreement,
): Promise<ReadonlySet<ApplicationId>> => {
  const ids = new Set<ApplicationId>();
  for (const queue of allQueues) {
    for await (const { applicationId } of entriesIn(uses, queue)) ids.add(applicationId);
  }
  const months = [from.slice(0, 7), uses.clock.now().slice(0, 7)] as const;
  for (const { id } of await uses.funds.all()) {
    for await (const { applicationId } of uses.funds.transfers(id, ...months)) {
      if (applicationId !== null) ids.add(applicationId);
    }
  }
  return ids;
};

const isCompared = ({ status, submittedAt }: Application, { from, to }: Agreement): boolean => {
  if (submittedAt === null || notCompared.includes(status)) return false;
  const on = localDateOf(submittedAt);
  return from <= on && on <= to;
};

type Hash = (value: string) => Promise<string>;

/** Everybody a case names by ID number. Answers that today's form no longer reads are not compared. */
const hashesOf = async (
  uses: Uses,
  application: Application,
  hash: Hash,
): Promise<readonly OwnHash[]> => {
  const programme = programmeOf(application);
  const reading = readForm(programme.form, (await uses.cases.answers(application)) ?? {});
  if (reading.kind === "problems") return [];
  const { period } = programme.claim(reading.facts, policyDayOf(uses, application));
  const numbers = idNumbersIn(programme.form, reading.facts);
  return Promise.all(
    numbers.map(async (number) => ({
      applicationId: application.id,
      programmeId: programme.id,
      period,
      hash: await hash(hashedText(programme.id, period, number)),
    })),
  );
};

export interface OwnList {
  readonly kind: "list";
  readonly cases: number;
  readonly hashes: readonly OwnHash[];
  /** The first line of the list that goes out. */
  readonly keyCheck: string;
}

/** Our cases of the agreed days as keyed hashes, each with the case it came from. */
export const ownHashes = async (
  uses: Uses,
  agreement: Agreement,
): Promise<OwnList | { readonly kind: "too_many" }> => {
  const ids = [...(await candidateIds(uses, agreement))];
  const loaded = await inParallel(ids, atOnce, (id) => uses.cases.get(id));
  const compared = loaded.filter(
    (application): application is Application =>
      application !== null && isCompared(application, agreement),
  );
  if (compared.length > casesMax) return { kind: "too_many" };
  const hash = await uses.vault.agreedHasher(agreement.passphrase, scopeOf(agreement));
  const hashes = await inParallel(compared, atOnce, (application) =>
    hashesOf(uses, application, hash),
  );
  return {
    kind: "list",
    cases: compared.length,
    hashes: hashes.flat(),
    keyCheck: await hash(keyCheckText),
  };
};

/** What goes out: no case, no person, and in an order that tells nothing. */
export const listRows = ({ hashes, keyCheck }: OwnList): readonly ListedHash[] => [
  { programmeId: keyCheckProgramme, period: "", hash: keyCheck },
  ...hashes
    .map(({ programmeId, period, hash }) => ({ programmeId, period, hash }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
];

export type Compared =
  | { readonly kind: "problem"; readonly problem: ListProblem }
  | { readonly kind: "too_many" }
  | {
      readonly kind: "compared";
      readonly cases: number;
      readonly listed: number;
      readonly matches: readonly FlaggedMatch[];
    };

const isSameList = (own: readonly ListedHash[], theirs: readonly ListedHash[]): boolean => {
  const hashes = new Set(own.map(({ hash }) => hash));
  return (
    own.length > 1 && own.length === theirs.length && theirs.every(({ hash }) => hashes.has(hash))
  );
};

/**
 * Compares another branch's list with our cases. Every match is kept with its case, for whoever decides it; a
 * match that is known stays as it is.
 */
export const compareWith = async (
  uses: Uses,
  given: {
    readonly agreement: Agreement;
    readonly branch: string;
    readonly by: StaffId;
    readonly rows: readonly { readonly cells: readonly string[] }[];
  },
): Promise<Compared> => {
  const list = readList(given.rows);
  if (!list) return { kind: "problem", problem: "not_a_list" };
  const own = await ownHashes(uses, given.agreement);
  if (own.kind === "too_many") return own;
  if (own.keyCheck !== list.keyCheck) return { kind: "problem", problem: "another_passphrase" };
  if (isSameList(own.hashes, list.hashes)) return { kind: "problem", problem: "own_list" };
  const foundAt = uses.clock.now();
  const matches = matchesIn(own.hashes, list.hashes).map(
    ({ applicationId, programmeId, period }): FlaggedMatch => ({
      applicationId,
      programmeId,
      period,
      branch: given.branch,
      foundAt,
      foundBy: given.by,
      closedAt: null,
      closedBy: null,
      outcome: "",
    }),
  );
  for (const match of matches) await uses.oversight.putMatch(match);
  return { kind: "compared", cases: own.cases, listed: list.hashes.length, matches };
};

/** What other branches' lists say of a case: shown to whoever handles or decides it. */
export const comparisonFlagsOf = (
  { oversight }: Pick<Dependencies, "oversight">,
  { id }: Pick<Application, "id">,
): Promise<readonly FlaggedMatch[]> => oversight.matchesOf(id);
