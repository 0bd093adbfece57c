/**
 * DEFLATE (RFC 1951) for text whose lines resemble the one before, such as the rows of a sheet: a line is written as
 * what it shares with the last one and what it doesn't. It looks nowhere else, so it takes a tenth of the time of a
 * general compressor, for a file a quarter larger; and its bytes are those of this file alone, on any machine and
 * under any version of Node, which is what a rebuilt export is compared by (docs/adr/0035-exports-are-made-apart.md).
 */

/** Codes are kept as they are written: the lowest bit first, extra bits above. */
interface Codes {
  readonly bits: Uint32Array;
  readonly lengths: Uint8Array;
}

const matchMin = 3;
const matchMax = 258;
const distanceMax = 32_768;
const endOfBlock = 256;
const firstLength = 257;

const reversed = (code: number, length: number): number => {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
};

/** The fixed code of a symbol (RFC 1951, 3.2.6). */
const fixedCode = (symbol: number): readonly [bits: number, length: number] => {
  if (symbol < 144) return [reversed(0x30 + symbol, 8), 8];
  if (symbol < 256) return [reversed(0x190 + symbol - 144, 9), 9];
  if (symbol < 280) return [reversed(symbol - 256, 7), 7];
  return [reversed(0xc0 + symbol - 280, 8), 8];
};

const emptyCodes = (size: number): Codes => ({
  bits: new Uint32Array(size),
  lengths: new Uint8Array(size),
});

const literalCodes = (): Codes => {
  const codes = emptyCodes(endOfBlock + 1);
  for (let symbol = 0; symbol <= endOfBlock; symbol += 1) {
    const [bits, length] = fixedCode(symbol);
    codes.bits[symbol] = bits;
    codes.lengths[symbol] = length;
  }
  return codes;
};

/** Fills in a code for each of the values from `first` on that share a symbol, told apart by extra bits. */
const fill = (
  codes: Codes,
  first: number,
  code: readonly [bits: number, length: number],
  extraBits: number,
): void => {
  const [bits, length] = code;
  for (let extra = 0; extra < 1 << extraBits; extra += 1) {
    codes.bits[first + extra] = bits | (extra << length);
    codes.lengths[first + extra] = length + extraBits;
  }
};

/** Lengths 3 to 258 (RFC 1951, 3.2.5): four symbols to each number of extra bits, the longest has its own. */
const lengthCodes = (): Codes => {
  const codes = emptyCodes(matchMax + 2);
  let first = matchMin;
  for (let symbol = firstLength; symbol < 285; symbol += 1) {
    const extraBits = symbol < 265 ? 0 : Math.floor((symbol - 261) / 4);
    fill(codes, first, fixedCode(symbol), extraBits);
    first += 1 << extraBits;
  }
  fill(codes, matchMax, fixedCode(285), 0);
  return codes;
};

/** Distances 1 to 32,768: two symbols of five bits to each number of extra bits. */
const distanceCodes = (): Codes => {
  const codes = emptyCodes(distanceMax + 1);
  let first = 1;
  for (let symbol = 0; symbol < 30; symbol += 1) {
    const extraBits = symbol < 4 ? 0 : Math.floor(symbol / 2) - 1;
    fill(codes, first, [reversed(symbol, 5), 5], extraBits);
    first += 1 << extraBits;
  }
  return codes;
};

const literals = literalCodes();
const lengths = lengthCodes();
const distances = distanceCodes();

const outputBytes = 65_536;

/** Bits on their way into bytes; `taken` is given whole parts. */
const createBitWriter = (taken: (bytes: Uint8Array<ArrayBuffer>) => void) => {
  let output = new Uint8Array(outputBytes);
  let size = 0;
  let held = 0;
  let count = 0;
  const byte = (value: number): void => {
    output[size] = value;
    size += 1;
    if (size < outputBytes) return;
    taken(output);
    output = new Uint8Array(outputBytes);
    size = 0;
  };
  const write = (bits: number, length: number): void => {
    held |= bits << count;
    count += length;
    while (count >= 8) {
      byte(held & 0xff);
      held >>>= 8;
      count -= 8;
    }
  };
  return {
    write,
    end: (): void => {
      if (count > 0) byte(held & 0xff);
      taken(output.subarray(0, size));
    },
  };
};

/** Where lines that part come together again: markup's quotation marks and angle brackets. */
const isSeam = (byte: number | undefined): boolean => byte === 0x22 || byte === 0x3c;

const seamFrom = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start;
  while (at < end && !isSeam(bytes[at])) at += 1;
  return at;
};

/** Takes lines one by one; lines that don't resemble each other come out right too, only longer. */
export interface RowDeflate {
  /** @param line its first `length` bytes count; it may be reused once the next but one is given. */
  readonly push: (line: Uint8Array, length: number) => void;
  readonly end: () => void;
}

export const createRowDeflate = (taken: (bytes: Uint8Array<ArrayBuffer>) => void): RowDeflate => {
  const { write, end } = createBitWriter(taken);
  let last: Uint8Array = new Uint8Array(0);
  let lastLength = 0;

  const literal = (line: Uint8Array, from: number, to: number): void => {
    for (let at = from; at < to; at += 1) {
      const symbol = line[at] ?? 0;
      write(literals.bits[symbol] ?? 0, literals.lengths[symbol] ?? 0);
    }
  };
  /** `length` bytes as they stood `distance` bytes before. */
  const match = (length: number, distance: number): void => {
    write(lengths.bits[length] ?? 0, lengths.lengths[length] ?? 0);
    write(distances.bits[distance] ?? 0, distances.lengths[distance] ?? 0);
  };

  // One block, the last, by the fixed codes.
  write(0b011, 3);

  const push = (line: Uint8Array, length: number): void => {
    let at = 0;
    let before = 0;
    while (at < length) {
      const most = Math.min(length - at, lastLength - before, matchMax);
      let same = 0;
      while (same < most && line[at + same] === last[before + same]) same += 1;
      const distance = lastLength - before + at;
      if (same >= matchMin && distance <= distanceMax) {
        match(same, distance);
        at += same;
        before += same;
        if (same === matchMax || at === length) continue;
        same = 0;
      }
      // What follows differs, up to and without the next seam of both; a seam itself when they stand at one.
      const next = seamFrom(line, at + Math.max(same, 1), length);
      literal(line, at, next);
      at = next;
      before = seamFrom(last, before + same, lastLength);
    }
    last = line;
    lastLength = length;
  };
  return {
    push,
    end: () => {
      write(literals.bits[endOfBlock] ?? 0, literals.lengths[endOfBlock] ?? 0);
      end();
    },
  };
};
