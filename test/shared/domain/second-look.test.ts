import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EventType, Status } from "#shared/domain/application.ts";
import { takeStep, transitions } from "#shared/domain/lifecycle.ts";
import {
  drawnLook,
  drawOf,
  hasTouched,
  isDrawn,
  lookedAtBy,
  seedNameOn,
  staffOf,
} from "#shared/domain/second-look.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { aCase, applicationIdOf, monday, staff } from "#test/support/cases.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
const draw = (seed: string, number: number, version = 5): number =>
  drawOf(digest, seed, applicationIdOf(number), version);

test("whoever has the seed draws the same number again with nothing but SHA-256", () => {
  const hex = createHash("sha256").update("the-seed|SN0000000007|5").digest("hex");
  expect(draw("the-seed", 7)).toBeCloseTo(parseInt(hex.slice(0, 12), 16) / 2 ** 48, 14);
  expect(draw("the-seed", 7)).toBe(draw("the-seed", 7));
  expect(draw("the-seed", 7, 6)).not.toBe(draw("the-seed", 7, 5));
  expect(draw("another", 7)).not.toBe(draw("the-seed", 7));
});

test("of 10,000 cases the share drawn is the policy's, whatever the seed", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 44 }), (seed) => {
      const drawn = Array.from({ length: 10_000 }, (_, number) => draw(seed, number));
      expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
      const share = { approvedPercent: 5, refusedPercent: 10 };
      const count = (decision: "approved" | "refused"): number =>
        drawn.filter((number) => isDrawn(number, decision, share)).length;
      // Six standard deviations of a binomial: sqrt(10,000 · p · (1 − p)) is 22 and 30.
      expect(Math.abs(count("approved") - 500)).toBeLessThan(131);
      expect(Math.abs(count("refused") - 1_000)).toBeLessThan(180);
    }),
    { numRuns: 10 },
  );
});

test("a share of none draws nobody, and a share of all draws everybody", () => {
  const share = { approvedPercent: 0, refusedPercent: 100 };
  for (const drawn of [0, 0.5, 1 - 2 ** -48]) {
    expect(isDrawn(drawn, "approved", share)).toBe(false);
    expect(isDrawn(drawn, "refused", share)).toBe(true);
  }
});

test("the seed is the month's, by the calendar of China", () => {
  expect(seedNameOn(instant("2026-07-31T15:59:59Z"))).toBe("second-look|2026-07");
  expect(seedNameOn(instant("2026-07-31T16:00:00Z"))).toBe("second-look|2026-08");
});

test("what decides finally is drawn, once for each decision; steps on the way and answers to appeals are not", () => {
  const lookedAt: Partial<Record<EventType, string>> = {
    approved: "approved",
    approved_without_funds: "approved",
    refusal_confirmed: "refused",
    rejected: "refused",
  };
  for (const [type, { from, to }] of Object.entries(transitions) as [
    EventType,
    { from: readonly Status[]; to: readonly Status[] },
  ][]) {
    const application = aCase(1, { status: from[0]! });
    const actor = { kind: "system", task: "t" } as const;
    const taken = takeStep(application, to[0]!, { type, at: monday, actor });
    if (taken.kind === "refused") throw new Error(type);
    const decision = lookedAtBy(taken.step);
    expect(decision, type).toBe(lookedAt[type] ?? null);
    if (decision === null) continue;
    const look = drawnLook(taken.step, decision, { seedName: "n", seed: "s", drawn: 0.01 });
    expect(look).toMatchObject({ caseVersion: application.version + 1, drawnAt: monday });
  }
});

test("whoever has had any part in a case doesn't look at it: entered, handled, visited, decided, agreed, moved it, own or kin's", () => {
  const id = "x" as StaffId;
  const person = "kept-hash" as BlindIndex;
  const none = aCase(1, { decidedBy: {}, persons: ["applicant" as BlindIndex, person] });
  const x = staff("x", "city", { roles: ["reviewer"] });

  expect(hasTouched(none, [], x)).toBe(false);
  expect(hasTouched({ ...none, enteredBy: id }, [], x)).toBe(true);
  expect(hasTouched({ ...none, excluded: [id] }, [], x)).toBe(true);
  expect(hasTouched({ ...none, coApprovedBy: [id] }, [], x)).toBe(true);
  expect(hasTouched({ ...none, decidedBy: { district: id } }, [], x)).toBe(true);
  expect(hasTouched(none, [{ actor: { kind: "staff", staffId: id } }], x)).toBe(true);
  expect(hasTouched(none, [{ actor: { kind: "staff", staffId: "y" as StaffId } }], x)).toBe(false);
  expect(hasTouched(none, [], { ...x, identity: person })).toBe(true);
  expect(hasTouched(none, [], { ...x, kin: [person] })).toBe(true);
});

test("everybody of the staff in a case is listed once", () => {
  const application = aCase(1, {
    decidedBy: { station: "a" as StaffId },
    excluded: ["b" as StaffId, "a" as StaffId],
    coApprovedBy: ["c" as StaffId],
  });
  const events = [
    { actor: { kind: "staff", staffId: "d" as StaffId } },
    { actor: { kind: "staff", staffId: "a" as StaffId } },
    { actor: { kind: "applicant" } },
  ] as const;
  expect(staffOf(application, events).toSorted()).toEqual(["a", "b", "c", "d"]);
});
