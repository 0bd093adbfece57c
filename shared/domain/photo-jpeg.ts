/**
 * A JPEG without what a camera writes beside the picture: place and time, the phone, thumbnails, comments, films
 * behind the last byte. The picture itself is copied as it is. (ITU T.81 B; Exif 3.0 4.7; JFIF 1.02)
 */
import { joinBytes, latinBytes, latinText, viewOf } from "#shared/kernel/bytes.ts";

/** A photo that shows what it showed before and says nothing else. */
export interface CleanPhoto {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly body: Uint8Array;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;
const orientationTag = 0x0112;
const shortType = 3;
/** Far more than any camera writes into its first directory. */
const entriesMax = 1_000;

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Application data and comments: what isn't the picture. */
const isBeside = (marker: number): boolean =>
  (marker >= 0xe0 && marker <= 0xef) || marker >= 0xf0 || marker === 0xfe;

/** Standing alone, without a length: restart marks and one that old programs write. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

const segment = (marker: number, payload: Uint8Array): Uint8Array => {
  const length = payload.length + 2;
  return joinBytes([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), payload]);
};

/** How the picture is to be turned, 1 to 8; 1 is as it stands. */
const orientationOf = (exif: Uint8Array): number => {
  const tiff = exif.subarray(6);
  if (tiff.length < 8) return 1;
  const view = viewOf(tiff);
  const little = tiff[0] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = Math.min(view.getUint16(directory, little), entriesMax);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 2, little) === shortType ? view.getUint16(at + 8, little) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
};

/** The least that tells a viewer how to turn the picture: one directory with one entry. */
const orientationOnly = (orientation: number): Uint8Array =>
  joinBytes([
    latinBytes("Exif\0\0MM\0*\0\0\0\x08\0\x01"),
    Uint8Array.of(orientationTag >> 8, orientationTag & 0xff, 0, shortType, 0, 0, 0, 1),
    Uint8Array.of(0, orientation, 0, 0, 0, 0, 0, 0),
  ]);

/** What of a segment beside the picture is needed to show it right: colours, density, which way is up. */
const kept = (marker: number, payload: Uint8Array): Uint8Array | null => {
  const head = latinText(payload.subarray(0, 12));
  if (marker === 0xe0 && head.startsWith("JFIF\0") && payload.length >= 14) {
    const withoutThumbnail = payload.slice(0, 14);
    withoutThumbnail.fill(0, 12);
    return segment(marker, withoutThumbnail);
  }
  if (marker === 0xe1 && head.startsWith("Exif\0\0")) {
    const orientation = orientationOf(payload);
    return orientation === 1 ? null : segment(marker, orientationOnly(orientation));
  }
  const isColour =
    (marker === 0xe2 && head.startsWith("ICC_PROFILE\0")) ||
    (marker === 0xee && head.startsWith("Adobe"));
  return isColour ? segment(marker, payload) : null;
};

/** Where the compressed picture ends: at the next mark that isn't part of it. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
};

/** The next mark, behind any filling. @returns null when there is none. */
const markAt = (bytes: Uint8Array, at: number): { marker: number; from: number } | null => {
  if (bytes[at] !== 0xff) return null;
  let from = at;
  while (bytes[from] === 0xff) from += 1;
  const marker = bytes[from];
  return marker === undefined ? null : { marker, from: from + 1 };
};

/** @returns the photo without anything beside the picture, or null when it is no whole JPEG. */
export const cleanJpeg = (bytes: Uint8Array): CleanPhoto | null => {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  const view = viewOf(bytes);
  let size: readonly [number, number] | null = null;
  let hasScan = false;
  let at = 2;
  while (at < bytes.length) {
    const mark = markAt(bytes, at);
    if (!mark) return null;
    const { marker, from } = mark;
    // A camera's film or second picture may follow the end: it stays behind.
    if (marker === endOfImage) break;
    if (isBare(marker)) {
      at = from;
      continue;
    }
    if (from + 2 > bytes.length) return null;
    const next = from + view.getUint16(from);
    if (next < from + 2 || next > bytes.length) return null;
    if (isFrame(marker)) {
      if (next < from + 7) return null;
      size = [view.getUint16(from + 5), view.getUint16(from + 3)];
    }
    at = marker === startOfScan ? endOfScan(bytes, next) : next;
    hasScan ||= marker === startOfScan;
    const part = isBeside(marker)
      ? kept(marker, bytes.subarray(from + 2, next))
      : joinBytes([Uint8Array.of(0xff, marker), bytes.subarray(from, at)]);
    if (part) parts.push(part);
  }
  if (!size || !hasScan || size[0] === 0 || size[1] === 0) return null;
  parts.push(Uint8Array.of(0xff, endOfImage));
  return { widthPixels: size[0], heightPixels: size[1], body: joinBytes(parts) };
};
