/**
 * Files on their way, an applicant's or a visitor's: sent by the browser straight to the store, looked at when
 * they are listed, and taken into the case, read and hashed, when they are handed in. Showing them writes nothing.
 */
import { createHash } from "node:crypto";
import type { Application, Paper } from "#shared/domain/application.ts";
import {
  checkPaperFile,
  paperHeadBytes,
  paperMaxBytes,
  papersMax,
  refusalMark,
  type LandedCheck,
  type PaperMediaType,
} from "#shared/domain/paper-file.ts";
import { cleanPhoto } from "#shared/domain/photo.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { visitPapers } from "#shared/domain/visit.ts";
import { msOfInstant } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { UploadForm } from "#shared/ports/object-store.ts";

type Uses = Pick<Dependencies, "papers" | "cases" | "random" | "clock">;

/** A file that has landed. */
export interface LandedFile {
  readonly key: string;
  readonly kind: string;
  /** Its own part of the key: how a form names it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly check: LandedCheck;
}

/** Files are kept apart by the case's version: what was sent for an earlier request isn't taken again. */
const prefixOf = ({ id, version }: Application): string => `incoming/${id}/${version}/`;

const keyPattern = /^incoming\/[^/]+\/(?<version>\d+)\/(?<kind>[a-z0-9_]+)\/(?<name>[\w-]+)$/u;

/** Whose files: what visitors bring home is not offered to the applicant, nor the other way round. */
export interface Landing {
  readonly from: "applicant" | "visitors";
  /** The version from which files count; a wait that was prolonged keeps what was sent before. */
  readonly sinceVersion: number;
}

const visitKinds: readonly string[] = visitPapers.map(({ kind }) => kind);

/** A file may arrive so long after its form was made (shared/ports/object-store.ts). */
const formMinutes = 30;
/** A conversion takes seconds. What isn't done by then has failed or was lost, and another photo helps sooner. */
const convertingMinutesMax = 10;

/** The time in front of a file's name: when its form was made. */
const sentAtMs = (name: string): number => Number.parseInt(name.split("-", 1)[0] ?? "", 36);

/** What a file's first bytes say, and for a photo that is still to be converted, how far that is. */
const checkLanded = (
  { clock }: Pick<Uses, "clock">,
  file: { readonly name: string; readonly sizeBytes: number; readonly head: Uint8Array },
): LandedCheck => {
  const check = checkPaperFile(file);
  if (check.kind !== "accepted" || check.mediaType !== "image/heic") return check;
  const sinceMs = msOfInstant(clock.now()) - sentAtMs(file.name);
  return sinceMs < (formMinutes + convertingMinutesMax) * 60_000
    ? { kind: "converting" }
    : { kind: "refused", problem: "not_convertible" };
};

/** So many files are looked at or read at a time. */
const atOnce = 5;

const inTurns = async <Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(run))));
  }
  return results;
};

/** What has landed for a case in its present state, each looked at by size and first bytes. */
export const landedFiles = async (
  { papers, clock }: Pick<Uses, "papers" | "clock">,
  application: Application,
  landing: Landing = { from: "applicant", sinceVersion: application.version },
): Promise<readonly LandedFile[]> => {
  const objects = (await papers.list(`incoming/${application.id}/`)).flatMap((object) => {
    const { version, kind, name } = keyPattern.exec(object.key)?.groups ?? {};
    if (version === undefined || kind === undefined || name === undefined) return [];
    const isTheirs = visitKinds.includes(kind) === (landing.from === "visitors");
    const isNow = Number(version) >= landing.sinceVersion && Number(version) <= application.version;
    return isTheirs && isNow ? [{ ...object, kind, name }] : [];
  });
  const files = await inTurns(
    objects.slice(0, papersMax),
    async ({ key, kind, name, sizeBytes, etag }) => {
      const tooSmallOrLarge = sizeBytes === 0 || sizeBytes > paperMaxBytes;
      const head = tooSmallOrLarge
        ? new Uint8Array()
        : await papers.head(key, paperHeadBytes, etag);
      return (
        head && {
          key,
          kind,
          name,
          sizeBytes,
          check: checkLanded({ clock }, { name, sizeBytes, head }),
        }
      );
    },
  );
  return files.filter((file) => file !== null);
};

/** How many files have landed for a case, of whatever version: a bound, told without looking into any. */
export const landedCount = async (
  { papers }: Pick<Uses, "papers">,
  { id }: Pick<Application, "id">,
): Promise<number> => (await papers.list(`incoming/${id}/`)).length;

/** The landed files that are to be handed in: usable, and not left out by name. */
export const filesChosen = (
  files: readonly LandedFile[],
  leaveOut: readonly string[],
): readonly LandedFile[] =>
  files.filter(({ check, name }) => check.kind === "accepted" && !leaveOut.includes(name));

/** Whether some of the files, unless left out by name, are photos that are still being converted. */
export const areConverting = (
  files: readonly LandedFile[],
  leaveOut: readonly string[] = [],
): boolean =>
  files.some(({ check, name }) => check.kind === "converting" && !leaveOut.includes(name));

/** Files that keep a case from being handed in: one is still being converted, or one turned out to be no paper. */
export interface PapersNotReady {
  readonly kind: "papers_not_ready";
  readonly why: "converting" | "refused";
}

/** A form for one more file of a kind; none when the case has sent as many as it may. */
export const uploadFormFor = (
  { papers, random, clock }: Pick<Uses, "papers" | "random" | "clock">,
  application: Application,
  requirement: Pick<PaperRequirement, "kind">,
  returnTo: string,
): Promise<UploadForm> => {
  // The time in front keeps a list of keys in the order of sending.
  const time = msOfInstant(clock.now()).toString(36);
  const name = `${time}-${Buffer.from(random(12)).toString("base64url")}`;
  return papers.uploadForm({
    key: `${prefixOf(application)}${requirement.kind}/${name}`,
    maxBytes: paperMaxBytes,
    returnTo,
  });
};

type NewPaper = Omit<Paper, "number" | "addedAt">;

const numbersTriedMax = 200;

/** A case's papers as they are known here; what is recorded joins them. */
interface KnownPapers {
  all: readonly Paper[];
}

const sameAs =
  ({ kind, sha256 }: Pick<Paper, "kind" | "sha256">) =>
  (other: Paper): boolean =>
    other.kind === kind && other.sha256 === sha256;

/** Records a paper under the next free number. @returns its number, and whether the case had this very file before. */
const record = async (
  { cases, clock }: Pick<Uses, "cases" | "clock">,
  known: KnownPapers,
  paper: NewPaper,
): Promise<{ readonly number: number; readonly isNew: boolean }> => {
  for (let tries = 0; tries < numbersTriedMax; tries += 1) {
    const same = known.all.find(sameAs(paper));
    if (same) return { number: same.number, isNew: false };
    const number = Math.max(0, ...known.all.map((other) => other.number)) + 1;
    const numbered = { ...paper, number, addedAt: clock.now() };
    if (await cases.addPaper(numbered)) {
      known.all = [...known.all, numbered];
      return { number, isNew: true };
    }
    // Taken meanwhile by a parallel request: look again, it may have been this very file.
    known.all = await cases.papers(paper.applicationId);
  }
  throw new Error("no free number for a paper");
};

type Whole =
  | { readonly kind: "paper"; readonly body: Uint8Array; readonly mediaType: PaperMediaType }
  | Extract<LandedCheck, { kind: "refused" | "converting" }>;

/** A file as it was read in full, and as it may be kept: whatever the list showed before, this is what counts. */
const readWhole = async ({ papers }: Pick<Uses, "papers">, file: LandedFile): Promise<Whole> => {
  const body = await papers.read(file.key, paperMaxBytes);
  if (!body) return { kind: "refused", problem: "too_large" };
  const check = checkPaperFile({ sizeBytes: body.length, head: body });
  if (check.kind === "refused") return check;
  const { mediaType } = check;
  if (mediaType === "image/heic") return { kind: "converting" };
  const cleaned = cleanPhoto(body, mediaType);
  return cleaned.kind === "refused" ? cleaned : { kind: "paper", body: cleaned.body, mediaType };
};

/** Takes a file in. @returns null when it is no paper; its sender's page says so from now on. */
const acceptFile = async (
  uses: Pick<Uses, "papers" | "cases" | "clock">,
  { id }: Application,
  known: KnownPapers,
  file: LandedFile,
): Promise<{ readonly number: number; readonly isNew: boolean } | null> => {
  const whole = await readWhole(uses, file);
  if (whole.kind === "refused") {
    await uses.papers.write(file.key, refusalMark(whole.problem), "text/plain");
  }
  if (whole.kind !== "paper") return null;
  const { body, mediaType } = whole;
  const sha256 = createHash("sha256").update(body).digest("hex");
  const objectKey = `papers/${id}/${sha256}`;
  await uses.papers.write(objectKey, body, mediaType);
  return record(uses, known, {
    applicationId: id,
    kind: file.kind,
    objectKey,
    mediaType,
    sizeBytes: body.length,
    sha256,
  });
};

export interface AcceptedPapers {
  /** Kinds of which the case now has something. */
  readonly kinds: readonly string[];
  /** How many are new by this. */
  readonly added: number;
  /** The numbers of these files in the case, in their order. */
  readonly numbers: readonly number[];
  /** How many were none after all; the page they were sent from says why. */
  readonly refused: number;
  readonly total: number;
}

/**
 * Takes landed files into the case: read, checked, cleaned of all but the picture, hashed, copied to where they
 * stay. Run twice, or by two requests at once, each file is one paper: its place is named by its content.
 */
export const acceptFiles = async (
  uses: Pick<Uses, "papers" | "cases" | "clock">,
  application: Application,
  files: readonly LandedFile[],
): Promise<AcceptedPapers> => {
  const known: KnownPapers = { all: await uses.cases.papers(application.id) };
  let added = 0;
  const numbers: number[] = [];
  for (const file of files) {
    const accepted = await acceptFile(uses, application, known, file);
    if (!accepted) continue;
    numbers.push(accepted.number);
    if (accepted.isNew) added += 1;
  }
  return {
    kinds: [...new Set(known.all.map(({ kind }) => kind))],
    added,
    numbers,
    refused: files.length - numbers.length,
    total: known.all.length,
  };
};
