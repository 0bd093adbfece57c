/** The trail of an embedded city: anchored, exported, and proved or forged. */
import type { Embedded } from "#infra/local/embedded.ts";
import { anchorYesterday } from "#shared/casework/trail-anchor.ts";
import { digest } from "#shared/casework/trail-digest.ts";
import { trailFile, trailText } from "#shared/casework/trail-export.ts";
import { proveFile } from "#shared/casework/trail-prove.ts";
import { createLineWriter } from "#shared/domain/trail-lines.ts";
import type { TrailRow } from "#shared/domain/trail-row.ts";
import type { Verdict } from "#shared/domain/trail-fault.ts";
import { addDays, localDateOf, startOfDay, addMinutes } from "#shared/kernel/calendar.ts";
import type { KeptAnchor } from "#shared/ports/trail-store.ts";

/** Goes to half an hour past the next midnight and anchors the day that ended. */
export const anchorNextNight = async (city: Embedded): Promise<KeptAnchor> => {
  const tomorrow = addDays(localDateOf(city.clock.now()), 1);
  await city.clock.advanceTo(addMinutes(startOfDay(tomorrow), 31));
  return anchorYesterday(city.dependencies);
};

const allOf = async <Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> => {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
};

/** The trail's text as it is now. */
export const exportedText = async (uses: Parameters<typeof trailText>[0]): Promise<string> =>
  (await allOf(trailText(uses))).join("");

/** The trail's file as it is stored. */
export const exportedFile = async (uses: Parameters<typeof trailFile>[0]): Promise<Buffer> =>
  Buffer.concat(await allOf(trailFile(uses)));

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const chunkBytes = 10_000;
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export const proved = (
  file: string | Uint8Array,
  heldRoots: readonly string[] = [],
): Promise<Verdict> =>
  proveFile(inChunks(typeof file === "string" ? Buffer.from(file) : file), heldRoots);

/** The rows of a text, without its manifest. */
export const rowsOf = (text: string): readonly TrailRow[] =>
  text
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { readonly row: TrailRow }).row);

/** What a forger makes who changes rows and works out every line's hash and the manifest anew. */
export const relined = (rows: readonly TrailRow[]): string => {
  const writer = createLineWriter(digest);
  return `${rows.map((row) => writer.line(row)).join("")}${writer.last()}`;
};
