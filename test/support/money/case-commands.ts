/** What befalls one case: sent, decided, withdrawn, lapsed, its card mended, its money claimed back. */
import {
  approveFrom,
  approveWithoutFunds,
  reserveWaitingFrom,
} from "#shared/domain/reservation.ts";
import type { Application } from "#shared/domain/application.ts";
import { passCard, sendBackCard } from "#shared/domain/card-check.ts";
import { mendCard, withdraw } from "#shared/domain/intake.ts";
import { lapse } from "#shared/domain/lapse.ts";
import { takeStep, type Step } from "#shared/domain/lifecycle.ts";
import {
  bookRefund,
  claimRecovery,
  confirmRefusal,
  confirmWriteOff,
  proposeWriteOff,
  recoveryAccount,
  refundProblems,
} from "#shared/domain/recovery.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { fen, yuan, type Fen } from "#shared/kernel/money.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import { anApproval, approve, deciding } from "#test/support/cases.ts";
import {
  availableIn,
  backFrom,
  cameBack,
  caseIn,
  fundIn,
  givenBack,
  must,
  paidTo,
  setAside,
  stepped,
} from "./book.ts";
import {
  accountLimits,
  claimOf,
  oneOf,
  people,
  policy,
  reserveLineFen,
  tick,
  type Command,
  type World,
} from "./world.ts";

/** Writes a step, and books in the reference what it was to do. */
const commitAs =
  (world: World, commit: Commit, booked: () => void = () => undefined) =>
  async () => {
    const outcome = await world.stores.cases.commit(commit);
    if (outcome === "committed") {
      booked();
      stepped(world.book, commit.step.before.id, commit.step.before.version);
    }
    return outcome;
  };

const system = { kind: "system", task: "test" } as const;

/** Sends the draft, has it assessed, and asks its approver. */
export const apply: Command = async (world, draft) => {
  const at = tick(world);
  const sent = takeStep(
    draft,
    "submitted",
    { type: "submitted", at, actor: system },
    { submittedAt: at },
  );
  if (sent.kind === "refused") return null;
  const { step } = sent;
  return async () => {
    const outcome = await commitAs(world, { step, claims: [claimOf(draft)] })();
    if (outcome !== "committed") return outcome;
    // The store has added the event's hash to what the step says.
    const submitted = (await world.stores.cases.get(draft.id)) ?? step.after;
    const assessed = takeStep(
      submitted,
      "in_approval",
      { type: "assessed", at, actor: system },
      { tier: "district", atUnitId: "east" as Application["atUnitId"], deadlineAt: at },
    );
    if (assessed.kind === "refused") throw new Error("a case that was sent is assessed");
    await commitAs(world, { step: assessed.step })();
    await world.stores.cases.putApproval(anApproval(assessed.step.after), null);
    return outcome;
  };
};

/** The reference's own word on whether a fund has the money; the store must have said the same. */
const mustHaveMeant = (
  world: World,
  fund: string,
  amount: number,
  outcome: CommitOutcome,
): void => {
  const { open, ...money } = fundIn(world.book, fund);
  const keep = fund === world.funds[1] ? reserveLineFen : 0;
  const has = open && availableIn({ ...money, open }) >= amount + keep;
  must(outcome !== "no_money" || !has, "I2: refused for want of money that is there");
  must(outcome !== "committed" || has, "I2: set aside what the fund doesn't have, or keeps");
};

const reserveIn = (world: World, commit: Commit, amountFen: number, awarded: number) => {
  const { transfer, step } = commit;
  return async (): Promise<CommitOutcome> => {
    const fund = transfer?.fundId ?? "";
    const outcome = await world.stores.cases.commit(commit);
    mustHaveMeant(world, fund, amountFen, outcome);
    if (outcome !== "committed") return outcome;
    const { id, cycle, version } = step.before;
    setAside(world.book, { caseId: id, cycle, fund, amount: amountFen });
    stepped(world.book, id, version);
    caseIn(world.book, id).awarded = awarded;
    return outcome;
  };
};

/** The terms under which a fund is asked: what it keeps, as nobody has changed them. */
const underOf = (world: World, fund: string) => ({
  keepFen: fund === world.funds[1] ? reserveLineFen : fen(0),
  termsVersion: 0,
});

/** The last decision: offered to the funds in an order as drawn, and recorded without money when all are short. */
export const decide: Command = async (world, application, { who, what }) => {
  const { cases } = world.stores;
  const approval = await cases.approval(application.id, application.round, "district", 1);
  if (application.status !== "in_approval" || !approval) return null;
  const amountFen = yuan(1_000 * (1 + (what % 4)));
  const context = deciding(application, {
    decision: { ...approve, amountFen },
    now: tick(world),
    policy,
    finalNotice: "none",
  });
  const usedLink = { approval, decision: "approve", at: context.now } as const;
  const start = who % world.funds.length;
  const order = [...world.funds.slice(start), ...world.funds.slice(0, start)];
  const commitFrom = (id: FundId): Commit | null => {
    const code = application.fundOrder[world.funds.indexOf(id)];
    const reserving = code && approveFrom(context, { id, code });
    const reservedUnder = underOf(world, id);
    return reserving ? { ...reserving, reservedUnder, usedLink, accountLimits } : null;
  };
  return async () => {
    for (const id of order) {
      const commit = commitFrom(id);
      const outcome = commit && (await reserveIn(world, commit, amountFen, amountFen)());
      if (outcome && outcome !== "no_money") return outcome;
    }
    const without = approveWithoutFunds(context);
    if (!without) return "refused";
    return commitAs(world, { step: without, usedLink, accountLimits }, () => {
      caseIn(world.book, application.id).awarded = amountFen;
    })();
  };
};

/** Money for a case that waits for it. */
export const reserveWaiting: Command = async (world, application, { who }) => {
  if (application.status !== "waiting_for_funds") return null;
  const place = who % world.funds.length;
  const [id, code] = [world.funds[place], application.fundOrder[place]];
  if (!id || !code) return null;
  const { amountFen } = application;
  const reserving = reserveWaitingFrom(
    application,
    { fund: { id, code }, amountFen, allocationId: null },
    { now: tick(world), finalNotice: "none", policy, delivery: null },
  );
  return (
    reserving &&
    reserveIn(
      world,
      { ...reserving, reservedUnder: underOf(world, id), accountLimits },
      amountFen,
      amountFen,
    )
  );
};

export const takeBack: Command = async (world, application) => {
  const taken = withdraw(application, [claimOf(application)], tick(world));
  if (taken.kind === "refused") return null;
  return commitAs(world, taken, () => {
    if (taken.transfer) givenBack(world.book, application.id);
  });
};

/** The applicant's time has run out: what was set aside goes back. */
export const lapseOverdue: Command = async (world, application) => {
  const { deadlineAt } = application;
  if (deadlineAt !== null && deadlineAt > world.now) world.now = deadlineAt;
  const lapsing = lapse(application, tick(world), policy);
  if (!lapsing) return null;
  return commitAs(world, lapsing, () => {
    if (lapsing.transfer) givenBack(world.book, application.id);
  });
};

export const mend: Command = async (world, application) => {
  const { flowClock, calendar } = policy;
  const mended = mendCard(application, { now: tick(world), flowClock, calendar });
  return mended.kind === "refused" ? null : commitAs(world, mended);
};

/** A second person finds the mended card right, or sends it back. */
export const checkCard: Command = async (world, application, { who, what }) => {
  const { flowClock, calendar } = policy;
  const by = oneOf(people, who) ?? people[0];
  const now = tick(world);
  const given = { by, at: now, words: "another name" };
  const checked =
    what % 4 === 0
      ? sendBackCard(application, given, {
          repairWorkingDays: flowClock.failedPaymentRepair,
          calendar,
        })
      : passCard(application, by, { now, flowClock, calendar }, null);
  return checked.kind === "refused" ? null : commitAs(world, { step: checked.step });
};

/** Paid, and wrongly: all of it or a part is claimed back. */
export const claimBack: Command = async (world, application, { what }) => {
  if (application.status !== "paid") return null;
  const model = caseIn(world.book, application.id);
  const paidFen = fen(paidTo(model) - backFrom(model));
  const standsFen = what % 2 === 0 ? fen(0) : fen(Math.trunc(paidFen / 2));
  const taken = claimRecovery(application, {
    cause: "lowered",
    paidFen,
    standsFen,
    at: tick(world),
    actor: system,
  });
  if (taken.kind === "refused") return null;
  return commitAs(world, { step: taken.step }, () => {
    model.owed = paidFen - standsFen;
  });
};

const accountOf = async (world: World, application: Application) => {
  const transfers = await world.stores.funds.transfersOf(application.id, application.cycle);
  const events = await world.stores.cases.events(application);
  return { transfers, account: recoveryAccount(events, transfers) };
};

/** Money comes back in parts, at times more than is due, or under a slip's number that was used. */
export const refund: Command = async (world, application, { who, what }) => {
  if (application.status !== "recovery_due") return null;
  const { account, transfers } = await accountOf(world, application);
  const { owed } = caseIn(world.book, application.id);
  must(account.leftFen === owed, "I29: what is still to come back isn't what was claimed");
  const amountFen: Fen = what % 3 === 0 ? account.leftFen : yuan(300 * (1 + (what % 5)));
  const voucher = `HD-${what % 7}`;
  if (refundProblems(account, { amountFen, voucher }).length > 0) return null;
  const by = oneOf(people, who) ?? people[0];
  const booked = bookRefund(application, account, transfers, {
    amountFen,
    voucher,
    by,
    at: tick(world),
  });
  if (!booked) return null;
  return commitAs(world, booked, () => {
    for (const { transfer } of booked.refunds) {
      const cycle = Number(transfer.subject.split(":")[1]);
      const { fundId: fund, amountFen: amount } = transfer;
      cameBack(world.book, { caseId: application.id, cycle, fund, amount });
      caseIn(world.book, application.id).owed -= amount;
    }
  });
};

const saved = (
  world: World,
  taken: { readonly kind: "step"; readonly step: Step } | { readonly kind: "refused" },
) => (taken.kind === "refused" ? null : commitAs(world, { step: taken.step }));

export const proposeToWriteOff: Command = async (world, application, { who }) => {
  if (application.status !== "recovery_due") return null;
  const { account } = await accountOf(world, application);
  const by = oneOf(people, who) ?? people[0];
  return saved(
    world,
    proposeWriteOff(application, account, { reason: "gone", by, at: tick(world) }),
  );
};

export const writeOff: Command = async (world, application, { who }) => {
  if (application.status !== "recovery_due") return null;
  const { account } = await accountOf(world, application);
  const by = oneOf(people, who) ?? people[0];
  if (confirmRefusal(account, by) !== null) return null;
  return saved(world, confirmWriteOff(application, account, { by, at: tick(world) }));
};
