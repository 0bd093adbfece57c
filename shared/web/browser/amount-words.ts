/** An amount in words: 人民币大写 and 万 for Chinese, commas for English, and what a year's amount is a month. */

const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"];
const groups = ["", "万", "亿"];

/** Four digits in capitals: "壹仟零贰". Nothing for 0000. */
const groupInCapitals = (group: string): string =>
  [...group]
    .map((digit, index) => {
      const place = places[group.length - 1 - index] ?? "";
      return digit === "0" ? "零" : `${digits[Number(digit)]}${place}`;
    })
    .join("")
    .replace(/零+/gu, "零")
    .replace(/零$/u, "");

const yuanInCapitals = (whole: string): string => {
  const parts = whole.replace(/^0+(?=\d)/u, "").match(/\d{1,4}(?=(?:\d{4})*$)/gu) ?? [];
  return parts
    .map((group, index) => {
      const words = groupInCapitals(group);
      return words === "" ? "零" : `${words}${groups[parts.length - 1 - index] ?? ""}`;
    })
    .join("")
    .replace(/零+/gu, "零")
    .replace(/零$/u, "");
};

/** "伍万肆仟元整", by the annex of 支付结算办法; the same as kernel/money.ts writes after 人民币. */
export const inCapitals = (fen: number): string => {
  if (fen === 0) return "零元整";
  const whole = Math.floor(fen / 100);
  const [jiao = "0", cent = "0"] = String(fen % 100).padStart(2, "0");
  const head = whole > 0 ? `${yuanInCapitals(String(whole))}元` : "";
  if (fen % 100 === 0) return `${head}整`;
  if (cent === "0") return `${head}${digits[Number(jiao)]}角整`;
  const tenths = jiao === "0" ? (whole > 0 ? "零" : "") : `${digits[Number(jiao)]}角`;
  return `${head}${tenths}${digits[Number(cent)]}分`;
};

const pattern = /^(?<whole>\d{1,10})(?:\.(?<part>\d{1,2}))?$/u;

/** Whole fen, or null for what the form would not take as an amount either. */
const fenOf = (typed: string): number | null => {
  const { whole, part = "" } = pattern.exec(typed.trim())?.groups ?? {};
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, "0"));
};

const withCommas = (fen: number): string =>
  (fen / 100).toLocaleString("en-US", {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  });

const tenThousand = 1_000_000;

/** What is said beside an amount; nothing for what is none. `per` says that it is a year's. */
export const saidOf = (typed: string, per: string | undefined, language: string): string => {
  const fen = fenOf(typed);
  if (fen === null) return "";
  const monthly = per === "year" && fen > 0 ? withCommas(Math.round(fen / 1200) * 100) : null;
  if (language.startsWith("en")) {
    return `${withCommas(fen)} yuan${monthly ? `, about ${monthly} a month` : ""}`;
  }
  const inTenThousands =
    fen >= tenThousand ? `，${Number((fen / tenThousand).toFixed(2))} 万元` : "";
  return `${inCapitals(fen)}${inTenThousands}${monthly ? `，平均每月约 ${monthly} 元` : ""}`;
};
