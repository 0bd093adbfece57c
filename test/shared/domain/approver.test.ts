import { expect, test } from "vitest";
import fc from "fast-check";
import {
  decisionRefusal,
  eligibleApprovers,
  isOwnCase,
  mayDecide,
  mayHandle,
  whomToAsk,
} from "#shared/domain/approver.ts";
import type { Absence, Organisation, Staff } from "#shared/domain/organisation.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, anApproval, organisation, staff, units } from "#test/support/cases.ts";

const now = instant("2026-07-21T01:00:00Z");
const person = "household1" as BlindIndex;
const east = staff("east-1", "east");
const refusal = (
  application = aCase(1),
  approval = anApproval(application),
  who: ReturnType<typeof staff> | null = east,
  at = now,
  insteadOf: Staff | null = null,
) => decisionRefusal({ application, approval, staff: who, insteadOf }, at);

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

test("nobody decides the case of a relative they declared", () => {
  const relative = { ...east, kin: ["someone" as BlindIndex, person] };
  expect(refusal(aCase(1), anApproval(aCase(1)), relative)).toBe("own_case");
  expect(isOwnCase(aCase(1), { ...east, kin: ["someone" as BlindIndex] })).toBe(false);
});

test("who accepted the case, visited, agreed already or stood aside doesn't decide it", () => {
  for (const changes of [{ excluded: [east.id] }, { coApprovedBy: [east.id] }]) {
    const application = aCase(1, changes);
    expect(refusal(application, anApproval(application))).toBe("took_part");
    expect(mayDecide(application, east, "district")).toBe(false);
  }
});

test("who decided or agreed, or is of the family, neither accepts the case nor visits", () => {
  expect(mayHandle(aCase(1), east)).toBe(true);
  expect(mayHandle(aCase(1, { decidedBy: { district: east.id } }), east)).toBe(false);
  expect(mayHandle(aCase(1, { coApprovedBy: [east.id] }), east)).toBe(false);
  expect(mayHandle(aCase(1), { ...east, kin: [person] })).toBe(false);
  expect(mayHandle(aCase(1), { ...east, active: false })).toBe(false);
});

test("somebody who moved to another office decides nothing of the old one's, unless they stand in there", () => {
  const moved = { ...east, unitId: "city" as UnitId };
  const approval = anApproval(aCase(1));
  expect(refusal(aCase(1), approval, moved)).toBe("not_yours");
  const absent = staff("east-2", "east");
  expect(refusal(aCase(1), { ...approval, insteadOf: absent.id }, moved, now, absent)).toBeNull();
});

test("an objection's answer hangs on the person asked, not on the office", () => {
  const held = aCase(1, { status: "objection", atUnitId: null });
  expect(refusal(held, anApproval(held), staff("east-1", "city"))).toBeNull();
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

const today = localDate("2026-07-21");
const away = (standIn: string | null, maxYuan: number | null = null): Absence => ({
  from: localDate("2026-07-20"),
  to: localDate("2026-07-24"),
  standInId: standIn as StaffId | null,
  standInMaxFen: maxYuan === null ? null : yuan(maxYuan),
});
const withStaff = (...people: readonly Staff[]): Organisation => ({ units, staff: people });
const asked = (organisationNow: Organisation, changes = {}, avoid: readonly StaffId[] = []) => {
  const choice = whomToAsk(organisationNow, aCase(1, changes), "district", { today, avoid });
  return choice && [choice.staff.id, choice.insteadOf];
};

test("somebody away is passed over for their stand-in, wherever that one works; without one, for the next", () => {
  const next = staff("east-2", "east");
  const deputy = staff("west-9", "city");
  const absent = (absence: Absence) => staff("east-1", "east", { absence });
  expect(asked(withStaff(absent(away("west-9")), next, deputy))).toEqual(["west-9", "east-1"]);
  expect(asked(withStaff(absent(away(null)), next, deputy))).toEqual(["east-2", null]);
  expect(asked(withStaff(absent(away("nobody")), next))).toEqual(["east-2", null]);
  expect(asked(withStaff(absent(away(null))))).toBeNull();
});

test("an absence counts on both its days and on no other", () => {
  const people = withStaff(
    staff("east-1", "east", { absence: away(null) }),
    staff("east-2", "east"),
  );
  const on = (day: string) =>
    whomToAsk(people, aCase(1), "district", { today: localDate(day), avoid: [] })?.staff.id;
  expect(["2026-07-19", "2026-07-20", "2026-07-24", "2026-07-25"].map(on)).toEqual([
    "east-1",
    "east-2",
    "east-2",
    "east-1",
  ]);
});

test("a stand-in decides awards up to their limit, inclusively, and none they may not decide", () => {
  const next = staff("east-2", "east");
  const deputy = staff("west-9", "city");
  const limited = (maxYuan: number) =>
    asked(withStaff(staff("east-1", "east", { absence: away("west-9", maxYuan) }), next, deputy));
  expect(limited(5_000)?.[0]).toBe("west-9");
  expect(limited(4_999.99)?.[0]).toBe("east-2");
  const standIn = (changes: Partial<Staff>, application = {}) =>
    asked(
      withStaff(staff("east-1", "east", { absence: away("west-9") }), next, {
        ...deputy,
        ...changes,
      }),
      application,
    )?.[0];
  expect(standIn({})).toBe("west-9");
  expect(standIn({ active: false })).toBe("east-2");
  expect(standIn({ roles: ["auditor"] })).toBe("east-2");
  expect(standIn({ kin: [person] })).toBe("east-2");
  expect(standIn({ absence: away(null) })).toBe("east-2");
  expect(standIn({}, { excluded: ["west-9"] })).toBe("east-2");
  expect(standIn({}, { decidedBy: { station: "west-9" } })).toBe("east-2");
});

test("who is to be avoided isn't asked; the stand-in of one who is away still is", () => {
  const people = withStaff(
    staff("east-1", "east", { absence: away("west-9") }),
    staff("east-2", "east"),
    staff("west-9", "city"),
  );
  expect(asked(people, {}, ["east-1" as StaffId])).toEqual(["west-9", "east-1"]);
  expect(asked(people, {}, ["west-9" as StaffId])).toEqual(["east-2", null]);
});

test("whoever is asked may decide: no part in the case, no kin, no own entry, no other tier, here today or named", () => {
  const ids = ["east-1", "east-2", "east-3", "west-9"] as const;
  const anyStaff = fc.record({
    active: fc.boolean(),
    approver: fc.boolean(),
    kin: fc.boolean(),
    absent: fc.boolean(),
    standIn: fc.constantFrom(null, ...ids),
  });
  fc.assert(
    fc.property(
      fc.tuple(anyStaff, anyStaff, anyStaff, anyStaff),
      fc.subarray([...ids]),
      fc.subarray([...ids]),
      fc.constantFrom(null, ...ids),
      (traits, excluded, coApprovedBy, entered) => {
        const people = traits.map(({ active, approver, kin, absent, standIn }, index) =>
          staff(ids[index]!, index === 3 ? "city" : "east", {
            active,
            roles: approver ? ["approver"] : ["handler"],
            kin: kin ? [person] : [],
            absence: absent ? away(standIn) : null,
          }),
        );
        const application = aCase(1, {
          excluded: excluded as unknown as StaffId[],
          coApprovedBy: coApprovedBy as unknown as StaffId[],
          enteredBy: entered as StaffId | null,
        });
        const choice = whomToAsk(withStaff(...people), application, "district", {
          today,
          avoid: [],
        });
        if (!choice) return;
        const { staff: chosen, insteadOf } = choice;
        const approval = anApproval(application, { approverId: chosen.id, insteadOf });
        const absentee = people.find(({ id }) => id === insteadOf) ?? null;
        expect(refusal(application, approval, chosen, now, absentee)).toBeNull();
        expect(chosen.absence).toBeNull();
        expect([...excluded, ...coApprovedBy, entered]).not.toContain(chosen.id);
      },
    ),
  );
});
