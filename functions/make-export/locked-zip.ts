/**
 * A file in a ZIP under AES-256 and a password. Read only when one is asked for: it is half as large again as all the
 * rest of this function.
 */
import { configure, ZipWriter } from "@zip.js/zip.js";

/** 3 is AES with 256 bits. */
const encryptionStrength = 3;

/** The ZIP's bytes, a part at a time. Its salt is random: the same table gives another ZIP each time. */
export async function* lockedZip(
  name: string,
  bytes: AsyncGenerator<Uint8Array>,
  password: string,
): AsyncGenerator<Uint8Array> {
  configure({ useWebWorkers: false });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = new ZipWriter(writable, { password, encryptionStrength, level: 1 });
  const writing = writer.add(name, ReadableStream.from(bytes)).then(() => writer.close());
  // Whoever reads the parts learns of a failure by it too; unheard, it would end the process.
  writing.catch((error: unknown) => writable.abort(error).catch(() => {}));
  yield* readable;
  await writing;
}
