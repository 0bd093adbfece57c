import * as fc from "fast-check";
import { expect, test } from "vitest";
import { leakIn, noticeLeak } from "#shared/domain/notice-check.ts";
import { programmes } from "#workflows/registry.ts";
import { noticeLabels, noticeLines, registeredTexts } from "#shared/web/notice-lines.ts";
import type { Notice } from "#shared/domain/public-notice.ts";
import { fen } from "#shared/kernel/money.ts";
import { instantOfMs } from "#shared/kernel/calendar.ts";
import { aCase } from "#test/support/cases.ts";
import { aNotice } from "#test/support/notices.ts";

test.each([
  ["an ID number", "110101199003070038", "id_number"],
  ["an ID number that ends in X", "11010519491231002x", "id_number"],
  ["an old ID number", "110105491231002", "id_number"],
  ["an ID number in full width", "１１０１０１１９９００３０７００３８", "id_number"],
  ["an ID number in groups", "110101 19900307 0038", "id_number"],
  ["a bank card", "6222 0212 3456 7890 128", "bank_card"],
  ["a bank card with dashes", "6222-0212-3456-7890", "bank_card"],
  ["a mobile phone", "电话138 1234 5678。", "phone"],
  ["a mobile phone abroad", "+86 138-1234-5678", "phone"],
  ["a mobile phone in Chinese digits", "一三八一二三四五六七八", "phone"],
  ["a landline", "0532-8765 4321", "phone"],
  ["a local number", "8765-4321", "phone"],
  ["an e-mail address", "写信给 a@b.cn", "email"],
  ["an e-mail address in full width", "ａ＠ｂ．ｃｎ", "email"],
  ["a number with invisible signs in between", "138\u200b1234\u200b5678", "phone"],
] as const)("%s is found", (_what, text, leak) => {
  expect(leakIn(text)).toBe(leak);
});

test.each([
  "5,000.00 元",
  "CNY 12,345,678.90",
  "2026年7月20日至2026年7月27日",
  "20 July 2026 to 27 July 2026",
  "第一钢铁公司二十二号炼钢厂工会",
  "中铁十二局集团第三工程公司工会（107宿舍）",
  "深度困难职工",
  "王*",
  "",
])("%s holds no number of anybody's", (text) => {
  expect(leakIn(text)).toBeNull();
});

const checked = (texts: readonly string[], answers: readonly string[]) =>
  noticeLeak({ texts, registered: ["金秋助学", "示例市第一中学工会"], answers });

test("what the applicant told is found, in other letters, with gaps, and within more words", () => {
  expect(checked(["王小明"], ["王小明"])).toBe("own_answer");
  expect(checked(["（王 小 明）同志"], ["王小明"])).toBe("own_answer");
  expect(checked(["LI XIAOMING of the works"], ["Li Xiaoming"])).toBe("own_answer");
  expect(checked(["家住海棠巷12号"], ["海棠巷12号"])).toBe("own_answer");
  expect(checked(["尿毒症"], ["尿毒症、高血压"])).toBe("own_answer");
});

test("a masked name, a short answer and what stands in the city's registers are no leak", () => {
  expect(checked(["王*"], ["王小明"])).toBeNull();
  expect(checked(["5,000.00 元"], ["5000", "00"])).toBeNull();
  expect(checked(["CNY 5,000.00"], ["cny"])).toBeNull();
  // The applicant's name is 金秋, the child goes to the school where the applicant works.
  expect(checked(["金秋助学", "示例市第一中学工会"], ["金秋", "示例市第一中学"])).toBeNull();
  expect(checked(["金秋"], ["金秋"])).toBe("own_answer");
});

test("a number in a register's text is found all the same", () => {
  const texts = ["工会（13812345678）"];
  expect(noticeLeak({ texts, registered: texts, answers: [] })).toBe("phone");
});

/** Digits as people write them: in groups, with signs between, in full width or in Chinese. */
const written = (digits: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      digits,
      fc.constantFrom("", " ", "-", ",", "－", ".", "·", "/", "\u200b", " - "),
      fc.integer({ min: 2, max: 6 }),
      fc.constantFrom("plain", "full", "chinese"),
    )
    .map(([number, between, group, script]) => {
      const grouped = (number.match(new RegExp(`.{1,${group}}`, "gu")) ?? []).join(between);
      if (script === "plain") return grouped;
      return grouped.replaceAll(/\d/gu, (digit) =>
        script === "full"
          ? String.fromCodePoint(0xff10 + Number(digit))
          : ("〇一二三四五六七八九"[Number(digit)] ?? ""),
      );
    });

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max })
    .map((list) => list.join(""));

const personalNumber = fc.oneof(
  fc.tuple(digits(17, 17), fc.constantFrom("0", "5", "X", "x")).map((parts) => parts.join("")),
  digits(15, 19),
  fc.tuple(fc.constantFrom("13", "15", "18", "19"), digits(9, 9)).map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom("010", "0532"), digits(7, 8)).map((parts) => parts.join("")),
);

const letters = fc.stringMatching(/^[\p{Script=Han}a-z（）*]{0,8}$/u);

test("law: no ID, card or phone number is published, wherever it stands and however it is written", () => {
  fc.assert(
    fc.property(letters, written(personalNumber), letters, (before, number, after) => {
      const text = `${before}${number}${after}`;
      expect(leakIn(text)).not.toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

const places = ["maskedName", "unitName", "programme"] as const;

test("law: planted in any field of a notice, it keeps the notice from being published", () => {
  const [programme] = programmes;
  const notice = aNotice(aCase(1));
  fc.assert(
    fc.property(fc.constantFrom(...places), written(personalNumber), (place, number) => {
      const text = { zh: `某${number}`, en: `x ${number}` };
      const planted: Notice = {
        ...notice,
        ...(place === "maskedName" ? { maskedName: `王${number}` } : {}),
        ...(place === "unitName" ? { unitName: text } : {}),
      };
      const title = place === "programme" ? text : (programme?.title ?? text);
      const texts = Object.values(noticeLines(planted, title, "zh-CN"));
      const registered = registeredTexts(planted, title);
      expect(noticeLeak({ texts, registered, answers: [] })).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});

test("law: an honest notice of any programme, amount and day is never held back, in either language", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...programmes),
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.integer({ min: Date.parse("2025-01-01"), max: Date.parse("2035-01-01") }),
      fc.constantFrom("DEEP", "RELATIVE", "ACCIDENT", "TEMPORARY", null),
      fc.constantFrom("zh-CN" as const, "en" as const),
      (programme, amountFen, ms, category, locale) => {
        const notice = aNotice(aCase(1), {
          programmeId: programme.id,
          amountFen: fen(amountFen),
          category,
          publishedAt: instantOfMs(ms),
          endsAt: instantOfMs(ms + 7 * 864e5),
        });
        const texts = Object.values(noticeLines(notice, programme.title, locale));
        const registered = registeredTexts(notice, programme.title);
        const answers = ["张明月", "370285199001014321", "海棠巷12号", "15000.00", "2026"];
        expect(noticeLeak({ texts, registered, answers })).toBeNull();
      },
    ),
    { numRuns: 500 },
  );
});

test("labels are the page's own words: none of them looks like a number", () => {
  for (const { zh, en } of Object.values(noticeLabels)) {
    expect([leakIn(zh), leakIn(en)]).toEqual([null, null]);
  }
});
