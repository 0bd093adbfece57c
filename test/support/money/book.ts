/**
 * The reference ledger: plain sums by fund, case and payment, kept by what was done and not by what the code says it
 * did. It asks nothing of shared/domain; a movement that should not have happened is named by its rule (quality B).
 */

/** A rule that was broken; the message begins with its number. */
class Broken extends Error {
  override readonly name = "Broken";
}

export const must = (holds: boolean, rule: string): void => {
  if (!holds) throw new Broken(rule);
};

/** In fen. What is available is what came in, less what is set aside and what is paid. */
export interface FundBook {
  cameIn: number;
  setAside: number;
  paid: number;
  open: boolean;
}

export interface CaseBook {
  /** What the last decision says. */
  awarded: number;
  fund: string | null;
  /** Set aside now, in which cycle; zero when nothing is. */
  setAside: number;
  cycle: number;
  /** By cycle. */
  readonly reserved: Map<number, number>;
  readonly paid: Map<number, number>;
  readonly back: Map<number, number>;
  /** What is claimed back of it and has not come yet. */
  owed: number;
  /** The case's version as the last written step left it. */
  version: number;
}

interface Payment {
  readonly caseId: string;
  readonly cycle: number;
  readonly amount: number;
  readonly batch: string;
  state: "open" | "paid" | "failed" | "void" | "returned";
}

export interface Book {
  readonly funds: Map<string, FundBook>;
  readonly cases: Map<string, CaseBook>;
  /** By reference and batch: a reference stands in one batch that isn't void. */
  readonly payments: Payment[];
  /** False where that lock is left out on purpose, to see that a second one is missed as well. */
  readonly asksVersions: boolean;
}

export const newBook = (asksVersions = true): Book => ({
  funds: new Map(),
  cases: new Map(),
  payments: [],
  asksVersions,
});

export const fundIn = ({ funds }: Book, id: string): FundBook => {
  const known = funds.get(id) ?? { cameIn: 0, setAside: 0, paid: 0, open: true };
  funds.set(id, known);
  return known;
};

export const caseIn = ({ cases }: Book, id: string): CaseBook => {
  const known = cases.get(id) ?? {
    awarded: 0,
    fund: null,
    setAside: 0,
    cycle: 0,
    reserved: new Map(),
    paid: new Map(),
    back: new Map(),
    owed: 0,
    version: 0,
  };
  cases.set(id, known);
  return known;
};

export const availableIn = ({ cameIn, setAside, paid }: FundBook): number =>
  cameIn - setAside - paid;

/** A step was written on the case as `beforeVersion` had it. */
export const stepped = (book: Book, caseId: string, beforeVersion: number): void => {
  const one = caseIn(book, caseId);
  must(
    !book.asksVersions || one.version === beforeVersion,
    "I22: something was decided on a case that had moved",
  );
  one.version = beforeVersion + 1;
};

export const setAside = (
  book: Book,
  given: {
    readonly caseId: string;
    readonly cycle: number;
    readonly fund: string;
    readonly amount: number;
  },
): void => {
  const { caseId, cycle, amount } = given;
  const [one, fund] = [caseIn(book, caseId), fundIn(book, given.fund)];
  must(one.setAside === 0, "I4: set aside while something is set aside");
  must(!one.reserved.has(cycle), "I4: set aside twice in one cycle");
  must(fund.open, "I2: set aside out of a closed fund");
  must(availableIn(fund) >= amount, "I2: set aside what the fund doesn't have");
  fund.setAside += amount;
  one.reserved.set(cycle, amount);
  Object.assign(one, { setAside: amount, cycle, fund: given.fund });
};

const heldBy = (book: Book, caseId: string): { one: CaseBook; fund: FundBook } => {
  const one = caseIn(book, caseId);
  must(one.setAside > 0 && one.fund !== null, "I4: resolved what is not set aside");
  return { one, fund: fundIn(book, one.fund ?? "") };
};

export const givenBack = (book: Book, caseId: string): void => {
  const { one, fund } = heldBy(book, caseId);
  must(
    !book.payments.some((payment) => payment.caseId === caseId && payment.state === "open"),
    "I21: given back while a bank may pay it",
  );
  fund.setAside -= one.setAside;
  Object.assign(one, { setAside: 0, fund: null });
};

export const putIntoBatch = (
  book: Book,
  payment: { readonly caseId: string; readonly batch: string },
): void => {
  const { one } = heldBy(book, payment.caseId);
  const same = book.payments.filter(
    ({ caseId, cycle }) => caseId === payment.caseId && cycle === one.cycle,
  );
  must(!same.some(({ state }) => state === "open"), "I6: one payment in two batches");
  must(!same.some(({ state }) => state === "paid"), "I6: paid, and in a batch again");
  book.payments.push({ ...payment, cycle: one.cycle, amount: one.setAside, state: "open" });
};

const openPayment = (book: Book, caseId: string, batch: string): Payment => {
  const found = book.payments.find(
    (payment) => payment.caseId === caseId && payment.batch === batch && payment.state === "open",
  );
  must(found !== undefined, "I6: settled or voided what was not open");
  return found!;
};

export const takenOut = (book: Book, caseId: string, batch: string): void => {
  openPayment(book, caseId, batch).state = "void";
};

export const refusedByBank = (book: Book, caseId: string, batch: string): void => {
  openPayment(book, caseId, batch).state = "failed";
};

export const paidByBank = (book: Book, caseId: string, batch: string): void => {
  const payment = openPayment(book, caseId, batch);
  const { one, fund } = heldBy(book, caseId);
  must(!one.paid.has(payment.cycle), "I6: one cycle paid twice");
  must(payment.amount === one.setAside, "I5: paid another amount than was set aside");
  must(payment.amount === one.awarded, "I8: paid another amount than was decided");
  payment.state = "paid";
  fund.setAside -= payment.amount;
  fund.paid += payment.amount;
  one.paid.set(payment.cycle, payment.amount);
  one.setAside = 0;
};

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);

export const paidTo = ({ paid }: CaseBook): number => sum(paid.values());
export const backFrom = ({ back }: CaseBook): number => sum(back.values());

/** The bank's money came back, and is set aside anew for the same case: nothing new is asked of the fund. */
export const returnedByBank = (book: Book, caseId: string, batch: string): void => {
  const payment = book.payments.find(
    (one) => one.caseId === caseId && one.batch === batch && one.state === "paid",
  );
  const one = caseIn(book, caseId);
  must(payment !== undefined && one.fund !== null, "I21: booked back what was not paid");
  const { cycle, amount } = payment!;
  const fund = one.fund ?? "";
  cameBack(book, { caseId, cycle, fund, amount });
  must(one.setAside === 0 && !one.reserved.has(cycle + 1), "I4: set aside twice");
  payment!.state = "returned";
  fundIn(book, fund).setAside += amount;
  one.reserved.set(cycle + 1, amount);
  Object.assign(one, { setAside: amount, cycle: cycle + 1 });
};

/** Money of a payment came back to the fund it was paid from. */
export const cameBack = (
  book: Book,
  given: {
    readonly caseId: string;
    readonly cycle: number;
    readonly fund: string;
    readonly amount: number;
  },
): void => {
  const { cycle, amount } = given;
  const [one, fund] = [caseIn(book, given.caseId), fundIn(book, given.fund)];
  const back = (one.back.get(cycle) ?? 0) + amount;
  must(back <= (one.paid.get(cycle) ?? 0), "I29: more came back than was paid");
  one.back.set(cycle, back);
  fund.paid -= amount;
};
