/**
 * 发放明细表 and 实名制汇总表 (policy 6 b). Names and numbers are masked (policy 7) unless the request is full, which
 * the desk allows to some and takes down.
 */
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import type { Column } from "./csv.ts";

/** A payment as the ledger has it, with whom it went to. */
export interface PaymentRow {
  readonly paidOn: string;
  readonly name: string;
  readonly idNumber: string;
  readonly cardNumber: string;
  readonly unit: string;
  readonly category: string;
  readonly programme: string;
  readonly fund: string;
  readonly amountFen: Fen;
  /** The number under which it was approved. */
  readonly approval: string;
}

/** What one person got of one programme in a period. */
export interface PersonRow extends PaymentRow {
  readonly count: number;
}

type Person = Pick<PaymentRow, "name" | "idNumber" | "cardNumber">;

const shown = (isFull: boolean) => ({
  name: ({ name }: Person): string => (isFull || name === "" ? name : maskedName(name)),
  idNumber: ({ idNumber }: Person): string =>
    isFull || idNumber === "" ? idNumber : maskedCard(idNumber),
  cardNumber: ({ cardNumber }: Person): string =>
    isFull || cardNumber === "" ? cardNumber : maskedCard(cardNumber),
});

const peopleColumns = <Row extends PaymentRow>(
  isFull: boolean,
  amount: readonly Column<Row>[],
): readonly Column<Row>[] => {
  const { name, idNumber, cardNumber } = shown(isFull);
  return [
    { title: "序号", kind: "count", value: (_row, index) => index + 1 },
    { title: "姓名", kind: "text", value: name },
    { title: "证件号码", kind: "code", value: idNumber },
    { title: "单位", kind: "text", value: ({ unit }) => unit },
    { title: "困难类别", kind: "text", value: ({ category }) => category },
    { title: "救助项目", kind: "text", value: ({ programme }) => programme },
    ...amount,
    { title: "银行卡号", kind: "code", value: cardNumber },
    { title: "受理编号", kind: "code", value: ({ approval }) => approval },
    { title: "签收", kind: "text", value: () => "" },
  ];
};

/** One row for each payment. */
export const paymentColumns = (isFull: boolean): readonly Column<PaymentRow>[] =>
  peopleColumns<PaymentRow>(isFull, [
    { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
    { title: "发放日期", kind: "text", value: ({ paidOn }) => paidOn },
    { title: "资金", kind: "text", value: ({ fund }) => fund },
  ]);

/** One row for each person and programme. */
export const personColumns = (isFull: boolean): readonly Column<PersonRow>[] =>
  peopleColumns<PersonRow>(isFull, [
    { title: "发放次数", kind: "count", value: ({ count }) => count },
    { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
  ]);

const approvalsShown = 3;

/** "SN1、SN2、SN3 等 5 件": a cell that stays readable. */
const approvalsOf = (approvals: readonly string[]): string =>
  approvals.length <= approvalsShown
    ? approvals.join("、")
    : `${approvals.slice(0, approvalsShown).join("、")} 等 ${approvals.length} 件`;

/**
 * Adds up payments by person, office and programme; the last card is the one shown. In the order of offices and then
 * of first payments, so that the same payments give the same table. Holds one row for each person.
 */
export const summariseByPerson = async (
  payments: AsyncIterable<PaymentRow>,
): Promise<readonly PersonRow[]> => {
  const rows = new Map<string, { row: PersonRow; approvals: Set<string> }>();
  for await (const payment of payments) {
    // Without a number nobody can be told to be the same person: each case is a row of its own.
    const person = payment.idNumber === "" ? payment.approval : payment.idNumber;
    const key = JSON.stringify([payment.unit, person, payment.programme]);
    const before = rows.get(key);
    rows.set(key, {
      row: {
        ...payment,
        count: (before?.row.count ?? 0) + 1,
        amountFen: before ? addFen(before.row.amountFen, payment.amountFen) : payment.amountFen,
      },
      approvals: new Set([...(before?.approvals ?? []), payment.approval]),
    });
  }
  const all = [...rows.values()].map(({ row, approvals }) => ({
    ...row,
    approval: approvalsOf([...approvals]),
  }));
  return all.toSorted((one, other) =>
    one.unit === other.unit ? 0 : one.unit < other.unit ? -1 : 1,
  );
};
