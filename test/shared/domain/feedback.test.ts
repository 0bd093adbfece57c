import { expect, test } from "vitest";
import type { CaseEvent } from "#shared/domain/application.ts";
import {
  feedbackWordsMax,
  isOpen,
  meanSatisfaction,
  paidAtOf,
  readFeedback,
  type Feedback,
} from "#shared/domain/feedback.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { aCase, monday } from "#test/support/cases.ts";

const paidEvent = (minutes: number): CaseEvent => ({
  applicationId: aCase(1).id,
  version: 9,
  type: "paid",
  from: "batched",
  to: "paid",
  at: addMinutes(monday, minutes),
  actor: { kind: "system", task: "settle-batch" },
  detail: {},
  confidential: null,
});

test.each(["paid", "post_review", "closed"] as const)(
  "a %s case has a payment to speak of: the last",
  (status) => {
    expect(paidAtOf({ status }, [paidEvent(1), paidEvent(2)])).toBe(addMinutes(monday, 2));
  },
);

test.each(["reserved", "batched", "recovery_due", "rejected"] as const)(
  "a %s case has none",
  (status) => {
    expect(paidAtOf({ status }, [paidEvent(1)])).toBeNull();
  },
);

test("both questions are answered, or each that isn't is named", () => {
  const read = readFeedback({ arrived: "no", satisfaction: "4", words: "  谢谢 " });
  expect(read).toEqual({
    kind: "feedback",
    given: { arrived: false, satisfaction: 4, words: "谢谢" },
  });
  expect(
    readFeedback({ arrived: "", satisfaction: "6", words: "字".repeat(feedbackWordsMax + 1) }),
  ).toEqual({
    kind: "problems",
    problems: ["arrived_required", "satisfaction_required", "words_too_long"],
  });
  expect(readFeedback({ arrived: "yes", satisfaction: "0", words: "" }).kind).toBe("problems");
});

const feedback = (changes: Partial<Feedback>): Feedback => ({
  applicationId: aCase(1).id,
  programmeId: "golden-autumn",
  unitId: "spring" as UnitId,
  paidAt: monday,
  givenAt: monday,
  arrived: true,
  satisfaction: 5,
  words: "",
  settledBy: null,
  settledAt: null,
  ...changes,
});

test("only money that didn't come and that nobody has looked into is open", () => {
  expect(isOpen(feedback({ arrived: false }))).toBe(true);
  expect(isOpen(feedback({ arrived: false, settledAt: monday }))).toBe(false);
  expect(isOpen(feedback({}))).toBe(false);
});

test("the mean is to a tenth: (5 + 4 + 4) / 3 = 4.33, 4.3", () => {
  const given = [5, 4, 4].map((satisfaction) => feedback({ satisfaction: satisfaction as 4 | 5 }));
  expect(meanSatisfaction(given)).toEqual({ tenths: 43, count: 3 });
  expect(meanSatisfaction([])).toBeNull();
});
