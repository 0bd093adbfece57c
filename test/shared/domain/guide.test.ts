import { expect, test } from "vitest";
import {
  commonExclusions,
  meansConditions,
  papersToExpect,
  plainAmount,
  upToAmount,
  workConditions,
} from "#shared/domain/guide.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";

const day: PolicyDay = { appliedOn: localDate("2026-07-20"), pack: policyPack };

/** The same pack with another L and other conditions, as a city would change it. */
const changed: PolicyDay = {
  ...day,
  pack: {
    ...policyPack,
    livingStandards: policyPack.livingStandards.map((entry) => ({
      ...entry,
      figures: { ...entry.figures, monthlyFen: yuan(2_000) },
    })),
    common: policyPack.common.map((entry) => ({
      ...entry,
      figures: { ...entry.figures, homesMax: 3, membershipRequired: false },
    })),
  },
};

const chinese = (texts: readonly { readonly zh: string }[]): string =>
  texts.map(({ zh }) => zh).join("\n");

test("amounts stand as people say them", () => {
  expect(plainAmount(yuan(5_000))).toEqual({ zh: "5,000 元", en: "5,000 yuan" });
  expect(plainAmount(fen(123_456))).toEqual({ zh: "1,234.56 元", en: "1,234.56 yuan" });
  expect(upToAmount(yuan(20_000)).zh).toBe("最高 20,000 元");
});

test("the lines of income are those of the policy's L, a person and month", () => {
  const words = chinese(meansConditions(day));
  expect(words).toContain("不到 2,124 元（例如 3 口之家，一年不到 76,464 元）");
  expect(words).toContain("不超过 3,186 元");
  expect(words).toContain("80%");
});

test("a change of the pack changes the words", () => {
  expect(chinese(meansConditions(changed))).toContain(
    "不到 4,000 元（例如 3 口之家，一年不到 144,000 元）",
  );
  expect(chinese(commonExclusions(changed))).toContain("住房超过 3 套");
  expect(
    chinese(workConditions(day, ({ employmentMonthsFiled }) => employmentMonthsFiled)),
  ).toContain("工会会员");
  expect(
    chinese(workConditions(changed, ({ employmentMonthsFiled }) => employmentMonthsFiled)),
  ).not.toContain("工会会员");
  expect(
    chinese(workConditions(day, ({ employmentMonthsEmergency }) => employmentMonthsEmergency)),
  ).toContain("满 6 个月");
});

test("the papers to have ready are those of the policy, each once, with what depends on the answers apart", () => {
  const kinds = (papers: readonly { readonly kind: string }[]) => papers.map(({ kind }) => kind);
  const study = papersToExpect("golden-autumn", day);
  const winter = papersToExpect("winter-warmth", day);

  expect(kinds(study.always)).toEqual([
    "school_fee_receipt",
    "id_cards",
    "hukou_book",
    "income_certificate",
  ]);
  expect(kinds(study.some)).toEqual(
    expect.arrayContaining(["admission_letter", "enrolment_proof", "diagnosis", "bank_card_copy"]),
  );
  expect(kinds(winter.always)).not.toContain("model_worker_certificate");
  const all = kinds([...study.always, ...study.some]);
  expect(new Set(all).size).toBe(all.length);
});
