/** What a ZIP comes to when it is opened, found out without opening it: a file of 1 MB can hold 1 GB of nothing. */
import { Unzip, UnzipInflate } from "fflate";

const entriesMax = 200;
const partBytes = 65_536;

/**
 * Whether all that is in a ZIP is no larger than `bytesMax`. Counted while it is opened a part at a time, since the
 * sizes that a ZIP says it has may be wrong. False for what is no ZIP.
 */
export const isZipWithin = (bytes: Uint8Array, bytesMax: number): boolean => {
  let sum = 0;
  let entries = 0;
  let broken = false;
  const unzip = new Unzip((file) => {
    entries += 1;
    file.ondata = (error, part) => {
      if (error) broken = true;
      else sum += part.length;
    };
    if (entries <= entriesMax) file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += partBytes) {
      unzip.push(bytes.subarray(at, at + partBytes), at + partBytes >= bytes.length);
      if (broken || sum > bytesMax || entries > entriesMax) return false;
    }
  } catch {
    return false;
  }
  return entries > 0;
};
