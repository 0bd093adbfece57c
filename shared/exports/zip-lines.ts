/**
 * A ZIP whose files are written line by line, in turn, so that none of them is ever held as a whole. fflate keeps
 * the archive's own records; the same lines give the same bytes.
 */
import { crc32 } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";
import { createRowDeflate } from "./row-deflate.ts";

/** The most bytes that a character of JavaScript's strings takes in UTF-8. */
const bytesPerCharacterMax = 3;
/** What most lines fit into. */
const lineBytes = 4_096;

/** Turns lines into bytes, by turns in two buffers: the line before is still looked at. */
const createEncoder = (): ((line: string) => {
  readonly bytes: Buffer;
  readonly length: number;
}) => {
  let now = Buffer.alloc(lineBytes);
  let before = Buffer.alloc(lineBytes);
  return (line) => {
    [now, before] = [before, now];
    const lengthMax = line.length * bytesPerCharacterMax;
    if (now.length < lengthMax) now = Buffer.alloc(lengthMax);
    return { bytes: now, length: now.write(line) };
  };
};

/** A file of the ZIP that is written line by line. */
const createEntry = (filename: string) => {
  const file: ZipInputFile = {
    filename,
    size: 0,
    crc: 0,
    compression: 8,
    // A ZIP holds local time without a zone: the beginning of its calendar, wherever this runs.
    mtime: new Date(1980, 0, 1),
  };
  const encode = createEncoder();
  const deflate = createRowDeflate((bytes) => file.ondata?.(null, bytes, false));
  return {
    file,
    line: (text: string): void => {
      const { bytes, length } = encode(text);
      file.size += length;
      file.crc = crc32(bytes.subarray(0, length), file.crc);
      deflate.push(bytes, length);
    },
    end: (): void => {
      deflate.end();
      file.ondata?.(null, new Uint8Array(0), true);
    },
  };
};

export type ZipEntry = ReturnType<typeof createEntry>;

/** A ZIP that is written part by part; `taken` hands over what is ready. */
export const createZip = () => {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    if (bytes.length > 0) ready.push(bytes);
  });
  const begin = (path: string): ZipEntry => {
    const entry = createEntry(path);
    zip.add(entry.file);
    return entry;
  };
  return {
    begin,
    whole: (path: string, text: string): void => {
      const entry = begin(path);
      entry.line(text);
      entry.end();
    },
    end: (): void => zip.end(),
    hasBytes: (): boolean => ready.length > 0,
    taken: (): readonly Uint8Array[] => {
      const bytes = ready;
      ready = [];
      return bytes;
    },
  };
};

export type ZipLines = ReturnType<typeof createZip>;
