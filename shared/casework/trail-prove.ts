/** Proving a trail's file: its bytes as they come, compressed or not. */
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { createTrailProof, type TrailProof } from "#shared/domain/trail-proof.ts";
import type { Verdict } from "#shared/domain/trail-fault.ts";
import { digest } from "./trail-digest.ts";

/** How a compressed file begins as we write it; the rest of these bytes says nothing, and so is held to this. */
const gzipHead = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff];

type Bytes = AsyncIterable<Uint8Array>;

/** The first bytes apart, so that the kind of the file is known before it is read. */
const begun = async (
  bytes: Bytes,
): Promise<{ readonly head: Uint8Array; readonly rest: AsyncIterator<Uint8Array> }> => {
  const rest = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < gzipHead.length) {
    const next = await rest.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, rest };
};

async function* whole(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** Hands on every line. What is no UTF-8 stays visible as a changed line: the proof reads texts, and hashes them. */
const feed = async (proof: TrailProof, bytes: Bytes): Promise<void> => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let left = "";
  for await (const chunk of bytes) {
    const lines = (left + decoder.decode(chunk, { stream: true })).split("\n");
    left = lines.pop() ?? "";
    for (const line of lines) proof.line(line);
  }
  left += decoder.decode();
  // Every line has an end; what stands behind the last one was never written by us.
  if (left !== "") proof.line(left);
};

/** A file that isn't compressed begins with its first line. */
const firstByte = "{".codePointAt(0);

/**
 * Proves a file. Compression that breaks is told at the line after which it broke.
 * @param heldRoots roots of anchors from elsewhere, which the file must hold.
 */
export const proveFile = async (
  bytes: Bytes,
  heldRoots: readonly string[] = [],
): Promise<Verdict> => {
  const proof = createTrailProof(digest, heldRoots);
  const { head, rest } = await begun(bytes);
  const file = whole(head, rest);
  if (head[0] === firstByte) {
    await feed(proof, file);
    return proof.end();
  }
  if (!gzipHead.every((byte, index) => head[index] === byte)) proof.broken("compression_broken");
  const gunzip = createGunzip();
  const source = Readable.from(file);
  source.on("error", (error) => gunzip.destroy(error));
  try {
    await feed(proof, source.pipe(gunzip) as Bytes);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    proof.broken("compression_broken");
  }
  return proof.end();
};
