import { BlobReader, TextWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { createZip } from "#shared/exports/zip-lines.ts";

test("files written line by line are read back by another program, check sums and all", async () => {
  const zip = createZip();
  zip.whole("first.txt", "一行\n");
  const entry = zip.begin("folder/second.txt");
  for (let index = 0; index < 1_000; index += 1) entry.line(`line ${index} 王芳\n`);
  entry.line("");
  entry.end();
  zip.end();
  const bytes = Buffer.concat(zip.taken());

  const reader = new ZipReader(new BlobReader(new Blob([bytes])), {
    useWebWorkers: false,
    checkCrc32: true,
  });
  const entries = (await reader.getEntries()) as FileEntry[];
  const texts = await Promise.all(entries.map((one) => one.getData(new TextWriter())));
  expect(entries.map(({ filename }) => filename)).toEqual(["first.txt", "folder/second.txt"]);
  expect(texts[0]).toBe("一行\n");
  expect(texts[1]?.split("\n")).toHaveLength(1_001);
  expect(texts[1]).toContain("line 999 王芳");
});
