/**
 * GBK, as banks' import programs on Windows read it (code page 936). The platform decodes it and
 * doesn't encode it, so the decoder is turned round once; a package's tables would fill a bundle.
 */

const firstLead = 0x81;
const lastLead = 0xfe;
const trails = 0xff - 0x40;

/**
 * Where the platform's decoder (GB18030's table) and code page 936 disagree, or where only one of
 * them has a character: what one writes there, the other reads as something else.
 */
const isDisputed = (lead: number, trail: number, codePoint: number): boolean =>
  // Private use: read by nobody but who assigned it.
  (codePoint >= 0xe000 && codePoint <= 0xf8ff) ||
  (lead === 0xfe && trail >= 0x50) ||
  // The euro sign: a byte of its own in the one, a pair in the other.
  (lead === 0xa2 && trail === 0xe3) ||
  (lead === 0xa6 && trail >= 0xd9 && trail <= 0xf5) ||
  (lead === 0xa8 && (trail === 0xbc || trail === 0xbf)) ||
  (lead === 0xa9 && trail >= 0x89 && trail <= 0x95);

let table: ReadonlyMap<string, number> | undefined;

const inverted = (): ReadonlyMap<string, number> => {
  const codes: number[] = [];
  const bytes = new Uint8Array((lastLead - firstLead + 1) * trails * 3);
  let at = 0;
  for (let lead = firstLead; lead <= lastLead; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      // A line end after each pair: a pair that stands for nothing then spoils no other.
      bytes.set([lead, trail, 0x0a], at);
      at += 3;
      codes.push(lead * 256 + trail);
    }
  }
  const characters = new TextDecoder("gbk").decode(bytes.subarray(0, at)).split("\n");
  const found = new Map<string, number>();
  for (const [place, character] of characters.entries()) {
    const code = codes[place];
    const codePoint = character.codePointAt(0);
    if (code === undefined || codePoint === undefined || codePoint < 0x80) continue;
    if (codePoint === 0xfffd || character.length > 1) continue;
    if (isDisputed(code >> 8, code & 0xff, codePoint) || found.has(character)) continue;
    found.set(character, code);
  }
  return found;
};

const isPlain = (character: string): boolean => character < "\u0080";

/** Whether every character of a text can be written in GBK; nothing is ever written as "?". */
export const fitsGbk = (text: string): boolean => {
  table ??= inverted();
  const codes = table;
  return Array.from(text).every((character) => isPlain(character) || codes.has(character));
};

/** A text's bytes in GBK. @returns null when it holds a character that GBK lacks. */
export const encodeGbk = (text: string): Uint8Array | null => {
  table ??= inverted();
  const bytes = new Uint8Array(text.length * 2);
  let at = 0;
  for (const character of text) {
    if (isPlain(character)) {
      bytes[at] = character.charCodeAt(0);
      at += 1;
      continue;
    }
    const code = table.get(character);
    if (code === undefined) return null;
    bytes[at] = code >> 8;
    bytes[at + 1] = code & 0xff;
    at += 2;
  }
  return bytes.subarray(0, at);
};
