import { createHash } from "node:crypto";
import { deflateSync, crc32 } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { PaperMediaType } from "#shared/domain/paper-file.ts";
import { cleanJpeg } from "#shared/domain/photo-jpeg.ts";
import { cleanPng } from "#shared/domain/photo-png.ts";
import { cleanWebp } from "#shared/domain/photo-webp.ts";
import { cleanPhoto, photoPixelsMax } from "#shared/domain/photo.ts";
import { cameraJpeg, exifWithPlace, phoneName, readJpeg } from "#test/support/camera-photo.ts";
import { aPhoto } from "#test/support/photo.ts";

const cleaned = (bytes: Uint8Array, mediaType: PaperMediaType = "image/jpeg"): Buffer => {
  const photo = cleanPhoto(bytes, mediaType);
  if (photo.kind === "refused") throw new Error(photo.problem);
  return Buffer.from(photo.body);
};

const chunk = (name: string, data: Buffer = Buffer.alloc(0)): Buffer => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const pngOf = (width: number, height: number, ...extra: readonly Buffer[]): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", deflateSync(Buffer.alloc(4))),
    chunk("IEND"),
  ]);
};

const riff = (name: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

const webpOf = (...chunks: readonly Buffer[]): Buffer => {
  const inside = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
  const whole = riff("RIFF", inside);
  return whole.subarray(0, 8 + inside.length);
};

const vp8x = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(10);
  data[0] = 0b0010_1100;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riff("VP8X", data);
};

const vp8 = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(11, 7);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riff("VP8 ", data);
};

test("a camera's photo keeps its picture and its colours, and loses place, phone, words and film", () => {
  const before = cameraJpeg();
  expect(readJpeg(before).exif?.toString("latin1")).toContain(phoneName);

  const after = cleaned(before);

  for (const trace of [phoneName, "Exif", "xmpmeta", "GPS", "MPF", "Wang", "home", "ftyp"]) {
    expect(before.includes(trace), trace).toBe(true);
    expect(after.includes(trace), trace).toBe(false);
  }
  expect(after.includes("ICC_PROFILE\0\x01\x01colours")).toBe(true);
  const { exif, comments, ...shown } = readJpeg(after);
  expect([exif, comments]).toEqual([null, []]);
  expect(shown).toEqual({
    width: 64,
    height: 48,
    left: readJpeg(before).left,
    right: readJpeg(before).right,
  });
});

test.each([2, 3, 4, 5, 6, 7, 8])(
  "which way up it was held, %i, is all that is left of the camera's data",
  (orientation) => {
    const after = cleaned(cameraJpeg({ orientation }));

    const { exif } = readJpeg(after);
    // One directory with one entry; this reader counts a byte of the mark in front of it.
    expect(exif).toHaveLength(1 + 8 + 2 + 12 + 4);
    expect(exif?.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]))).toBe(true);
    expect(after.includes(phoneName)).toBe(false);
  },
);

test.each([
  ["an orientation that is none", exifWithPlace(9)],
  ["a directory behind the end", Buffer.from("Exif\0\0MM\0*\0\0\xff\x08\0\x01", "latin1")],
  ["a directory that breaks off", Buffer.from("Exif\0\0II*\0\x08\0\0\0\x05\0\x12\x01", "latin1")],
  ["nothing at all", Buffer.from("Exif\0\0", "latin1")],
])("camera data with %s is dropped whole", (_what, exif) => {
  const plain = Buffer.from(aPhoto(1));
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  const photo = Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
  expect(cleaned(photo).equals(plain)).toBe(true);
});

test("a thumbnail in the JFIF head goes, too, and the rest of the head stays", () => {
  const plain = Buffer.from(aPhoto(2));
  const head = Buffer.from("\xff\xe0\0\x13JFIF\0\x01\x01\x01\0\x48\0\x48\x01\x01RGB", "latin1");
  const after = cleaned(Buffer.concat([plain.subarray(0, 2), head, plain.subarray(20)]));
  expect(after.subarray(2, 20).toString("latin1")).toBe(
    "\xff\xe0\0\x10JFIF\0\x01\x01\x01\0\x48\0\x48\0\0",
  );
});

test("cleaned twice it is the same, and one photo with other camera data is the same photo", () => {
  const once = cleaned(cameraJpeg({ orientation: 6 }));
  expect(cleaned(once).equals(once)).toBe(true);
  expect(cleaned(aPhoto(5)).equals(Buffer.from(aPhoto(5)))).toBe(true);
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const other = cameraJpeg({ orientation: 6 });
  other.write("OtherPhone".slice(0, 9), other.indexOf(phoneName), "latin1");
  expect(hash(cleaned(other))).toBe(hash(once));
});

test("a photo that breaks off in the picture is kept as far as it goes; one that breaks off before is refused", () => {
  const whole = cleaned(cameraJpeg());
  const cut = whole.subarray(0, -20);
  expect(cleaned(cut).equals(Buffer.concat([cut, Buffer.from([0xff, 0xd9])]))).toBe(true);
  expect(cleanJpeg(whole.subarray(0, 60))).toBeNull();
  expect(cleanJpeg(Buffer.from("\xff\xd8\xff\xd9", "latin1"))).toBeNull();
  expect(cleanJpeg(Buffer.from("\xff\xd8 no marker", "latin1"))).toBeNull();
});

test("a PNG keeps its picture and colours, and loses words, times, camera data and what follows its end", () => {
  const text = chunk("tEXt", Buffer.from("Author\0Wang"));
  const gamma = chunk("gAMA", Buffer.from([0, 0, 177, 143]));
  const places = [chunk("eXIf", exifWithPlace(1)), chunk("iTXt"), chunk("zTXt"), chunk("tIME")];
  const before = Buffer.concat([pngOf(3, 1, text, gamma, ...places), Buffer.from("behind")]);

  expect(cleaned(before, "image/png").equals(pngOf(3, 1, gamma))).toBe(true);
  expect(cleanPng(pngOf(3, 1))).toMatchObject({ widthPixels: 3, heightPixels: 1 });
});

test("a WebP keeps its picture, and loses camera data and the marks that there is some", () => {
  const exif = riff("EXIF", exifWithPlace(1));
  const xmp = riff("XMP ", Buffer.from("<x:xmpmeta/>"));
  const before = webpOf(vp8x(64, 48), riff("ICCP", Buffer.from("odd")), vp8(64, 48), exif, xmp);

  const after = cleaned(before, "image/webp");

  expect(after.includes(phoneName) || after.includes("xmpmeta")).toBe(false);
  expect(after[20]).toBe(0b0010_0000);
  expect(after.readUInt32LE(4)).toBe(after.length - 8);
  expect(cleanWebp(before)).toMatchObject({ widthPixels: 64, heightPixels: 48 });
  expect(cleanWebp(webpOf(vp8(5, 7)))).toMatchObject({ widthPixels: 5, heightPixels: 7 });
  const lossless = Buffer.alloc(12);
  lossless.writeUInt32LE(((9 - 1) << 14) | (4 - 1), 1);
  expect(cleanWebp(webpOf(riff("VP8L", lossless)))).toMatchObject({
    widthPixels: 4,
    heightPixels: 9,
  });
  expect(cleaned(after, "image/webp").equals(after)).toBe(true);
});

test("a picture of more than sixty megapixels is refused by its header, unopened", () => {
  const side = Math.ceil(Math.sqrt(photoPixelsMax)) + 1;
  const refused = { kind: "refused", problem: "too_many_pixels" };
  const large = Buffer.from(aPhoto(1));
  const frame = large.indexOf(Buffer.from([0xff, 0xc0]));
  large.writeUInt16BE(side, frame + 5);
  large.writeUInt16BE(side, frame + 7);
  expect(cleanPhoto(large, "image/jpeg")).toEqual(refused);
  expect(cleanPhoto(pngOf(side, side), "image/png")).toEqual(refused);
  expect(cleanPhoto(webpOf(vp8x(side, side), vp8(1, 1)), "image/webp")).toEqual(refused);
  expect(cleanPhoto(pngOf(side, 1), "image/png")).toMatchObject({ kind: "clean" });
});

test("a PDF is kept as it is", () => {
  const pdf = Buffer.from("%PDF-1.4\n%%EOF\n");
  expect(cleanPhoto(pdf, "application/pdf")).toEqual({ kind: "clean", body: pdf });
});

test("whatever breaks in a file, it is cleaned or refused, and never more than it was", () => {
  const samples: readonly (readonly [PaperMediaType, Buffer])[] = [
    ["image/jpeg", cameraJpeg({ orientation: 3 })],
    ["image/png", pngOf(3, 1, chunk("tEXt", Buffer.from("a")))],
    ["image/webp", webpOf(vp8x(64, 48), vp8(64, 48), riff("EXIF", exifWithPlace(1)))],
  ];
  const broken = fc.record({
    sample: fc.constantFrom(...samples),
    at: fc.nat(),
    byte: fc.nat({ max: 255 }),
    cut: fc.nat(),
  });
  fc.assert(
    fc.property(broken, ({ sample: [mediaType, whole], at, byte, cut }) => {
      const bytes = Buffer.from(whole.subarray(0, whole.length - (cut % whole.length)));
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      const photo = cleanPhoto(bytes, mediaType);
      if (photo.kind === "refused") return;
      expect(photo.body.length).toBeLessThanOrEqual(bytes.length + 64);
      const again = cleanPhoto(photo.body, mediaType);
      expect(again.kind === "clean" && Buffer.compare(again.body, photo.body)).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
