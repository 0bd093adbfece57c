import { expect, test } from "vitest";
import { stylesheet } from "#shared/web/stylesheet.ts";

test("the sheet loads nothing and stays small", () => {
  const body = stylesheet;

  expect(body).not.toMatch(/url\(|@import|@font-face/u);
  expect(body.length).toBeLessThan(30_000);
});

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

test("every pair of text and ground has a contrast of at least 4.5", () => {
  const body = stylesheet;
  const colours = Object.fromEntries(
    [...body.matchAll(/--([a-z-]+):(#[0-9a-f]{6})/gu)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
  const white = "#ffffff";
  const grounds = [
    white,
    colours["paper"],
    colours["panel"],
    colours["good-soft"],
    colours["wait-soft"],
  ];

  for (const ground of grounds) {
    for (const text of ["ink", "soft", "link", "wrong", "act-dark", "wait-dark"]) {
      expect(contrast(colours[text] ?? "", ground ?? ""), `${text} on ${ground}`).toBeGreaterThan(
        4.5,
      );
    }
  }
  for (const ground of ["brand", "brand-dark", "act", "act-dark"]) {
    expect(contrast(white, colours[ground] ?? ""), ground).toBeGreaterThan(4.5);
  }
  expect(contrast(colours["field"] ?? "", white)).toBeGreaterThan(3);
});
