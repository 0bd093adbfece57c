import { expect, test } from "vitest";
import {
  approveFrom,
  approveWithoutFunds,
  reserveWaitingFrom,
} from "#shared/domain/reservation.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy, deciding } from "#test/support/cases.ts";

const fundId = "central-2026" as FundId;
const central = { id: fundId, code: "CENTRAL" } as const;

test("the last approval reserves exactly what was approved, and the notice of five working days begins", () => {
  const approving = approveFrom(deciding(aCase(1)), central);
  expect(approving?.step.after).toMatchObject({
    status: "public_notice",
    fundId,
    fundOrder: ["CENTRAL"],
    amountFen: 500_000,
    // Tuesday 21 July and five working days: through Tuesday 28 July.
    noticeEndsAt: "2026-07-28T16:00:00.000Z",
  });
  expect(approving?.transfer).toMatchObject({ kind: "reserve", amountFen: 500_000, fundId });
});

test("without a notice before payment the award is payable at once, within ten working days", () => {
  const approving = approveFrom(deciding(aCase(1), { finalNotice: "none" }), central);
  expect(approving?.step.after).toMatchObject({
    status: "reserved",
    noticeEndsAt: null,
    deadlineAt: "2026-08-04T16:00:00.000Z",
  });
});

test("an approval that no fund can pay is recorded, and reserves nothing until money comes", () => {
  const step = approveWithoutFunds(deciding(aCase(1)));
  expect(step?.after).toMatchObject({ status: "waiting_for_funds", fundId: null });
  const now = instant("2026-08-03T01:00:00Z");
  const share = { fund: central, amountFen: step!.after.amountFen, allocationId: null };
  const reserving = reserveWaitingFrom(step!.after, share, {
    now,
    finalNotice: "none",
    policy: commonPolicy,
    delivery: null,
  });
  expect(reserving).toMatchObject({
    step: { after: { status: "reserved", fundId } },
    transfer: { kind: "reserve", amountFen: 500_000 },
  });
});

test("where several agreed, the last decides for the tier and the others are kept out of what follows", () => {
  const application = aCase(1, { coApprovedBy: ["east-1" as StaffId] });
  const context = deciding(application, { staffId: "east-2" as StaffId });
  for (const step of [approveFrom(context, central)?.step, approveWithoutFunds(context)]) {
    expect(step?.after).toMatchObject({
      decidedBy: { station: "spring-1", district: "east-2" },
      coApprovedBy: [],
      excluded: ["east-1"],
    });
  }
});
