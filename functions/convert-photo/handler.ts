import * as z from "zod";
import {
  checkPaperFile,
  paperHeadBytes,
  paperMaxBytes,
  refusalMark,
} from "#shared/domain/paper-file.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";

/** What is read of EventBridge's event; S3 sends it at least once, and for every object. */
const Input = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

export type Conversion = "converted" | "refused" | "left";

interface Uses {
  readonly papers: Pick<StoredFiles, "head" | "read" | "write">;
}

const isHeic = (head: Uint8Array): boolean => {
  const check = checkPaperFile({ sizeBytes: head.length, head });
  return check.kind === "accepted" && check.mediaType === "image/heic";
};

/**
 * Puts a JPEG in the place of a HEIC. Its own writing calls it again, and then there is nothing left to do: run
 * twice, late, or after half a run, the outcome is the same. Of a photo that nobody can read the place says so.
 */
const convert = async ({ papers }: Uses, key: string): Promise<Conversion> => {
  const head = await papers.head(key, paperHeadBytes);
  if (!head || !isHeic(head)) return "left";
  const body = await papers.read(key, paperMaxBytes);
  // Too large: whoever lists it says so.
  if (!body) return "left";
  // 2 MB of code that only a HEIC needs.
  const { jpegOfHeic } = await import("./heic.ts");
  const made = await jpegOfHeic(body);
  if (made.kind === "refused") {
    await papers.write(key, refusalMark(made.problem), "text/plain");
    return "refused";
  }
  await papers.write(key, made.body, "image/jpeg");
  return "converted";
};

export const createHandler = (uses: Uses | Pick<Dependencies, "papers">) =>
  taskHandler(
    { name: "convert-photo", input: Input },
    async ({ detail }): Promise<{ outcome: Conversion }> => ({
      outcome: await convert(uses, detail.object.key),
    }),
  );
