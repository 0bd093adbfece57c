/** A PNG without words, times and camera data; the picture and its colours stay as they are. (PNG, third edition, 11) */
import { joinBytes, latinText, viewOf } from "#shared/kernel/bytes.ts";
import type { CleanPhoto } from "./photo-jpeg.ts";

const signatureBytes = 8;

/** What the picture is made of, and what shows it in its colours. Anything else is left behind. */
const keptChunks: ReadonlySet<string> = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split(" "),
);

/** @returns the picture alone, or null when it is no whole PNG. */
export const cleanPng = (bytes: Uint8Array): CleanPhoto | null => {
  const parts: Uint8Array[] = [bytes.subarray(0, signatureBytes)];
  const view = viewOf(bytes);
  let size: readonly [number, number] | null = null;
  let hasPicture = false;
  for (let at = signatureBytes; at + 12 <= bytes.length;) {
    const next = at + 12 + view.getUint32(at);
    const name = latinText(bytes.subarray(at + 4, at + 8));
    if (next > bytes.length || (size === null) !== (name === "IHDR")) return null;
    if (name === "IHDR") size = [view.getUint32(at + 8), view.getUint32(at + 12)];
    hasPicture ||= name === "IDAT";
    if (keptChunks.has(name)) parts.push(bytes.subarray(at, next));
    if (name === "IEND" && size && hasPicture) {
      return { widthPixels: size[0], heightPixels: size[1], body: joinBytes(parts) };
    }
    at = next;
  }
  return null;
};
