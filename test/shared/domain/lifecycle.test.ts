import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventType, Status } from "#shared/domain/application.ts";
import { mayMove, outcomes, takeStep, transitions } from "#shared/domain/lifecycle.ts";
import { aCase, monday } from "#test/support/cases.ts";

const statuses = [
  ...new Set(Object.values(transitions).flatMap(({ from, to }) => [...from, ...to])),
] as Status[];
const events = Object.keys(transitions) as EventType[];
const actor = { kind: "system", task: "test" } as const;

test("the way of a paid application is in the table, step by step", () => {
  const way: [Status, EventType, Status][] = [
    ["draft", "submitted", "submitted"],
    ["submitted", "assessed", "in_approval"],
    ["in_approval", "tier_approved", "in_approval"],
    ["in_approval", "approved", "public_notice"],
    ["public_notice", "notice_ended", "reserved"],
    ["reserved", "batched", "batched"],
    ["batched", "paid", "paid"],
    ["paid", "closed", "closed"],
  ];
  for (const [from, event, to] of way) expect(mayMove(event, from, to)).toBe(true);
});

test("a closed case is moved again only by money that came back, or that is claimed back", () => {
  const moves = events.filter((event) => statuses.some((to) => mayMove(event, "closed", to)));
  expect(moves).toEqual([
    "payment_returned",
    "recovery_proposed",
    "recovery_dropped",
    "recovery_claimed",
  ]);
  // A claim is only spoken of before a second person confirms it.
  for (const to of statuses) {
    expect(mayMove("recovery_proposed", "closed", to)).toBe(to === "closed");
    expect(mayMove("recovery_claimed", "closed", to)).toBe(to === "recovery_due");
  }
});

test("no payment comes out of a case that nobody approved", () => {
  const reachable = (avoid: EventType[]): Set<Status> => {
    const seen = new Set<Status>(["draft"]);
    for (let grown = true; grown;) {
      grown = false;
      for (const event of events) {
        if (avoid.includes(event)) continue;
        const reached = statuses.filter((to) => [...seen].some((from) => mayMove(event, from, to)));
        for (const status of reached) {
          if (!seen.has(status)) {
            seen.add(status);
            grown = true;
          }
        }
      }
    }
    return seen;
  };
  expect(reachable([]).has("paid")).toBe(true);
  // The table doesn't tell the base office's notice from the last one: both begin with an approval.
  const approvals: EventType[] = [
    "tier_approved",
    "approved",
    "approved_without_funds",
    "advance_approved",
  ];
  // Nor does it tell what was paid from what was closed otherwise: only a payment that was made is booked as returned.
  expect(reachable([...approvals, "payment_returned"]).has("paid")).toBe(false);
});

test("every state but closed has a way on or is an outcome", () => {
  for (const status of statuses) {
    const leaves = events.some((event) => transitions[event].from.includes(status));
    expect(leaves || outcomes.includes(status), status).toBe(true);
  }
});

test("a step raises the version by one and chains the event to it; what the table doesn't know changes nothing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...statuses),
      fc.constantFrom(...statuses),
      fc.constantFrom(...events),
      fc.nat(1_000),
      (from, to, type, version) => {
        const before = aCase(1, { status: from, version });
        const taken = takeStep(before, to, { type, at: monday, actor });
        if (!mayMove(type, from, to)) {
          expect(taken).toEqual({ kind: "refused", code: "not_in_this_state" });
          return;
        }
        if (taken.kind === "refused") throw new Error("a move of the table was refused");
        expect(taken.step.after.version).toBe(version + 1);
        expect(taken.step.event.version).toBe(version + 1);
        expect(taken.step.after.status).toBe(to);
        expect(taken.step.before).toBe(before);
      },
    ),
  );
});
