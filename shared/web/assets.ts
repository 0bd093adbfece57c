/**
 * What pages load: the stylesheet, the script, the icon. Addresses carry the hash of their content, so browsers may
 * keep them for good. The names alone are in asset-names.ts: a function that only links to them carries no content.
 */
import { iconFile, scriptFile, stylesheetFile } from "./asset-names.ts";
import { browserScript } from "./browser-script.ts";
import { icon } from "./icon.ts";
import type { PageResponse } from "./page.ts";
import { stylesheet } from "./stylesheet.ts";

const assets: readonly {
  readonly current: string;
  readonly names: RegExp;
  readonly contentType: string;
  readonly body: string;
}[] = [
  {
    current: stylesheetFile,
    names: /^songnuan(?:\.[0-9a-f]{8})?\.css$/u,
    contentType: "text/css; charset=utf-8",
    body: stylesheet,
  },
  {
    current: scriptFile,
    names: /^songnuan(?:\.[0-9a-f]{8})?\.js$/u,
    contentType: "text/javascript; charset=utf-8",
    body: browserScript,
  },
  {
    current: iconFile,
    names: /^songnuan(?:\.[0-9a-f]{8})?\.svg$/u,
    contentType: "image/svg+xml",
    body: icon,
  },
];

/** The asset of that name, with headers that let browsers keep it a year. @returns null when there is none. */
export const asset = (file: string): PageResponse | null => {
  const found = assets.find(({ names }) => names.test(file));
  if (!found) return null;
  // A page kept open over a deployment asks for a former name: it gets today's content, but not for good.
  const cacheControl = file === found.current ? "public, max-age=31536000, immutable" : "no-cache";
  return {
    status: 200,
    body: found.body,
    contentType: found.contentType,
    headers: { "cache-control": cacheControl },
  };
};
