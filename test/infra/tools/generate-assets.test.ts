import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  assetNamesSource,
  browserScriptSource,
  bundleBrowserScript,
} from "#infra/tools/generate-assets.ts";
import { browserScript } from "#shared/web/browser-script.ts";

const textOf = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

test("the script and the names of what pages load are those of today's sources: npm run generate", async () => {
  const script = await bundleBrowserScript();

  expect(textOf("shared/web/browser-script.ts")).toBe(browserScriptSource(script));
  expect(textOf("shared/web/asset-names.ts")).toBe(assetNamesSource(script));
  expect(browserScript).toBe(script);
});

test("a script survives being written down, whatever it holds", async () => {
  const script = "const a=`${1}\\n$&`;'\"\\\\';";
  const source = browserScriptSource(script).replace(/^export const/mu, "export const");
  const written = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    browserScript: string;
  };

  expect(written.browserScript).toBe(script);
});

test("the script stays small, and calls no other host", async () => {
  const script = await bundleBrowserScript();

  expect(script.length).toBeLessThan(10_000);
  expect(script).not.toMatch(/https?:\/\/|\beval\b|innerHTML|document\.write|new Function/u);
});
