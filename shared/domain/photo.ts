/**
 * What is kept of a photo: the picture, and neither the place nor the time nor the phone it was taken with. Those
 * are nobody's business here, and a home's address stands in them (个人信息保护法 art. 6: no more than is needed).
 */
import type { PaperMediaType, PaperProblem } from "./paper-file.ts";
import { cleanJpeg, type CleanPhoto } from "./photo-jpeg.ts";
import { cleanPng } from "./photo-png.ts";
import { cleanWebp } from "./photo-webp.ts";

/**
 * The largest picture that is taken. Phones make up to fifty megapixels; a file of a few kilobytes can claim
 * a thousand times that, and whoever opens it runs out of memory.
 */
export const photoPixelsMax = 60_000_000;

export type PhotoCleaned =
  | { readonly kind: "clean"; readonly body: Uint8Array }
  | { readonly kind: "refused"; readonly problem: PaperProblem };

const cleaners: Readonly<
  Partial<Record<PaperMediaType, (bytes: Uint8Array) => CleanPhoto | null>>
> = { "image/jpeg": cleanJpeg, "image/png": cleanPng, "image/webp": cleanWebp };

/**
 * A whole file as it may be kept: photos without anything beside the picture, a PDF as it is. A HEIC is turned into
 * a JPEG before it gets here. Cleaned twice it is the same.
 */
export const cleanPhoto = (bytes: Uint8Array, mediaType: PaperMediaType): PhotoCleaned => {
  const clean = cleaners[mediaType];
  if (!clean) return { kind: "clean", body: bytes };
  const photo = clean(bytes);
  if (!photo) return { kind: "refused", problem: "damaged" };
  return photo.widthPixels * photo.heightPixels > photoPixelsMax
    ? { kind: "refused", problem: "too_many_pixels" }
    : { kind: "clean", body: photo.body };
};
