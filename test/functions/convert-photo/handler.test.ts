import { afterEach, expect, test } from "vitest";
import { definition } from "#functions/convert-photo/function.ts";
import { createHandler } from "#functions/convert-photo/handler.ts";
import { checkPaperFile } from "#shared/domain/paper-file.ts";
import { photoPixelsMax } from "#shared/domain/photo.ts";
import { cameraHeic, cameraJpeg, phoneName, readJpeg } from "#test/support/camera-photo.ts";

const key = "incoming/SN1/0/id_cards/x";
const objects = new Map<string, Uint8Array>();
const written: string[] = [];
afterEach(() => {
  objects.clear();
  written.length = 0;
});

const convert = createHandler({
  papers: {
    head: async (name, length) => objects.get(name)?.subarray(0, length) ?? null,
    read: async (name, maxBytes) => {
      const body = objects.get(name);
      return body && body.length <= maxBytes ? body : null;
    },
    write: async (name, body, mediaType) => {
      objects.set(name, body);
      written.push(mediaType);
    },
  },
});

/** As EventBridge hands on what S3 tells of an object. */
const event = {
  version: "0",
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: "papers" }, object: { key, size: 673 }, reason: "POST Object" },
};

test("a HEIC becomes a JPEG in its place, with the same picture and nothing of the camera", async () => {
  expect(Buffer.from(cameraHeic).includes(phoneName)).toBe(true);
  objects.set(key, cameraHeic);

  expect(await convert(event)).toEqual({ outcome: "converted" });

  const made = Buffer.from(objects.get(key) ?? []);
  const { exif, comments, width, height, left, right } = readJpeg(made);
  expect([width, height, exif, comments]).toEqual([64, 48, null, []]);
  expect(left[0]).toBeGreaterThan(150);
  expect(left[2]).toBeLessThan(80);
  expect(right[2]).toBeGreaterThan(150);
  expect(made.includes(phoneName)).toBe(false);
});

test("called again by its own writing, or twice, nothing is left to do", async () => {
  objects.set(key, cameraHeic);
  await convert(event);
  const made = objects.get(key);

  expect(await convert(event)).toEqual({ outcome: "left" });
  expect(objects.get(key)).toBe(made);
  expect(written).toEqual(["image/jpeg"]);
});

test("other files, and what is gone, are left alone", async () => {
  expect(await convert(event)).toEqual({ outcome: "left" });
  objects.set(key, cameraJpeg());
  expect(await convert(event)).toEqual({ outcome: "left" });
  expect(written).toEqual([]);
});

test.each([
  ["breaks off", cameraHeic.subarray(0, 560)],
  ["has nothing behind its head", cameraHeic.subarray(0, 28)],
])("in the place of a photo that %s it says that it can't be converted", async (_what, body) => {
  objects.set(key, body);

  expect(await convert(event)).toEqual({ outcome: "refused" });

  const head = objects.get(key) ?? new Uint8Array();
  expect(checkPaperFile({ sizeBytes: head.length, head })).toEqual({
    kind: "refused",
    problem: "not_convertible",
  });
});

test("a photo that claims more than sixty megapixels is refused before it is unpacked", async () => {
  const large = Buffer.from(cameraHeic);
  const side = Math.ceil(Math.sqrt(photoPixelsMax));
  // The size of the picture stands in the property after the tile's, and once more in the grid's own data.
  const second = large.indexOf("ispe", large.indexOf("ispe") + 4);
  large.writeUInt32BE(side + 1, second + 8);
  large.writeUInt32BE(side + 1, second + 12);
  objects.set(key, large);

  expect(await convert(event)).toEqual({ outcome: "refused" });
  const head = objects.get(key) ?? new Uint8Array();
  expect(checkPaperFile({ sizeBytes: head.length, head })).toEqual({
    kind: "refused",
    problem: "too_many_pixels",
  });
});

test("an event that isn't S3's is refused, and the function has the papers and nothing else", async () => {
  await expect(convert({ detail: {} })).rejects.toThrow("convert-photo");
  expect(definition.grants).toEqual({ papers: "read-write" });
});
