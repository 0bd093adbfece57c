import { expect, test } from "vitest";
import { iconFile, scriptFile, stylesheetFile } from "#shared/web/asset-names.ts";
import { asset } from "#shared/web/assets.ts";
import { browserScript } from "#shared/web/browser-script.ts";

test("the sheet is kept by browsers for good under the name of its content", () => {
  const sheet = asset(stylesheetFile);

  expect(sheet?.contentType).toBe("text/css; charset=utf-8");
  expect(sheet?.headers?.["cache-control"]).toContain("immutable");
  expect(asset(iconFile)?.contentType).toBe("image/svg+xml");
  expect(asset(scriptFile)?.contentType).toBe("text/javascript; charset=utf-8");
  expect(asset(scriptFile)?.body).toBe(browserScript);
});

test("a former name gets today's sheet, but not for good", () => {
  const former = asset("songnuan.00000000.css");

  expect(former?.body).toBe(asset(stylesheetFile)?.body);
  expect(former?.headers?.["cache-control"]).toBe("no-cache");
});

test.each(["other.css", "songnuan.css.map", "..", "songnuan.1.css", ""])(
  "there is no asset %s",
  (file) => {
    expect(asset(file)).toBeNull();
  },
);
