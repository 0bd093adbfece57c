/**
 * Writes what pages load, as part of `npm run generate`: shared/web/browser-script.ts, the bundled and minified text
 * of shared/web/browser/main.ts, and shared/web/asset-names.ts, the addresses that carry the hash of each content.
 * The results depend on the sources only; test/infra/tools/generate-assets.test.ts says when they are old.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { icon } from "#shared/web/icon.ts";
import { stylesheet } from "#shared/web/stylesheet.ts";

const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));

/** The browser's script, for phones whose browser was last mended about 2019. @throws when it doesn't bundle. */
export const bundleBrowserScript = async (): Promise<string> => {
  const { outputFiles } = await build({
    absWorkingDir: projectDirectory,
    entryPoints: ["shared/web/browser/main.ts"],
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: "es2019",
    legalComments: "none",
    write: false,
    logLevel: "error",
  });
  return (outputFiles[0]?.text ?? "").trim();
};

/** The text of shared/web/browser-script.ts. A template literal is the one kind of text that formatters leave alone. */
export const browserScriptSource = (script: string): string =>
  [
    "/** What the browser runs. Written by infra/tools/generate-assets.ts from browser/main.ts; never edited by hand. */",
    `export const browserScript = \`${script.replaceAll(/[\\`]|\$(?=\{)/gu, String.raw`\$&`)}\`;`,
    "",
  ].join("\n");

/** FNV-1a of the text, eight hex digits: enough to tell one version of a file from another. */
const contentHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
};

/** The text of shared/web/asset-names.ts: each name changes whenever its content does. */
export const assetNamesSource = (script: string): string =>
  [
    "/** The names of what pages load. Written by infra/tools/generate-assets.ts; never edited by hand. */",
    `export const stylesheetFile = "songnuan.${contentHash(stylesheet)}.css";`,
    `export const scriptFile = "songnuan.${contentHash(script)}.js";`,
    `export const iconFile = "songnuan.${contentHash(icon)}.svg";`,
    "",
  ].join("\n");

/** Writes both files. */
export const writeAssets = async (): Promise<void> => {
  const script = await bundleBrowserScript();
  writeFileSync(`${projectDirectory}shared/web/browser-script.ts`, browserScriptSource(script));
  writeFileSync(`${projectDirectory}shared/web/asset-names.ts`, assetNamesSource(script));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeAssets();
