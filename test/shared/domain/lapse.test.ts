import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, Status } from "#shared/domain/application.ts";
import { lapse as lapseBy } from "#shared/domain/lapse.ts";
import { balancesOf, caseTransfer, grantTransfer } from "#shared/domain/ledger.ts";
import { outcomes, transitions } from "#shared/domain/lifecycle.ts";
import { instant, instantOfMs, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

const lapse = (application: Application, now: Instant) => lapseBy(application, now, commonPolicy);

const deadlineAt = instant("2026-08-03T16:00:00Z");
const before = instantOfMs(msOfInstant(deadlineAt) - 1);
const fundId = "central-2026" as FundId;

const asked = aCase(1, { status: "needs_information", deadlineAt });
const failed = aCase(2, {
  status: "payment_failed",
  deadlineAt,
  fundId,
  fundOrder: ["CENTRAL"],
  atUnitId: null,
  cycle: 3,
  outcomeMailedAt: monday,
});

test.each([
  ["papers that were asked for", asked],
  ["a card that was to be mended", failed],
])("%s may come until the very instant of the deadline", (_what, application) => {
  expect(lapse(application, before)).toBeNull();
  expect(lapse(application, deadlineAt)?.step.after.status).toBe("lapsed");
});

test("without a deadline nothing lapses, however long it takes", () => {
  const late = instant("2030-01-01T00:00:00Z");
  expect(lapse({ ...asked, deadlineAt: null }, late)).toBeNull();
  expect(lapse({ ...failed, deadlineAt: null }, late)).toBeNull();
});

test("only the applicant's own turn lapses: an office that is late never ends a case", () => {
  const statuses = new Set(Object.values(transitions).flatMap(({ from, to }) => [...from, ...to]));
  const lapsing = [...statuses].filter((status: Status) =>
    lapse(aCase(1, { status, deadlineAt, fundId }), deadlineAt),
  );
  expect(lapsing.toSorted()).toEqual(["needs_information", "payment_failed"]);
});

test("a case without papers ends, nobody's turn any more, and no money moves", () => {
  const { step, transfer } = lapse({ ...asked, atUnitId: "east" as UnitId }, deadlineAt)!;

  expect(step.after).toEqual({
    ...asked,
    version: asked.version + 1,
    status: "lapsed",
    since: deadlineAt,
    deadlineAt: null,
    atUnitId: null,
  });
  expect(step.event).toMatchObject({ type: "lapsed", to: "lapsed", at: deadlineAt });
  expect(transfer).toBeUndefined();
});

test("a payment nobody mended ends with its money back in the fund, and its applicant still to be told", () => {
  const { step, transfer } = lapse(failed, deadlineAt)!;

  expect(step.event).toMatchObject({
    type: "reservation_released",
    detail: { fundId, amountFen: failed.amountFen },
  });
  expect(transfer).toMatchObject({ kind: "release", fundId, amountFen: failed.amountFen });
  // The key of the reservation it gives back; a new one would have a new key.
  expect(transfer?.subject).toBe(`${failed.id}:3`);
  expect(step.after).toMatchObject({ cycle: 4, fundId: null, outcomeMailedAt: null });
});

test("a failed payment whose money is nowhere reserved is left for a person to look at", () => {
  expect(lapse({ ...failed, fundId: null }, deadlineAt)).toBeNull();
});

test("law: what is released is what was reserved, so that the fund stands as before the award", () => {
  const amount = fc.integer({ min: 1, max: 3_000_000 }).map(fen);
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 1, max: 9 }), (amountFen, moreFen, cycle) => {
      const grant = grantTransfer("V1", {
        fundId,
        amountFen: fen(amountFen + moreFen),
        at: monday,
      });
      const reserve = caseTransfer(failed.id, cycle, {
        kind: "reserve",
        fundId,
        amountFen,
        at: monday,
      });
      const { transfer } = lapse({ ...failed, amountFen, cycle }, deadlineAt)!;

      expect(balancesOf([grant, reserve, transfer!])).toEqual(balancesOf([grant]));
      expect(transfer?.subject).toBe(reserve.subject);
    }),
  );
});

test("law: what has lapsed has an outcome and never lapses again", () => {
  fc.assert(
    fc.property(fc.constantFrom(asked, failed), fc.nat({ max: 864e5 }), (application, laterMs) => {
      const { after } = lapse(application, deadlineAt)!.step;
      const later = instantOfMs(msOfInstant(deadlineAt) + laterMs);

      expect(outcomes).toContain(after.status);
      expect(lapse(after, later)).toBeNull();
      expect(lapse({ ...after, deadlineAt }, later)).toBeNull();
    }),
  );
});

const advanced = { fastTrack: "follow_up", advanceFen: yuan(2_000), cycle: 2 } as const;

test("papers that never follow an advance: the advance is claimed back, and the case is not just ended", () => {
  const { step, transfer } = lapse({ ...asked, ...advanced, outcomeMailedAt: monday }, deadlineAt)!;

  expect(step.event).toMatchObject({
    type: "recovery_claimed",
    detail: { cause: "papers_missing", paidFen: yuan(2_000), standsFen: 0, dueFen: yuan(2_000) },
  });
  expect(step.after).toMatchObject({
    status: "recovery_due",
    deadlineAt: null,
    outcomeMailedAt: null,
  });
  expect(transfer).toBeUndefined();
});

test("a card never mended for the rest of an award: the rest is released, the advance stays and is noticed", () => {
  const { step, transfer } = lapse({ ...failed, ...advanced, amountFen: yuan(5_000) }, deadlineAt)!;

  expect(transfer).toMatchObject({ kind: "release", amountFen: yuan(3_000) });
  expect(transfer?.subject).toBe(`${failed.id}:2`);
  expect(step.after).toMatchObject({
    status: "post_review",
    amountFen: yuan(2_000),
    fundId: null,
    cycle: 3,
    // The limit ran out at midnight: Tuesday 4 August, and five working days from then.
    noticeEndsAt: "2026-08-11T16:00:00.000Z",
    outcomeMailedAt: null,
  });
});

test("a card never mended for an advance: only the advance was set aside, and the case lapses", () => {
  const advance = { ...failed, fastTrack: "advance", advanceFen: yuan(2_000) } as const;
  const { step, transfer } = lapse({ ...advance, amountFen: yuan(5_000) }, deadlineAt)!;

  expect(transfer).toMatchObject({ kind: "release", amountFen: yuan(2_000) });
  expect(step.after.status).toBe("lapsed");
});
