import { expect, test } from "vitest";
import type { Application, CaseEvent, Status } from "#shared/domain/application.ts";
import {
  claimBackOf,
  claimBackProblem,
  claimProposalIn,
  claimRefusal,
  confirmClaimBack,
  dropClaimBack,
  isWrongPaymentCause,
  mayClaimBack,
  proposeClaimBack,
  toldToApplicant,
  wrongPaymentCauses,
} from "#shared/domain/claim-back.ts";
import { caseTransfer, refundTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { takeStep, type StepRefused, type StepTaken } from "#shared/domain/lifecycle.ts";
import { bookRefund, leftToPayBackFen, recoveryAccount } from "#shared/domain/recovery.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";

const officer = "finance-1" as StaffId;
const authoriser = "finance-2" as StaffId;
const fundId = "union" as FundId;
const system = { kind: "system", task: "test" } as const;

interface Books {
  readonly application: Application;
  readonly events: readonly CaseEvent[];
  readonly transfers: readonly Transfer[];
}

/** A case of 5,000 yuan that was paid. */
const paid = (status: Status = "paid"): Books => {
  const application = aCase(1, { status, fundId, amountFen: yuan(5_000) });
  const moved = (kind: "reserve" | "post") =>
    caseTransfer(application.id, 1, { kind, fundId, amountFen: yuan(5_000), at: monday });
  return { application, events: [], transfers: [moved("reserve"), moved("post")] };
};

const after = ({ events, transfers }: Books, taken: StepTaken | StepRefused): Books => {
  if (taken.kind === "refused") throw new Error(taken.code);
  const { after: application, event } = taken.step;
  return { application, events: [...events, event], transfers };
};

const claimOf = ({ events, transfers }: Books) => claimBackOf(events, transfers);

const proposed = (books: Books, dueFen: Fen, reason = "审计发现多发"): Books => {
  const given = { cause: "wrong_amount", dueFen, reason, by: officer, at: monday } as const;
  return after(books, proposeClaimBack(books.application, claimOf(books), given));
};

const confirmed = (books: Books): Books => {
  const given = { by: authoriser, at: monday };
  return after(books, confirmClaimBack(books.application, claimOf(books), given));
};

const repaid = (books: Books, amountFen: Fen, voucher: string): Books => {
  const account = recoveryAccount(books.events, books.transfers);
  const given = { amountFen, voucher, by: officer, at: monday };
  const booked = bookRefund(books.application, account, books.transfers, given);
  if (!booked) throw new Error("booked");
  return {
    application: booked.step.after,
    events: [...books.events, booked.step.event],
    transfers: [...books.transfers, ...booked.refunds.map(({ transfer }) => transfer)],
  };
};

test("a proposal moves nothing; a second person's word makes the part that was named due", () => {
  const said = proposed(paid(), yuan(2_000));
  expect(said.application).toMatchObject({
    status: "paid",
    version: paid().application.version + 1,
  });
  expect(claimOf(said).proposal).toEqual({
    by: officer,
    at: monday,
    cause: "wrong_amount",
    dueFen: yuan(2_000),
    reason: "审计发现多发",
  });
  const due = confirmed(said);
  expect(due.application).toMatchObject({ status: "recovery_due", outcomeMailedAt: null });
  expect(due.events.at(-1)).toMatchObject({
    type: "recovery_claimed",
    actor: { kind: "staff", staffId: authoriser },
    detail: { cause: "wrong_amount", dueFen: 200_000, standsFen: 300_000, proposedBy: officer },
    confidential: { reason: "审计发现多发" },
  });
  expect(JSON.stringify(due.events.map(({ detail }) => detail))).not.toContain("审计");
  expect(recoveryAccount(due.events, due.transfers)).toMatchObject({
    paidFen: yuan(5_000),
    dueFen: yuan(2_000),
    leftFen: yuan(2_000),
  });
});

test("nobody confirms what they proposed themselves, and nothing that wasn't proposed", () => {
  const said = proposed(paid(), yuan(1));
  expect(claimRefusal(claimOf(said), officer)).toBe("own_proposal");
  expect(claimRefusal(claimOf(said), authoriser)).toBeNull();
  expect(claimRefusal(claimOf(paid()), authoriser)).toBe("nothing_proposed");
  const given = { by: officer, at: monday };
  expect(() => confirmClaimBack(said.application, claimOf(said), given)).toThrow();
  expect(() =>
    confirmClaimBack(paid().application, claimOf(paid()), { by: authoriser, at: monday }),
  ).toThrow();
});

test("what is typed is refused for one reason at a time", () => {
  const claim = claimOf(paid());
  const typed = { amountFen: yuan(5_000), cause: "paid_twice", reason: "另一渠道已发放" };
  const problem = (change: Partial<typeof typed> | { amountFen: null }) =>
    claimBackProblem(claim, { ...typed, ...change });
  expect(problem({})).toBeNull();
  expect(problem({ amountFen: null })).toBe("amount_not_valid");
  expect(problem({ amountFen: yuan(0) })).toBe("amount_not_valid");
  expect(problem({ amountFen: yuan(5_000.01) })).toBe("amount_above_paid");
  expect(problem({ cause: "papers_missing" })).toBe("cause_required");
  expect(problem({ reason: "" })).toBe("reason_required");
  expect(problem({ reason: "长".repeat(501) })).toBe("reason_too_long");
  for (const cause of wrongPaymentCauses) expect(isWrongPaymentCause(cause)).toBe(true);
  expect(() => proposed(paid(), yuan(5_000.01))).toThrow();
});

test("money is claimed back where it is out, and nowhere else", () => {
  const claim = claimOf(paid());
  for (const status of ["paid", "post_review", "closed"] as const) {
    expect(mayClaimBack({ status }, claim)).toBe(true);
    expect(proposed(paid(status), yuan(1)).application.status).toBe(status);
    expect(confirmed(proposed(paid(status), yuan(1))).application.status).toBe("recovery_due");
  }
  for (const status of ["batched", "reserved", "objection", "recovery_due", "rejected"] as const) {
    expect(mayClaimBack({ status }, claim)).toBe(false);
    expect(() => proposed(paid(status), yuan(1))).toThrow("not_in_this_state");
  }
  expect(mayClaimBack({ status: "closed" }, { outstandingFen: yuan(0) })).toBe(false);
});

test("what a bank sent back isn't there to be claimed", () => {
  const { application, transfers } = paid();
  const amountFen = yuan(5_000);
  const back = refundTransfer(application.id, 1, "TP-1", {
    fundId,
    amountFen,
    at: monday,
    by: officer,
  });
  const returned = takeStep(application, "reserved", {
    type: "payment_returned",
    at: monday,
    actor: system,
    detail: { amountFen },
  });
  if (returned.kind === "refused") throw new Error("returned");
  const claim = claimBackOf([returned.step.event], [...transfers, back]);
  expect(claim).toMatchObject({ outstandingFen: 0, backBeforeFen: 0 });
  const again = caseTransfer(application.id, 2, { kind: "post", fundId, amountFen, at: monday });
  expect(claimBackOf([returned.step.event], [...transfers, back, again]).outstandingFen).toBe(
    amountFen,
  );
});

test("a proposal outlives the end of the notice, and is void once dropped or once the case moves", () => {
  const said = proposed(paid("post_review"), yuan(100));
  const ended = after(
    said,
    takeStep(said.application, "closed", { type: "closed", at: monday, actor: system }),
  );
  expect(claimProposalIn(ended.events)?.dueFen).toBe(yuan(100));
  expect(confirmed(ended).application.status).toBe("recovery_due");

  const dropped = after(said, dropClaimBack(said.application, { by: authoriser, at: monday }));
  expect(dropped.application.status).toBe("post_review");
  expect(claimProposalIn(dropped.events)).toBeNull();
  const objected = takeStep(said.application, "objection", {
    type: "objection_raised",
    at: monday,
    actor: system,
  });
  expect(claimProposalIn(after(said, objected).events)).toBeNull();
  expect(claimProposalIn(confirmed(said).events)).toBeNull();
});

test("repaid in parts it closes; what is left of the payment can be claimed another time, and no more", () => {
  const first = repaid(
    repaid(confirmed(proposed(paid(), yuan(2_000))), yuan(500), "HD-1"),
    yuan(1_500),
    "HD-2",
  );
  expect(first.application.status).toBe("closed");
  expect(claimOf(first)).toMatchObject({ outstandingFen: yuan(3_000), backBeforeFen: yuan(2_000) });

  const second = confirmed(proposed(first, yuan(3_000)));
  expect(recoveryAccount(second.events, second.transfers)).toMatchObject({
    paidFen: yuan(3_000),
    dueFen: yuan(3_000),
    backFen: 0,
    leftFen: yuan(3_000),
  });
  expect(leftToPayBackFen(second.application, second.events)).toBe(yuan(3_000));
  const end = repaid(second, yuan(3_000), "HD-3");
  expect(end.application.status).toBe("closed");
  expect(claimOf(end).outstandingFen).toBe(0);
});

test("the applicant is told of a claim, and not of what an office only thought of", () => {
  const said = proposed(paid(), yuan(100));
  const dropped = after(said, dropClaimBack(said.application, { by: officer, at: monday }));
  const due = confirmed(proposed(dropped, yuan(100)));
  expect(toldToApplicant(due.events).map(({ type }) => type)).toEqual(["recovery_claimed"]);
});
