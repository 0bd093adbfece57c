/**
 * Whether a payable case would go into a batch now, and why not (policy 6, peers row 25): asked when a batch is filled,
 * and beforehand by the page that offers to make one, so that both say the same.
 */
import type { Application } from "#shared/domain/application.ts";
import { payableFen } from "#shared/domain/application.ts";
import { batchItemsMax } from "#shared/domain/disbursement.ts";
import { readForm } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import type { HoldCode, PaymentRemark } from "#shared/domain/payment-check.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Payee } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { barredOn, holdOn, type BarredOn } from "./check-payable.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "oversight" | "policy">;

const pageSize = 100;
const readsAtOnce = 16;

const payeeForm = {
  fields: {
    applicantName: commonFields.applicantName,
    bankName: commonFields.bankName,
    bankCardNumber: commonFields.bankCardNumber,
  },
  sections: [],
};

/**
 * The payee as the answers name them now: a mended card is a new version of the answers. Null when the card's check
 * digit or anything else of it is wrong.
 */
const payeeOf = async (
  { cases }: Pick<Uses, "cases">,
  application: Application,
): Promise<Payee | null> => {
  const reading = readForm(payeeForm, (await cases.answers(application)) ?? {});
  if (reading.kind === "problems") return null;
  const { applicantName, bankName, bankCardNumber } = reading.facts;
  return { name: applicantName, bankName, cardNumber: bankCardNumber };
};

export type PaymentLook =
  | { readonly kind: "payable"; readonly payee: Payee }
  | { readonly kind: "held"; readonly code: HoldCode };

/** Asks of a case whose money is set aside what is asked before it is paid. */
export const lookAtPayment = async (
  uses: Uses,
  application: Application,
  isBarred: BarredOn,
): Promise<PaymentLook> => {
  const payee = await payeeOf(uses, application);
  if (!payee) return { kind: "held", code: "card_invalid" };
  const code = await holdOn(uses, application, isBarred);
  return code === null ? { kind: "payable", payee } : { kind: "held", code };
};

/** What a batch of a fund would hold if it were made now. */
export interface PayableNow {
  /** Waiting for payment out of this fund, as its queue tells. */
  readonly waiting: number;
  readonly waitingFen: Fen;
  /** The earliest day by which one of them must have reached its card. */
  readonly dueAt: Instant | null;
  /** How many of them were looked at, the oldest first, and what came of it. */
  readonly checked: number;
  readonly ready: number;
  readonly readyFen: Fen;
  readonly held: readonly PaymentRemark[];
}

const earliest = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other < one) ? other : one;

interface Waiting extends Pick<PayableNow, "waiting" | "waitingFen" | "dueAt"> {
  readonly toCheck: readonly ApplicationId[];
}

const waitingOf = async (
  { cases }: Pick<Uses, "cases">,
  fundId: FundId,
  checksMax: number,
): Promise<Waiting> => {
  let [waiting, waitingFen, dueAt] = [0, zeroFen, null as Instant | null];
  const toCheck: ApplicationId[] = [];
  let after: string | undefined;
  do {
    const page = await cases.queue({ kind: "payable", fundId }, pageSize, after);
    for (const entry of page.rows.slice(0, batchItemsMax - waiting)) {
      waiting += 1;
      waitingFen = addFen(waitingFen, payableFen(entry));
      dueAt = earliest(dueAt, entry.deadlineAt);
      if (toCheck.length < checksMax) toCheck.push(entry.applicationId);
    }
    after = page.next ?? undefined;
  } while (after !== undefined && waiting < batchItemsMax);
  return { waiting, waitingFen, dueAt, toCheck };
};

/** Looks at the fund's payable cases, at most `checksMax` of them one by one; changes nothing. */
export const payableNow = async (
  uses: Uses,
  fundId: FundId,
  checksMax: number,
): Promise<PayableNow> => {
  const { toCheck, ...waiting } = await waitingOf(uses, fundId, checksMax);
  if (toCheck.length === 0) {
    return { ...waiting, checked: 0, ready: 0, readyFen: zeroFen, held: [] };
  }
  const isBarred = await barredOn(uses, localDateOf(uses.clock.now()));
  const looked = await inParallel(toCheck, readsAtOnce, async (applicationId) => {
    const application = await uses.cases.get(applicationId);
    // Paid or released since the queue was read.
    if (application?.status !== "reserved" || application.fundId !== fundId) return null;
    const look = await lookAtPayment(uses, application, isBarred);
    return look.kind === "payable"
      ? { readyFen: payableFen(application), remark: null }
      : { readyFen: zeroFen, remark: { applicationId, code: look.code } };
  });
  const found = looked.filter((one) => one !== null);
  const held = found.flatMap(({ remark }) => remark ?? []);
  return {
    ...waiting,
    checked: toCheck.length,
    ready: found.length - held.length,
    readyFen: addFen(...found.map(({ readyFen }) => readyFen)),
    held,
  };
};
