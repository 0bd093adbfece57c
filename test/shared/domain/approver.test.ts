import { expect, test } from "vitest";
import { decisionRefusal, eligibleApprovers } from "#shared/domain/approver.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { aCase, anApproval, organisation, staff } from "#test/support/cases.ts";

const now = instant("2026-07-21T01:00:00Z");
const person = "household1" as BlindIndex;
const east = staff("east-1", "east");
const refusal = (
  application = aCase(1),
  approval = anApproval(application),
  who: ReturnType<typeof staff> | null = east,
  at = now,
) => decisionRefusal(application, approval, who, at);

test("the person asked may decide the version that was sent, before it expires", () => {
  expect(refusal()).toBeNull();
});

test("nobody else may, and not somebody who has left the office or the role", () => {
  expect(refusal(aCase(1), anApproval(aCase(1)), null)).toBe("not_yours");
  expect(refusal(aCase(1), anApproval(aCase(1)), staff("east-2", "east"))).toBe("not_yours");
  expect(refusal(aCase(1), anApproval(aCase(1)), { ...east, active: false })).toBe("not_yours");
  expect(refusal(aCase(1), anApproval(aCase(1)), { ...east, roles: [] })).toBe("not_yours");
});

test("nobody decides their own case, their household's, or one they entered", () => {
  expect(refusal(aCase(1), anApproval(aCase(1)), { ...east, identity: person })).toBe("own_case");
  const entered = aCase(1, { enteredBy: east.id });
  expect(refusal(entered, anApproval(entered))).toBe("own_case");
});

test("nobody decides one case at two tiers", () => {
  const twice = aCase(1, { decidedBy: { station: east.id } });
  expect(refusal(twice, anApproval(twice))).toBe("decided_at_another_tier");
});

test("a case that changed since the link was sent is not decided through it", () => {
  expect(refusal(aCase(1, { version: 4 }), anApproval(aCase(1)))).toBe("case_changed");
  expect(refusal(aCase(1, { status: "withdrawn" }), anApproval(aCase(1)))).toBe("case_changed");
  expect(refusal(aCase(1, { tier: "city" }), anApproval(aCase(1)))).toBe("case_changed");
});

test("a link ends at the very instant it expires, and a used one says so first", () => {
  const approval = anApproval(aCase(1));
  const before = instant("2026-07-31T23:59:59.999Z");
  expect(refusal(aCase(1), approval, east, before)).toBeNull();
  expect(refusal(aCase(1), approval, east, approval.expiresAt)).toBe("expired");
  expect(refusal(aCase(1), { ...approval, decidedAt: now }, east, approval.expiresAt)).toBe(
    "already_decided",
  );
});

test("without a PIN, or with a locked one, nothing is decided", () => {
  expect(refusal(aCase(1), anApproval(aCase(1)), { ...east, pinHash: null })).toBe("pin_not_set");
  expect(refusal(aCase(1), anApproval(aCase(1)), { ...east, pinTries: 5 })).toBe("pin_locked");
  expect(refusal(aCase(1), anApproval(aCase(1), { pinTries: 5 }))).toBe("pin_locked");
});

test("the tier's office is asked, passing over whoever is of the case or decided below", () => {
  const ids = (changes: Parameters<typeof aCase>[1], tier = "district" as const) =>
    eligibleApprovers(organisation, aCase(1, changes), tier).map(({ id }) => id);
  expect(ids({})).toEqual(["east-1", "east-2"]);
  expect(ids({ enteredBy: "east-1" as StaffId })).toEqual(["east-2"]);
  expect(ids({ decidedBy: { station: "east-2" as StaffId } })).toEqual(["east-1"]);
  expect(ids({ unitId: null })).toEqual([]);
});
