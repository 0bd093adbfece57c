/** A HEIC photo as a JPEG, no larger than a browser would have made it. Only the picture comes along. */
import { encode } from "jpeg-js";
import createLibheif, { type HeifImage } from "libheif-js/libheif-wasm/libheif-bundle.js";
import { paperMaxBytes, type PaperProblem } from "#shared/domain/paper-file.ts";
import { photoPixelsMax } from "#shared/domain/photo.ts";

/** As shared/web/browser/photos.ts makes photos: a page of A4 is still read easily. */
const longSideMaxPixels = 2_000;
const qualityPercent = 85;

export type JpegMade =
  | { readonly kind: "jpeg"; readonly body: Uint8Array }
  | { readonly kind: "refused"; readonly problem: PaperProblem };

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha: four bytes each. */
  readonly data: Uint8ClampedArray;
}

const pixelsOf = (image: HeifImage): Promise<Pixels | null> => {
  const [width, height] = [image.get_width(), image.get_height()];
  const data = new Uint8ClampedArray(width * height * 4);
  return new Promise((resolve) => {
    image.display({ data, width, height }, (shown) =>
      resolve(shown ? { width, height, data } : null),
    );
  });
};

/** The mean of the pixels that fall onto each new one. */
const shrunk = (from: Pixels): Pixels => {
  const scale = Math.max(from.width, from.height) / longSideMaxPixels;
  if (scale <= 1) return from;
  const width = Math.max(1, Math.floor(from.width / scale));
  const height = Math.max(1, Math.floor(from.height / scale));
  const data = new Uint8ClampedArray(width * height * 4);
  const edge = (at: number, length: number, of: number): number => Math.floor((at * of) / length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [edge(y, height, from.height), edge(y + 1, height, from.height)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [edge(x, width, from.width), edge(x + 1, width, from.width)];
      const count = (right - left) * (bottom - top);
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (let at = (row * from.width + left) * 4, n = left; n < right; n += 1, at += 4) {
          red += from.data[at] ?? 0;
          green += from.data[at + 1] ?? 0;
          blue += from.data[at + 2] ?? 0;
        }
      }
      const to = (y * width + x) * 4;
      data[to] = red / count;
      data[to + 1] = green / count;
      data[to + 2] = blue / count;
      data[to + 3] = 255;
    }
  }
  return { width, height, data };
};

const notConvertible: JpegMade = { kind: "refused", problem: "not_convertible" };

/** Takes the first picture of a file. A fresh instance each time: memory that WebAssembly took it never gives back. */
const decode = async (heic: Uint8Array): Promise<Pixels | "too_many_pixels" | null> => {
  const libheif = createLibheif();
  await libheif.ready;
  const decoder = new libheif.HeifDecoder();
  const [image] = decoder.decode(heic);
  if (!image) return null;
  // Told by the file's header, before any of it is unpacked.
  if (image.get_width() * image.get_height() > photoPixelsMax) return "too_many_pixels";
  return pixelsOf(image);
};

/** Turned the way it was held. Never throws: what can't be read is refused. */
export const jpegOfHeic = async (heic: Uint8Array): Promise<JpegMade> => {
  // libheif throws whatever a broken file makes of it.
  const pixels = await decode(heic).catch(() => null);
  if (pixels === "too_many_pixels") return { kind: "refused", problem: "too_many_pixels" };
  if (!pixels || pixels.width === 0 || pixels.height === 0) return notConvertible;
  const { width, height, data } = shrunk(pixels);
  const { data: body } = encode({ width, height, data: Buffer.from(data.buffer) }, qualityPercent);
  return body.length > paperMaxBytes ? notConvertible : { kind: "jpeg", body };
};
