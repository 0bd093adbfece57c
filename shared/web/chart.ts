/**
 * Charts without a script: bars drawn on the server as SVG, whose colours come from the stylesheet. Each bar's figure
 * is written beside it, and the page has the same figures as a table under it, so nothing is told by colour alone.
 */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "./html.ts";

/** Colours by lightness, so that they stay apart for every eye and on a grey printer. */
export type SeriesLook = "light" | "middle" | "dark" | "loud";

export interface Series {
  readonly name: Text;
  readonly look: SeriesLook;
}

export interface Bar {
  readonly label: string;
  /** One value for each series, in the chart's unit; never negative. They stand one after the other. */
  readonly values: readonly number[];
  /** The figure as it is to be read, such as "12.50". */
  readonly shown: string;
}

export interface Chart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: Text;
  /** What is to be seen in it, for whoever doesn't see it. */
  readonly description: Text;
  readonly unit: Text;
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
  readonly locale: Locale;
}

/** Drawn for a phone 360 pixels wide; wider screens enlarge it a little (styles/figures.ts). */
const width = 340;
const textSize = 14;
const barHeight = 14;
const rowHeight = 44;
const axisHeight = 26;
const ticksMax = 4;
/** A sliver that is there must be seen. */
const sliver = 1.5;

/** 1, 2 or 5 times a power of ten: the step in which an axis is read most easily. */
export const axisStep = (largest: number): number => {
  if (largest <= 0) return 1;
  const rough = largest / ticksMax;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((step) => step * power >= rough) ?? 10;
  return factor * power;
};

/** "2.5", "0.05": without the traces of binary fractions. */
const plain = (value: number): string => String(Number(value.toPrecision(6)));

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

interface Scale {
  readonly step: number;
  readonly end: number;
  readonly at: (value: number) => number;
}

const scaleOf = ({ bars }: Pick<Chart, "bars">): Scale => {
  const largest = Math.max(0, ...bars.map(({ values }) => values.reduce((a, b) => a + b, 0)));
  const step = axisStep(largest);
  const end = Math.max(step, Math.ceil(largest / step - 1e-9) * step);
  return { step, end, at: (value) => (value / end) * width };
};

const axis = (scale: Scale, bottom: number): Html => {
  const ticks = Array.from(
    { length: Math.round(scale.end / scale.step) + 1 },
    (_tick, index) => index * scale.step,
  );
  return html`${ticks.map((tick, index) => {
    const x = rounded(scale.at(tick));
    const anchor = index === 0 ? "start" : index === ticks.length - 1 ? "end" : "middle";
    return html`<line class="grid" x1="${x}" y1="0" x2="${x}" y2="${bottom}" /><text
        class="tick-figure"
        x="${x}"
        y="${bottom + textSize + 3}"
        text-anchor="${anchor}"
        >${plain(tick)}</text
      >`;
  })}`;
};

const drawnBar = ({ series }: Chart, bar: Bar, index: number, scale: Scale): Html => {
  const top = index * rowHeight;
  let from = 0;
  const parts = bar.values.map((value, place) => {
    const look = series[place]?.look ?? "dark";
    const x = scale.at(from);
    from += value;
    const length = Math.max(sliver, scale.at(value));
    return value > 0
      ? html`<rect
          class="bar-${look}"
          x="${rounded(Math.min(x, width - sliver))}"
          y="${top + 22}"
          width="${rounded(length)}"
          height="${barHeight}"
        />`
      : null;
  });
  return html`<text x="0" y="${top + textSize + 2}">${bar.label}</text
    ><text class="bar-figure" x="${width}" y="${top + textSize + 2}" text-anchor="end"
      >${bar.shown}</text
    >${parts}`;
};

/** What the looks stand for; one series alone needs no key, its title says it. */
const key = ({ series, locale }: Chart): Html | null =>
  series.length < 2
    ? null
    : html`<ul class="chart-key">
        ${series.map(
          ({ name, look }) =>
            html`<li>
              <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                <rect class="bar-${look}" width="12" height="12" /></svg
              >${inLocale(name, locale)}
            </li> `,
        )}
      </ul>`;

/** Bars one under the other. @returns nothing when there is nothing to draw: the page says so in words. */
export const barChart = (chart: Chart): Html | null => {
  const { id, locale, bars } = chart;
  if (!bars.some(({ values }) => values.some((value) => value > 0))) return null;
  const scale = scaleOf(chart);
  const bottom = bars.length * rowHeight;
  const height = bottom + axisHeight;
  return html`<figure class="chart">
    <figcaption>
      ${inLocale(chart.title, locale)}<span class="soft small">
        ${inLocale(chart.unit, locale)}</span
      >
    </figcaption>
    ${key(chart)}
    <svg
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-labelledby="${id}-title ${id}-about"
      focusable="false"
    >
      <title id="${id}-title">${inLocale(chart.title, locale)}</title>
      <desc id="${id}-about">${inLocale(chart.description, locale)}</desc>
      <g aria-hidden="true">
        ${axis(scale, bottom)} ${bars.map((bar, index) => drawnBar(chart, bar, index, scale))}
      </g>
    </svg>
  </figure>`;
};

/** One bar without an axis, beside figures that say the same in words: nobody misses it who doesn't see it. */
export const plainBar = (
  parts: readonly { readonly value: number; readonly look: SeriesLook }[],
): Html | null => {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  if (whole <= 0) return null;
  let from = 0;
  const drawn = parts.map(({ value, look }) => {
    const x = (from / whole) * width;
    from += value;
    return value > 0
      ? html`<rect
          class="bar-${look}"
          x="${rounded(x)}"
          y="0"
          width="${rounded((value / whole) * width)}"
          height="${barHeight}"
        />`
      : null;
  });
  return html`<div class="fund-bar" aria-hidden="true">
    <svg viewBox="0 0 ${width} ${barHeight}" preserveAspectRatio="none" focusable="false">
      ${drawn}
    </svg>
  </div>`;
};

/** Fen as 万元 for an axis, and "1.23" for a label: what finance reads large sums in. */
export const tenThousands = (amountFen: number): number => amountFen / 1_000_000;
export const shownTenThousands = (amountFen: number): string => tenThousands(amountFen).toFixed(2);
