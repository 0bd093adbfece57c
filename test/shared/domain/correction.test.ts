import { expect, test } from "vitest";
import {
  correctAnswers,
  giveInformation,
  mayCorrect,
  voidsVisit,
  type Correction,
} from "#shared/domain/correction.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy, monday, units } from "#test/support/cases.ts";

const moment = { now: monday, flowClock: commonPolicy.flowClock, calendar: commonPolicy.calendar };
const { form } = programmeOf(aCase(1));
const spring = units.find(({ id }) => id === "spring")!;

const claim = (subject: string) => ({
  household: "household1" as BlindIndex,
  subject: subject as BlindIndex,
  programmeId: "golden-autumn",
  period: "2026-2027",
});
const identity = (subject: string) => ({
  household: "household1" as BlindIndex,
  fileId: null,
  persons: ["household1" as BlindIndex],
  cause: "schooling",
  claims: [claim(subject)],
});
const correcting = (changed: readonly string[], after = "student"): Correction => ({
  form,
  changed,
  unit: spring,
  before: identity("student"),
  after: identity(after),
});

const deciding = (status: Status, changes: Partial<Application> = {}): Application =>
  aCase(1, { status, coApprovedBy: ["east-2" as StaffId], ...changes });

test.each(["in_acceptance", "in_verification", "in_approval"] as const)(
  "corrected while %s, a case is assessed anew, and nothing that was approved counts any more",
  (status) => {
    const application = deciding(status);
    expect(mayCorrect(application)).toBe(true);
    expect(correctAnswers(application, correcting(["annualIncome"]), moment)).toMatchObject({
      kind: "intake",
      step: {
        after: {
          status: "submitted",
          version: application.version + 1,
          answersVersion: 2,
          round: 2,
          tier: null,
          decidedBy: {},
          coApprovedBy: [],
          deadlineAt: "2026-07-23T16:00:00.000Z",
        },
        event: { type: "corrected", detail: { answersVersion: 2, changedAnswers: 1 } },
      },
      claims: [],
      releasedClaims: [],
    });
  },
);

test.each([
  "draft",
  "submitted",
  "needs_information",
  "public_notice",
  "reserved",
  "paid",
] as const)("a case that is %s is not corrected unasked", (status) => {
  expect(mayCorrect({ status })).toBe(false);
  expect(correctAnswers(deciding(status), correcting(["annualIncome"]), moment).kind).toBe(
    "refused",
  );
});

test("the claim moves with the corrected number, in the same step", () => {
  const { id } = aCase(1);
  expect(
    correctAnswers(deciding("in_acceptance"), correcting(["studentIdNumber"], "other"), moment),
  ).toMatchObject({
    claims: [{ ...claim("other"), applicationId: id }],
    releasedClaims: [{ ...claim("student"), applicationId: id }],
  });
});

test("who was excluded stays so over a correction: the handler saw the case", () => {
  const application = deciding("in_approval", { excluded: ["spring-h" as StaffId] });
  const given = correctAnswers(application, correcting(["annualIncome"]), moment);
  expect(given).toMatchObject({ step: { after: { excluded: ["spring-h"] } } });
});

test.each([
  [["address"], true],
  [["householdSize"], true],
  [["homes"], true],
  [["applicantName"], true],
  [["studentIdNumber"], true],
  [["unitId"], true],
  [["annualIncome"], false],
  [["bankCardNumber", "bankName"], false],
  [["phone", "address"], true],
] as const)("a change of %j asks for another home visit: %s", (changed, voids) => {
  expect(voidsVisit(form, changed)).toBe(voids);
  const step = correctAnswers(deciding("in_verification"), correcting(changed), moment);
  const asked = giveInformation(deciding("needs_information"), {
    correction: correcting(changed),
    newPapers: 0,
    moment,
  });
  for (const given of [step, asked]) {
    if (given.kind === "refused") throw new Error("it is possible");
    expect(given.step.event.detail["visitAgain"] ?? false).toBe(voids);
  }
});
