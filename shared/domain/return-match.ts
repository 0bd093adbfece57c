/**
 * Whose payment a line of a return is when it doesn't say our reference: that of the one payment of
 * the batch with this account, name and amount. Where none or several fit, nobody's: money moves
 * only on certainty, and a person looks at the rest. Pure.
 */
import type { Fen } from "../kernel/money.ts";
import type { NamedReturnLine } from "./return-profile.ts";

/** A payment of the batch as its bank file showed it. */
export interface PaidTo {
  readonly reference: string;
  readonly amountFen: Fen;
  readonly name: string;
  readonly cardNumber: string;
}

/** Dots in names of peoples whose names have them: keyboards and banks write six different ones. */
const dots = /[·•‧・･.]/gu;
const nameKey = (name: string): string =>
  name.normalize("NFKC").replaceAll(/\s/gu, "").replaceAll(dots, "·");

const keyOf = (cardNumber: string, name: string, amountFen: Fen | null): string =>
  `${cardNumber} ${amountFen} ${nameKey(name)}`;

/** Not empty and no reference of ours, so that the line is listed as one that fits no payment. */
const nobodys = "?";

/** The lines with the amounts of the payments they name, where the bank left them out. */
export const fillAmounts = (
  lines: readonly NamedReturnLine[],
  payments: readonly Pick<PaidTo, "reference" | "amountFen">[],
): readonly NamedReturnLine[] => {
  const amounts = new Map(payments.map(({ reference, amountFen }) => [reference, amountFen]));
  return lines.map((line) =>
    line.amountLeftOut ? { ...line, amountFen: amounts.get(line.reference) ?? null } : line,
  );
};

/** The lines with the reference of the payment that each is about. */
export const matchByPayee = (
  lines: readonly NamedReturnLine[],
  payments: readonly PaidTo[],
): readonly NamedReturnLine[] => {
  const byPayee = new Map<string, string[]>();
  for (const { reference, amountFen, name, cardNumber } of payments) {
    const key = keyOf(cardNumber, name, amountFen);
    byPayee.set(key, [...(byPayee.get(key) ?? []), reference]);
  }
  return lines.map((line) => {
    if (line.reference !== "") return line;
    const fitting = byPayee.get(keyOf(line.account, line.name, line.amountFen)) ?? [];
    const [only, another] = fitting;
    return { ...line, reference: another === undefined ? (only ?? nobodys) : nobodys };
  });
};
