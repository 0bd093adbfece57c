/** A WebP without camera data; the picture and its colours stay as they are. (RFC 9649) */
import { joinBytes, latinBytes, latinText, viewOf } from "#shared/kernel/bytes.ts";
import type { CleanPhoto } from "./photo-jpeg.ts";

const headerBytes = 12;

/** What the picture is made of. Anything else is left behind: EXIF, XMP, and whatever a program adds. */
const keptChunks: ReadonlySet<string> = new Set([
  "VP8X",
  "VP8 ",
  "VP8L",
  "ALPH",
  "ICCP",
  "ANIM",
  "ANMF",
]);

/** In the header's flags: there is EXIF, there is XMP. */
const metadataFlags = 0b0000_1100;

const low14 = 0x3fff;

/** A picture's size as its chunk tells it. @returns null when the chunk tells none. */
const sizeIn = (name: string, data: Uint8Array): readonly [number, number] | null => {
  if (data.length < 10) return null;
  const view = viewOf(data);
  if (name === "VP8X") {
    return [1 + (view.getUint32(4, true) & 0xffffff), 1 + (view.getUint32(6, true) >>> 8)];
  }
  if (name === "VP8 ") return [view.getUint16(6, true) & low14, view.getUint16(8, true) & low14];
  if (name !== "VP8L") return null;
  const packed = view.getUint32(1, true);
  return [1 + (packed & low14), 1 + ((packed >>> 14) & low14)];
};

const withoutFlags = (chunk: Uint8Array): Uint8Array => {
  const changed = chunk.slice();
  changed[8] = (changed[8] ?? 0) & ~metadataFlags;
  return changed;
};

/** @returns the picture alone, or null when it is no whole WebP. */
export const cleanWebp = (bytes: Uint8Array): CleanPhoto | null => {
  const parts: Uint8Array[] = [];
  const view = viewOf(bytes);
  let size: readonly [number, number] | null = null;
  let hasPicture = false;
  const end = bytes.length < headerBytes ? 0 : Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let at = headerBytes; at + 8 <= end;) {
    const name = latinText(bytes.subarray(at, at + 4));
    const dataEnd = at + 8 + view.getUint32(at + 4, true);
    if (dataEnd > bytes.length) return null;
    const chunk = bytes.subarray(at, dataEnd);
    size ??= sizeIn(name, chunk.subarray(8));
    hasPicture ||= name === "VP8 " || name === "VP8L" || name === "ANMF";
    if (keptChunks.has(name)) {
      parts.push(name === "VP8X" ? withoutFlags(chunk) : chunk);
      if (chunk.length % 2 === 1) parts.push(Uint8Array.of(0));
    }
    at = dataEnd + (chunk.length % 2);
  }
  if (!size || !hasPicture || size[0] === 0 || size[1] === 0) return null;
  const inside = joinBytes(parts);
  const length = new Uint8Array(4);
  viewOf(length).setUint32(0, inside.length + 4, true);
  const body = joinBytes([latinBytes("RIFF"), length, latinBytes("WEBP"), inside]);
  return { widthPixels: size[0], heightPixels: size[1], body };
};
