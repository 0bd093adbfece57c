import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, CaseEvent } from "#shared/domain/application.ts";
import { balancesOf, caseTransfer, grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import {
  bookRefund,
  claimRecovery,
  confirmRefusal,
  confirmWriteOff,
  leftToPayBackFen,
  proposeWriteOff,
  recoveryAccount,
  refundProblems,
  writeOffProblem,
} from "#shared/domain/recovery.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { addFen, fen, yuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";

const officer = "finance-1" as StaffId;
const authoriser = "finance-2" as StaffId;
const fundId = "union" as FundId;
const system = { kind: "system", task: "close-overdue" } as const;

const moved = (application: Application, cycle: number, kind: "reserve" | "post", amount: Fen) =>
  caseTransfer(application.id, cycle, { kind, fundId, amountFen: amount, at: monday });

/** A case that was paid in these parts, one a cycle, with its claim for `dueFen` of it. */
const claimed = (
  paid: readonly Fen[],
  dueFen: Fen,
): {
  readonly application: Application;
  readonly events: readonly CaseEvent[];
  readonly transfers: readonly Transfer[];
} => {
  const before = aCase(1, {
    status: "needs_information",
    fastTrack: "follow_up",
    advanceFen: paid[0] ?? zeroFen,
    cycle: paid.length + 1,
  });
  const paidFen = addFen(zeroFen, ...paid);
  const claim = { cause: "papers_missing", paidFen, standsFen: fen(paidFen - dueFen) } as const;
  const taken = claimRecovery(before, { ...claim, at: monday, actor: system });
  if (taken.kind === "refused") throw new Error("claimed");
  return {
    application: taken.step.after,
    events: [taken.step.event],
    transfers: paid.flatMap((amount, index) => [
      moved(before, index + 1, "reserve", amount),
      moved(before, index + 1, "post", amount),
    ]),
  };
};

type Claimed = ReturnType<typeof claimed>;

const refunded = ({ application, events, transfers }: Claimed, amountFen: Fen, voucher: string) => {
  const account = recoveryAccount(events, transfers);
  const booked = bookRefund(application, account, transfers, {
    amountFen,
    voucher,
    by: officer,
    at: monday,
  });
  if (!booked) throw new Error("booked");
  const { step, refunds } = booked;
  return {
    booked,
    next: {
      application: step.after,
      events: [...events, step.event],
      transfers: [...transfers, ...refunds.map(({ transfer }) => transfer)],
    },
  };
};

test("a claim says why, how much was paid, what of it stands, and what is due", () => {
  const { application, events, transfers } = claimed([yuan(2_000)], yuan(2_000));
  expect(application).toMatchObject({ status: "recovery_due", deadlineAt: null });
  expect(events[0]?.detail).toEqual({
    cause: "papers_missing",
    paidFen: 200_000,
    standsFen: 0,
    dueFen: 200_000,
  });
  expect(recoveryAccount(events, transfers)).toEqual({
    paidFen: yuan(2_000),
    dueFen: yuan(2_000),
    backFen: 0,
    leftFen: yuan(2_000),
    proposal: null,
  });
});

test("an objection that was upheld names no sum: all that was paid is due", () => {
  const { events, transfers } = claimed([yuan(2_000), yuan(3_000)], yuan(5_000));
  const upheld = [{ ...events[0]!, type: "objection_upheld", detail: { tier: "city" } }] as const;
  expect(recoveryAccount(upheld, transfers).dueFen).toBe(yuan(5_000));
});

test("what a bank sent back was never the applicant's: claimed back is what the second payment was", () => {
  const { events, transfers } = claimed([yuan(2_000), yuan(2_000)], yuan(2_000));
  const [first] = transfers.filter(({ kind }) => kind === "post");
  const sentBack = { ...first!, kind: "refund", voucher: "TP-1" } as const;
  const returned = {
    ...events[0]!,
    type: "payment_returned",
    from: "paid",
    to: "payment_failed",
    detail: { amountFen: yuan(2_000) },
  } as const;
  expect(recoveryAccount([returned, ...events], [...transfers, sentBack])).toMatchObject({
    paidFen: yuan(2_000),
    dueFen: yuan(2_000),
    backFen: 0,
    leftFen: yuan(2_000),
  });
});

test("paid back in parts: the case stays until the last of it, each part a transfer under its slip's number", () => {
  const first = refunded(claimed([yuan(2_000)], yuan(2_000)), yuan(500), "HD-1");
  expect(first.booked.step).toMatchObject({
    event: {
      type: "recovered",
      detail: { amountFen: 50_000, voucher: "HD-1", leftFen: 150_000 },
    },
    after: { status: "recovery_due" },
  });
  expect(first.booked.refunds.map(({ transfer }) => transfer)).toMatchObject([
    {
      subject: "SN0000000001:1",
      kind: "refund",
      voucher: "HD-1",
      credit: "paid",
      debit: "available",
    },
  ]);
  expect(leftToPayBackFen(first.next.application, first.next.events)).toBe(yuan(1_500));

  const last = refunded(first.next, yuan(1_500), "HD-2");
  expect(last.booked.step.after.status).toBe("closed");
});

test("one slip for two payments: the last payment comes back first, no payment by more than it was", () => {
  const both = claimed([yuan(2_000), yuan(3_000)], yuan(5_000));
  const { booked } = refunded(both, yuan(4_000), "HD-9");
  expect(
    booked.refunds.map(({ transfer, paidFen }) => [transfer.subject, transfer.amountFen, paidFen]),
  ).toEqual([
    ["SN0000000001:2", yuan(3_000), yuan(3_000)],
    ["SN0000000001:1", yuan(1_000), yuan(2_000)],
  ]);
});

test("what can't be booked is named: no amount, more than is due, a slip without a number", () => {
  const { events, transfers } = claimed([yuan(2_000)], yuan(800));
  const account = recoveryAccount(events, transfers);
  const problems = (amountFen: Fen | null, voucher = "回单〔2026〕12号") =>
    refundProblems(account, { amountFen, voucher });
  expect(problems(yuan(800))).toEqual([]);
  expect(problems(yuan(800.01))).toEqual(["amount_above_due"]);
  expect(problems(null)).toEqual(["amount_not_valid"]);
  expect(problems(zeroFen)).toEqual(["amount_not_valid"]);
  for (const voucher of ["", "#1", "A:1", "A B", "x".repeat(41)]) {
    expect(problems(yuan(1), voucher), voucher).toEqual(["voucher_not_valid"]);
  }
});

test("a rest is written off by two people, and a repayment in between voids the proposal", () => {
  const start = claimed([yuan(2_000)], yuan(2_000));
  const account = (now: Claimed) => recoveryAccount(now.events, now.transfers);
  const step = (taken: { readonly kind: string; readonly step?: Step }): Step => {
    if (!taken.step) throw new Error("taken");
    return taken.step;
  };
  expect(confirmRefusal(account(start), authoriser)).toBe("nothing_proposed");
  const given = { reason: "确无偿还能力", by: officer, at: monday };
  const proposing = step(proposeWriteOff(start.application, account(start), given));
  const proposed = {
    ...start,
    application: proposing.after,
    events: [...start.events, proposing.event],
  };
  expect(account(proposed).proposal).toEqual({ by: officer, reason: "确无偿还能力" });
  expect(confirmRefusal(account(proposed), officer)).toBe("own_proposal");
  expect(confirmRefusal(account(proposed), authoriser)).toBeNull();
  expect(() =>
    confirmWriteOff(proposed.application, account(proposed), { by: officer, at: monday }),
  ).toThrow();

  const paid = refunded(proposed, yuan(100), "HD-1").next;
  expect(confirmRefusal(account(paid), authoriser)).toBe("nothing_proposed");

  const closing = step(
    confirmWriteOff(proposed.application, account(proposed), { by: authoriser, at: monday }),
  );
  expect(closing).toMatchObject({
    event: { type: "closed", detail: { writtenOffFen: 200_000, proposedBy: officer } },
    after: { status: "closed" },
  });
});

test("a write-off needs a reason of at most 500 characters", () => {
  expect(writeOffProblem("")).toBe("reason_required");
  expect(writeOffProblem("无".repeat(500))).toBeNull();
  expect(writeOffProblem("无".repeat(501))).toBe("reason_too_long");
});

test("law: however it is paid back, no more comes back than is due, and the fund has it again to the fen", () => {
  const part = fc.integer({ min: 1, max: 500_000 }).map(fen);
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 2 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.array(part, { maxLength: 8 }),
      (paid, share, tries) => {
        const paidFen = addFen(zeroFen, ...paid);
        const dueFen = fen(Math.max(1, Math.floor(paidFen * share)));
        let now = claimed(paid, dueFen);
        for (const [index, amountFen] of tries.entries()) {
          if (now.application.status !== "recovery_due") break;
          const account = recoveryAccount(now.events, now.transfers);
          const voucher = `HD-${index}`;
          if (refundProblems(account, { amountFen, voucher }).length > 0) continue;
          now = refunded(now, amountFen, voucher).next;
        }
        const account = recoveryAccount(now.events, now.transfers);
        expect(account.backFen + account.leftFen).toBe(dueFen);
        expect(account.leftFen >= 0).toBe(true);
        expect(now.application.status).toBe(account.leftFen === 0 ? "closed" : "recovery_due");
        const grant = grantTransfer("V1", { fundId, amountFen: paidFen, at: monday });
        expect(balancesOf([grant, ...now.transfers])).toEqual({
          grantedFen: paidFen,
          availableFen: account.backFen,
          reservedFen: 0,
          paidFen: paidFen - account.backFen,
        });
      },
    ),
  );
});
