/**
 * A batch as an ISO 20022 payment order, pain.001.001.09: one group, one payment information, one
 * transaction a payment. MsgId and PmtInfId are the batch, EndToEndId is our reference, by which the
 * bank answers. Names stay Chinese; banks' names stand in place of codes that no applicant knows.
 */
import XMLBuilder from "fast-xml-builder";
import type { BankPayment } from "#shared/domain/bank-row.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import type { OrderHead } from "./bank-order.ts";

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
const namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
const chunkCharacters = 65_536;

const agentOf = (bankName: string, bankCode?: string): object => ({
  FinInstnId: {
    // Twelve digits are a code of CNAPS; any other is the bank's own and means nothing here.
    ...(bankCode !== undefined && /^\d{12}$/u.test(bankCode)
      ? { ClrSysMmbId: { ClrSysId: { Cd: "CNAPS" }, MmbId: bankCode } }
      : {}),
    ...(bankName === "" ? {} : { Nm: bankName }),
  },
});

const accountOf = (number: string): object => ({ Id: { Othr: { Id: number } } });

const totalsOf = ({ count, sumFen }: OrderHead): object => ({
  NbOfTxs: String(count),
  CtrlSum: plainYuan(sumFen),
});

const groupXml = (head: OrderHead, payer: PayingAccount): string =>
  builder.build({
    GrpHdr: {
      MsgId: head.id,
      CreDtTm: head.authorisedAt,
      ...totalsOf(head),
      InitgPty: { Nm: payer.accountName },
    },
  });

const informationXml = (head: OrderHead, payer: PayingAccount): string =>
  builder.build({
    PmtInfId: head.id,
    PmtMtd: "TRF",
    ...totalsOf(head),
    ReqdExctnDt: { Dt: localDateOf(head.authorisedAt) },
    Dbtr: { Nm: payer.accountName },
    DbtrAcct: accountOf(payer.accountNumber),
    DbtrAgt: agentOf(payer.bankName, payer.bankCode),
  });

const transactionXml = ({ reference, amountFen, payee }: BankPayment, purpose: string): string =>
  builder.build({
    CdtTrfTxInf: {
      PmtId: { EndToEndId: reference },
      Amt: { InstdAmt: { "#text": plainYuan(amountFen), "@_Ccy": "CNY" } },
      CdtrAgt: agentOf(payee.bankName),
      Cdtr: { Nm: payee.name },
      CdtrAcct: accountOf(payee.cardNumber),
      RmtInf: { Ustrd: purpose },
    },
  });

/** The bytes of an order, a part at a time. The same payments give the same bytes. */
export async function* paymentOrder(
  head: OrderHead,
  payer: PayingAccount,
  purpose: string,
  payments: Iterable<BankPayment> | AsyncIterable<BankPayment>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><CstmrCdtTrfInitn>`;
  text += `${groupXml(head, payer)}<PmtInf>${informationXml(head, payer)}`;
  for await (const payment of payments) {
    text += transactionXml(payment, purpose);
    if (text.length >= chunkCharacters) {
      yield encoder.encode(text);
      text = "";
    }
  }
  yield encoder.encode(`${text}</PmtInf></CstmrCdtTrfInitn></Document>\n`);
}
