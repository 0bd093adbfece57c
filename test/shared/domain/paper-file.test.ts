import { expect, test } from "vitest";
import { checkPaperFile, paperMaxBytes, refusalMark } from "#shared/domain/paper-file.ts";

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
const check = (head: string, sizeBytes = 5_000) =>
  checkPaperFile({ sizeBytes, head: bytes(head.padEnd(64, "\0")) });

test.each([
  ["\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"],
  ["\xff\xd8\xff\xe1\x1c\x45Exif", "image/jpeg"],
  ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"],
  ["RIFF\x24\0\0\0WEBPVP8 ", "image/webp"],
  ["\0\0\0\x24ftypheic\0\0\0\0mif1heic", "image/heic"],
  ["\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "image/heic"],
  ["%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"],
  ["%PDF-2.0\n", "application/pdf"],
])("a photo or a PDF is taken for what its bytes say: %j", (head, mediaType) => {
  expect(check(head)).toEqual({ kind: "accepted", mediaType });
});

test.each([
  ["a Windows program", "MZ\x90\0\x03\0\0\0"],
  ["a Linux program", "\x7fELF\x02\x01\x01"],
  ["a page", "<!DOCTYPE html><html><script>alert(1)</script>"],
  ["a drawing with script", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">`],
  ["XML", `<?xml version="1.0"?><svg>`],
  ["a zip or an office file", "PK\x03\x04\x14\0\x06\0"],
  ["a film", "\0\0\0\x20ftypisom\0\0\x02\0isomiso2"],
  ["a GIF", "GIF89a\x01\0\x01\0"],
  ["a PDF with something in front of it", "<html>%PDF-1.7"],
  ["a PDF's mark without a version", "%PDF-x.y"],
  ["a sound", "RIFF\x24\0\0\0WAVEfmt "],
  ["plain text", "hello"],
])("%s is refused, whatever its name says", (_what, head) => {
  expect(check(head)).toEqual({ kind: "refused", problem: "not_a_paper" });
});

test("a PDF or photo that is a page as well is refused", () => {
  expect(check("%PDF-1.4\n<html><script>alert(1)</script>")).toEqual({
    kind: "refused",
    problem: "hides_a_page",
  });
  expect(check("\xff\xd8\xff\xfe\0\x20<script src=x>")).toEqual({
    kind: "refused",
    problem: "hides_a_page",
  });
});

test("sizes: nothing is refused, ten megabytes are taken, one byte more is not", () => {
  expect(check("%PDF-1.7", 0)).toEqual({ kind: "refused", problem: "empty" });
  expect(check("%PDF-1.7", paperMaxBytes)).toMatchObject({ kind: "accepted" });
  expect(check("%PDF-1.7", paperMaxBytes + 1)).toEqual({ kind: "refused", problem: "too_large" });
});

test("a file shorter than any signature is refused, not an error", () => {
  expect(checkPaperFile({ sizeBytes: 1, head: bytes("\xff") })).toEqual({
    kind: "refused",
    problem: "not_a_paper",
  });
});

test("what stands in a refused file's place says why, and nothing else that begins so does", () => {
  for (const problem of ["damaged", "too_many_pixels", "not_convertible"] as const) {
    const mark = refusalMark(problem);
    expect(checkPaperFile({ sizeBytes: mark.length, head: mark })).toEqual({
      kind: "refused",
      problem,
    });
  }
  expect(check("songnuan refused this file: <script>")).toEqual({
    kind: "refused",
    problem: "not_a_paper",
  });
});
