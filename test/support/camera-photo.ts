/** Photos as a phone's camera writes them: where, when and with what they were taken stands beside the picture. */
import jpeg from "jpeg-js";

/** Left half red, right half blue: which way up a picture is can be told. Grain makes it as large as a real one. */
const picture = (width: number, height: number, grain: number): Buffer => {
  const data = Buffer.alloc(width * height * 4, 255);
  let seed = 7;
  for (let at = 0; at < data.length; at += 4) {
    const isLeft = (at / 4) % width < width / 2;
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const more = grain === 0 ? 0 : (seed >>> 16) % grain;
    data[at] = (isLeft ? 200 : 20) + more;
    data[at + 1] = 20 + more;
    data[at + 2] = (isLeft ? 20 : 200) + more;
  }
  return data;
};

const segment = (marker: number, payload: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
};

/** The name of the phone, to look for in what should not hold it. */
export const phoneName = "SongPhone";

const entry = (tag: number, type: number, count: number, value: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(tag, 0);
  bytes.writeUInt16BE(type, 2);
  bytes.writeUInt32BE(count, 4);
  if (type === 3) bytes.writeUInt16BE(value, 8);
  else bytes.writeUInt32BE(value, 8);
  return bytes;
};

/** Exif with the phone's name, an orientation, and a place: 31° 13′ 59.99″ north. */
export const exifWithPlace = (orientation: number): Buffer => {
  const header = Buffer.from("MM\0*\0\0\0\x08", "latin1");
  const directory = Buffer.concat([
    Buffer.from([0, 3]),
    entry(0x010f, 2, phoneName.length + 1, 50),
    entry(0x0112, 3, 1, orientation),
    entry(0x8825, 4, 1, 62),
    Buffer.alloc(4),
  ]);
  const name = Buffer.alloc(12);
  name.write(phoneName, "latin1");
  const place = Buffer.concat([
    Buffer.from([0, 2]),
    entry(1, 2, 2, 0x4e000000),
    entry(2, 5, 3, 92),
    Buffer.alloc(4),
  ]);
  const degrees = Buffer.alloc(24);
  for (const [index, value] of [31, 1, 13, 1, 5999, 100].entries()) {
    degrees.writeUInt32BE(value, index * 4);
  }
  return Buffer.concat([
    Buffer.from("Exif\0\0", "latin1"),
    header,
    directory,
    name,
    place,
    degrees,
  ]);
};

/** A JPEG from a camera: Exif with a place, XMP, a comment, a maker's own data, and a film behind the last byte. */
export const cameraJpeg = (
  options: {
    readonly orientation?: number;
    readonly width?: number;
    readonly height?: number;
    readonly grain?: number;
  } = {},
): Buffer => {
  const { orientation = 1, width = 64, height = 48, grain = 0 } = options;
  const plain = jpeg.encode({ data: picture(width, height, grain), width, height }, 90).data;
  return Buffer.concat([
    plain.subarray(0, 2),
    segment(0xe1, exifWithPlace(orientation)),
    segment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>")),
    segment(0xe2, Buffer.from("ICC_PROFILE\0\x01\x01colours", "latin1")),
    segment(0xe2, Buffer.from("MPF\0second picture", "latin1")),
    segment(0xed, Buffer.from("Photoshop 3.0\0by Wang")),
    segment(0xfe, Buffer.from("taken at home")),
    plain.subarray(2),
    Buffer.from("ftypmp42 a film of the room"),
  ]);
};

/** A HEIC of 64 by 48 pixels, left half red, right half blue, with the same phone and place in its Exif. */
export const cameraHeic: Buffer = Buffer.from(
  [
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA",
    "AAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIFAAEAAAAAAAAAJAACAAEA",
    "AAAAAAAAAQAAAAAAAAAIAAMAAAAAAAACKQABAAAAAAAAAHgAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAA",
    "ABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANVpcHJwAAAAs2lwY28AAABzaHZjQwEDcAAAAAAA",
    "AAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAJ0IBAQNwAAADAJAAAAMAAAMAHqAggQWW",
    "6uSmubAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAABAAAAAMAAAABBw",
    "aXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNkc2MA",
    "AwABAAIAAACkbWRhdAAAACAoAa8ZgO9Jpb//44yf9mSv+O7IX/+25HfUJh/v0ONtbwAAAABNTQAqAAAACAADAQ8AAgAAAAoA",
    "AAAyARIAAwAAAAEAAQAAiCUABAAAAAEAAAA+AAAAAFNvbmdQaG9uZQAAAAACAAEAAgAAAAJOAAAAAAIABQAAAAMAAABcAAAA",
    "AAAAAB8AAAABAAAADQAAAAEAABdvAAAAZA==",
  ].join(""),
  "base64",
);

/** What a reader of its own finds in a JPEG: its size, its Exif and its comments, and a pixel of either half. */
export const readJpeg = (bytes: Uint8Array) => {
  // Its types know nothing of the camera's data that it finds.
  const found: ReturnType<typeof jpeg.decode> & { readonly exifBuffer?: Uint8Array } =
    jpeg.decode(bytes);
  const { width, height, data, exifBuffer, comments } = found;
  const pixel = (x: number): readonly number[] => [
    ...data.subarray(((height >> 1) * width + x) * 4, ((height >> 1) * width + x) * 4 + 3),
  ];
  return {
    width,
    height,
    exif: exifBuffer === undefined ? null : Buffer.from(exifBuffer),
    comments: comments ?? [],
    left: pixel(width >> 2),
    right: pixel(width - 1 - (width >> 2)),
  };
};
