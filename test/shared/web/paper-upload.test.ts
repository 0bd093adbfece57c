import { expect, test } from "vitest";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import { markupOf } from "#shared/web/html.ts";
import { landedLine, paperUpload, photoWords } from "#shared/web/paper-upload.ts";

const form = { url: "https://store.example.org/", fields: { key: "incoming/x", Policy: "p" } };
const hukou = { kind: "hukou_book", title: { zh: "户口本", en: "Hukou book" } };

test("a form sends one file by itself, last, and offers camera and gallery alike", () => {
  const html = markupOf(paperUpload(form, hukou, "zh-CN"));
  expect(html.indexOf('name="Policy"')).toBeLessThan(html.indexOf('type="file"'));
  expect(html).toContain('enctype="multipart/form-data"');
  expect(html).toContain('<label for="file-hukou_book"');
  for (const type of ["image/jpeg", "image/heic", ".heif", "application/pdf"]) {
    expect(html).toContain(type);
  }
  // Either would take something away from people whose browser runs no script, or who have photos already.
  expect(html).not.toMatch(/\bmultiple\b|\bcapture\b/u);
});

test("every word that the script says stands on the page, in the reader's language", () => {
  const [zh, en] = [markupOf(photoWords("zh-CN")), markupOf(photoWords("en"))];
  const names = (html: string) => [...html.matchAll(/ (data-[a-z-]+)="[^"]+"/gu)].map(([, n]) => n);
  expect(names(zh)).toEqual(names(en));
  expect(names(zh)).toEqual(
    expect.arrayContaining(["data-bytes-max", "data-failed", "data-retry"]),
  );
  expect(en).not.toMatch(/\p{Script=Han}/u);
});

test("of each file in the list it says what it is, that it is being converted, or why it can't be used", () => {
  const file = { name: "m1-abc", sizeBytes: 2_000_000 };
  const said = (check: Parameters<typeof landedLine>[0]["check"]) =>
    markupOf(landedLine({ ...file, check }, 0, "zh-CN"));
  const photo = said({ kind: "accepted", mediaType: "image/jpeg" });
  expect(photo).toContain('data-file="m1-abc"');
  expect(wordsOf(photo)).toMatch(/^1\. 已上传 照片/u);
  expect(said({ kind: "converting" })).toContain("data-converting");
  expect(wordsOf(said({ kind: "converting" }))).toContain("一般几秒钟");
  expect(wordsOf(said({ kind: "refused", problem: "not_convertible" }))).toContain("没能转换");
  expect(wordsOf(said({ kind: "refused", problem: "too_many_pixels" }))).toContain("6000万");
});
