import fc from "fast-check";
import { expect, test } from "vitest";
import { localeAccepted, mediaAccepted } from "#shared/web/negotiation.ts";

test.each([
  [undefined, "zh-CN"],
  ["", "zh-CN"],
  ["en", "en"],
  ["en-GB,en;q=0.9", "en"],
  ["zh-CN, en;q=0.9", "zh-CN"],
  ["fr, en;q=0.2", "en"],
  ["zh;q=0.1, en;q=0.2", "en"],
  ["en;q=0", "zh-CN"],
  ["*", "zh-CN"],
  ["english", "zh-CN"],
])("%s is answered in %s", (header, locale) => {
  expect(localeAccepted(header)).toBe(locale);
});

test.each([
  [undefined, true],
  ["*/*", true],
  ["application/json", true],
  ["application/*", true],
  ["text/html", false],
  ["text/html, */*;q=0.1", true],
  ["application/json;q=0, */*", false],
  ["application/problem+json", false],
])("%s takes JSON: %s", (header, expected) => {
  expect(mediaAccepted(header, "application/json")).toBe(expected);
});

test("no header breaks it", () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(["en", "zh-CN"]).toContain(localeAccepted(header));
      expect(typeof mediaAccepted(header, "application/json")).toBe("boolean");
    }),
  );
});
