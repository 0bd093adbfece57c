import { expect, test } from "vitest";
import {
  axisStep,
  barChart,
  plainBar,
  shownTenThousands,
  tenThousands,
  type Chart,
} from "#shared/web/chart.ts";
import { markupOf } from "#shared/web/html.ts";

const text = (zh: string) => ({ zh, en: zh });

const chart = (changes: Partial<Chart> = {}): Chart => ({
  id: "c",
  title: text("资金"),
  description: text("说明"),
  unit: text("（单位：万元）"),
  series: [
    { name: text("已发放"), look: "dark" },
    { name: text("可用"), look: "light" },
  ],
  bars: [
    { label: "工会经费", values: [10, 30], shown: "40.00" },
    { label: "<b>", values: [0, 5], shown: "5.00" },
  ],
  locale: "zh-CN",
  ...changes,
});

const drawn = (changes: Partial<Chart> = {}): string => {
  const made = barChart(chart(changes));
  if (!made) throw new Error("nothing was drawn");
  return markupOf(made);
};

/** Bars of the picture itself, without those of its key. */
const bars = (markup: string): readonly Record<string, string>[] =>
  [
    ...markup.matchAll(
      /<rect\s+class="bar-(?<look>\w+)"\s+x="(?<x>[\d.]+)"\s+y="(?<y>[\d.]+)"\s+width="(?<width>[\d.]+)"/gu,
    ),
  ].map(({ groups }) => groups ?? {});

test("bars stand one after the other and are as long as what they say", () => {
  // 40 of an axis to 40: 340 units for the whole, 85 of them paid.
  expect(bars(drawn())).toEqual([
    { look: "dark", x: "0", y: "22", width: "85" },
    { look: "light", x: "85", y: "22", width: "255" },
    { look: "light", x: "0", y: "66", width: "42.5" },
  ]);
});

test("the picture has a name and a description, and each bar its figure in words", () => {
  const markup = drawn();
  expect(markup).toMatch(/role="img"\s+aria-labelledby="c-title c-about"/u);
  expect(markup).toContain('<title id="c-title">资金</title>');
  expect(markup).toContain('<desc id="c-about">说明</desc>');
  expect(markup).toContain(">40.00<");
  expect(markup).toContain("&lt;b&gt;");
  expect(markup).not.toContain("<b>");
});

test("nothing in it needs a style attribute or a script: the pages' policy allows neither", () => {
  expect(drawn()).not.toMatch(/style=|<script|on\w+=/u);
});

test("where there is nothing, nothing is drawn", () => {
  expect(barChart(chart({ bars: [] }))).toBeNull();
  expect(barChart(chart({ bars: [{ label: "a", values: [0, 0], shown: "0" }] }))).toBeNull();
  expect(plainBar([{ value: 0, look: "dark" }])).toBeNull();
});

test("what is there is seen, however little it is", () => {
  const [, sliver] = bars(drawn({ bars: [{ label: "a", values: [10_000, 1], shown: "10,001" }] }));
  expect(Number(sliver?.["width"])).toBeGreaterThan(1);
  expect(Number(sliver?.["x"]) + Number(sliver?.["width"])).toBeLessThanOrEqual(340);
});

test("one series needs no key", () => {
  expect(drawn()).toContain("chart-key");
  expect(
    drawn({
      series: [{ name: text("件"), look: "dark" }],
      bars: [{ label: "a", values: [3], shown: "3" }],
    }),
  ).not.toContain("chart-key");
});

test.each([
  [0, 1],
  [1, 0.5],
  [3, 1],
  [4, 1],
  [7, 2],
  [16, 5],
  [61, 20],
  [160, 50],
  [1000, 500],
])("an axis to %d goes in steps of %d", (largest, step) => {
  expect(axisStep(largest)).toBe(step);
});

test("an axis of parts of one shows no trace of binary fractions", () => {
  const markup = drawn({ bars: [{ label: "a", values: [0.3, 0], shown: "0.30" }] });
  expect([...markup.matchAll(/text-anchor="\w+"\s*>(?<tick>[\d.]+)</gu)].map((m) => m[1])).toEqual([
    "0",
    "0.1",
    "0.2",
    "0.3",
    "0.30",
  ]);
});

test("a plain bar is divided by its parts", () => {
  const made = plainBar([
    { value: 1, look: "dark" },
    { value: 3, look: "light" },
  ]);
  expect(bars(markupOf(made!)).map(({ width }) => width)).toEqual(["85", "255"]);
});

test("fen as 万元", () => {
  expect(tenThousands(1_000_000)).toBe(1);
  expect(shownTenThousands(12_345_678)).toBe("12.35");
});
