/** Makes a screenshot small: at most 128 colours, as a PNG with a palette. Pages have few colours and many greys. */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const coloursMax = 128;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Buffer;
}

const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

/** Undoes the filter of each line, by which a PNG writes differences to its neighbours. */
const unfilter = (lines: Buffer, width: number, height: number, channels: number): Buffer => {
  const bytes = width * channels;
  const pixels = Buffer.alloc(bytes * height);
  for (let row = 0; row < height; row += 1) {
    const filter = lines[row * (bytes + 1)] ?? 0;
    for (let at = 0; at < bytes; at += 1) {
      const left = at < channels ? 0 : (pixels[row * bytes + at - channels] ?? 0);
      const up = row === 0 ? 0 : (pixels[(row - 1) * bytes + at] ?? 0);
      const corner =
        row === 0 || at < channels ? 0 : (pixels[(row - 1) * bytes + at - channels] ?? 0);
      const added = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[row * bytes + at] = ((lines[row * (bytes + 1) + 1 + at] ?? 0) + added) & 255;
    }
  }
  return pixels;
};

/** Reads a PNG of eight bits for each of three or four channels, as browsers take screenshots. */
const read = (png: Buffer): Picture => {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + length));
  }
  const pixels = unfilter(inflateSync(Buffer.concat(data)), width, height, channels);
  return { width, height, channels, pixels };
};

const chunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

const partsOf = (colour: number): readonly [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

const distance = (one: number, other: number): number => {
  const [r, g, b] = partsOf(one);
  const [x, y, z] = partsOf(other);
  return (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
};

/** Each colour of a picture, with its place in the palette: the most used ones, others by the nearest of them. */
const paletteOf = (colours: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const ranked = [...counts].toSorted((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const palette = ranked.slice(0, coloursMax);
  const places = new Map<number, number>();
  for (const colour of ranked) {
    let nearest = 0;
    for (let place = 1; place < palette.length; place += 1) {
      const isNearer =
        distance(colour, palette[place] ?? 0) < distance(colour, palette[nearest] ?? 0);
      if (isNearer) nearest = place;
    }
    places.set(colour, nearest);
  }
  return { palette, places };
};

/** The same picture with a palette. */
export const withPalette = (png: Buffer): Buffer => {
  const { width, height, channels, pixels } = read(png);
  const colours = Array.from({ length: width * height }, (_pixel, index) => {
    const at = index * channels;
    return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
  });
  const { palette, places } = paletteOf(colours);
  const lines = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    lines[row * (width + 1) + 1 + column] = places.get(colour) ?? 0;
  });
  const header = Buffer.from(png.subarray(16, 29));
  header[8] = 8;
  header[9] = 3;
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(partsOf))),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};
