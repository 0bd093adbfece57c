import { expect, test } from "vitest";
import { allocatedLater, allocationPolicyFor } from "#shared/casework/allocated-later.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { sharingBy } from "#test/support/allocation.ts";
import { aCase } from "#test/support/cases.ts";

const programmeId = "golden-autumn";

test("first come, first served is set aside with the last decision; every other method waits for an allocation", () => {
  const application = aCase(1);
  const later = (method: "first_come" | "need_ranked" | "quota" | "pro_rata") =>
    allocatedLater(sharingBy(policyPack, programmeId, { method, quotas: {} }), application);
  expect(later("first_come")).toBe(false);
  expect([later("need_ranked"), later("quota"), later("pro_rata")]).toEqual([true, true, true]);
  expect(allocatedLater(policyPack, application)).toBe(false);
});

test("a case keeps the method of the day on which it was sent", () => {
  const [entry] = programmePolicies<object>(policyPack, programmeId).slice(-1);
  const pack = {
    ...policyPack,
    programmes: {
      ...policyPack.programmes,
      [programmeId]: [
        ...programmePolicies<object>(policyPack, programmeId),
        {
          version: "by-need",
          effectiveFrom: localDate("2026-07-20"),
          figures: { ...entry!.figures, allocation: { method: "need_ranked", quotas: {} } },
        },
      ],
    },
  };
  const methodOn = (at: string) =>
    allocationPolicyFor(pack, aCase(1, { submittedAt: instant(at) })).method;
  expect(methodOn("2026-07-19T15:59:59Z")).toBe("first_come");
  expect(methodOn("2026-07-19T16:00:00Z")).toBe("need_ranked");
});
