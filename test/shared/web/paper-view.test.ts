import { expect, test } from "vitest";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import { markupOf } from "#shared/web/html.ts";
import { paperGallery, paperLarge, type ShownPaper } from "#shared/web/paper-view.ts";

const paper = (number: number, mediaType: string): ShownPaper => ({
  number,
  mediaType,
  title: { zh: "户口本<b>", en: "Hukou book" },
  page: `/p/${number}/page`,
  file: `/p/${number}`,
});
const papers = [paper(1, "image/jpeg"), paper(2, "application/pdf"), paper(3, "image/heic")];

const large = (number: number, locale: "zh-CN" | "en" = "zh-CN"): string => {
  const shown = papers[number - 1];
  if (!shown) throw new Error("no such paper");
  return markupOf(paperLarge(papers, shown, "/case#papers", locale).body);
};

test("pictures stand small in a row and load when they come near; a PDF opens at once", () => {
  const gallery = markupOf(paperGallery(papers, "zh-CN"));
  expect(gallery.match(/<img [^>]*>/gu)).toEqual([
    '<img src="/p/1" alt="" loading="lazy" width="136" height="120" />',
  ]);
  expect([...gallery.matchAll(/href="([^"]*)"/gu)].map(([, href]) => href)).toEqual([
    "/p/1/page",
    "/p/2",
    "/p/3/page",
  ]);
  expect(gallery).toContain("户口本&lt;b&gt;");
});

test("a picture stands large, named, with the next one and the way back at hand", () => {
  const html = large(1);
  expect(html).toContain('<img class="looked-at" src="/p/1" alt="1. 户口本&lt;b&gt;" />');
  expect(html).toContain('href="/p/2/page"');
  expect(html).toContain('href="/case#papers"');
  expect(wordsOf(html)).toContain("1 / 3");
  expect(html).not.toContain("上一份");
  expect(large(3)).not.toContain("下一份");
  expect(wordsOf(large(2, "en"))).toContain("← Previous 2 / 3 Next →");
});

test("what isn't shown as a picture is a button: the PDF opens, an old HEIC is saved", () => {
  expect(large(2)).not.toContain("<img");
  expect(wordsOf(large(2))).toContain("打开 PDF");
  expect(wordsOf(large(3))).toContain("浏览器打不开这种照片");
  expect(wordsOf(large(3))).toContain("下载");
});
