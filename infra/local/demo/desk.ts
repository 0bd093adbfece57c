/** What finance does: assembles, authorises as a second person, pays at a bank, and books the bank's answer. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import { generate } from "otplib";
import { batchStatusNames } from "#functions/serve-desk/pages/batch-words.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { BatchStatus } from "#shared/domain/disbursement.ts";
import { localDateOf, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import {
  addFen,
  displayYuan,
  parseYuan,
  plainYuan,
  zeroFen,
  type Fen,
} from "#shared/kernel/money.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { tell } from "./telling.ts";
import {
  createVisitor,
  expectStatus,
  formTo,
  formWith,
  type VisitedPage,
  type Visitor,
} from "./visitor.ts";

/** A running site as its people meet it: pages, a mailbox and a clock. */
export interface Site {
  readonly url: string;
  readonly mailsTo: (email: string) => Promise<readonly { readonly text: string }[]>;
  readonly now: () => Promise<Instant>;
}

export const siteOf = (run: Embedded): Site => ({
  url: run.url,
  mailsTo: async (to) => run.mailbox.mails({ to }),
  now: async () => run.clock.now(),
});

/** A code works once; the next one comes within so many minutes. */
export const minutesBetweenCodes = 1;

/** Signs a person in at the desk: the mailed link, then the authenticator's code. */
export const signInToDesk = async (
  site: Site,
  email: string,
  totpSecret: string,
): Promise<Visitor> => {
  const visitor = createVisitor(site.url);
  const form = await visitor.get(paths.desk("sign-in"));
  await visitor.send(form, formTo(form, paths.desk("sign-in")), { email });
  const [mail] = await site.mailsTo(email);
  const link = /https?:\S+\/desk\/sign-in\/\S+/u.exec(mail?.text ?? "")?.[0];
  if (!link) throw new Error("no sign-in link came");
  const page = await visitor.get(link);
  const code = await visitor.send(page, formTo(page, /\/desk\/sign-in\/[\w-]+$/u));
  const epoch = Math.floor(msOfInstant(await site.now()) / 1000);
  const typed = { code: await generate({ secret: totpSecret, epoch }) };
  expectStatus(
    await visitor.send(code, formTo(code, paths.desk("sign-in", "code")), typed),
    200,
    "the desk",
  );
  return visitor;
};

/** A payment as the bank's own program reads it out of the bank file. */
export interface BankPayment {
  readonly reference: string;
  readonly applicationId: string;
  readonly account: string;
  readonly amount: string;
}

const readBankFile = (bytes: Uint8Array): readonly BankPayment[] => {
  const records: Record<string, string>[] = parse(Buffer.from(bytes), { bom: true, columns: true });
  return records.map((record) => {
    // Account and reference are typed as text for spreadsheets; a bank's reader takes what is meant.
    const plain = (name: string): string => (record[name] ?? "").replaceAll(/^[\t']+/gu, "");
    const reference = plain("业务参考号");
    const applicationId = reference.split("-")[0] ?? "";
    return { reference, applicationId, account: plain("收款账号"), amount: plain("金额") };
  });
};

/** Says of a payment whether the payee's account takes it. */
export type AccountTakes = (payment: BankPayment) => boolean;

const answerOf = (payments: readonly BankPayment[], takes: AccountTakes): string =>
  [
    ["业务参考号", "收款账号", "金额", "处理结果", "失败原因"],
    ...payments.map((payment) => [
      payment.reference,
      payment.account,
      payment.amount,
      ...(takes(payment) ? ["成功", ""] : ["失败", "户名与账号不符"]),
    ]),
  ]
    .map((cells) => cells.join(","))
    .join("\r\n");

const waitMs = 20;
const waitsMax = 1_500;

/** Opens the batch's page again and again until the machine has brought it so far. */
export const batchPage = async (
  visitor: Visitor,
  batchId: BatchId,
  status: BatchStatus,
): Promise<VisitedPage> => {
  const state = `class="tag`;
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const page = await visitor.get(paths.desk("batches", batchId));
    const shown = page.html.slice(page.html.indexOf(state)).slice(0, 200);
    if (shown.includes(batchStatusNames[status].zh)) return page;
    await sleep(waitMs);
  }
  throw new Error(`batch ${batchId} did not become ${status}`);
};

export interface Desk {
  readonly officer: Visitor;
  readonly authoriser: Visitor;
}

/** Assembles a batch of a fund: the officer chooses the fund and sends the form. */
export const assembleBatch = async (officer: Visitor, fundId: string): Promise<BatchId> => {
  const page = await officer.get(paths.desk("batches", "new"));
  const made = expectStatus(
    await officer.send(page, formWith(page, "fund", fundId)),
    200,
    "a batch",
  );
  return (new URL(made.url).pathname.split("/").pop() ?? "") as BatchId;
};

/** Authorises a batch as the second person. */
export const authoriseBatch = async (
  authoriser: Visitor,
  batchId: BatchId,
): Promise<VisitedPage> => {
  const page = await batchPage(authoriser, batchId, "awaiting_authorisation");
  return authoriser.send(page, formTo(page, "/authorise"));
};

/** Enters the bank's receipt: its number, and what it took in. */
export const enterReceipt = async (
  officer: Visitor,
  batchId: BatchId,
  tookIn: { readonly count: number; readonly sumFen: Fen },
): Promise<VisitedPage> => {
  const page = await officer.get(paths.desk("batches", batchId));
  const entered = await officer.send(page, formTo(page, "/acceptance"), {
    number: `SL${batchId.replaceAll("-", "")}`,
    count: String(tookIn.count),
    sum: plainYuan(tookIn.sumFen),
  });
  return expectStatus(entered, 200, "the bank's receipt");
};

/** What a bank takes in of a file: all of it. */
const takenIn = (payments: readonly BankPayment[]): { readonly count: number; sumFen: Fen } => ({
  count: payments.length,
  sumFen: addFen(...payments.map(({ amount }) => parseYuan(amount) ?? zeroFen)),
});

/** Fetches the bank file, has it taken in and paid, and uploads the bank's answer. */
export const bringReturn = async (
  officer: Visitor,
  batchId: BatchId,
  takes: AccountTakes,
): Promise<{ readonly file: Uint8Array; readonly page: VisitedPage }> => {
  await batchPage(officer, batchId, "sent");
  const file = await officer.download(paths.desk("batches", batchId, "file"));
  const payments = readBankFile(file);
  const page = await enterReceipt(officer, batchId, takenIn(payments));
  const answer = Buffer.from(answerOf(payments, takes));
  const upload = page.forms.find(({ multipart }) => multipart);
  if (!upload) throw new Error("the batch's page takes no return file");
  const named = { name: "回盘.csv", type: "text/csv", bytes: answer };
  const uploaded = await officer.upload(page, upload, named);
  return { file, page: expectStatus(uploaded, 200, "the return file") };
};

/** Books the uploaded answer, and waits until every payment is explained. */
export const bookReturn = async (
  officer: Visitor,
  batchId: BatchId,
  page: VisitedPage,
): Promise<void> => {
  await officer.send(page, formTo(page, "/returns"));
  await batchPage(officer, batchId, "closed");
};

/** The bank's part of a batch from its file to the booked answer. @returns the bank file. */
const settleBatch = async (
  officer: Visitor,
  batchId: BatchId,
  takes: AccountTakes,
): Promise<Uint8Array> => {
  const { file, page } = await bringReturn(officer, batchId, takes);
  await bookReturn(officer, batchId, page);
  return file;
};

/** Pays out of every fund that has payable cases. */
export const paymentsOf = async (
  run: Embedded,
  desk: Desk,
  outDirectory: string,
  takes: AccountTakes,
): Promise<void> => {
  for (const fund of await run.dependencies.funds.all()) {
    const waiting = await run.dependencies.cases.queue({ kind: "payable", fundId: fund.id }, 1);
    if (waiting.rows.length === 0) continue;
    const batchId = await assembleBatch(desk.officer, fund.id);
    await authoriseBatch(desk.authoriser, batchId);
    const file = await settleBatch(desk.officer, batchId, takes);
    writeFileSync(join(outDirectory, `${batchId}-bank.csv`), file);
    const batch = await run.dependencies.batches.get(batchId);
    const sum = displayYuan(batch?.sumFen ?? (0 as Fen));
    tell(
      `批次 ${batchId}（${fund.name.zh}）：${batch?.count} 笔 ${sum} 元，第二人授权，银行回盘已入账`,
      `batch ${batchId} (${fund.name.en}): ${batch?.count} payments, ${sum} yuan, authorised by a second person, the bank's answer is booked`,
    );
  }
};

const totalOf = (csv: Uint8Array): number => {
  const records: Record<string, string>[] = parse(Buffer.from(csv), { bom: true, columns: true });
  return records.reduce((sum, record) => sum + Math.round(Number(record["金额"]) * 100), 0);
};

const makingMsMax = 20_000;

/** Waits until an export is made, as its page does that asks for itself again. */
const madeExport = async (visitor: Visitor, asked: VisitedPage): Promise<VisitedPage> => {
  const { pathname } = new URL(asked.url);
  const until = Date.now() + makingMsMax;
  let page = asked;
  while (!page.html.includes(`${pathname}/file"`)) {
    if (Date.now() > until) throw new Error("the export was not made in time");
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    page = await visitor.get(pathname);
  }
  return page;
};

/** Asks for an export of a kind and waits for it. @returns its page. */
export const exportOf = async (
  visitor: Visitor,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const address = paths.desk("exports", "new", kind);
  const form = await visitor.get(address);
  const asked = await visitor.send(form, formTo(form, address), fields);
  return madeExport(visitor, expectStatus(asked, 200, "an export"));
};

/** The file of an export's page, by its link. */
export const fileOf = (visitor: Visitor, { url }: VisitedPage): Promise<Uint8Array> =>
  visitor.download(`${new URL(url).pathname}/file`);

const exportFund = async (
  officer: Visitor,
  fund: Fund,
  from: string,
  to: string,
): Promise<Uint8Array> => {
  const fields = { fund: fund.id, from, to, format: "csv" };
  return fileOf(officer, await exportOf(officer, "payment_details", fields));
};

/** Exports what each fund has paid this year. @throws when an export's total isn't the ledger's. */
export const exportDisbursements = async (
  run: Embedded,
  totpSecret: string,
  outDirectory: string,
): Promise<readonly string[]> => {
  const auditor = await signInToDesk(siteOf(run), "auditor@example.org", totpSecret);
  const today = localDateOf(run.clock.now());
  const names: string[] = [];
  for (const fund of await run.dependencies.funds.all()) {
    const csv = await exportFund(auditor, fund, `${today.slice(0, 4)}-01-01`, today);
    if (totalOf(csv) !== fund.paidFen)
      throw new Error(`the export of ${fund.id} differs from the ledger`);
    const name = `payments-${fund.id}.csv`;
    writeFileSync(join(outDirectory, name), csv);
    names.push(name);
  }
  return names;
};
