import { createHash } from "node:crypto";
import * as z from "zod";
import { stateOf, type FinanceExport } from "#shared/domain/finance-export.ts";
import { exportFileName, exportRequestsPrefix } from "#shared/domain/export-files.ts";
import { parseExportId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import { makeTable } from "./tables.ts";

type Uses = Pick<
  Dependencies,
  "batches" | "cases" | "clock" | "directory" | "exports" | "funds"
> & { readonly files: Pick<StoredFiles, "writeStream"> };

/** What is read of EventBridge's event; S3 sends it at least once. */
const Input = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

const idOf = (key: string): string | null =>
  key.startsWith(exportRequestsPrefix)
    ? parseExportId(key.slice(exportRequestsPrefix.length).replace(/\.json$/u, ""))
    : null;

const mediaTypes = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
} as const;

/** Hashes the table itself: what a locked ZIP is around it differs each time. */
const hashed = (bytes: AsyncGenerator<Uint8Array>) => {
  const hash = createHash("sha256");
  async function* passed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: passed(), sha256: () => hash.digest("hex") };
};

const inZip = async (
  asked: FinanceExport,
  bytes: AsyncGenerator<Uint8Array>,
  password: string,
): Promise<AsyncGenerator<Uint8Array>> => {
  const { lockedZip } = await import("./locked-zip.ts");
  return lockedZip(exportFileName({ ...asked, isLocked: false }), bytes, password);
};

const make = async (uses: Uses, asked: FinanceExport): Promise<void> => {
  const { id, request, isLocked } = asked;
  const password = isLocked ? await uses.exports.password(id) : null;
  // Typed again by whoever still wants it: it is kept for a day and no longer.
  if (isLocked && password === null) return uses.exports.fail(id, uses.clock.now());
  const table = await makeTable(uses, request);
  const { bytes, sha256 } = hashed(table.bytes);
  const body = password === null ? bytes : await inZip(asked, bytes, password);
  const fileKey = `exports/files/${exportFileName(asked)}`;
  const mediaType = mediaTypes[isLocked ? "zip" : request.format];
  const { sizeBytes } = await uses.files.writeStream(fileKey, body, mediaType);
  const madeAt = uses.clock.now();
  await uses.exports.finish(id, {
    ...table.totals(),
    sha256: sha256(),
    sizeBytes,
    madeAt,
    fileKey,
  });
};

export type Making = "made" | "left";

/** Makes an export once; called again, late or after half a run, it leaves what is made or makes the same. */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "make-export", input: Input },
    async ({ detail }): Promise<{ outcome: Making }> => {
      const id = idOf(detail.object.key);
      const asked = id === null ? null : await uses.exports.get(id);
      if (!asked || asked.made || stateOf(asked, uses.clock.now()) === "expired") {
        return { outcome: "left" };
      }
      try {
        await make(uses, asked);
      } catch (error) {
        await uses.exports.fail(asked.id, uses.clock.now());
        throw error;
      }
      return { outcome: "made" };
    },
  );
