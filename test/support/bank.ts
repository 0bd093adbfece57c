/** What bank files are tested with: accounts of nobody, and names that go wrong elsewhere. */
import type { BankPayment } from "#shared/domain/bank-row.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { bankProfileById } from "#shared/exports/bank-profiles.ts";
import type { BankOrder } from "#shared/exports/bank-order.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { addFen, fen } from "#shared/kernel/money.ts";

export const aPayingAccount = (changes: Partial<PayingAccount> = {}): PayingAccount => ({
  profileId: "icbc",
  accountNumber: "0200001234567890123",
  accountName: "示例市总工会",
  bankName: "中国工商银行示例市分行",
  bankCode: "41995",
  ...changes,
});

export const aPayment = (
  number: number,
  payee: Partial<BankPayment["payee"]> = {},
  amountFen = 500_000,
): BankPayment => ({
  reference: `SN${String(number).padStart(10, "0")}-1`,
  amountFen: fen(amountFen),
  payee: {
    name: "王芳",
    bankName: "中国工商银行广东省广州市天河支行",
    cardNumber: "6222021234567890128",
    ...payee,
  },
});

/** A dot, a rare character that GBK has, one that only Unicode has, leading noughts, odd amounts. */
export const trickyPayments: readonly BankPayment[] = [
  aPayment(1),
  aPayment(2, { name: "阿依古丽·买买提", cardNumber: "0012345678901234567" }, 1),
  aPayment(3, { name: "喆煊堃囍", bankName: "示例银行，支行" }, 140_950),
  aPayment(4, { name: "O’Neil & <Söhne>", bankName: '示例"银行",支行' }, 1_000_005),
];

/** Names that GBK can't write: Unicode's extensions A and B. */
export const rareNames = ["王㛃", "𠮷田"] as const;

export const anOrder = (
  profileId: string,
  payments: readonly BankPayment[],
  changes: Partial<BankOrder> = {},
): BankOrder => {
  const profile = bankProfileById(profileId);
  if (!profile) throw new Error(`no bank profile ${profileId}`);
  return {
    profile,
    payer: aPayingAccount({ profileId }),
    id: "B20260720-4K7P2Q",
    count: payments.length,
    sumFen: addFen(...payments.map(({ amountFen }) => amountFen)),
    authorisedAt: instant("2026-07-20T01:00:00Z"),
    ...changes,
  };
};

export const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};
