/** A photographed paper, so that the demo's pages show something: lines of writing, and the seal of an office. */
import { crc32, deflateSync } from "node:zlib";

const width = 480;
const height = 640;

const ground = 0;
const ink = 1;
const seal = 2;
const palette = [
  [250, 247, 240],
  [70, 68, 66],
  [196, 48, 38],
] as const;

/** What stands at a point: a round seal low on the right, words of various lengths on ruled lines. */
const colourAt = (x: number, y: number): number => {
  const fromSeal = Math.hypot(x - 350, y - 520);
  if ((fromSeal > 58 && fromSeal < 66) || fromSeal < 14) return seal;
  const line = Math.floor((y - 60) / 36);
  const isText = line >= 0 && line < 13 && (y - 60) % 36 < 12 && x > 48 && x < 432;
  const isWord = (x * 7 + line * 131) % 97 > 18 && x < 432 - ((line * 53) % 150);
  const isTitle = y > 22 && y < 44 && x > 150 && x < 330;
  return isTitle || (isText && isWord) ? ink : ground;
};

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const rows = (): Buffer => {
  const bytes = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) bytes[y * (width + 1) + 1 + x] = colourAt(x, y);
  }
  return bytes;
};

const header = Buffer.alloc(13);
header.writeUInt32BE(width, 0);
header.writeUInt32BE(height, 4);
header.set([8, 3, 0, 0, 0], 8);

/** A PNG of a few kilobytes. */
export const samplePaper: Buffer = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunk("IHDR", header),
  chunk("PLTE", Buffer.from(palette.flat())),
  chunk("IDAT", deflateSync(rows())),
  chunk("IEND", Buffer.alloc(0)),
]);
