import { expect, test } from "vitest";
import type { CaseEvent, EventType, Status } from "#shared/domain/application.ts";
import {
  answerTo,
  makeNotice,
  noticeBegan,
  noticeKindOf,
  objectionProblems,
  standingNotice,
} from "#shared/domain/public-notice.ts";
import { addMinutes, deadlineAfter } from "#shared/kernel/calendar.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";
import { aNotice } from "#test/support/notices.ts";

const fundId = "central" as FundId;

test.each([
  ["public_notice", null, "grass_roots"],
  ["public_notice", fundId, "final"],
  ["post_review", fundId, "after_payment"],
  ["objection", fundId, null],
  ["reserved", fundId, null],
  ["in_approval", null, null],
] as const)("a case that is %s with fund %s stands under: %s", (status, fund, kind) => {
  expect(noticeKindOf({ status, fundId: fund })).toBe(kind);
});

const moves = (...steps: readonly (readonly [EventType, Status, Status])[]) =>
  steps.map(([type, from, to], index) => ({ type, from, to, version: index + 1 }));

test("a notice began by the decision, however often it was objected to since", () => {
  const base = [
    ["submitted", "draft", "submitted"],
    ["tier_approved", "in_approval", "public_notice"],
    ["objection_raised", "public_notice", "objection"],
    ["recused", "objection", "objection"],
    ["objection_dismissed", "objection", "public_notice"],
  ] as const;
  expect(noticeBegan(moves(...base))).toBe(2);
  expect(
    noticeBegan(
      moves(
        ...base,
        ["notice_ended", "public_notice", "in_approval"],
        ["approved", "in_approval", "public_notice"],
      ),
    ),
  ).toBe(7);
  expect(noticeBegan(moves(["paid", "batched", "post_review"]))).toBe(1);
  expect(noticeBegan(moves(["submitted", "draft", "submitted"]))).toBeNull();
});

test("a notice shows the family name, office, programme, category, amount and days, and nothing else", () => {
  const application = aCase(1, { amountFen: yuan(4_000) });
  const notice = makeNotice({
    application,
    kind: "final",
    caseVersion: 5,
    applicantName: " 欧阳海棠 ",
    unit: { id: "spring" as UnitId, name: { zh: "春风站", en: "Spring" } },
    publishedAt: monday,
    endsAt: deadlineAfter(monday, 5),
  });

  expect(notice).toEqual({
    applicationId: application.id,
    kind: "final",
    caseVersion: 5,
    maskedName: "欧阳*",
    unitId: "spring",
    unitName: { zh: "春风站", en: "Spring" },
    programmeId: "golden-autumn",
    category: "DEEP",
    amountFen: yuan(4_000),
    publishedAt: monday,
    endsAt: deadlineAfter(monday, 5),
  });
});

const noticed = aCase(2, { status: "public_notice", fundId });
const notice = aNotice(noticed);

test("a notice stands to its last instant, also while an objection is looked into", () => {
  const last = addMinutes(notice.endsAt, -1);
  expect(standingNotice(noticed, [notice], last)).toBe(notice);
  expect(standingNotice({ status: "objection", fundId }, [notice], last)).toBe(notice);
  expect(standingNotice(noticed, [notice], notice.endsAt)).toBeNull();
  expect(standingNotice(noticed, [], last)).toBeNull();
});

test.each(["withdrawn", "rejected", "reserved", "in_approval", "recovery_due"] as const)(
  "it comes down at once when the case is %s",
  (status) => {
    expect(standingNotice({ status, fundId }, [notice], monday)).toBeNull();
  },
);

test("of several notices only the last one can stand, and only of its own kind", () => {
  const base = aNotice(noticed, { kind: "grass_roots", caseVersion: 1 });
  expect(standingNotice(noticed, [base, notice], monday)).toBe(notice);
  // The final one isn't published yet: the base office's is not shown in its stead.
  expect(standingNotice(noticed, [base], monday)).toBeNull();
});

test("the answer to an objection is the first one after it, of whichever kind", () => {
  const events: Pick<CaseEvent, "type" | "version">[] = [
    { type: "objection_raised", version: 4 },
    { type: "objection_dismissed", version: 5 },
    { type: "objection_raised", version: 6 },
    { type: "recused", version: 7 },
    { type: "objection_upheld", version: 8 },
  ];
  expect(answerTo({ caseVersion: 4 }, events)?.version).toBe(5);
  expect(answerTo({ caseVersion: 6 }, events)?.version).toBe(8);
  expect(answerTo({ caseVersion: 7 }, events)?.version).toBe(8);
  expect(answerTo({ caseVersion: 8 }, events)).toBeNull();
});

test("an objection needs words, at most 1000; a contact is free to leave out, at most 100", () => {
  const typed = (words: number, contact = 0) =>
    objectionProblems({ words: "异".repeat(words), contact: "c".repeat(contact) });
  expect(typed(0)).toEqual(["words_required"]);
  expect(typed(1)).toEqual([]);
  expect(typed(1_000, 100)).toEqual([]);
  expect(typed(1_001, 101)).toEqual(["words_too_long", "contact_too_long"]);
  expect(objectionProblems({ words: "𠮷".repeat(1_000), contact: "" })).toEqual([]);
});
