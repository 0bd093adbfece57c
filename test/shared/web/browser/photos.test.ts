/** The script for photos on a page of its own, whose store takes, refuses or keeps silent as a test wants it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paperMaxBytes } from "#shared/domain/paper-file.ts";
import { browserScript } from "#shared/web/browser-script.ts";
import { html, join, markupOf, type Html } from "#shared/web/html.ts";
import { landedLine, paperUpload, photoWords } from "#shared/web/paper-upload.ts";
import { startBrowser } from "#test/support/browser.ts";
import { cameraJpeg } from "#test/support/camera-photo.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const site = "http://songnuan.example";
const title = { zh: "户口本", en: "Hukou book" };

interface Store {
  readonly page: Page;
  /** Keys of what was sent, in their order. */
  readonly keys: readonly string[];
  readonly names: () => Promise<readonly string[]>;
}

/** A page with the form of one kind; each time it is read, the form has another key. */
const open = async (
  answer: (times: number) => "take" | "refuse" | "full" = () => "take",
): Promise<Store> => {
  const page = await browser.newPage();
  const keys: string[] = [];
  const landed: string[] = [];
  let shown = 0;
  let isFull = false;
  const body = (): Html => {
    shown += 1;
    const form = { url: `${site}/store`, fields: { key: `incoming/SN1/0/hukou/n${shown}` } };
    const lines = landed.map((name, index) =>
      landedLine(
        { name, sizeBytes: 1_000, check: { kind: "accepted", mediaType: "image/jpeg" } },
        index,
        "zh-CN",
      ),
    );
    return html`<!-- -->
      <script src="/a.js" defer></script>
      ${photoWords("zh-CN")}
      <div id="there-hukou" data-live>
        <ul>
          ${join(lines)}
        </ul>
      </div>
      ${isFull ? null : paperUpload(form, { kind: "hukou", title }, "zh-CN")}
      <form id="send" method="post" action="/send"><button>提交</button></form>`;
  };
  await page.route(`${site}/**`, async (route) => {
    const request = route.request();
    if (request.url().endsWith(".js")) {
      return route.fulfill({ contentType: "text/javascript; charset=utf-8", body: browserScript });
    }
    if (request.method() !== "POST") {
      return route.fulfill({ contentType: "text/html; charset=utf-8", body: markupOf(body()) });
    }
    const key = /name="key"\r\n\r\n(?<key>[^\r]+)/u.exec(
      request.postDataBuffer()?.toString("latin1") ?? "",
    )?.groups?.["key"];
    keys.push(key ?? "");
    const said = answer(keys.length);
    if (said === "refuse") return route.fulfill({ status: 403, body: "" });
    landed.push(key?.split("/").pop() ?? "");
    isFull = said === "full";
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${site}/`);
  return { page, keys, names: () => page.locator("[data-file]").evaluateAll(fileNames) };
};

/** Runs in the page. */
const fileNames = (lines: readonly unknown[]): readonly string[] =>
  lines.map((line) => (line as { dataset: { file?: string } }).dataset.file ?? "");

const choose = (page: Page, ...names: readonly string[]): Promise<void> =>
  page
    .locator('input[type="file"]')
    .setInputFiles(names.map((name) => ({ name, mimeType: "image/jpeg", buffer: cameraJpeg() })));

const says = async (page: Page, words: string): Promise<void> =>
  page.locator('form[data-photos] [role="status"]').getByText(words).waitFor();

test("the form takes several files, and each goes to a place of its own", async () => {
  const { page, keys, names } = await open();
  expect(await page.locator('input[type="file"]').getAttribute("multiple")).not.toBeNull();
  expect(await page.locator("form[data-photos]").getAttribute("class")).toBe("by-script");

  await choose(page, "1.jpg", "2.jpg", "3.jpg");
  await says(page, "3个文件都传好了");

  expect(new Set(keys).size).toBe(3);
  expect(await names()).toEqual(keys.map((key) => key.split("/").pop()));
  expect(await page.locator("[data-file] img.thumb").count()).toBe(3);
  await page.close();
});

test("a permission that ran out is renewed once by itself, and the file arrives", async () => {
  const { page, keys, names } = await open((times) => (times === 1 ? "refuse" : "take"));
  await choose(page, "1.jpg");
  await says(page, "1个文件都传好了");
  expect(keys).toHaveLength(2);
  expect(await names()).toEqual([keys[1]?.split("/").pop()]);
  await page.close();
});

test("when there are as many files as may be, the rest says so and can be given up", async () => {
  const { page, keys } = await open(() => "full");
  await choose(page, "1.jpg", "2.jpg");
  await says(page, "有1个文件没有传上去");
  expect(keys).toHaveLength(1);
  await page.getByRole("button", { name: "不传了" }).click();
  expect(await page.locator("form[data-photos] li").count()).toBe(0);
  await page.close();
});

test("a file that is too large and can't be shrunk isn't sent at all", async () => {
  const { page, keys } = await open();
  await page.locator('input[type="file"]').setInputFiles({
    name: "scan.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.alloc(paperMaxBytes + 1),
  });
  await page.getByText("超过 10 MB").waitFor();
  expect(keys).toEqual([]);
  expect(await page.getByRole("button", { name: "重试" }).count()).toBe(0);
  await page.close();
});
