/**
 * Whether a payable case would go into a batch now, and why not (policy 6, peers row 25): asked when a batch is filled,
 * and beforehand by the page that offers to make one, so that both say the same.
 */
import type { Application } from "#shared/domain/application.ts";
import { payableFen } from "#shared/domain/application.ts";
import type { BankCheck } from "#shared/domain/bank-row.ts";
import type { InScope } from "#shared/domain/batch-scope.ts";
import { batchItemsMax, itemReference } from "#shared/domain/disbursement.ts";
import { readForm, type Answers } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import type { HoldCode, PaymentRemark } from "#shared/domain/payment-check.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { addFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Payee } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { barredOn, holdsOn, type BarredOn } from "./check-payable.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "oversight" | "policy">;

const pageSize = 100;

const payeeForm = {
  fields: {
    applicantName: commonFields.applicantName,
    bankName: commonFields.bankName,
    bankCardNumber: commonFields.bankCardNumber,
  },
  sections: [],
};

const payeeFields = Object.keys(payeeForm.fields);

/**
 * The payee as the answers name them now: a mended card is a new version of the answers. Null when the card's check
 * digit or anything else of it is wrong.
 */
const payeeOf = (answers: Answers): Payee | null => {
  const reading = readForm(payeeForm, answers);
  if (reading.kind === "problems") return null;
  const { applicantName, bankName, bankCardNumber } = reading.facts;
  return { name: applicantName, bankName, cardNumber: bankCardNumber };
};

export type PaymentLook =
  | { readonly kind: "payable"; readonly payee: Payee }
  | { readonly kind: "held"; readonly code: HoldCode };

/**
 * Asks of cases whose money is set aside what is asked before they are paid, also whether the bank's file can hold
 * them. @returns what came of each, in order.
 */
export const lookAtPayments = async (
  uses: Uses,
  applications: readonly Application[],
  isBarred: BarredOn,
  bankCheck: BankCheck,
): Promise<readonly PaymentLook[]> => {
  const [answers, holds] = await Promise.all([
    uses.cases.answersOf(applications, payeeFields),
    holdsOn(uses, applications, isBarred),
  ]);
  return applications.map((application): PaymentLook => {
    const payee = payeeOf(answers.get(application.id) ?? {});
    if (!payee) return { kind: "held", code: "card_invalid" };
    const reference = itemReference(application.id, application.attempt);
    const code =
      holds.get(application.id) ??
      bankCheck({ reference, amountFen: payableFen(application), payee });
    return code === null ? { kind: "payable", payee } : { kind: "held", code };
  });
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
  isOfScope: InScope,
): Promise<Waiting> => {
  let [waiting, waitingFen, dueAt] = [0, zeroFen, null as Instant | null];
  const toCheck: ApplicationId[] = [];
  let after: string | undefined;
  do {
    const page = await cases.queue({ kind: "payable", fundId }, pageSize, after);
    for (const entry of page.rows.filter(isOfScope).slice(0, batchItemsMax - waiting)) {
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
  bankCheck: BankCheck,
  isOfScope: InScope = () => true,
): Promise<PayableNow> => {
  const { toCheck, ...waiting } = await waitingOf(uses, fundId, checksMax, isOfScope);
  if (toCheck.length === 0) {
    return { ...waiting, checked: 0, ready: 0, readyFen: zeroFen, held: [] };
  }
  const isBarred = await barredOn(uses, localDateOf(uses.clock.now()));
  const stored = new Map((await uses.cases.getAll(toCheck)).map((one) => [one.id, one]));
  // The others were paid or released since the queue was read.
  const waitingStill = toCheck.flatMap((id) => {
    const application = stored.get(id);
    return application?.status === "reserved" && application.fundId === fundId ? application : [];
  });
  const looks = await lookAtPayments(uses, waitingStill, isBarred, bankCheck);
  const found = waitingStill.map((application, index) => {
    const look = looks[index];
    return look?.kind === "held"
      ? { readyFen: zeroFen, remark: { applicationId: application.id, code: look.code } }
      : { readyFen: payableFen(application), remark: null };
  });
  const held = found.flatMap(({ remark }) => remark ?? []);
  return {
    ...waiting,
    checked: toCheck.length,
    ready: found.length - held.length,
    readyFen: addFen(...found.map(({ readyFen }) => readyFen)),
    held,
  };
};
