/** Proofs of the whole trail that are asked for at the desk: asked, made in the background, and shown. */
import { instantOfMs } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import type { TrailProofRun } from "#shared/ports/trail-store.ts";
import { proveFile } from "./trail-prove.ts";
import { trailFile, type ExportUses } from "./trail-export.ts";

/** Where requests land: the store calls functions/prove-trail for each. */
export const trailRequestPrefix = "trail-requests/";

const runBytes = 9;
const fileMaxBytes = 1024 * 1024 * 1024;

const requestKey = ({ askedAt, id }: Pick<TrailProofRun, "askedAt" | "id">): string =>
  `${trailRequestPrefix}${Date.parse(askedAt)}-${id}`;

const requestPattern = /(?<ms>\d{10,16})-(?<id>[0-9a-f]{18})$/u;

/** Asks for an export of the trail and its proof; the file in the store is what starts them. */
export const askForProof = async (
  {
    trail,
    clock,
    random,
    files,
  }: Pick<Dependencies, "trail" | "clock" | "random"> & {
    readonly files: Pick<StoredFiles, "write">;
  },
  askedBy: StaffId,
): Promise<TrailProofRun> => {
  const id = Buffer.from(random(runBytes)).toString("hex");
  const run: TrailProofRun = { id, askedAt: clock.now(), askedBy, done: null };
  await trail.putProof(run);
  await files.write(requestKey(run), new TextEncoder().encode(id), "text/plain");
  return run;
};

type Uses = Omit<ExportUses, "files"> & {
  readonly files: Pick<StoredFiles, "read" | "writeStream">;
};

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Exports the trail and proves the file as it was stored. Called twice, the second answer changes nothing; "left" is
 * what nobody asked for.
 */
export const runProof = async (uses: Uses, key: string): Promise<"done" | "left"> => {
  const { ms, id } = requestPattern.exec(key)?.groups ?? {};
  const run = ms && id ? await uses.trail.proof(instantOfMs(Number(ms)), id) : null;
  if (!run || run.done) return "left";
  const fileKey = `trails/${run.id}.jsonl.gz`;
  const { sizeBytes, sha256 } = await uses.files.writeStream(
    fileKey,
    trailFile(uses),
    "application/gzip",
  );
  const bytes = await uses.files.read(fileKey, fileMaxBytes);
  const verdict = await proveFile(oneChunk(bytes ?? new Uint8Array()));
  const at = uses.clock.now();
  await uses.trail.finishProof(run, { at, fileKey, sizeBytes, sha256, verdict });
  return "done";
};
